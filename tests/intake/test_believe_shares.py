"""Shares, mixes, places and ages that changed: each change told once, at the submission it begins with."""

from collections.abc import Sequence
from datetime import date, datetime

import pandas as pd
import pytest

from tests.intake.submitted import ABH, ABH_CODE_ONLY, SHOP, UNKNOWN, Submitted, months_from, rows_of

JANUARY = date(2025, 1, 1)


def mixed(
    count: int, share: float, column: str, values: tuple[object, object], **columns: object
) -> pd.DataFrame:
    """So many rows, of which a share has the first value and the rest the second."""
    first = round(count * share)
    return rows_of(count, **{column: [values[0]] * first + [values[1]] * (count - first)}, **columns)


def sent(
    shares: Sequence[float], column: str, values: tuple[object, object], *, rows: int = 200
) -> Submitted:
    submitted = Submitted()
    for period, share in zip(months_from(JANUARY, len(shares)), shares, strict=True):
        submitted.send(period, mixed(rows, share, column, values))
    return submitted


BLANK_WEAPON = ("weapon", ("not_recorded", "none"))


def test_blanks_that_jump_are_told_at_the_month_the_change_begins() -> None:
    submitted = sent([0.1, 0.12, 0.09, 0.11, 0.6, 0.62, 0.58, 0.61], *BLANK_WEAPON)
    assert submitted.said() == [("2025-05", "blanks_changed", "warn")]
    assert submitted.evidence() == ["weapon not given: 60.0% (120 of 200), 10.5% before"]


def test_a_month_that_stood_alone_is_told_and_the_return_is_not() -> None:
    submitted = sent([0.1, 0.12, 0.09, 0.6, 0.11, 0.1, 0.6, 0.1], *BLANK_WEAPON)
    assert submitted.said() == [("2025-04", "blanks_changed", "warn"), ("2025-07", "blanks_changed", "warn")]


def test_a_change_back_that_lasts_is_told_too() -> None:
    submitted = sent([0.1] * 4 + [0.6] * 4 + [0.1] * 4, *BLANK_WEAPON)
    assert [period for period, *_ in submitted.said()] == ["2025-05", "2025-09"]


def test_a_step_upon_a_step_is_told_twice() -> None:
    submitted = sent([0.1] * 4 + [0.5] + [0.9] * 4, *BLANK_WEAPON)
    assert [period for period, *_ in submitted.said()] == ["2025-05", "2025-06"]


def test_a_change_in_the_second_month_is_told_there() -> None:
    assert sent([0.05, 0.6, 0.61, 0.6], *BLANK_WEAPON).said() == [("2025-02", "blanks_changed", "warn")]
    assert sent([0.05], *BLANK_WEAPON).said() == []


def test_shares_that_jump_anyway_and_a_column_never_given_are_no_news() -> None:
    # Leicestershire's blank LSOA codes: 13, 362, 275, 267 and 371 rows, 0.1 to 4.6% a month.
    assert (
        sent([0.001, 0.046, 0.035, 0.034, 0.045, 0.002], "place_precision", ("force", "exact")).said() == []
    )
    assert sent([1.0] * 6, *BLANK_WEAPON).said() == []


def test_too_few_rows_say_nothing() -> None:
    assert sent([0.1, 0.1, 0.1, 1.0], *BLANK_WEAPON, rows=19).said() == []
    assert sent([0.1, 0.1, 0.1, 1.0], *BLANK_WEAPON, rows=20).said() == [
        ("2025-04", "blanks_changed", "warn")
    ]


def test_places_and_ages_that_are_no_longer_given_are_blanks() -> None:
    places = sent([0.02, 0.02, 0.02, 0.5], "place_precision", ("force", "exact"))
    assert places.evidence() == ["place not given: 50.0% (100 of 200), 2.0% before"]
    ages = sent([0.9, 0.9, 0.9, 0.3], "victim_age", (30, None))
    assert "victim_age not given: 70.0% (140 of 200), 10.0% before" in ages.evidence()


def test_a_classification_no_longer_given_is_one_drift_and_no_other_mix() -> None:
    submitted = sent([0.0] * 9 + [1.0] * 6, "offence", (ABH_CODE_ONLY, ABH))
    assert submitted.said() == [("2025-10", "code_drift", "warn")]
    assert submitted.evidence() == [
        "offences whose code stands for several: 100.0% (200 of 200), 0.0% before"
    ]


def test_a_supplier_that_never_gave_it_has_no_drift() -> None:
    assert sent([1.0] * 8, "offence", (ABH_CODE_ONLY, ABH)).said() == []


def test_unknown_offences_are_told_where_they_begin_and_their_end_is_good_news() -> None:
    submitted = sent([0.005] * 4 + [0.12] * 4 + [0.005] * 4, "offence", (UNKNOWN, ABH))
    assert submitted.said() == [("2025-05", "unmapped_offences", "warn")]


def test_another_mix_of_offences_is_told_and_one_without_anything_in_common_stops() -> None:
    flipped = sent([0.8, 0.78, 0.82, 0.79, 0.2, 0.22], "offence", (ABH, SHOP))
    assert flipped.said() == [("2025-05", "offences_flipped", "warn")]
    assert flipped.evidence() == [
        "offence: 60% of the mix is another: Theft 80% (20% before), Violence against the person 20% (80% before)"
    ]
    assert sent([1.0, 1.0, 1.0, 0.02], "offence", (ABH, SHOP)).said() == [
        ("2025-04", "offences_disjoint", "stop")
    ]
    assert sent([0.8, 0.8, 0.8, 0.2], "offence", (ABH, SHOP), rows=99).said() == []


def test_codes_that_changed_places_are_told() -> None:
    submitted = sent([0.7, 0.72, 0.69, 0.3, 0.31], "victim_sex", ("male", "female"))
    assert submitted.said() == [("2025-04", "codes_flipped", "warn")]
    assert submitted.evidence() == [
        "victim_sex: 40% of the mix is another: female 70% (30% before), male 30% (70% before)"
    ]


def test_a_mix_that_wanders_is_compared_with_its_own_wandering() -> None:
    sex = ("victim_sex", ("male", "female"))
    assert sent([0.3, 0.55, 0.35, 0.58, 0.3, 0.55, 0.76], *sex).said() == []
    assert sent([0.42, 0.44, 0.43, 0.44, 0.42, 0.43, 0.76], *sex).said() == [
        ("2025-07", "codes_flipped", "warn")
    ]


def test_more_places_outside_are_told_and_mostly_outside_stops() -> None:
    assert sent([0.05, 0.05, 0.06, 0.05, 0.25], "place_precision", ("outside", "exact")).said() == [
        ("2025-05", "places_outside", "warn")
    ]
    submitted = sent([0.05, 0.05, 0.05, 0.6], "place_precision", ("outside", "exact"))
    assert submitted.said() == [
        ("2025-04", "places_outside", "warn"),
        ("2025-04", "places_mostly_outside", "stop"),
    ]
    assert "60% of the places (120 of 200) lie outside its own area" in submitted.evidence()


def test_places_mostly_outside_stop_from_the_first_file_on_until_a_person_lets_one_in() -> None:
    submitted = Submitted()
    mostly = mixed(40, 0.6, "place_precision", ("outside", "exact"))
    for period in months_from(JANUARY, 4):
        stated = (
            {"accepted_by": "A. Analyst", "accepted_reason": "patients come from afar"}
            if period.month == 3
            else {}
        )
        submitted.send(period, mostly, **stated)
    assert submitted.said() == [
        ("2025-01", "places_mostly_outside", "stop"),
        ("2025-02", "places_mostly_outside", "stop"),
    ]


def test_area_codes_of_another_year_are_told() -> None:
    submitted = sent([0.0, 0.0, 0.0, 0.3, 0.3], "place_precision", ("unknown_code", "lsoa"))
    assert submitted.said() == [("2025-04", "area_codes_unknown", "warn")]


def test_ages_that_are_all_one_are_told_once() -> None:
    submitted = Submitted()
    for period in months_from(JANUARY, 6):
        ages = [18] * 60 if period.month >= 4 else list(range(10, 70))
        submitted.send(period, rows_of(60, victim_age=ages))
    assert submitted.said() == [("2025-04", "ages_all_equal", "warn")]
    assert submitted.evidence() == ["victim: 100% of 60 persons are 18"]


@pytest.mark.parametrize("age", [0, 25, 99])
def test_a_heap_on_one_age_is_told_where_it_begins(age: int) -> None:
    submitted = Submitted()
    for period in months_from(JANUARY, 6):
        ages = [age] * 40 + list(range(10, 70)) if period.month >= 4 else list(range(10, 70)) + [20] * 5
        submitted.send(period, rows_of(len(ages), victim_age=ages))
    assert submitted.said() == [("2025-04", "ages_on_one", "warn")]


def test_unknown_ages_written_as_a_number_are_told_in_the_first_file() -> None:
    submitted = Submitted()
    submitted.send(JANUARY, rows_of(80, victim_age=[99] * 20 + list(range(10, 70))))
    assert submitted.said() == [("2025-01", "ages_on_one", "warn")]
    young = Submitted()
    young.send(JANUARY, rows_of(80, victim_age=[17] * 30 + [16] * 30 + [15] * 20))
    assert young.said() == []


def test_an_inquiry_into_old_cases_is_noted() -> None:
    submitted = Submitted()
    for period in months_from(JANUARY, 6):
        old, new = datetime(2019, 5, 5, 12, 7), datetime(2024, 12, 30, 11, 5)
        share = 0.4 if period.month == 5 else 0.05
        rows = mixed(200, share, "event_start_at", (old, new), event_precision="day")
        submitted.send(period, rows)
    assert [one for one in submitted.said() if one[1] == "events_long_before"] == [
        ("2025-05", "events_long_before", "note")
    ]


def test_rows_rejected_more_than_before_are_told() -> None:
    submitted = Submitted()
    for period in months_from(JANUARY, 6):
        bad = 60 if period.month == 5 else 2
        submitted.send(period, 200, rows_rejected_count=bad, rows_in_count=200 + bad)
    assert submitted.said() == [("2025-05", "rejected_share", "warn")]
    assert submitted.evidence() == ["rows rejected: 23.1% (60 of 260), 1.0% before"]
