"""Where the limits of a series begin anew: recorded by a person with a reason, reversible, never by itself."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from vrin_data.errors import UnknownDefinition
from vrin_data.records.checks import blank, refuse, unknown_feed
from vrin_data.records.database import insert, writing
from vrin_data.records.definitions import definition_version
from vrin_data.records.events import add_event
from vrin_data.records.taking_back import standing, take_back

FIGURE_BASES = ("incidents", "harm")


@dataclass(frozen=True)
class SeriesKey:
    """One series: a definition in any version, a feed, incidents or harm, and an area ('' for all together).

    A count and its rate are one series: what changed the one changed the other.
    """

    definition_id: str
    feed_id: str
    figure_base: str
    area_code: str = ""

    @property
    def words(self) -> str:
        """The series in ids."""
        return f"{self.definition_id}, {self.figure_base}, {self.feed_id}, {self.area_code or 'all areas'}"


@dataclass(frozen=True)
class Rebase:
    """One month at which the limits of a series begin anew, and whether it stands."""

    rebase_id: int
    series: SeriesKey
    month: date
    reason: str
    recorded_by: str
    recorded_at: datetime
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None
    withdrawn_reason: str | None = None


def base_of(figure: str) -> str:
    """incidents or harm, for a figure of either as a count or as a rate."""
    return figure.removesuffix("-rate")


def rebases(
    store_path: Path, *, series: SeriesKey | None = None, with_withdrawn: bool = False
) -> list[Rebase]:
    """Re-basings that stand, of one series or all, in the order made; with those taken back on request."""
    found = [_read(row) for row in standing(store_path, "series_rebase", with_withdrawn=with_withdrawn)]
    return [one for one in found if series in (None, one.series)]


def months_by_area(
    store_path: Path, definition_id: str, feed_id: str, figure: str, area_codes: Iterable[str]
) -> dict[str, list[date]]:
    """For each area that has any the months at which its limits begin anew, oldest first."""
    wanted = {SeriesKey(definition_id, feed_id, base_of(figure), code) for code in area_codes}
    found: dict[str, set[date]] = defaultdict(set)
    for one in rebases(store_path):
        if one.series in wanted:
            found[one.series.area_code].add(one.month)
    return {code: sorted(months) for code, months in found.items()}


def rebase(
    store_path: Path, series: SeriesKey, month: date, *, reason: str, recorded_by: str, recorded_at: datetime
) -> Rebase:
    """Let the limits of a series begin anew at a month. Raises RefusedInput with every fault."""
    first = month.replace(day=1)
    one = Rebase(0, series, first, reason.strip(), recorded_by.strip(), recorded_at)
    refuse("The re-basing", _faults(store_path, one))
    entry = {
        **vars(series),
        "month": first,
        "reason": one.reason,
        "recorded_by": one.recorded_by,
        "recorded_at": recorded_at,
    }
    with writing(store_path, "The re-basing") as connection:
        number = insert(connection, "series_rebase", entry)
        detail = {"series": series.words, "month": f"{first:%Y-%m}"}
        add_event(
            connection,
            "rebase",
            f"re-basing {number}",
            happened_at=recorded_at,
            detail=detail,
            actor=recorded_by,
        )
    return replace(one, rebase_id=number)


def withdraw_rebase(
    store_path: Path, number: int, *, reason: str, withdrawn_by: str, withdrawn_at: datetime
) -> None:
    """Take a re-basing back; the limits are as they were. Raises RefusedInput where none of this number stands."""
    take_back(
        store_path,
        "series_rebase",
        number,
        what="re-basing",
        reason=reason,
        by=withdrawn_by,
        at=withdrawn_at,
    )


def series_faults(store_path: Path, series: SeriesKey) -> list[str]:
    """What is wrong with how a series is named, in words."""
    faults = unknown_feed(series.feed_id)
    if series.figure_base not in FIGURE_BASES:
        faults.append(f"figure: there is no {series.figure_base!r}; there is: {', '.join(FIGURE_BASES)}")
    if "@" in series.definition_id:
        return [*faults, "definition: give its id alone, since this holds for it in any version"]
    try:
        definition_version(store_path, series.definition_id)
    except UnknownDefinition as error:
        faults.append(f"definition: {error}")
    return faults


def _faults(store_path: Path, one: Rebase) -> list[str]:
    faults = [
        *series_faults(store_path, one.series),
        *blank({"reason": one.reason, "by": one.recorded_by}),
    ]
    if any(other.month == one.month for other in rebases(store_path, series=one.series)):
        faults.append(f"month: the limits of this series begin anew at {one.month:%Y-%m} already")
    return faults


def _read(row: dict) -> Rebase:
    said = {name: value for name, value in row.items() if name not in SeriesKey.__dataclass_fields__}
    return Rebase(series=SeriesKey(**{name: row[name] for name in SeriesKey.__dataclass_fields__}), **said)
