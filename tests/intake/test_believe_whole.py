"""Whether a period came whole: by its volume, by its days, and by when it was drawn."""

from datetime import date, datetime

import pytest

from tests.intake.submitted import Submitted, months_from, on_days, rows_of, spread

JANUARY = date(2023, 1, 1)


def steady(submitted: Submitted, counts: list[int], *, first: date = JANUARY) -> Submitted:
    for period, count in zip(months_from(first, len(counts), each=submitted.months), counts, strict=True):
        submitted.send(period, count, is_nil=count == 0)
    return submitted


def test_a_half_month_is_told_by_its_volume_alone() -> None:
    counts = [200, 210, 195, 205, 190, 212, 88, 203, 198, 207, 201, 196]
    found = steady(Submitted(), counts)
    assert found.said() == [("2023-07", "volume_low", "partial")]
    assert found.evidence() == ["88 where about 200 are usual (44%)"]


def test_days_say_where_a_half_month_ends() -> None:
    submitted = Submitted()
    for period in months_from(JANUARY, 12):
        last_day = 14 if period.month == 7 else None
        submitted.send(period, on_days(spread(period, 90 if last_day else 200, last_day=last_day)))
    assert submitted.said() == [("2023-07", "volume_low", "partial")]
    assert submitted.evidence() == [
        "90 where about 200 are usual (45%); no row is dated 15 July to 31 July 2023 (17 days); "
        "the longest such gap in other periods is none"
    ]


def test_a_small_feed_is_told_by_its_days() -> None:
    submitted = Submitted()
    for period in months_from(JANUARY, 12):
        last_day = 14 if period.month == 7 else None
        submitted.send(period, on_days(spread(period, 12 if last_day else 25, last_day=last_day)))
    assert submitted.said() == [("2023-07", "days_empty", "partial")]
    assert submitted.evidence() == [
        "no row is dated 14 July to 31 July 2023 (18 days); the longest such gap in other periods is 4 days"
    ]


def test_days_tell_even_where_nothing_else_came_yet() -> None:
    submitted = Submitted()
    submitted.send(JANUARY, on_days(spread(JANUARY, 100, last_day=15)))
    assert submitted.said() == [("2023-01", "days_empty", "partial")]
    assert submitted.evidence() == ["no row is dated 16 January to 31 January 2023 (16 days)"]


def test_fewer_than_four_other_months_say_nothing_of_volume() -> None:
    assert steady(Submitted(), [200, 210, 195, 60]).said() == []
    assert steady(Submitted(), [200, 210, 195, 205, 60]).said() == [("2023-05", "volume_low", "partial")]


def test_a_dip_that_comes_every_year_is_the_season() -> None:
    year = [200, 205, 195, 200, 190, 210, 200, 100, 195, 205, 200, 210]
    assert steady(Submitted(), year * 3).said() == []
    # The same count in a month that has no such season is short.
    broken = year * 3
    broken[16] = 100
    assert steady(Submitted(), broken).said() == [("2024-05", "volume_low", "partial")]


def test_noise_of_a_small_feed_is_none_of_it() -> None:
    assert steady(Submitted(), [8, 12, 5, 9, 14, 3, 7, 11, 4, 10, 6, 9]).said() == []


def test_a_file_sent_twice_over_is_warned_of() -> None:
    found = steady(Submitted(), [200, 210, 195, 205, 190, 412, 188, 203])
    assert found.said() == [("2023-06", "volume_high", "warn")]
    assert found.evidence() == ["412 where about 196 are usual (210%)"]


def test_hardly_anything_where_many_are_usual_stops() -> None:
    found = steady(Submitted(), [200, 210, 195, 205, 190, 9, 188, 203])
    assert found.said() == [("2023-06", "volume_nearly_none", "stop")]


def test_a_nil_is_doubted_only_where_many_are_usual() -> None:
    found = steady(Submitted(), [40, 35, 42, 38, 41, 0, 39])
    assert found.said() == [("2023-06", "nil_unlikely", "warn")]
    assert found.evidence() == ["nothing was reported where about 40 are usual"]
    assert steady(Submitted(), [4, 3, 2, 3, 1, 0, 2]).said() == []
    assert steady(Submitted(), [40, 35, 0]).said() == []


@pytest.mark.parametrize(("months", "length"), [(3, "quarter"), (12, "year")])
def test_quarters_and_years_are_compared_whole(months: int, length: str) -> None:
    submitted = Submitted(months=months, period_length=length)
    found = steady(submitted, [600, 610, 590, 605, 250, 612, 598], first=date(2010, 1, 1))
    period = months_from(date(2010, 1, 1), 7, each=months)[4]
    assert found.said() == [(f"{period:%Y-%m}", "volume_low", "partial")]


def test_periods_of_other_lengths_are_not_compared() -> None:
    submitted = steady(Submitted(), [200, 210, 195, 205, 190, 212])
    submitted.months = 3
    submitted.send(date(2023, 7, 1), 610)
    assert submitted.said() == []


def test_suppressed_counts_weigh_by_their_middle_and_corrections_take_away() -> None:
    submitted = Submitted("monthly-counts")
    for number, period in enumerate(months_from(JANUARY, 8)):
        cells = rows_of(50, signed_quantity=1, signed_quantity_high=7)
        # 50 cells of 4 events each; a month of corrections is a month of few.
        submitted.send(
            period, cells.assign(signed_quantity=-1, signed_quantity_high=3) if number == 4 else cells
        )
    assert submitted.evidence() == ["50 where about 200 are usual (25%)"]


def test_the_season_of_a_period_that_never_has_any_is_nothing() -> None:
    year = [60, 61, 59, 60, 62, 60, 58, 0, 61, 60, 59, 60]
    submitted = steady(Submitted(), year * 3)
    assert [one for one in submitted.said() if one[1] != "nil_unlikely"] == []


def test_what_is_drawn_before_its_end_is_partial_and_nothing_else() -> None:
    submitted = Submitted()
    for period in months_from(JANUARY, 8):
        if period.month == 8:
            drawn = datetime(2023, 8, 15, 9)
            submitted.send(period, on_days(spread(period, 5, last_day=14)), extracted_at=drawn)
        else:
            submitted.send(period, on_days(spread(period, 200)))
    assert submitted.said() == [("2023-08", "period_not_over", "partial")]
    assert submitted.evidence() == ["drawn on 15 August 2023, 17 days before the period was over"]


def test_the_last_day_is_late_enough_and_receipt_stands_in_for_the_drawing() -> None:
    submitted = Submitted()
    submitted.send(JANUARY, 5, received_at=datetime(2023, 1, 31, 8))
    submitted.send(date(2023, 2, 1), 5, received_at=datetime(2023, 2, 26, 8))
    assert submitted.said() == [("2023-02", "period_not_over", "partial")]


def test_an_office_closed_over_christmas_leaves_no_gap() -> None:
    submitted = Submitted()
    for period in months_from(date(2023, 4, 1), 12):
        days = [
            day
            for day in spread(period, 150)
            if day.weekday() < 5 and not (day.month == 12 and day.day >= 24) and day != date(2024, 1, 1)
        ]
        submitted.send(period, on_days(days))
    assert submitted.said() == []


def test_rows_entered_once_a_week_leave_no_gap() -> None:
    submitted = Submitted()
    for period in months_from(JANUARY, 12):
        submitted.send(period, on_days([day for day in spread(period, 400) if day.weekday() == 4]))
    assert submitted.said() == []


def test_a_gap_inside_a_month_is_told_too() -> None:
    submitted = Submitted()
    for period in months_from(JANUARY, 12):
        days = [day for day in spread(period, 200) if day.month != 5 or not 8 <= day.day <= 16]
        submitted.send(period, on_days(days))
    assert submitted.said() == [("2023-05", "days_empty", "partial")]


def test_a_feed_that_changes_record_by_record_has_no_usual_volume() -> None:
    assert steady(Submitted("probation"), [200, 210, 195, 205, 190, 9, 412]).said() == []


def test_a_feed_may_take_a_check_otherwise_or_not_at_all() -> None:
    counts = [200, 210, 195, 205, 190, 88, 203, 198]
    assert steady(Submitted(checks={"volume_low": "warn"}), counts).said() == [
        ("2023-06", "volume_low", "warn")
    ]
    assert steady(Submitted(checks={"volume_low": "off"}), counts).said() == []


def test_suppliers_are_compared_with_themselves_alone() -> None:
    submitted = Submitted()
    for period in months_from(JANUARY, 8):
        submitted.send(period, 200)
        submitted.send(period, 20, supplier="nottinghamshire-police")
    assert submitted.said() == []


def test_nothing_sent_is_nothing_found() -> None:
    assert Submitted().findings() == []
