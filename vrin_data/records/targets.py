"""Targets of series: a value and a direction, from a month on, set by a person with a reason."""

import math
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from vrin_data.records.checks import blank, refuse
from vrin_data.records.database import insert, writing
from vrin_data.records.events import add_event
from vrin_data.records.rebases import SeriesKey, base_of, series_faults
from vrin_data.records.taking_back import standing, take_back

DIRECTIONS = {"at_most": "at most", "at_least": "at least"}


@dataclass(frozen=True)
class Target:
    """One target of one series, in the units of its figure a month, and whether it stands."""

    target_id: int
    definition_id: str
    feed_id: str
    figure: str
    area_code: str
    value: float
    direction: str
    from_month: date
    reason: str
    recorded_by: str
    recorded_at: datetime
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None
    withdrawn_reason: str | None = None

    @property
    def series(self) -> SeriesKey:
        """The series it is a target of."""
        return SeriesKey(self.definition_id, self.feed_id, base_of(self.figure), self.area_code)


def targets(store_path: Path, *, with_withdrawn: bool = False) -> list[Target]:
    """Targets that stand, in the order made; with those taken back on request."""
    return [Target(**row) for row in standing(store_path, "series_target", with_withdrawn=with_withdrawn)]


def target_of(store_path: Path, series: SeriesKey, figure: str, *, month: date) -> Target | None:
    """The target that holds for a series' figure in a month: the one that began last, then the one made last."""
    fitting = [
        one
        for one in targets(store_path)
        if (one.series, one.figure) == (series, figure) and one.from_month <= month
    ]
    return max(fitting, key=lambda one: (one.from_month, one.target_id), default=None)


def set_target(
    store_path: Path,
    series: SeriesKey,
    figure: str,
    *,
    value: float,
    direction: str,
    from_month: date,
    reason: str,
    recorded_by: str,
    recorded_at: datetime,
) -> Target:
    """Record a target and give it back. Raises RefusedInput with every fault."""
    one = Target(
        0,
        series.definition_id,
        series.feed_id,
        figure,
        series.area_code,
        value,
        direction,
        from_month.replace(day=1),
        reason.strip(),
        recorded_by.strip(),
        recorded_at,
    )
    refuse("The target", _faults(store_path, one))
    entry = {
        name: said
        for name, said in vars(one).items()
        if name != "target_id" and not name.startswith("withdrawn")
    }
    detail = {"series": series.words, "figure": figure, "value": value, "direction": direction}
    with writing(store_path, "The target") as connection:
        number = insert(connection, "series_target", entry)
        add_event(
            connection,
            "set target",
            f"target {number}",
            happened_at=recorded_at,
            detail=detail,
            actor=recorded_by,
        )
    return replace(one, target_id=number)


def withdraw_target(
    store_path: Path, number: int, *, reason: str, withdrawn_by: str, withdrawn_at: datetime
) -> None:
    """Take a target back; it stays on record. Raises RefusedInput where none of this number stands."""
    take_back(
        store_path, "series_target", number, what="target", reason=reason, by=withdrawn_by, at=withdrawn_at
    )


def _faults(store_path: Path, one: Target) -> list[str]:
    faults = [
        *series_faults(store_path, one.series),
        *blank({"reason": one.reason, "by": one.recorded_by}),
    ]
    if one.direction not in DIRECTIONS:
        faults.append(f"direction: there is no {one.direction!r}; there is: {', '.join(DIRECTIONS)}")
    if not (math.isfinite(one.value) and one.value >= 0):
        faults.append("value: a target is a number of 0 or more")
    return faults
