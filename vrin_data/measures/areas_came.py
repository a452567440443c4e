"""For every area of an answer and every period: what came of it, and which incidents may be counted."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from vrin_data.contract.cadence import Period
from vrin_data.contract.codes import OWN
from vrin_data.errors import UsageError
from vrin_data.measures.build_facts import BuildFacts, areas_of_level
from vrin_data.measures.forces import Ids, force_codes, force_of_areas, region_of_forces
from vrin_data.measures.question import Question
from vrin_data.measures.received import Came, Flags, came_by_force, forces_of


@dataclass(frozen=True)
class AreasCame:
    """Flags of areas by periods, the last row being that of incidents not placed at the level.

    `known_whole` says by force, in the row that `force_at` has for an area_id, which periods' unplaced
    incidents may stand in a total: those of a force whose month is partial may not. Row 0 is of no force.
    """

    came: Flags
    whole: Flags
    partial: Flags
    known_whole: Flags
    force_at: Ids

    def counted(self, at: Ids, known_id: Ids, period_at: Ids, *, partial_too: bool) -> Flags:
        """Which cells go into a figure: `at` is the row, `known_id` the finest area of one not placed."""
        if partial_too:
            return self.came[at, period_at]
        by_known = self.known_whole[self.force_at[known_id], period_at]
        return np.where(at == len(self.whole) - 1, by_known, self.whole[at, period_at])

    def gaps(self, *, by_month: bool) -> Flags:
        """Rows without a figure: by area and period, or by area."""
        return np.logical_not(self.came.reshape(-1) if by_month else self.whole.any(axis=1))


def areas_asked(question: Question) -> pd.DataFrame:
    """The areas of the selection's level that lie in its area, by name. Raises UsageError where there is none."""
    level, code = question.selection.level, question.selection.area_code
    areas = areas_of_level(question.facts, level)
    if areas.empty and level.startswith(OWN):
        there = [one.removeprefix("in_") for one in areas.columns if one.startswith("in_")]
        raise UsageError(
            f"There is no layer {level!r} in the build. Levels there are: {', '.join(there)}. `areas own list` says "
            "what is on record."
        )
    if areas.empty:
        raise UsageError(
            f"There are no areas at the level {level!r} to show. Import official boundaries with "
            "`python -m vrin_data areas import FILE...`, or send a feed of a supplier that has an area."
        )
    if code is None:
        return areas
    forces_of(question.facts, code)
    ups = [column for column in areas.columns if column.startswith("in_")]
    inside = areas[areas[ups].eq(code).any(axis=1)]
    if inside.empty:
        raise UsageError(
            f"{code} does not consist of whole areas of the level {level!r}. Choose a finer level, or a larger area."
        )
    return inside


def areas_came(question: Question, areas: pd.DataFrame) -> AreasCame:
    """What came of each of the areas: of a force's areas what that force sent, of what has a share of several
    (a region, a partnership's own area) what all of them did."""
    count = len(question.asked)
    by_force = _in_selection(question)
    never, of_some = Came.every((), count), Came.some(by_force.values(), count)
    of_force = [by_force.get(code, never) for code in force_codes(question.facts)]
    of_several = _by_several(question, by_force)
    rows = [never, *of_force, *of_several.values(), of_some]
    at = np.append(_senders_of(question, areas, [*of_several]), len(rows) - 1)
    return AreasCame(
        came=np.array([one.came for one in rows])[at],
        whole=np.array([one.whole for one in rows])[at],
        partial=np.array([one.partial for one in rows])[at],
        known_whole=np.array([one.whole for one in (of_some, *of_force)]),
        force_at=force_of_areas(question.facts),
    )


def _by_several(question: Question, by_force: dict[str, Came]) -> dict[str, Came]:
    """What came of each region and area of a layer: of all its forces that ever sent."""
    forces_of: dict[str, set[str]] = {
        code: {*codes} for code, codes in question.facts.forces_of_layers.items()
    }
    for force, region in region_of_forces(question.facts).items():
        forces_of.setdefault(region, set()).add(force)
    return {
        code: Came.every([by_force[one] for one in sorted(forces & {*by_force})], len(question.asked))
        for code, forces in forces_of.items()
    }


def _senders_of(question: Question, areas: pd.DataFrame, several: list[str]) -> Ids:
    """By area the number of its force, or of what it is itself, these counted on; 0 for one of neither."""
    at = force_of_areas(question.facts)[areas["area_id"].to_numpy()]
    of_no_force = at == 0
    numbers = {
        code: number for number, code in enumerate(several, start=len(force_codes(question.facts)) + 1)
    }
    at[of_no_force] = [numbers.get(code, 0) for code in areas.loc[of_no_force, "area_code"]]
    return at


def row_of_areas(question: Question, areas: pd.DataFrame) -> Ids:
    """By area_id its row among the areas; the row after the last for any other."""
    rows = np.full(len(force_of_areas(question.facts)), len(areas))
    rows[areas["area_id"].to_numpy()] = np.arange(len(areas))
    return rows


def nowhere_placed(question: Question, areas: pd.DataFrame, placed: Ids, unplaced: Ids) -> Flags:
    """The rows of areas of forces none of whose incidents is placed at their level: not known to be 0.

    `placed` and `unplaced` are the numbers of the forces that have incidents which are, or are not.
    """
    of_force: Flags = np.zeros(len(force_codes(question.facts)) + 1, dtype=bool)
    of_force[unplaced] = True
    of_force[placed] = False
    of_force[0] = False
    return np.append(of_force[force_of_areas(question.facts)[areas["area_id"].to_numpy()]], False)


def came_of_all(question: Question) -> Came:
    """What came from every force of the selection that ever sent the feed."""
    return Came.every(_in_selection(question).values(), len(question.asked))


def senders(question: Question) -> set[str]:
    """Forces of the selection that ever sent the feed."""
    return set(_in_selection(question))


def _in_selection(question: Question) -> dict[str, Came]:
    found = _came_in_area(question.facts, question.feed_id, question.selection.area_code, question.asked)
    if question.unplaced:
        # What came is not placed as finely as the area, so that no month tells anything of it.
        return dict.fromkeys(found, Came.every((), len(question.asked)))
    return found


# Asked many times of one selection, and again for every definition beside it.
@lru_cache(maxsize=32)
def _came_in_area(
    facts: BuildFacts, feed_id: str, area_code: str | None, asked: tuple[Period, ...]
) -> dict[str, Came]:
    forces = forces_of(facts, area_code)
    return {code: one for code, one in came_by_force(facts, feed_id, asked).items() if code in forces}
