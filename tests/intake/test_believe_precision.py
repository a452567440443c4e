"""Times that are coarser than they look are said to be, and set to what is known of them."""

from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from tests.intake.submitted import Submitted, at_times, months_from, rows_of
from vrin_data.intake.believe import mend_precision

JANUARY = date(2025, 1, 1)


def times(period: date, count: int, *, minute: int | None, hour: int | None = None) -> list[datetime]:
    rng = np.random.default_rng([period.toordinal(), count])
    start = datetime.combine(period, datetime.min.time())
    found = []
    for day, at_hour, at_minute in zip(
        rng.integers(0, 28, count), rng.integers(0, 24, count), rng.integers(0, 60, count), strict=True
    ):
        chosen = at_minute if minute is None else minute
        found.append(
            start
            + timedelta(days=int(day), hours=int(at_hour if hour is None else hour), minutes=int(chosen))
        )
    return found


def precisions(submitted: Submitted, number: int, column: str = "event_precision") -> dict[str, int]:
    found = submitted.connection.execute(
        f"select {column}, count(*) from incident where submission_id = {number} group by all"
    ).fetchall()
    return dict(found)


def test_times_that_all_end_in_one_minute_are_warned_of_once_and_noted_after() -> None:
    # Stop and search of Essex: 5,355 of 5,355 rows end in :01:00.
    submitted = Submitted()
    for number, period in enumerate(months_from(JANUARY, 5)):
        submitted.send(period, at_times(times(period, 60, minute=1 if number in (1, 2, 4) else None)))
    assert submitted.said() == [
        ("2025-02", "times_of_one_minute", "warn"),
        ("2025-03", "times_of_one_minute", "note"),
        ("2025-05", "times_of_one_minute", "warn"),
    ]
    assert submitted.evidence() == [
        "100% of 60 event times end in :01",
        "100% of 60 event times end in :01, as before",
        "100% of 60 event times end in :01",
    ]


def test_mending_sets_times_to_the_hour_and_changes_no_finding() -> None:
    submitted = Submitted()
    fine, coarse = (
        submitted.send(period, at_times(times(period, 60, minute=minute)))
        for period, minute in zip(months_from(JANUARY, 2), (None, 1), strict=True)
    )
    before = submitted.findings()
    assert mend_precision(submitted.connection, [fine, coarse]) == 60
    assert precisions(submitted, fine) == {"minute": 60}
    assert precisions(submitted, coarse) == {"hour": 60}
    assert submitted.findings() == before
    assert mend_precision(submitted.connection, [fine, coarse]) == 0


def test_only_the_submissions_named_are_mended() -> None:
    submitted = Submitted()
    one, other = (
        submitted.send(period, at_times(times(period, 60, minute=0))) for period in months_from(JANUARY, 2)
    )
    assert mend_precision(submitted.connection, [other]) == 60
    assert (precisions(submitted, one), precisions(submitted, other)) == ({"minute": 60}, {"hour": 60})
    assert mend_precision(submitted.connection, []) == 0


def test_days_written_with_their_midnight_are_days_and_nothing_is_said() -> None:
    submitted = Submitted()
    number = submitted.send(JANUARY, at_times(times(JANUARY, 60, minute=0, hour=0)))
    assert submitted.said() == []
    assert mend_precision(submitted.connection, [number]) == 60
    assert precisions(submitted, number) == {"day": 60}
    assert submitted.said() == []


def test_one_time_of_the_day_for_all_is_a_day_and_noted() -> None:
    submitted = Submitted()
    number = submitted.send(JANUARY, at_times(times(JANUARY, 60, minute=0, hour=12)))
    before = submitted.findings()
    assert submitted.said() == [("2025-01", "times_all_alike", "note")]
    assert submitted.evidence() == ["100% of 60 event times are 12:00"]
    assert mend_precision(submitted.connection, [number]) == 60
    assert precisions(submitted, number) == {"day": 60}
    assert submitted.findings() == before


def test_bare_dates_beside_true_times_take_nothing_from_them() -> None:
    submitted = Submitted()
    dates = rows_of(95, event_start_at=JANUARY, event_precision="day")
    number = submitted.send(JANUARY, pd.concat([dates, at_times(times(JANUARY, 40, minute=None))]))
    assert submitted.said() == []
    assert mend_precision(submitted.connection, [number]) == 0


@pytest.mark.parametrize(("of_one_minute", "is_said"), [(57, True), (56, False)])
def test_nineteen_of_twenty_are_nearly_all(of_one_minute: int, is_said: bool) -> None:
    submitted = Submitted()
    true_times = [one for one in times(JANUARY, 60, minute=None) if one.minute != 1][: 60 - of_one_minute]
    submitted.send(JANUARY, at_times([*times(JANUARY, of_one_minute, minute=1), *true_times]))
    assert bool(submitted.said()) is is_said


def test_a_small_feed_is_told_by_all_of_its_months() -> None:
    submitted = Submitted()
    for period in months_from(JANUARY, 3):
        submitted.send(period, at_times(times(period, 8, minute=1)))
    assert submitted.said() == []
    submitted.send(date(2025, 4, 1), at_times(times(date(2025, 4, 1), 8, minute=1)))
    assert [check for _, check, _ in submitted.said()] == ["times_of_one_minute"] * 4


def test_times_of_recording_are_looked_at_too() -> None:
    submitted = Submitted()
    rows = rows_of(60, recorded_at=times(JANUARY, 60, minute=30), recorded_precision="minute")
    number = submitted.send(JANUARY, rows)
    assert submitted.evidence() == ["100% of 60 times of recording end in :30"]
    assert mend_precision(submitted.connection, [number]) == 60
    assert precisions(submitted, number, "recorded_precision") == {"hour": 60}


def test_times_rounded_by_people_are_times() -> None:
    submitted = Submitted()
    rounded = [one.replace(minute=one.minute // 30 * 30) for one in times(JANUARY, 100, minute=None)]
    number = submitted.send(JANUARY, at_times(rounded))
    assert submitted.said() == []
    assert mend_precision(submitted.connection, [number]) == 0
