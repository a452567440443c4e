"""On a fresh server the first request is a page's own address, and only the shell answers.

Streamlit runs a file of a `pages` folder that stands beside the main script by itself until some
session has set the navigation; VRIN's stand elsewhere.
"""

import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import running
from vrin_data.store import Store


@pytest.mark.parametrize("path", ["map", ""])
def test_the_shell_answers_first_on_an_empty_store(visitor: Page, tmp_path: Path, path: str):
    with running(tmp_path / "nothing") as address:
        visitor.goto(f"{address}/{path}")
        expect(visitor.locator("h1")).to_have_text("There is no data yet")
        expect(visitor.get_by_role("link", name="Overview")).to_be_visible()
        visitor.goto("about:blank")


def test_the_shell_answers_first_and_draws_its_filter_bar(visitor: Page, sample_store: Store):
    with running(sample_store.path) as address:
        visitor.goto(f"{address}/map")
        expect(visitor.locator("h1")).to_have_text("Map: Violence with injury")
        expect(visitor.get_by_role("link", name="Overview")).to_be_visible()
        expect(visitor.get_by_text("Definition of violence")).to_be_visible()
        visitor.goto("about:blank")


def test_headers_and_outlines(sample_address: str, sample_store: Store):
    name = next(sample_store.outlines_folder.glob("district-*")).name
    with urllib.request.urlopen(f"{sample_address}/outlines/{name}") as answer:
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert "unsafe-eval" not in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "name", ["current", "..%2fbuilds%2fcurrent", "%2e%2e%2fwriter.lock", "district.topo.json"]
)
def test_nothing_but_outlines_is_served(sample_address: str, name: str):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{sample_address}/outlines/{name}")
    assert refused.value.code in (400, 404)
    refused.value.close()
