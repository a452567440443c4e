"""What checks found is put into the build, and renewed when more comes."""

from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.submitted import Submitted, months_from, on_days, rows_of, spread
from vrin_data.intake.believe import Finding, assess, assess_all, renew_findings, write_findings

JANUARY = date(2025, 1, 1)


def written(submitted: Submitted) -> list[tuple[Any, ...]]:
    return submitted.connection.execute(
        "select submission_id, check_id, level, evidence from submission_check order by all"
    ).fetchall()


def partial(submitted: Submitted) -> list[int]:
    rows = submitted.connection.execute(
        "select submission_id from submission where is_partial order by 1"
    ).fetchall()
    return [number for (number,) in rows]


def test_findings_stand_in_the_build_and_make_a_submission_partial() -> None:
    submitted = Submitted()
    for count in (200, 210, 88, 205, 190, 212):
        submitted.send(months_from(JANUARY, 6)[len(submitted.periods)], count)
    findings = assess(submitted.connection, submitted.feed, [2, 3])
    assert findings == [Finding(3, "volume_low", "partial", "88 where about 202 are usual (43%)")]
    write_findings(submitted.connection, findings)
    assert written(submitted) == [(3, "volume_low", "partial", "88 where about 202 are usual (43%)")]
    assert partial(submitted) == [3]


def test_writing_anew_takes_the_place_of_what_stood() -> None:
    submitted = Submitted()
    one, other = submitted.send(JANUARY, 5), submitted.send(date(2025, 2, 1), 5)
    low, high = (
        Finding(one, name, level, "x") for name, level in (("volume_low", "partial"), ("volume_high", "warn"))
    )
    write_findings(submitted.connection, [low, Finding(other, "volume_low", "partial", "y")])
    write_findings(submitted.connection, [high])
    assert written(submitted) == [(1, "volume_high", "warn", "x"), (2, "volume_low", "partial", "y")]
    assert partial(submitted) == [2]
    write_findings(submitted.connection, [], [one, other])
    assert (written(submitted), partial(submitted)) == ([], [])


def test_what_only_a_file_or_its_rows_could_tell_is_kept() -> None:
    submitted = Submitted()
    number = submitted.send(JANUARY, 5)
    kept = [
        Finding(number, "missing", "reject", "3 rows"),
        Finding(number, "period_ends_early", "partial", "ends on 15 January 2025"),
    ]
    write_findings(submitted.connection, kept)
    write_findings(submitted.connection, [], [number])
    assert [check for _, check, *_ in written(submitted)] == ["missing", "period_ends_early"]
    assert partial(submitted) == [number]


def test_renewing_takes_in_what_came_later() -> None:
    submitted = Submitted()
    months = months_from(JANUARY, 6)
    numbers = [
        submitted.send(period, count) for period, count in zip(months[:4], (200, 88, 205, 190), strict=True)
    ]
    assert renew_findings(submitted.connection, submitted.feed, numbers) == []
    new = submitted.send(months[4], 212)
    assert renew_findings(submitted.connection, submitted.feed, [new]) == []
    # Four other months are there only now, and the second was short all along.
    assert [(number, check) for number, check, *_ in written(submitted)] == [(2, "volume_low")]
    assert partial(submitted) == [2]


def test_what_stands_in_the_build_is_warned_of_and_not_stopped() -> None:
    submitted = Submitted()
    months = months_from(JANUARY, 6)
    for period, count in zip(months[:4], (200, 8, 205, 190), strict=True):
        submitted.send(period, count)
    new = [submitted.send(period, count) for period, count in zip(months[4:], (9, 212), strict=True)]
    found = renew_findings(submitted.connection, submitted.feed, new)
    assert [(one.submission_id, one.check_id, one.level) for one in found] == [
        (5, "volume_nearly_none", "stop")
    ]
    assert [(number, level) for number, _, level, _ in written(submitted)] == [(2, "warn"), (5, "stop")]


def test_other_feeds_and_what_was_superseded_are_left_alone() -> None:
    submitted = Submitted()
    for period in months_from(JANUARY, 5):
        submitted.send(period, 200)
    submitted.send(JANUARY, 20, status="superseded")
    submitted.send(JANUARY, 20, feed_id="fire")
    assert assess_all(submitted.connection, submitted.feed) == []
    assert assess(submitted.connection, submitted.feed, []) == []


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(order=st.permutations(range(10)))
def test_the_order_of_arrival_changes_no_finding(order: list[int]) -> None:
    periods = months_from(JANUARY, 10)
    sent = [
        on_days(
            spread(period, 60 if number == 6 else 150, last_day=12 if number == 6 else None),
            weapon="not_recorded" if number >= 8 else "none",
        )
        for number, period in enumerate(periods)
    ]
    submitted = Submitted()
    for number in order:
        submitted.send(periods[number], sent[number])
    assert sorted(submitted.said()) == [
        ("2025-07", "volume_low", "partial"),
        ("2025-09", "blanks_changed", "warn"),
    ]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(counts=st.lists(st.integers(0, 300), min_size=1, max_size=12))
def test_a_supplier_s_findings_do_not_hang_on_other_suppliers(counts: list[int]) -> None:
    alone, among = Submitted(), Submitted()
    for period, count in zip(months_from(JANUARY, len(counts)), counts, strict=True):
        among.send(period, 55, supplier="nottinghamshire-police")
        for submitted in (alone, among):
            submitted.send(period, rows_of(count), is_nil=count == 0)
    own = [one for one in among.findings() if one.submission_id % 2 == 0]
    assert [(among.short(one), one.evidence) for one in own] == [
        (alone.short(one), one.evidence) for one in alone.findings()
    ]
