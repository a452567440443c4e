"""`breakdown` on the command line: every view, in every format, and what it refuses."""

import csv
import io
import json
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from tests.measures.builds import LEICESTER, LEICS_POLICE, MURDER, Build
from vrin_data.cli.breakdown import VIEWS
from vrin_data.cli.commands import main
from vrin_data.measures import Stamp
from vrin_data.protect import Presented
from vrin_data.report import as_listing


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    build = Build()
    for month in ("2025-01", "2026-01"):
        build.sent(LEICS_POLICE, month)
        build.incidents(month, LEICESTER, 1200)
        build.incidents(month, LEICESTER, 2, offence=MURDER)
    build.publish(tmp_path / "store").close()
    return tmp_path / "store"


def run(capsys: pytest.CaptureFixture[str], store: Path, *words: str) -> tuple[int, str, str]:
    asked = ("--store", str(store), "breakdown", "--definition", "all-recorded-crime", *words)
    code = main([*asked, "--from", "2026-01", "--to", "2026-01"])
    found = capsys.readouterr()
    return code, found.out, found.err


def test_a_total_is_broken_down_by_offence(capsys: pytest.CaptureFixture[str], store_path: Path) -> None:
    code, out, _ = run(capsys, store_path, "--no-stamp")
    assert code == 0
    assert [line.split("  ")[0] for line in out.splitlines()] == [
        "offence",
        "Assault occasioning actual bodily harm (8N 008/06)",
        "Murder of persons aged 1 yr or over (1 001/01)",
    ]
    assert out.splitlines()[1].split()[-8:] == [
        "1,200", "12,000.0", "12,000.0", "12,000.0", "52.3%", "10.0", "exact", "0",
    ]  # fmt: skip


@pytest.mark.parametrize("view", [one for one in VIEWS if one not in ("costs", "severity")])
def test_every_view_is_answered_in_every_format_with_its_stamp(
    capsys: pytest.CaptureFixture[str], store_path: Path, view: str
) -> None:
    code, out, _ = run(capsys, store_path, "--show", view)
    assert code == 0
    assert "Definition: all-recorded-crime" in out
    rows = len(out.split("\n\n")[0].splitlines()) - 1
    assert rows > 0
    _, text, _ = run(capsys, store_path, "--show", view, "--format", "csv", "--no-stamp")
    assert len([*csv.DictReader(io.StringIO(text))]) == rows
    _, data, _ = run(capsys, store_path, "--show", view, "--format", "json")
    assert len(json.loads(data)["rows"]) == rows


def test_cost_is_asked_under_unit_costs_alone(capsys: pytest.CaptureFixture[str], store_path: Path) -> None:
    code, out, _ = run(capsys, store_path, "--show", "costs", "--weights", "unit-costs-2018")
    assert code == 0
    assert out.splitlines()[0].split() == ["incidents", "pounds", "no", "cost"]
    assert out.splitlines()[1].split() == ["1,202", "23,295,480.0", "0"]
    code, out, err = run(capsys, store_path, "--show", "costs")
    assert (code, out) == (2, "")
    assert "Ask for harm under it" in err


def test_homicide_can_be_left_out(capsys: pytest.CaptureFixture[str], store_path: Path) -> None:
    _, out, _ = run(capsys, store_path, "--without-homicide")
    assert "Murder" not in out
    assert "Note: without homicide" in out


def test_a_listing_shows_ranges_shares_and_gaps() -> None:
    frame = pd.DataFrame(
        {
            "name": ["One [1]", "Two"],
            "month": pd.to_datetime(["2026-01-01", "2026-02-01"]),
            "incident_count_low": pd.array([1200, 3], dtype="Int64"),
            "incident_count_high": pd.array([1300, 3], dtype="Int64"),
            "share_of_harm": pd.array([0.125, None], dtype="Float64"),
            "rate": pd.array([0.00123, 1234.56], dtype="Float64"),
        }
    )
    stamp = Stamp(build="1", built_at=datetime(2026, 1, 1), data_to=None, feed="f", period="p")
    named = {"name": "what", "month": "month", "incident_count": "incidents"}
    headings = {**named, "share_of_harm": "share", "rate": "rate"}
    assert as_listing(Presented(frame, stamp), headings, with_stamp=False).splitlines() == [
        "what     month         incidents  share     rate",
        "One [1]  2026-01  1,200 to 1,300  12.5%  0.00123",
        "Two      2026-02               3      -  1,234.6",
    ]
