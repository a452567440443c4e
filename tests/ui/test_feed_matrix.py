"""The matrix: a cell a period, rows by kind and feed, periods cut to the months on screen, and its words."""

import json
from datetime import date, datetime

import pandas as pd

from tests.ui.feed_store import AS_OF
from vrin_data.measures import LedgerRequest, Stamp, ledger
from vrin_data.protect import Viewer, present
from vrin_data.store import Store
from vrin_ui.feeds.feed_cells import matrix_alt, matrix_cells, matrix_rows, period_words
from vrin_ui.feeds.feed_matrix import MOST_SVG_CELLS, matrix_spec
from vrin_ui.feeds.feed_view import Cell, FeedView, narrowed

KINDS = {
    "leicestershire-police": "police",
    "nottinghamshire-police": "police",
    "leicester-youth-justice": "youth_justice",
    "derbyshire-icb": "health",
}
VIEW = FeedView(AS_OF, months=6)
STAMP = Stamp(
    build="000001", built_at=datetime(2025, 7, 1), data_to=date(2025, 5, 1), feed="every feed", period="all"
)


def rows(store: Store) -> pd.DataFrame:
    answer = present(ledger(store, LedgerRequest(as_of=AS_OF)), Viewer.analyst())
    return narrowed(answer.frame, VIEW, KINDS)


def spec(cells: pd.DataFrame, labels: dict[str, str], chosen: Cell | None = None) -> dict:
    return matrix_spec(
        cells,
        labels,
        first=VIEW.first_month,
        last=VIEW.last_month,
        heading="What came",
        stamp=STAMP,
        chosen=chosen,
    )


def test_a_cell_says_what_it_is(ledger_store: Store) -> None:
    cells = matrix_cells(rows(ledger_store), VIEW.first_month, VIEW.last_month).set_index("period")
    assert cells.loc["leicestershire-police.police-offences.2025-04"].to_dict() == {
        "row": "leicestershire-police.police-offences",
        "from": "2025-04-01",
        "to": "2025-05-01",
        "mid": "2025-04-16",
        "state": "late",
        "supplier": "Leicestershire Police",
        "feed": "Police recorded offences",
        "when": "April 2025",
        "state_name": "Late",
        "due": "15 May 2025",
        "received": "27 May 2025",
        "late": "12",
        "rows": "10",
        "why": "",
    }
    missing = cells.loc["nottinghamshire-police.police-offences.2025-05"]
    assert missing[["state", "received", "late", "rows"]].tolist() == ["past_day", "–", "25", "–"]


def test_a_quarter_spans_its_months_and_is_cut_to_those_on_screen(ledger_store: Store) -> None:
    cells = matrix_cells(rows(ledger_store), VIEW.first_month, VIEW.last_month).set_index("period")
    youth = cells[cells["row"] == "leicester-youth-justice.youth-justice"]
    assert youth[["from", "to", "mid", "when"]].to_numpy().tolist() == [
        ["2025-02-01", "2025-04-01", "2025-03-02", "January to March 2025"],
        ["2025-04-01", "2025-07-01", "2025-05-16", "April to June 2025"],
        ["2025-07-01", "2025-08-01", "2025-07-16", "July to September 2025"],
    ]
    assert youth.index[0] == "leicester-youth-justice.youth-justice.2025-01"


def test_rows_stand_by_kind_and_feed_below_a_heading(ledger_store: Store) -> None:
    assert list(matrix_rows(rows(ledger_store), KINDS).items()) == [
        ("#police.police-offences", "Police: Police recorded offences"),
        ("leicestershire-police.police-offences", "Leicestershire Police"),
        ("nottinghamshire-police.police-offences", "Nottinghamshire Police"),
        ("#health.hospital-admissions", "Health bodies: Hospital admissions for assault"),
        ("derbyshire-icb.hospital-admissions", "NHS Derby and Derbyshire Integrated Care Board"),
        ("#youth_justice.youth-justice", "Youth justice: Youth justice outcomes"),
        ("leicester-youth-justice.youth-justice", "Leicester City Youth Justice Service"),
    ]


def test_the_chart_carries_its_stamp_its_rows_and_the_chosen_period(ledger_store: Store) -> None:
    found = rows(ledger_store)
    cells = matrix_cells(found, VIEW.first_month, VIEW.last_month)
    labels = matrix_rows(found, KINDS)
    drawn = spec(cells, labels, Cell("leicestershire-police", "police-offences", date(2025, 2, 1)))
    assert drawn["title"]["subtitle"] == ["data to May 2025 · build 000001 · not yet protected"]
    assert drawn["encoding"]["y"]["scale"]["domain"] == list(labels)
    assert "2025-02" in json.dumps(drawn["layer"][2]["transform"])
    assert drawn["params"][0]["views"] == [drawn["layer"][0]["name"]]
    assert drawn["usermeta"]["embedOptions"]["renderer"] == "svg"


def test_very_many_cells_are_drawn_as_a_canvas(ledger_store: Store) -> None:
    found = rows(ledger_store)
    cells = matrix_cells(found, VIEW.first_month, VIEW.last_month)
    many = pd.concat([cells] * (MOST_SVG_CELLS // len(cells) + 1))
    assert spec(many, matrix_rows(found, KINDS))["usermeta"]["embedOptions"]["renderer"] == "canvas"


def test_the_matrix_in_words(ledger_store: Store) -> None:
    found = rows(ledger_store)
    cells = matrix_cells(found, VIEW.first_month, VIEW.last_month)
    assert matrix_alt(found, cells, heading="What came") == (
        "Matrix of 4 feeds by month. What came. 15 periods: 1 overdue, 1 past its agreed day, 1 partial, 1 stopped, "
        "1 late, 1 received, 1 nothing to report, 2 due, 3 not due, 1 withheld, 2 held by partner. "
        "Problems by supplier: Leicestershire Police 3 and Nottinghamshire Police 1. The same is in the table below."
    )
    calm = found[found["state"] == "received"]
    assert "No period is a problem." in matrix_alt(calm, cells[cells["state"] == "received"], heading="x")


def test_long_periods_keep_the_name_the_ledger_gives_them() -> None:
    frame = pd.DataFrame(
        {
            "period": ["2024-02", "2024/25"],
            "period_start": pd.to_datetime(["2024-02-01", "2024-04-01"]),
            "period_end": pd.to_datetime(["2024-03-01", "2025-04-01"]),
        }
    )
    assert period_words(frame) == ["February 2024", "2024/25"]
