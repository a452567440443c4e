"""Laws of the ledger that hold for any spans, whatever was handed in and in whatever order."""

from datetime import date, timedelta
from itertools import pairwise

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from vrin_data.contract.cadence import due_on
from vrin_data.contract.codes import CODE_LISTS
from vrin_data.measures.expected import MONTHS_OF, expected_months
from vrin_data.measures.ledger_rows import ledger_rows
from vrin_data.measures.ledger_states import PROBLEMS, Decisions, add_states
from vrin_data.measures.selection import month_number, month_of
from vrin_data.measures.spans import Pair, Span

PAIRS = [Pair("a", "x"), Pair("b", "x"), Pair("a", "y")]
EVERY = st.sampled_from(["month", "quarter", "year", "financial_year", "academic_year"])
DUE = st.sampled_from(["days:0", "days:15", "days:200", "end_of_next_period", "day:31_of_next_month", "none"])
FIRST = month_number(date(2023, 1, 1))
DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31))
NOTHING = Decisions((), ())


@st.composite
def span_lists(draw: st.DrawFn) -> list[Span]:
    spans = []
    for _ in range(draw(st.integers(1, 4))):
        first = draw(DAYS)
        spans.append(
            Span(
                draw(st.sampled_from(PAIRS)),
                draw(EVERY),
                first,
                first + timedelta(days=draw(st.integers(0, 900))),
                due_every=draw(EVERY),
                due=draw(DUE),
                is_binding=draw(st.booleans()),
                is_owed=draw(st.booleans()),
                backlog_before=draw(st.none() | DAYS),
            )
        )
    return spans


@st.composite
def unit_frames(draw: st.DrawFn) -> pd.DataFrame:
    rows = []
    for number in range(draw(st.integers(0, 12))):
        pair = draw(st.sampled_from(PAIRS))
        first = FIRST + draw(st.integers(0, 47))
        rows.append(
            {
                **pair._asdict(),
                "first_month": first,
                "last_month": first + draw(st.integers(0, 3)),
                "received_on": pd.Timestamp(draw(DAYS)),
                "is_current": True,
                "is_partial": draw(st.booleans()),
                "is_nil": draw(st.booleans()),
                "is_simulated": False,
                "version_count": draw(st.integers(0, 2)),
                "row_count": draw(st.integers(0, 50)),
                "incident_count": 1,
                "rejected_count": 0,
                "came_under": None,
                "evidence": draw(st.none() | st.just(f"seen {number}")),
                "check_ids": None,
            }
        )
    columns = ["supplier_id", "feed_id", "first_month", "last_month", "received_on", "is_current"]
    columns += ["is_partial", "is_nil", "is_simulated", "version_count", "row_count", "incident_count"]
    columns += ["rejected_count", "came_under", "evidence", "check_ids"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({"first_month": "int64", "last_month": "int64", "received_on": "datetime64[s]"})


@settings(max_examples=30, deadline=None)
@given(span_lists())
def test_every_month_of_every_span_stands_in_one_row_and_no_other_month_does(spans: list[Span]) -> None:
    found = expected_months(spans)
    wanted = set()
    for span in spans:
        width = MONTHS_OF[span.every]
        first, last = month_number(span.first), month_number(span.last)
        covered = {
            (*span.pair, month)
            for month in range(first - width, last + width + 1)
            if any(
                start <= month < start + width
                for start in range(first - width + 1, last + 1)
                if month_of(start).month % width == _begins(span) % width
            )
        }
        wanted |= covered
    assert not found.duplicated(["supplier_id", "feed_id", "month"]).any()
    assert {*zip(found["supplier_id"], found["feed_id"], found["month"], strict=True)} == wanted


def _begins(span: Span) -> int:
    return {"financial_year": 4, "academic_year": 9}.get(span.every, 1)


@settings(max_examples=30, deadline=None)
@given(span_lists(), unit_frames(), DAYS)
def test_states_follow_from_facts(spans: list[Span], units: pd.DataFrame, as_of: date) -> None:
    rows = add_states(ledger_rows(spans, units), spans, NOTHING, as_of)
    today = pd.Timestamp(as_of)
    assert set(rows["state"]) <= set(CODE_LISTS["feed_state"])
    assert (rows["days_late"] >= 0).all()
    assert rows.loc[rows["state"].isin(PROBLEMS), "is_problem"].all()
    overdue = rows[rows["state"] == "overdue"]
    assert (overdue["due_on"] < today).all()
    assert all(spans[number].is_binding for number in overdue["span"])
    whole = rows["came_count"] == rows["month_count"]
    assert not rows.loc[whole, "state"].isin(["overdue", "due", "not_due"]).any()
    assert (rows.loc[rows["is_backlog"], "days_late"] == 0).all()
    assert (rows.loc[rows["due_on"].isna(), "days_late"] == 0).all()
    assert rows["received_on"].notna().equals(rows["came_count"] > 0)
    late = rows[(rows["state"] == "late")]
    assert (late["received_on"] > late["due_on"]).all()


@settings(max_examples=30, deadline=None)
@given(span_lists(), unit_frames(), st.randoms(use_true_random=False))
def test_the_order_of_what_was_handed_in_does_not_matter(spans, units, random) -> None:  # type: ignore[no-untyped-def]
    order = [*range(len(units))]
    random.shuffle(order)
    as_of = date(2026, 6, 1)
    shuffled = units.iloc[order].reset_index(drop=True)
    first, second = (
        add_states(ledger_rows(spans, frame), spans, NOTHING, as_of).drop(columns="evidence")
        for frame in (units, shuffled)
    )
    pd.testing.assert_frame_equal(first, second)


@settings(max_examples=30, deadline=None)
@given(span_lists(), unit_frames())
def test_rows_are_counted_once(spans: list[Span], units: pd.DataFrame) -> None:
    rows = ledger_rows(spans, units)
    months = expected_months(spans)
    held = {*zip(months["supplier_id"], months["feed_id"], months["month"], strict=True)}
    placed = [one for one in units.itertuples() if (one.supplier_id, one.feed_id, one.first_month) in held]
    assert rows["row_count"].sum() == sum(one.row_count for one in placed)


@given(st.sampled_from(["month", "quarter"]), DUE.filter(lambda rule: rule != "none"))
def test_a_month_of_a_feed_due_less_often_has_the_day_of_the_longer_period(every: str, due: str) -> None:
    span = Span(PAIRS[0], every, date(2024, 1, 1), date(2024, 12, 31), due_every="year", due=due)  # type: ignore[arg-type]
    found = expected_months([span])
    assert set(found["due_on"]) == {pd.Timestamp(due_on(date(2024, 1, 1), "year", due))}
    starts = sorted(set(found["period_start"]))
    assert all(after - before == MONTHS_OF[every] for before, after in pairwise(starts))  # type: ignore[index]
