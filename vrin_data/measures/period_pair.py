"""Two periods of one selection side by side: what each area held in the months that came whole in both."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.contract.periods import later
from vrin_data.measures.areas_came import (
    areas_asked,
    areas_came,
    came_of_all,
    nowhere_placed,
    row_of_areas,
)
from vrin_data.measures.cells import SUMS, cells
from vrin_data.measures.filling import fill
from vrin_data.measures.forces import force_of_areas
from vrin_data.measures.harm import NOT_PLACED, with_unplaced
from vrin_data.measures.monthly import name_of_selection
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.received import Flags
from vrin_data.measures.selection import Selection, month_number
from vrin_data.measures.weight_kinds import require_kind
from vrin_data.store import Store

Floats = npt.NDArray[np.float64]
Cubes = Mapping[str, Floats]
SQUARES = ("harm_square_low", "harm_square_high")


@dataclass(frozen=True, eq=False)
class PeriodPair:
    """A row of `areas` for each area by name and last what is not placed, or one row for a total.

    `compared` says by row and period which came whole in both years, `whole` which did in the later one; `is_gap` are
    the rows of which nothing can be compared. `before_sums` and `now_sums` are the sums of `cells` by row and period.
    """

    now: Question
    before: Question
    areas: pd.DataFrame
    compared: Flags
    whole: Flags
    is_gap: Flags
    before_sums: Cubes
    now_sums: Cubes

    @property
    def months_compared(self) -> npt.NDArray[np.int64]:
        """By row how many months are compared."""
        return np.asarray(self.compared.sum(axis=1) * self.now.width)

    def figures(self, sums: Cubes, kept: Flags | None = None) -> pd.DataFrame:
        """The figures of each row over the periods kept, those compared where none are given; a gap's are NULL."""
        frame = pd.DataFrame(index=range(len(self.areas)))
        none = self.is_gap if kept is None else np.logical_not(kept.any(axis=1))
        fill(frame, {name: self.total(sums[name], kept) for name in SUMS}, none)
        return frame

    def total(self, sums: Floats, kept: Flags | None = None) -> Floats:
        """One kind of sums, added over the periods that are kept."""
        return np.asarray((sums * (self.compared if kept is None else kept)).sum(axis=1).round(6))


def period_pair(store: Store, now: Selection, before: Selection) -> PeriodPair:
    """The figures of two equally long periods, by area where the selection asks so. Raises what `harm` raises."""
    questions = question_of(store, now), question_of(store, before)
    require_kind(questions[0].edition, "days")
    return (_by_area if "area" in now.by else _in_total)(store, *questions)


def _in_total(store: Store, now: Question, before: Question) -> PeriodPair:
    whole = [came_of_all(one).whole[np.newaxis] for one in (before, now)]
    found = [_cells(store, one, "force") for one in (before, now)]
    sums = [
        _cube(one, np.zeros(len(one), dtype="int64"), asked, rows=1)
        for one, asked in zip(found, (before, now), strict=True)
    ]
    compared = whole[0] & whole[1]
    areas = pd.DataFrame([name_of_selection(now)]).assign(level=now.selection.level, is_placed=True)
    is_gap: Flags = np.logical_not(compared.any(axis=1))
    return PeriodPair(now, before, areas, compared, whole[1], is_gap, sums[0], sums[1])


def _by_area(store: Store, now: Question, before: Question) -> PeriodPair:
    areas = areas_asked(now)
    both = areas_came(before, areas), areas_came(now, areas)
    compared, rows = both[0].whole & both[1].whole, row_of_areas(now, areas)
    nowhere = np.zeros(len(compared), dtype=bool)
    force_at = force_of_areas(now.facts)
    cubes = []
    for question in (before, now):
        found = _cells(store, question, question.selection.level)
        place, known = found["place"].to_numpy(), found["known_id"].to_numpy()
        at, period_at = rows[place], _period_at(found, question)
        # What is not placed counts where its force came whole in both years.
        kept = np.logical_and(*(one.counted(at, known, period_at, partial_too=False) for one in both))
        placed = place != 0
        nowhere |= nowhere_placed(now, areas, force_at[place[placed & kept]], force_at[known[~placed & kept]])
        loose = at == len(areas)
        cubes.append(_cube(found[kept | ~loose], at[kept | ~loose], question, rows=len(areas) + 1))
    table = with_unplaced(areas, now.selection.level)
    table["is_placed"] = table["area_code"] != NOT_PLACED
    is_gap = ~compared.any(axis=1) | nowhere
    return PeriodPair(now, before, table, compared, both[1].whole, is_gap, cubes[0], cubes[1])


def _cells(store: Store, question: Question, level: str) -> pd.DataFrame:
    return cells(store, question, level=level, with_month=True, with_squares=not question.is_uncertain)


def _period_at(found: pd.DataFrame, question: Question) -> npt.NDArray[np.int64]:
    return np.asarray(
        (found["month_number"].to_numpy() - month_number(question.asked[0].start)) // question.width
    )


def _cube(found: pd.DataFrame, at: npt.NDArray[np.int64], question: Question, *, rows: int) -> Cubes:
    """Each kind of sums by row and period; squares of 0 where the feed has none."""
    width = len(question.asked)
    flat = at * width + _period_at(found, question)
    nothing = np.zeros(len(found))
    return {
        name: np.bincount(
            flat, weights=found[name].to_numpy() if name in found else nothing, minlength=rows * width
        )
        .astype("float64")
        .reshape(rows, width)
        for name in (*SUMS, *SQUARES)
    }


def earlier(selection: Selection, months: int) -> Selection:
    """The same selection so many months earlier."""

    return replace(
        selection,
        from_month=later(selection.from_month, -months),
        to_month=later(selection.to_month, -months),
    )


def by_area(selection: Selection) -> Selection:
    """The same selection asked by area."""
    return replace(selection, by=("area",))
