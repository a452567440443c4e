"""The incidents of a selection by profile, and by period or area: counted once, whatever is then asked of them.

A tally knows no definition. Which profiles count, and for how much, is a table look-up afterwards
(`ruling.py`), so that a definition that changes at every stroke, or twenty beside each other, cost no scan.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from vrin_data.measures.profile_facts import profile_facts
from vrin_data.measures.question import Question
from vrin_data.measures.selection import month_number
from vrin_data.measures.tally_cells import Tally
from vrin_data.measures.tally_counts import count_by_area, count_by_period, count_by_placing, count_whole
from vrin_data.store import Store


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
    return _kept.get(store, _terms(question, "period"), lambda: count_by_period(store, question))


def tally_of_whole_periods(store: Store, question: Question) -> Tally:
    """The incidents that stand in a total, by profile alone: those of periods that came whole from all."""
    return _kept.get(store, _terms(question, "total"), lambda: count_whole(store, question))


def tally_by_offence(store: Store, question: Question) -> Tally:
    """The incidents that stand in a total, by profile and offence_id."""
    return _kept.get(store, _terms(question, "offence"), lambda: _by_offence(store, question))


def tally_by_area(store: Store, question: Question) -> Tally:
    """The incidents that stand in totals of areas, by profile and row of `areas_asked`.

    The rows after those are of incidents not placed at the level: first those of no known force, then a row
    for each of `force_codes`. `folded` makes one of them.
    """
    return _kept.get(store, _terms(question, "area"), lambda: count_by_area(store, question))


def tally_by_placing(store: Store, question: Question) -> Tally:
    """All incidents of a selection, whatever came whole, by profile and whether they are placed at the level.

    Group 0 is of those that are not, group 1 of those that are.
    """
    return _kept.get(store, _terms(question, "placing"), lambda: count_by_placing(store, question))


def _by_offence(store: Store, question: Question) -> Tally:
    offence_of = profile_facts(store, question.facts).offence_of
    count = max(question.facts.offences.values(), default=0) + 1
    return tally_of_whole_periods(store, question).regrouped(offence_of, count)


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
