"""Which feed an answer is from, and which of its supplier-months came whole, in part, or not at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from vrin_data.contract.cadence import Period
from vrin_data.contract.definitions import Definition
from vrin_data.contract.feeds import feeds
from vrin_data.errors import EmptyStore, UnknownArea, UnknownFeed
from vrin_data.measures.build_facts import NO_CRIMES, BuildFacts, areas_in_view
from vrin_data.measures.feed_periods import whole_periods
from vrin_data.measures.selection import Selection

Flags = npt.NDArray[np.bool_]


def feed_of(facts: BuildFacts, selection: Selection, definition: Definition) -> str:
    """The feed asked for, or the finest coded one that has data and counts what the definition counts.

    Feeds are never summed. Raises EmptyStore where the build has no feed that counts it, UnknownFeed
    where the one asked for is not there or counts something else.
    """
    have = facts.feeds_of(definition)
    if not have:
        raise EmptyStore(NO_CRIMES if definition.counts_crimes else _no_feed(definition))
    if selection.feed is None:
        return have[0]
    if selection.feed in facts.all_feeds and selection.feed not in have:
        what = "recorded crimes" if definition.counts_crimes else f"{definition.unit}s"
        raise UnknownFeed(
            f"The feed {selection.feed!r} holds no {what}, and these are what the definition {definition.label} "
            f"counts. It can be asked of: {', '.join(have)}."
        )
    if selection.feed not in have:
        raise UnknownFeed(
            f"The build holds nothing of the feed {selection.feed!r}. It holds: {', '.join(have)}."
        )
    return selection.feed


def _no_feed(definition: Definition) -> str:
    feeds_of_unit = ", ".join(one.id for one in feeds().values() if one.grain == definition.unit)
    return (
        f"The definition {definition.label} counts {definition.unit}s, and the store holds no feed of them yet. "
        f"Load one of: {feeds_of_unit}."
    )


def forces_of(facts: BuildFacts, area_code: str | None) -> set[str]:
    """Codes of the police force areas that an area lies in or consists of; all in view without one.

    Raises UnknownArea for a code that is not in view.
    """
    areas = areas_in_view(facts)
    if area_code is not None:
        ups = [column for column in areas.columns if column.startswith("in_")]
        areas = areas[areas[ups].eq(area_code).any(axis=1) | (areas["area_code"] == area_code)]
        if areas.empty:
            raise UnknownArea(
                f"There is no area {area_code!r} in this build. `areas list` shows those there are."
            )
        across = facts.forces_of_layers.get(area_code)
        if across is not None:
            return set(across)
    return set(areas["in_force"].dropna())


@dataclass(frozen=True)
class Came:
    """For each period asked for: whether it came at all, whether whole, and whether some of it only in part."""

    came: Flags
    whole: Flags
    partial: Flags

    @classmethod
    def of(cls, came: Flags, partial: Flags) -> "Came":
        """What one supplier sent."""
        return cls(came, came & ~partial, came & partial)

    @classmethod
    def every(cls, parts: Iterable["Came"], count: int) -> "Came":
        """What came from every one of the parts; nothing where there are none."""
        flags = [*parts]
        if not flags:
            return cls(*np.zeros((3, count), dtype=bool))
        came = np.logical_and.reduce([one.came for one in flags])
        return cls.of(came, np.logical_or.reduce([one.partial for one in flags]))

    @classmethod
    def some(cls, parts: Iterable["Came"], count: int) -> "Came":
        """What came from any of the parts."""
        flags = [cls.every((), count), *parts]
        return cls(
            np.logical_or.reduce([one.came for one in flags]),
            np.logical_or.reduce([one.whole for one in flags]),
            np.logical_or.reduce([one.partial for one in flags]),
        )


def came_by_force(facts: BuildFacts, feed_id: str, asked: Sequence[Period]) -> dict[str, Came]:
    """What came of a feed by the force area it is about, for each that ever sent it.

    Where several suppliers send for one force area, a period came when each of them has sent it.
    """
    rows = facts.received[(facts.received["feed_id"] == feed_id) & facts.received["force_code"].notna()]
    found: dict[str, list[Came]] = {}
    for (force, _), own in rows.groupby(["force_code", "supplier_id"]):
        months = dict(zip(own["month"], own["is_partial"], strict=True))
        found.setdefault(str(force), []).append(_came_of(months, asked))
    return {force: Came.every(parts, len(asked)) for force, parts in found.items()}


def _came_of(months: dict[date, bool], asked: Sequence[Period]) -> Came:
    came = [all(month in months for month in one.months()) for one in asked]
    part = [any(months.get(month, False) for month in one.months()) for one in asked]
    return Came.of(np.array(came, dtype=bool), np.array(part, dtype=bool))


@dataclass(frozen=True)
class Incomplete:
    """What of a selection did not come whole: in words and as supplier-months, and who never sent.

    `whole_months` of `asked_months` months came whole from every supplier that ever sent the feed.
    """

    missing: tuple[str, ...]
    partial: tuple[str, ...]
    missing_months: int
    partial_months: int
    never_sent: int
    whole_months: int
    asked_months: int


@lru_cache(maxsize=64)
def incomplete_months(facts: BuildFacts, selection: Selection, feed_id: str) -> Incomplete:
    """The supplier-months of a selection that are missing or partial, by force; who never sent is named once.

    Months that lie in no whole period of the feed were not asked of anybody.
    """
    asked = [month for one in whole_periods(feed_id, selection.months) for month in one.months()]
    forces = forces_of(facts, selection.area_code)
    rows = facts.received[(facts.received["feed_id"] == feed_id) & facts.received["force_code"].isin(forces)]
    names = facts.areas.drop_duplicates("area_code").set_index("area_code")["area_name"]
    missing: list[tuple[str, list[date]]] = []
    partial: list[tuple[str, list[date]]] = []
    for (name, _), own in rows.groupby(["supplier_name", "supplier_id"]):
        months = dict(zip(own["month"], own["is_partial"], strict=True))
        missing.append((str(name), [month for month in asked if month not in months]))
        partial.append((str(name), [month for month in asked if months.get(month, False)]))
    never = sorted(str(names[code]) for code in forces - set(rows["force_code"]))
    spoilt = {month for _, months in (*missing, *partial) for month in months}
    return Incomplete(
        missing=(*_words(missing), *(f"{name}: never sent this feed" for name in never)),
        partial=tuple(_words(partial)),
        missing_months=sum(len(months) for _, months in missing),
        partial_months=sum(len(months) for _, months in partial),
        never_sent=len(never),
        whole_months=len(asked) - len(spoilt) if len(rows) else 0,
        asked_months=len(selection.months),
    )


def _words(months_of: list[tuple[str, list[date]]]) -> list[str]:
    return [f"{name} {run}" for name, months in months_of for run in month_runs(months)]


def month_runs(months: Sequence[date]) -> list[str]:
    """Months as words, neighbouring ones joined: 2025-01 to 2025-03, 2025-11."""
    runs: list[list[date]] = []
    for month in months:
        if runs and (month.year * 12 + month.month) - (runs[-1][-1].year * 12 + runs[-1][-1].month) == 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return [f"{run[0]:%Y-%m}" if len(run) == 1 else f"{run[0]:%Y-%m} to {run[-1]:%Y-%m}" for run in runs]
