"""The data lead's choice: read from an address with a fallback, and what it leaves of the ledger."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.feed_store import AS_OF
from vrin_ui.feeds.feed_view import Cell, FeedView, day_of, kinds_of, narrowed, parse, row_of

KINDS = {"leics": "police", "notts": "police", "ed": "hospital"}


def ledger(*rows: tuple[str, str, str, int, bool]) -> pd.DataFrame:
    """Rows of (supplier, feed, first month, months, whether a problem)."""
    frame = pd.DataFrame(rows, columns=["supplier_id", "feed_id", "start", "months", "is_problem"])
    frame["period_start"] = pd.to_datetime(frame["start"])
    ends = [
        start + pd.DateOffset(months=months)
        for start, months in zip(frame["period_start"], frame["months"], strict=True)
    ]
    frame["period_end"] = pd.to_datetime(pd.Series(ends, dtype="datetime64[ns]"))
    return frame.drop(columns=["start", "months"])


LEDGER = ledger(
    ("leics", "crimes", "2025-05-01", 1, False),
    ("leics", "crimes", "2025-06-01", 1, True),
    ("notts", "crimes", "2025-06-01", 1, False),
    ("ed", "assaults", "2021-04-01", 3, True),
    ("ed", "assaults", "2025-04-01", 3, False),
)


def left(**choice: object) -> list[tuple[str, str]]:
    rows = narrowed(LEDGER, FeedView(AS_OF, **choice), KINDS)  # type: ignore[arg-type]
    return list(zip(rows["supplier_id"], rows["period_start"].dt.strftime("%Y-%m"), strict=True))


def test_what_each_choice_leaves() -> None:
    police = [("leics", "2025-05"), ("leics", "2025-06"), ("notts", "2025-06")]
    assert left() == [*police, ("ed", "2025-04")]
    assert left(months=120) == [*police, ("ed", "2021-04"), ("ed", "2025-04")]
    assert left(kind="police") == police
    assert left(supplier="notts") == [("notts", "2025-06")]
    assert left(feed="assaults") == [("ed", "2025-04")]
    assert left(months=1) == []


def test_only_problems_leaves_whole_feeds_with_a_problem_on_screen() -> None:
    assert left(only_problems=True) == [("leics", "2025-05"), ("leics", "2025-06")]


def test_a_quarter_that_began_before_the_first_month_is_still_on_screen() -> None:
    assert ("ed", "2025-04") in left(months=2)


def test_an_address_is_read_and_what_is_wrong_in_it_takes_its_default() -> None:
    params = {"kind": "police", "supplier": "leics", "of-feed": "crimes", "months": "12", "problems": "1",
              "period": "leics.crimes.2025-06"}  # fmt: skip
    view = parse(params, LEDGER, KINDS, AS_OF)
    assert view == FeedView(
        AS_OF, "police", "leics", "crimes", True, 12, Cell("leics", "crimes", date(2025, 6, 1))
    )
    wrong = {
        "kind": "x",
        "supplier": "'; drop",
        "of-feed": "y",
        "months": "7",
        "problems": "yes",
        "period": "a.b",
    }
    assert parse(wrong, LEDGER, KINDS, AS_OF) == FeedView(AS_OF)


def test_a_supplier_of_another_kind_is_let_go() -> None:
    assert parse(
        {"kind": "hospital", "supplier": "leics", "of-feed": "crimes"}, LEDGER, KINDS, AS_OF
    ) == FeedView(AS_OF, "hospital")


@pytest.mark.parametrize("text", [None, "", "soon", "2025-02-30", "2025-07-11"])
def test_a_day_that_is_none_or_still_to_come_is_today(text: str | None) -> None:
    assert day_of(text, AS_OF) == AS_OF
    assert day_of("2025-06-30", AS_OF) == date(2025, 6, 30)


def test_kinds_stand_in_the_order_of_a_screen_and_unknown_ones_last() -> None:
    assert kinds_of(["ed", "leics", "who"], {**KINDS, "who": "coast_guard"}) == {
        "police": "Police",
        "hospital": "Hospitals",
        "coast_guard": "Coast guard",
    }
    assert kinds_of(["nobody"], KINDS) == {"other": "Other partners"}


def test_the_row_of_a_period() -> None:
    assert row_of(LEDGER, Cell("notts", "crimes", date(2025, 6, 1))).index.tolist() == [2]


@given(st.sampled_from(["", "police", "hospital"]), st.booleans(), st.sampled_from([1, 12, 36, 120]))
def test_a_choice_never_adds_a_row_and_a_longer_span_never_takes_one(
    kind: str, only_problems: bool, months: int
) -> None:
    all_rows = set(left(months=120))
    own = set(left(kind=kind, only_problems=only_problems, months=months))
    assert own <= all_rows
    assert set(left(kind=kind, months=months)) <= set(left(kind=kind, months=120))
