"""A fall that is a missing feed never looks like a fall, and small numbers get no percentage."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.frames import by_month
from vrin_ui.comparison import compare
from vrin_ui.comparison_words import basis_words, change_words, headline, range_words

NOW = (date(2025, 4, 1), date(2026, 3, 1))
GAP = ()


def exact(count: int, days: float) -> tuple[object, ...]:
    return (count, count, days, days, days)


def two_years(before: list[tuple[object, ...]], now: list[tuple[object, ...]]):
    return by_month("2024-04", [*before, *now])


def words(frame, figure: str) -> tuple[str, str, str, str]:
    compared = compare(frame, figure, *NOW)
    return headline(compared), range_words(compared), change_words(compared), basis_words(compared)


def test_a_rise_is_a_share_of_the_year_before():
    frame = two_years([exact(100, 1000.0)] * 12, [exact(120, 500.0)] * 12)
    assert words(frame, "incident_count") == (
        "1,440 incidents",
        "",
        "20% higher: 1,440 against 1,200.",
        "Compared with the 12 months before.",
    )
    assert words(frame, "harm_days") == (
        "6,000 days",
        "",
        "50% lower: 6,000 against 12,000.",
        "Compared with the 12 months before.",
    )


def test_a_missing_month_is_left_out_of_both_years():
    frame = two_years([exact(100, 1000.0)] * 12, [exact(100, 1000.0)] * 11 + [GAP])
    assert words(frame, "incident_count") == (
        "1,100 incidents",
        "Stands on 11 of 12 months.",
        "The same as before (1,100).",
        "Only the 11 of 12 months that both years have are compared; March 2026 is left out because a "
        "submission is missing or partial in one of the years.",
    )


def test_a_month_that_came_in_part_stands_in_no_total():
    frame = two_years([exact(100, 1000.0)] * 12, [exact(100, 1000.0)] * 11 + [exact(40, 400.0)])
    frame.loc[frame.index[-1], "is_partial"] = True
    shown, ranged, change, _ = words(frame, "incident_count")
    assert (shown, ranged) == ("1,100 incidents", "Stands on 11 of 12 months.")
    assert change == "The same as before (1,100)."


def test_a_month_missing_the_year_before_is_left_out_of_the_change_alone():
    frame = two_years([GAP, GAP] + [exact(100, 1000.0)] * 10, [exact(100, 1000.0)] * 12)
    shown, ranged, change, basis = words(frame, "incident_count")
    assert (shown, ranged, change) == ("1,200 incidents", "", "The same as before (1,000).")
    assert basis.startswith(
        "Only the 10 of 12 months that both years have are compared; April 2025 and May 2025 are"
    )


def test_nothing_is_compared_where_no_month_is_in_both_years():
    frame = two_years([GAP] * 12, [exact(100, 1000.0)] * 12)
    assert words(frame, "harm_days") == (
        "12,000 days",
        "",
        "There is no month that both years have, so the two cannot be compared.",
        "",
    )


def test_a_year_without_any_submission_has_no_figure():
    frame = two_years([exact(100, 1000.0)] * 12, [GAP] * 12)
    assert words(frame, "incident_count")[:2] == ("No data", "Stands on 0 of 12 months.")


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (9, 30, "From 9 to 30: too few for a percentage."),
        (10, 12, "20% higher: 12 against 10. Chance alone can explain a difference of this size."),
        (826, 802, "3% lower: 802 against 826. Chance alone can explain a difference of this size."),
        (1000, 1100, "10% higher: 1,100 against 1,000."),
        (
            1000,
            1001,
            "Slightly higher: 1,001 against 1,000. Chance alone can explain a difference of this size.",
        ),
        (30, 9, "From 30 to 9: too few for a percentage."),
    ],
)
def test_small_bases_and_chance(before: int, now: int, expected: str):
    nothing = [exact(0, 0.0)] * 11
    frame = two_years([exact(before, 1.0), *nothing], [exact(now, 1.0), *nothing])
    assert words(frame, "incident_count")[2] == expected


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (
            (100, 130, 90.0, 100.0, 130.0),
            (120, 150, 110.0, 120.0, 150.0),
            "20% higher on the single figures, but whether it rose or fell cannot be told for certain, because "
            "the ranges overlap: 1,440 (range 1,320 to 1,800) against 1,200 (range 1,080 to 1,560).",
        ),
        (
            (100, 110, 100.0, 105.0, 110.0),
            (200, 220, 200.0, 210.0, 220.0),
            "Higher on every reading, by at least 81%: 2,520 (range 2,400 to 2,640) against "
            "1,260 (range 1,200 to 1,320).",
        ),
        (
            (200, 220, 200.0, 210.0, 220.0),
            (100, 110, 100.0, 105.0, 110.0),
            "Lower on every reading, by at least 45%: 1,260 (range 1,200 to 1,320) against "
            "2,520 (range 2,400 to 2,640).",
        ),
    ],
)
def test_ranges_are_compared_as_ranges(before, now, expected: str):
    assert words(two_years([before] * 12, [now] * 12), "harm_days")[2] == expected


def test_harm_that_cannot_be_told_has_no_single_figure():
    frame = two_years([exact(100, 1000.0)] * 12, [(0, 10, 0.0, None, 900.0)] * 12)
    assert words(frame, "harm_days")[:3] == (
        "0 to 10,800 days",
        "No single figure can be given: the extract does not say enough.",
        "Lower on every reading, by at least 10%: 0 to 10,800 against 12,000.",
    )


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (
            (3936, 3940),
            (4081, 4081),
            "Higher on every reading, by at least 3%: 4,081 against 3,936 to 3,940. "
            "Chance alone can explain a difference of this size.",
        ),
        (
            (1581, 1585),
            (1572, 1572),
            "Lower on every reading: 1,572 against 1,581 to 1,585. "
            "Chance alone can explain a difference of this size.",
        ),
        (
            (1000, 1010),
            (1200, 1250),
            "Higher on every reading, by at least 18%: 1,200 to 1,250 against 1,000 to 1,010.",
        ),
        ((5, 8), (7, 7), "From between 5 and 8 to 7: too few for a percentage."),
        ((5, 12), (1, 9), "From between 5 and 12 to between 1 and 9: too few for a percentage."),
    ],
)  # fmt: skip
def test_ranges_of_counts_are_rounded_down_and_may_be_chance(before, now, expected: str):
    nothing = [exact(0, 0.0)] * 11
    frame = two_years([(*before, 1.0, 1.0, 1.0), *nothing], [(*now, 1.0, 1.0, 1.0), *nothing])
    assert words(frame, "incident_count")[2] == expected


def test_harm_says_which_incidents_it_leaves_out():
    frame = two_years([exact(100, 1000.0)] * 12, [exact(100, 1000.0)] * 11 + [(0, 1, None, None, None)])
    frame["unweighted_count"] = [0] * 23 + [1]
    assert words(frame, "harm_days")[:2] == (
        "11,000 days",
        "Without 1 incident whose offence has no weight.",
    )
    assert words(frame, "incident_count")[1] == (
        "Lower: certainly within the definition. Higher: with those that may be."
    )


def test_harm_of_incidents_without_any_weight_cannot_be_told():
    frame = two_years([exact(100, 1000.0)] * 12, [(0, 1, None, None, None)] * 12)
    frame["unweighted_count"] = [0] * 12 + [1] * 12
    assert words(frame, "harm_days")[0] == "Cannot be told"


FEW_CASES = "A few serious cases can make a difference of this size."


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        # 24 incidents against 36: too few for their harm to be told from chance.
        ([exact(3, 10.0)] * 12, [exact(2, 20.0)] * 12, f"100% higher: 240 against 120. {FEW_CASES}"),
        ([exact(9, 10.0)] * 12, [exact(9, 20.0)] * 12, "100% higher: 240 against 120."),
        # Many incidents, and one month with a homicide.
        (
            [exact(9, 10.0)] * 11 + [exact(9, 5475.0)],
            [exact(9, 10.0)] * 12,
            f"98% lower: 120 against 5,585. {FEW_CASES}",
        ),
    ],
)
def test_harm_that_a_few_cases_make_is_said_to_be_so(before, now, expected: str):
    assert words(two_years(before, now), "harm_days")[2] == expected


def test_harm_that_began_from_nothing_has_no_percentage():
    frame = two_years([exact(50, 0.0)] * 12, [exact(50, 9.0)] * 12)
    assert words(frame, "harm_days")[2] == "Higher: 108 against 0."


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), min_size=24, max_size=24),
)
def test_at_least_is_never_more_than_it_is(ends: list[tuple[int, int]]):
    rows = [(min(pair), max(pair), 1.0, 1.0, 1.0) for pair in ends]
    compared = compare(two_years(rows[:12], rows[12:]), "incident_count", *NOW)
    said = re.search(r"by at least (\d+)%", change_words(compared))
    if said:
        now, before = compared.both_now, compared.both_before
        near, far = (now.low, before.high) if now.low > before.high else (now.high, before.low)
        assert int(said[1]) / 100 <= abs(near - far) / far < (int(said[1]) + 1) / 100


def test_one_incident_is_one_incident():
    frame = two_years([exact(0, 0.0)] * 12, [exact(1, 1.0), *[exact(0, 0.0)] * 11])
    assert [words(frame, figure)[0] for figure in ("incident_count", "harm_days")] == ["1 incident", "1 day"]
