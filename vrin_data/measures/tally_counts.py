"""The incidents of a question counted from its facts, by profile and by period, area or placing."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.contract.codes import LEVELS
from vrin_data.measures.areas_came import AreasCame, areas_asked, areas_came, came_of_all, row_of_areas
from vrin_data.measures.cells import finest_areas
from vrin_data.measures.counting import Ints, Places, Rows, count_rows
from vrin_data.measures.forces import force_codes, force_of_areas
from vrin_data.measures.profile_facts import profile_facts
from vrin_data.measures.question import Question
from vrin_data.measures.received import Flags
from vrin_data.measures.selection import month_number
from vrin_data.measures.tally_cells import Tally
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


def count_by_period(store: Store, question: Question) -> Tally:
    """The incidents of a question by profile and period."""
    first, width = month_number(question.asked[0].start), question.width
    return _count(
        store, question, lambda months, areas: (months.astype("int32") - first) // width, len(question.asked)
    )


def count_whole(store: Store, question: Question) -> Tally:
    """The incidents of periods that came whole from all, by profile."""
    first = month_number(question.asked[0].start)
    is_counted = np.repeat(came_of_all(question).whole, question.width)
    group_of = np.where(is_counted, 0, LEFT_ASIDE)
    return _count(store, question, lambda months, areas: group_of.take(months.astype("int32") - first), 1)


def count_by_placing(store: Store, question: Question) -> Tally:
    """All incidents of a question by profile, those placed at its level in group 1 and the others in group 0."""
    is_placed = (_place_of_areas(store, question) != 0).astype("int32")
    return _count(store, question, lambda months, areas: is_placed.take(areas), 2)


def count_by_area(store: Store, question: Question) -> Tally:
    """The incidents that stand in totals of areas, by profile and row of `tally_by_area`."""
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


def count_by_area_and_period(store: Store, question: Question, class_of: Places, class_count: int) -> Tally:
    """All incidents of a question that came, by class of profile and by row of `tally_by_area` and period.

    The groups of a row are neighbours, one a period. `class_of` is by profile_id; class 0 is left aside.
    """
    areas = areas_asked(question)
    rows, counted = _placed(store, question, areas, areas_came(question, areas), partial_too=True)
    first, periods = month_number(question.asked[0].start), len(question.asked)

    def groups_of(months: Ints, areas: Ints) -> Ints:
        at = months.astype("int32") - first
        found = rows.take(areas) * periods + at // question.width
        if counted.is_whole:
            return found
        return np.where(counted.of_month[counted.pattern_of.take(areas), at], found, LEFT_ASIDE)

    groups = (len(areas) + 1 + len(force_codes(question.facts))) * periods
    return _count(store, question, groups_of, groups, classes=(class_of, class_count))


@dataclass(frozen=True, eq=False)
class _CountedMonths:
    """Which months stand in the total of an area: by area_id one of a few patterns, and by pattern and month."""

    pattern_of: Places
    of_month: Flags

    @property
    def is_whole(self) -> bool:
        return bool(self.of_month.all())


def _placed(
    store: Store, question: Question, areas: pd.DataFrame, came: AreasCame, *, partial_too: bool = False
) -> tuple[Places, _CountedMonths]:
    """By area_id the row of the answer, and which months of it count."""
    place = _place_of_areas(store, question)
    rows = row_of_areas(question, areas)[place]
    known = np.where(place == 0, np.arange(len(place)), 0)
    periods = np.arange(len(question.asked))
    counted = came.counted(rows[:, None], known[:, None], periods[None, :], partial_too=partial_too)
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


def _count(
    store: Store,
    question: Question,
    groups_of: GroupsOf,
    group_count: int,
    *,
    classes: tuple[Places, int] | None = None,
) -> Tally:
    """The cells, in the order of their profiles; of classes of profile, by profile_id, where they are given."""
    names = UNCERTAIN_COUNTS if question.is_uncertain else EXACT_COUNTS
    rows = _rows(store, question, groups_of, [*names.values()])
    if classes is None:
        count = len(profile_facts(store, question.facts).offence_of)
    else:
        rows, count = _by_class(rows, classes[0]), classes[1]
    found = count_rows(rows, (count, group_count), counts=len(names))
    counts: dict[str, Any] = dict(zip(names, found.counts, strict=True))
    return Tally(found.profile_at, found.group_at, group_count, **counts)


def _by_class(rows: Iterable[Rows], class_of: Places) -> Iterator[Rows]:
    """The same rows by the class of their profile, those of class 0 left out."""
    for profile_at, group_at, values in rows:
        classes = class_of.take(profile_at)
        kept = np.flatnonzero(classes)
        yield classes.take(kept), group_at.take(kept), tuple(one.take(kept) for one in values)


def _rows(store: Store, question: Question, groups_of: GroupsOf, counts: list[str]) -> Iterator[Rows]:
    """The profile, group and counts of all facts that are in a group."""
    sql = ROWS_SQL.format(counts=", ".join(counts), feed=question.feed_sql, scope=question.scope_sql)
    params = question.params()
    for batch in store.batches("tally", sql, params, build_id=question.facts.build_id):
        profile_at, months, areas, *values = (column.to_numpy() for column in batch.columns)
        groups = groups_of(months, areas)
        kept = groups != LEFT_ASIDE
        if kept.all():
            yield profile_at, groups, tuple(values)
        else:
            yield profile_at[kept], groups[kept], tuple(one[kept] for one in values)
