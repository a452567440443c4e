"""Context data on the page Areas: files looked at, taken in by name, listed and removed."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.feed_store import SHELL, opened, table, words
from vrin_data.store import Store
from vrin_ui.areas.indicator_forms import slug_of

FIGURES = b"code,Eligible\nS01000153,12\nS01000154,30\nE01999999,5\n"
ASSETS = (
    b"Name,Type,Contact,Easting,Northing\nClock,Club,https://clock.example,458700,304200\nSea,Club,,1,1\n"
)


@pytest.fixture
def context_page(
    page: AppTest, store_with_areas: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AppTest:
    """The context data of a store that has areas and nothing else."""
    monkeypatch.setenv("VRIN_STORE", str(shutil.copytree(store_with_areas, tmp_path / "areas")))
    return opened(AppTest.from_file(SHELL, default_timeout=120), "areas", view="context")


def dropped(app: AppTest, key: str, name: str, content: bytes) -> AppTest:
    return app.file_uploader(key=key).set_value((name, content, "text/csv")).run()


def click(app: AppTest, label: str, key: str | None = None) -> AppTest:
    own = [one for one in app.button if one.label == label and (key is None or one.key == key)]
    return own[0].click().run()


def test_an_empty_store_says_how_to_begin(page: AppTest) -> None:
    app = opened(page, "areas", view="context")
    assert not app.exception
    assert "There is no data yet." in words(app)


def test_a_figure_is_looked_at_taken_in_and_removed(context_page: AppTest, tmp_path: Path) -> None:
    app = dropped(context_page, "indicators_file_0", "meals.csv", FIGURES)
    app.selectbox(key="indicators_which").set_value("free-school-meals").run()
    click(app, "Look at the file", "indicators_look")
    told = words(app).replace("\\", "")
    assert "Pupils eligible for free school meals, %, 2025, for small areas (LSOA)." in told
    assert "3 rows: 2 are taken, 1 left out." in told
    assert "1 row left out: no area of the store has this code (line 4)" in told
    store = Store.open(tmp_path / "areas")
    assert store.current_build() == "000001"

    click(app, "Take it in")
    assert "Give your name" in words(app)
    app.text_input(key="indicators_by").set_value("A. Name")
    click(app, "Take it in")
    assert "2 areas taken in, 1 rows left out. Build 000002." in words(app).replace("\\", "")
    held = table(app, "Figure")
    assert held[["Figure", "Years", "Unit"]].values.tolist() == [
        ["Pupils eligible for free school meals", "2025", "%"]
    ]
    assert "Ask whether pupils are counted" in words(app)

    app.text_input(key="indicators_gone_by").set_value("A. Name")
    click(app, "Remove it")
    assert "The figure is removed, in build 000003." in words(app).replace("\\", "")
    assert "No context figure has been taken in yet." in words(app)


def test_what_cannot_be_read_is_refused_in_words(context_page: AppTest) -> None:
    app = dropped(context_page, "indicators_file_0", "meals.csv", b"code,a,b\nS01000153,1,2\n")
    app.text_input(key="indicators_name").set_value("Our survey").run()
    click(app, "Look at the file", "indicators_look")
    assert "several columns hold numbers: a, b" in words(app)
    app.text_input(key="indicators_value").set_value("b").run()
    click(app, "Look at the file", "indicators_look")
    assert "figures from the column b" in words(app)


def test_a_list_of_assets_is_looked_at_taken_in_and_removed(context_page: AppTest) -> None:
    app = dropped(context_page, "assets_file_0", "ours.csv", ASSETS)
    click(app, "Look at the file", "assets_look")
    told = words(app).replace("\\", "")
    assert "The list ours.csv: name from Name, kind from Type" in told
    assert "2 rows: 1 are taken, 1 left out." in told
    app.text_input(key="assets_by").set_value("A. Name")
    click(app, "Take it in")
    assert "1 assets taken in, 1 rows left out. Build 000002." in words(app).replace("\\", "")
    assert table(app, "Contact").values.tolist() == [
        ["Club", "Clock", "Leicester", "https://clock.example", "ours.csv"]
    ]
    app.text_input(key="assets_gone_by").set_value("A. Name")
    click(app, "Remove it")
    assert "The list is removed, in build 000003." in words(app).replace("\\", "")


@pytest.mark.parametrize(
    ("name", "expected"), [("Our survey, 2025", "our-survey-2025"), (" A&E  visits ", "a-e-visits"), ("", "")]
)
def test_a_name_becomes_an_id(name: Any, expected: str) -> None:
    assert slug_of(name) == expected
