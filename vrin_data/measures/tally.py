"""The incidents of a selection by profile, and by period or area: counted once, whatever is then asked of them.

A tally knows no definition. Which profiles count, and for how much, is a table look-up afterwards
(`ruling.py`), so that a definition that changes at every stroke, or twenty beside each other, cost no scan.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.contract.codes import LEVELS
from vrin_data.measures.areas_came import AreasCame, areas_asked, areas_came, came_of_all, row_of_areas
from vrin_data.measures.cells import finest_areas
from vrin_data.measures.counting import Ints, Numbers, Places, Rows, count_rows
from vrin_data.measures.forces import force_codes, force_of_areas
from vrin_data.measures.profile_facts import profile_facts
from vrin_data.measures.question import Question
from vrin_data.measures.received import Flags
from vrin_data.measures.selection import month_number
from vrin_data.store import Store

# Corrections take back and suppressed counts may be more, so that what is added and what is taken back,
# as counted and as it may be at most, are kept apart: a bound takes each at another weight.
EXACT_COUNTS = {"added": "incident_count"}
UNCERTAIN_COUNTS = {
    "added": "greatest(incident_count, 0)",
    "taken_back": "least(incident_count, 0)",
    "most_added": "greatest(incident_count + further_count, 0)",
    "most_taken_back": "least(incident_count + further_count, 0)",
}
ROWS_SQL = """
    select profile_id, month_number, area_id, {counts}
    from fact
    where {feed} and month_number between $from_month::usmallint and $to_month::usmallint {scope}
"""
GroupsOf = Callable[[Ints, Ints], Ints]
"""The group of incidents of these months and areas; LEFT_ASIDE for those that are in none."""
LEFT_ASIDE = -1


@dataclass(frozen=True, eq=False)
class Tally:
    """Cells of incidents: of each its profile, its group (a period or an area's row) and its counts.

    Cells of one profile are neighbours.

    `taken_back`, `most_added` and `most_taken_back` are None where counts are exact: nothing is taken
    back and nothing was suppressed.
    """

    profile_at: Places
    group_at: Places
    group_count: int
    added: Numbers
    taken_back: Numbers | None = None
    most_added: Numbers | None = None
    most_taken_back: Numbers | None = None
    made: WeakKeyDictionary[Any, dict[str, Any]] = field(
        default_factory=WeakKeyDictionary, init=False, repr=False
    )
    """What was made of the tally for a ruling, kept as long as the ruling is."""

    def within(self, groups: Flags) -> "Tally":
        """The cells of some groups, all as one group."""
        kept = slice(None) if groups.all() else groups[self.group_at]
        counts: dict[str, Any] = {name: values[kept] for name, values in self.counts().items()}
        group_at = np.zeros_like(self.group_at[kept])
        return replace(self, profile_at=self.profile_at[kept], group_at=group_at, group_count=1, **counts)

    def folded(self, group_count: int) -> "Tally":
        """The same cells in so many groups, the last of which takes in all that come after it."""
        return replace(
            self, group_at=np.minimum(self.group_at, np.int32(group_count - 1)), group_count=group_count
        )

    def regrouped(self, group_of_profile: Places, group_count: int) -> "Tally":
        """The same cells grouped by something that their profile tells."""
        return replace(self, group_at=group_of_profile[self.profile_at], group_count=group_count)

    def by_profile(self) -> "Tally":
        """The cells of one group with one cell a profile."""
        profiles, at = np.unique(self.profile_at, return_inverse=True)
        counts: dict[str, Any] = {
            name: np.bincount(at, weights=values) for name, values in self.counts().items()
        }
        group_at = np.zeros(len(profiles), dtype="int32")
        return replace(self, profile_at=profiles, group_at=group_at, group_count=1, **counts)

    @cached_property
    def runs(self) -> tuple[Places, Places]:
        """The profiles that have cells, and how many neighbouring cells are of each: cells stand by profile."""
        firsts = np.flatnonzero(np.append(True, np.diff(self.profile_at) != 0)[: len(self.profile_at)])
        lengths = np.diff(np.append(firsts, len(self.profile_at)))
        return self.profile_at[firsts], lengths.astype("int32")

    def counts(self) -> dict[str, Numbers]:
        """The counts that there are, by name."""
        names = ("added", "taken_back", "most_added", "most_taken_back")
        return {name: values for name in names if (values := getattr(self, name)) is not None}


@dataclass(frozen=True)
class _Terms:
    """What a tally depends on: the build and a selection without its definition."""

    kind: str
    build_id: str
    feed_id: str
    from_month: int
    to_month: int
    area_code: str | None
    level: str


OF_NO_LEVEL = ("period", "total", "offence")


class _Kept:
    """The tallies asked for last, by store and terms. Two threads that miss at once both count, and both are right."""

    def __init__(self, most_cells: int) -> None:
        self._most_cells = most_cells
        self._found: OrderedDict[tuple[Store, _Terms], Tally] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, store: Store, terms: _Terms, count: Callable[[], Tally]) -> Tally:
        """The tally of these terms, counted where it is not kept."""
        key = (store, terms)
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
        tally = count()
        with self._lock:
            self._found[key] = tally
            while len(self._found) > 1 and self._cells() > self._most_cells:
                self._found.popitem(last=False)
        return tally

    def _cells(self) -> int:
        return sum(len(one.added) for one in self._found.values())


# What a draft changes over ten years of a country takes 33,000,000 cells, which are 530 MB.
_kept = _Kept(most_cells=40_000_000)


def tally_by_period(store: Store, question: Question) -> Tally:
    """The incidents of a selection by profile and period, those of periods that did not come whole among them."""
    return _kept.get(store, _terms(question, "period"), lambda: _count_by_period(store, question))


def tally_of_whole_periods(store: Store, question: Question) -> Tally:
    """The incidents that stand in a total, by profile alone: those of periods that came whole from all."""
    return _kept.get(store, _terms(question, "total"), lambda: _count_whole(store, question))


def tally_by_offence(store: Store, question: Question) -> Tally:
    """The incidents that stand in a total, by profile and offence_id."""
    return _kept.get(store, _terms(question, "offence"), lambda: _count_by_offence(store, question))


def tally_by_area(store: Store, question: Question) -> Tally:
    """The incidents that stand in totals of areas, by profile and row of `areas_asked`.

    The rows after those are of incidents not placed at the level: first those of no known force, then a row
    for each of `force_codes`. `folded` makes one of them.
    """
    return _kept.get(store, _terms(question, "area"), lambda: _count_by_area(store, question))


def tally_by_placing(store: Store, question: Question) -> Tally:
    """All incidents of a selection, whatever came whole, by profile and whether they are placed at the level.

    Group 0 is of those that are not, group 1 of those that are.
    """
    return _kept.get(store, _terms(question, "placing"), lambda: _count_by_placing(store, question))


def _terms(question: Question, kind: str) -> _Terms:
    return _Terms(
        kind=kind,
        build_id=question.facts.build_id,
        feed_id=question.feed_id,
        from_month=month_number(question.asked[0].start),
        to_month=month_number(question.asked[-1].months()[-1]),
        area_code=question.selection.area_code,
        level="" if kind in OF_NO_LEVEL else question.selection.level,
    )


def _count_by_period(store: Store, question: Question) -> Tally:
    first, width = month_number(question.asked[0].start), question.width
    return _count(
        store, question, lambda months, areas: (months.astype("int32") - first) // width, len(question.asked)
    )


def _count_whole(store: Store, question: Question) -> Tally:
    first = month_number(question.asked[0].start)
    is_counted = np.repeat(came_of_all(question).whole, question.width)
    group_of = np.where(is_counted, 0, LEFT_ASIDE)
    return _count(store, question, lambda months, areas: group_of.take(months.astype("int32") - first), 1)


def _count_by_offence(store: Store, question: Question) -> Tally:
    offence_of = profile_facts(store, question.facts).offence_of
    count = max(question.facts.offences.values(), default=0) + 1
    return tally_of_whole_periods(store, question).regrouped(offence_of, count)


def _count_by_placing(store: Store, question: Question) -> Tally:
    is_placed = (_place_of_areas(store, question) != 0).astype("int32")
    return _count(store, question, lambda months, areas: is_placed.take(areas), 2)


def _count_by_area(store: Store, question: Question) -> Tally:
    areas = areas_asked(question)
    rows, counted = _placed(store, question, areas, areas_came(question, areas))
    first = month_number(question.asked[0].start)

    def groups_of(months: Ints, areas: Ints) -> Ints:
        found = rows.take(areas)
        if counted.is_whole:
            return found
        is_counted = counted.of_month[counted.pattern_of.take(areas), months.astype("int32") - first]
        return np.where(is_counted, found, LEFT_ASIDE)

    return _count(store, question, groups_of, len(areas) + 1 + len(force_codes(question.facts)))


@dataclass(frozen=True, eq=False)
class _CountedMonths:
    """Which months stand in the total of an area: by area_id one of a few patterns, and by pattern and month."""

    pattern_of: Places
    of_month: Flags

    @property
    def is_whole(self) -> bool:
        return bool(self.of_month.all())


def _placed(
    store: Store, question: Question, areas: pd.DataFrame, came: AreasCame
) -> tuple[Places, _CountedMonths]:
    """By area_id the row of the answer, and which months of it count."""
    place = _place_of_areas(store, question)
    rows = row_of_areas(question, areas)[place]
    known = np.where(place == 0, np.arange(len(place)), 0)
    periods = np.arange(len(question.asked))
    counted = came.counted(rows[:, None], known[:, None], periods[None, :], partial_too=False)
    packed, patterns = np.unique(np.packbits(counted, axis=1), axis=0, return_inverse=True)
    of_pattern = np.unpackbits(packed, axis=1, count=len(periods)).astype(bool)
    of_month = np.repeat(of_pattern, question.width, axis=1)
    # Of what is not placed at the level the force may still be known.
    rows = np.where(rows == len(areas), rows + force_of_areas(question.facts)[known], rows)
    return rows.astype("int32"), _CountedMonths(patterns.reshape(-1).astype("int32"), of_month)


def _place_of_areas(store: Store, question: Question) -> npt.NDArray[np.int64]:
    """By area_id the area of the selection's level that it lies in, 0 for none, as the scan of `cells` has it."""
    level, facts = question.selection.level, question.facts
    if level == LEVELS[-1]:
        return finest_areas(facts)
    found = store.query(
        "areas of the level",
        "select area_id, ancestor_id from area_level where level = $level",
        {"level": level},
        build_id=facts.build_id,
    )
    place = np.zeros(int(facts.areas["area_id"].max()) + 1, dtype="int64")
    place[found["area_id"]] = found["ancestor_id"]
    return place


def _count(store: Store, question: Question, groups_of: GroupsOf, group_count: int) -> Tally:
    """The cells, in the order of their profiles."""
    names = UNCERTAIN_COUNTS if question.is_uncertain else EXACT_COUNTS
    profiles = len(profile_facts(store, question.facts).offence_of)
    rows = _rows(store, question, groups_of, [*names.values()])
    found = count_rows(rows, (profiles, group_count), counts=len(names))
    counts: dict[str, Any] = dict(zip(names, found.counts, strict=True))
    return Tally(found.profile_at, found.group_at, group_count, **counts)


def _rows(store: Store, question: Question, groups_of: GroupsOf, counts: list[str]) -> Iterator[Rows]:
    """The profile, group and counts of all facts that are in a group."""
    sql = ROWS_SQL.format(counts=", ".join(counts), feed=question.feed_sql, scope=question.scope_sql)
    params = question.params(with_decision=False)
    for batch in store.batches("tally", sql, params, build_id=question.facts.build_id):
        profile_at, months, areas, *values = (column.to_numpy() for column in batch.columns)
        groups = groups_of(months, areas)
        kept = groups != LEFT_ASIDE
        if kept.all():
            yield profile_at, groups, tuple(values)
        else:
            yield profile_at[kept], groups[kept], tuple(one[kept] for one in values)
