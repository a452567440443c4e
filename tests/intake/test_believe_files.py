"""What a whole file tells: dates that a spreadsheet ate, days and months swapped, rows lost on the way."""

from datetime import date, datetime

import pytest

from tests.intake.submitted import Submitted, months_from, on_days, rows_of, spread

ONE_FILE = {"file_name": "homicides.xlsx/Victims", "file_hash": "h"}


def checks_of(submitted: Submitted) -> set[str]:
    return {
        check for _, check, _ in submitted.said() if check not in ("days_empty", "volume_low", "volume_high")
    }


def eaten(year: int, month: int) -> list[date]:
    """Twelve homicides a month; `Feb-03` was read as the third of February of the year it was opened in."""
    return [date(2022, month, year % 100)] * 12


def test_dates_that_a_spreadsheet_ate_stop_a_file_whose_months_are_told_beside_them() -> None:
    # The Metropolitan Police's homicide workbook: all 2,737 recorded dates fall in 2022, the day is the year.
    submitted = Submitted()
    for year in range(2003, 2023):
        for month in range(1, 13):
            submitted.send(date(year, month, 1), on_days(eaten(year, month)), **ONE_FILE)
    found = [one for one in submitted.findings() if one.check_id == "dates_in_one_year"]
    assert len(found) == 240
    assert {one.level for one in found} == {"stop"}
    assert {one.evidence for one in found} == {
        "all 2,880 dates of recording lie in 2022 and none after day 22 of a month, in 240 months"
    }


def test_dates_that_a_spreadsheet_ate_stop_a_file_that_counts_by_them() -> None:
    submitted = Submitted()
    for month in range(1, 13):
        days = [day for year in range(2003, 2023) for day in eaten(year, month)]
        submitted.send(date(2022, month, 1), on_days(days), **ONE_FILE)
    assert checks_of(submitted) == {"dates_in_one_year"}


def test_a_true_year_is_believed() -> None:
    submitted = Submitted()
    for period in months_from(date(2022, 1, 1), 12):
        submitted.send(period, on_days(spread(period, 200)), **ONE_FILE)
    assert submitted.said() == []


def test_few_rows_that_happen_to_lie_early_are_believed() -> None:
    submitted = Submitted()
    for period in months_from(date(2022, 1, 1), 12):
        submitted.send(period, on_days(spread(period, 4, last_day=22)), **ONE_FILE)
    assert checks_of(submitted) == set()


def test_day_and_month_swapped_stop_a_file() -> None:
    submitted = Submitted()
    for period in months_from(date(2025, 1, 1), 12):
        # Of each true month only the days up to the twelfth could be read, as months of the same year.
        days = [date(2025, day.day, period.month) for day in spread(period, 30, last_day=12)]
        for month in sorted({day.replace(day=1) for day in days}):
            submitted.send(month, on_days([day for day in days if day.month == month.month]), **ONE_FILE)
    assert checks_of(submitted) == {"day_and_month_swapped"}
    swapped = next(one for one in submitted.findings() if one.check_id == "day_and_month_swapped")
    assert (swapped.level, swapped.evidence) == (
        "stop",
        "none of 360 dates of recording lies after day 12 of a month, in 12 months",
    )


def test_months_written_as_their_first_day_are_months() -> None:
    submitted = Submitted()
    for period in months_from(date(2025, 1, 1), 12):
        submitted.send(period, on_days([period] * 50), **ONE_FILE)
    assert submitted.said() == []


def test_one_file_a_month_is_no_file_of_several_months() -> None:
    submitted = Submitted()
    for period in months_from(date(2025, 1, 1), 12):
        submitted.send(period, on_days(spread(period, 40, last_day=12)))
    assert checks_of(submitted) == set()


@pytest.mark.parametrize(
    ("declared", "held", "said"),
    [
        (100, 100, []),
        (101, 100, [("2025-01", "declared_count", "warn")]),
        (99, 100, [("2025-01", "declared_count", "warn")]),
        (201, 100, [("2025-01", "declared_count_half", "stop")]),
        (200, 100, [("2025-01", "declared_count", "warn")]),
        (0, 0, []),
    ],
)
def test_a_file_holds_what_it_says(declared: int, held: int, said: list[tuple[str, str, str]]) -> None:
    submitted = Submitted()
    submitted.send(date(2025, 1, 1), held, declared_count=declared, is_nil=held == 0)
    assert submitted.said() == said


def test_what_a_file_of_months_holds_is_all_of_them_and_rejected_rows_count() -> None:
    submitted = Submitted()
    for period, rows_in in zip(months_from(date(2025, 1, 1), 3), (40, 30, 30), strict=True):
        submitted.send(period, rows_of(30), declared_count=120, rows_in_count=rows_in, **ONE_FILE)
    assert submitted.evidence() == ["the file says 120 rows and holds 100"] * 3


def test_a_resend_of_which_some_months_are_unchanged_is_not_called_short() -> None:
    submitted = Submitted()
    for period in months_from(date(2025, 1, 1), 3):
        submitted.send(period, 30, declared_count=90, **ONE_FILE)
    later = {"file_name": "again.csv", "file_hash": "g", "received_at": datetime(2026, 1, 1)}
    for period in months_from(date(2025, 4, 1), 2):
        submitted.send(period, 30, declared_count=150, **later)
    assert submitted.said() == []


def test_swapped_dates_of_events_are_told_like_those_of_recording() -> None:
    submitted = Submitted()
    for period in months_from(date(2025, 1, 1), 4):
        days = spread(period, 40, last_day=12)
        rows = rows_of(40, event_start_at=days, event_precision="day")
        submitted.send(period, rows, **ONE_FILE)
    assert {one.evidence for one in submitted.findings() if one.check_id == "day_and_month_swapped"} == {
        "none of 160 dates of the event lies after day 12 of a month, in 4 months"
    }
