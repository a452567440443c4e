"""Breaks, re-basings and targets on record, each with its reason and its way back."""

from datetime import date, datetime
from pathlib import Path

import pytest

from vrin_data.contract.breaks import KINDS, Concern, national_breaks
from vrin_data.contract.feeds import feeds
from vrin_data.errors import RefusedInput
from vrin_data.records import (
    SeriesKey,
    events,
    rebase,
    rebases,
    record_break,
    recorded_breaks,
    set_target,
    target_of,
    targets,
    withdraw_break,
    withdraw_rebase,
    withdraw_target,
)
from vrin_data.records.rebases import months_by_area

NOON, LATER = datetime(2026, 11, 1, 12), datetime(2026, 11, 2, 12)
SERIES = SeriesKey("violence-with-injury", "police-offences", "incidents", "E06000018")


def note(store: Path, day: date, **said: object) -> int:
    terms = {
        "kind": "system",
        "title": "New crime system",
        "concern": Concern(supplier_id="leicestershire-police"),
        "is_definition_change": False,
        "reason": "The force said so",
        "recorded_by": "Data lead",
        "recorded_at": NOON,
    }
    return record_break(store, day, **(terms | said))  # type: ignore[arg-type]


def begin_anew(store: Path, month: date, series: SeriesKey = SERIES) -> int:
    return rebase(
        store, series, month, reason="Step found", recorded_by="Analyst", recorded_at=NOON
    ).rebase_id


def test_breaks_stand_by_day_and_one_taken_back_stays_on_record(tmp_path: Path) -> None:
    later, earlier = note(tmp_path, date(2025, 7, 9)), note(tmp_path, date(2024, 2, 29))
    assert [one.number for one in recorded_breaks(tmp_path)] == [earlier, later]
    assert recorded_breaks(tmp_path)[0].what.month == date(2024, 2, 1)
    withdraw_break(tmp_path, earlier, reason="Wrong force", withdrawn_by="Data lead", withdrawn_at=LATER)
    assert [one.number for one in recorded_breaks(tmp_path)] == [later]
    gone, _ = recorded_breaks(tmp_path, with_withdrawn=True)
    assert (gone.withdrawn_by, gone.withdrawn_at, gone.withdrawn_reason) == (
        "Data lead",
        LATER,
        "Wrong force",
    )
    with pytest.raises(RefusedInput, match=f"No break {earlier} stands"):
        withdraw_break(tmp_path, earlier, reason="Again", withdrawn_by="Data lead", withdrawn_at=LATER)
    assert [one.action for one in events(tmp_path)] == ["record break", "record break", "withdraw break"]


def test_a_faulty_break_is_refused_with_every_fault(tmp_path: Path) -> None:
    concern = Concern("no-feed*", "no-supplier", "", "no-definition")
    with pytest.raises(RefusedInput) as caught:
        note(tmp_path, date(2025, 7, 9), kind="rumour", title=" ", reason="", concern=concern)
    words = str(caught.value)
    assert all(f"  {name}: " in words for name in ("kind", "title", "reason", "feed", "definition"))
    assert "no-supplier" in words
    assert recorded_breaks(tmp_path) == []
    assert events(tmp_path) == []


def test_a_break_names_a_definition_in_any_version(tmp_path: Path) -> None:
    with pytest.raises(RefusedInput, match="give its id alone"):
        note(tmp_path, date(2025, 7, 9), concern=Concern(definition_id="violence-with-injury@1"))
    assert note(tmp_path, date(2025, 7, 9), concern=Concern(definition_id="violence-with-injury")) == 1


def test_limits_begin_anew_for_one_series_until_that_is_taken_back(tmp_path: Path) -> None:
    number = begin_anew(tmp_path, date(2025, 4, 17))
    begin_anew(tmp_path, date(2024, 1, 1))
    begin_anew(tmp_path, date(2025, 4, 1), SeriesKey("violence-with-injury", "police-offences", "harm", ""))

    def months(figure: str) -> dict[str, list[date]]:
        return months_by_area(
            tmp_path, "violence-with-injury", "police-offences", figure, ["", "E06000018", "E06000015"]
        )

    assert months("incidents") == {"E06000018": [date(2024, 1, 1), date(2025, 4, 1)]}
    assert months("incidents-rate") == months("incidents")
    assert months("harm-rate") == {"": [date(2025, 4, 1)]}
    withdraw_rebase(tmp_path, number, reason="A busy month only", withdrawn_by="Analyst", withdrawn_at=LATER)
    assert months("incidents") == {"E06000018": [date(2024, 1, 1)]}
    assert len(rebases(tmp_path, with_withdrawn=True)) == 3
    assert begin_anew(tmp_path, date(2025, 4, 1)) == 4


def test_the_same_month_is_not_recorded_twice_and_nothing_without_a_reason(tmp_path: Path) -> None:
    begin_anew(tmp_path, date(2025, 4, 1))
    with pytest.raises(RefusedInput, match="begin anew at 2025-04 already"):
        begin_anew(tmp_path, date(2025, 4, 30))
    with pytest.raises(RefusedInput) as caught:
        rebase(
            tmp_path,
            SeriesKey("no-definition", "no-feed", "deaths"),
            date(2025, 5, 1),
            reason=" ",
            recorded_by="",
            recorded_at=NOON,
        )
    assert all(
        f"  {name}: " in str(caught.value) for name in ("reason", "by", "feed", "figure", "definition")
    )
    with pytest.raises(RefusedInput, match="reason: is empty"):
        withdraw_rebase(tmp_path, 1, reason="", withdrawn_by="Analyst", withdrawn_at=LATER)
    assert len(rebases(tmp_path)) == 1


def aim(store: Path, value: float, month: date, figure: str = "incidents") -> int:
    return set_target(
        store,
        SERIES,
        figure,
        value=value,
        direction="at_most",
        from_month=month,
        reason="Board of May",
        recorded_by="Director",
        recorded_at=NOON,
    ).target_id


def test_the_target_that_began_last_holds(tmp_path: Path) -> None:
    aim(tmp_path, 60, date(2025, 4, 1))
    last = aim(tmp_path, 50, date(2026, 4, 15))
    aim(tmp_path, 0.5, date(2024, 4, 1), "incidents-rate")

    def held(year: int) -> float | None:
        found = target_of(tmp_path, SERIES, "incidents", month=date(year, 4, 1))
        return found and found.value

    assert [held(year) for year in (2024, 2025, 2026)] == [None, 60, 50]
    withdraw_target(tmp_path, last, reason="Set anew", withdrawn_by="Director", withdrawn_at=LATER)
    assert held(2026) == 60
    assert len(targets(tmp_path, with_withdrawn=True)) == 3


@pytest.mark.parametrize("value", [-1.0, float("nan"), float("inf")])
def test_a_target_is_a_number_of_0_or_more(tmp_path: Path, value: float) -> None:
    with pytest.raises(RefusedInput, match="a number of 0 or more"):
        aim(tmp_path, value, date(2025, 4, 1))


def test_every_national_break_is_of_a_kind_and_of_a_feed_there_is_and_has_its_source() -> None:
    found = national_breaks()
    assert found
    for one in found:
        assert one.kind in KINDS
        assert one.reason
        assert any(map(one.concern.is_about_feed, feeds()))
