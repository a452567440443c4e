"""For every area of an answer and every period: what came of it, and which incidents may be counted."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.contract.cadence import Period
from vrin_data.errors import UsageError
from vrin_data.measures.build_facts import BuildFacts, areas_of_level
from vrin_data.measures.question import Question
from vrin_data.measures.received import Came, Flags, came_by_force, forces_of

Ids = npt.NDArray[np.int64]


@dataclass(frozen=True)
class AreasCame:
    """Flags of areas by periods, the last row being that of incidents not placed at the level.

    `known_whole` says by force, in the row that `force_at` has for an area_id, which periods' unplaced
    incidents may stand in a total: those of a force whose month is partial may not.
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
    """What came of each of the areas: of a force's areas what that force sent, of a region's what all did."""
    count = len(question.asked)
    by_force = _in_selection(question)
    regions = _region_of_force(question)
    never = Came.every((), count)
    rows = [
        by_force.get(force, never)
        if isinstance(force, str)
        else Came.every([one for code, one in by_force.items() if regions.get(code) == area], count)
        for area, force in zip(areas["area_code"], areas["in_force"], strict=True)
    ]
    rows.append(Came.some(by_force.values(), count))
    return AreasCame(
        came=np.array([one.came for one in rows]),
        whole=np.array([one.whole for one in rows]),
        partial=np.array([one.partial for one in rows]),
        known_whole=np.array([rows[-1].whole, never.whole, *(one.whole for one in by_force.values())]),
        force_at=_force_at(question, [*by_force]),
    )


def forces_without_places(question: Question, found: pd.DataFrame) -> set[str]:
    """Codes of the forces that have incidents among the cells and not one placed at the cells' level."""
    areas = question.facts.areas.drop_duplicates("area_id").set_index("area_id")["in_force"]
    is_placed = found["place"] != 0
    placed = areas.reindex(found.loc[is_placed, "place"].unique()).dropna().unique()
    unplaced = areas.reindex(found.loc[~is_placed, "known_id"].unique()).dropna().unique()
    return set(unplaced) - set(placed)


def came_of_all(question: Question) -> Came:
    """What came from every force of the selection that ever sent the feed."""
    return Came.every(_in_selection(question).values(), len(question.asked))


def senders(question: Question) -> set[str]:
    """Forces of the selection that ever sent the feed."""
    return set(_in_selection(question))


def _in_selection(question: Question) -> dict[str, Came]:
    return _came_in_area(question.facts, question.feed_id, question.selection.area_code, question.asked)


# Asked many times of one selection, and again for every definition beside it.
@lru_cache(maxsize=32)
def _came_in_area(
    facts: BuildFacts, feed_id: str, area_code: str | None, asked: tuple[Period, ...]
) -> dict[str, Came]:
    forces = forces_of(facts, area_code)
    return {code: one for code, one in came_by_force(facts, feed_id, asked).items() if code in forces}


def _region_of_force(question: Question) -> dict[str, str]:
    areas = question.facts.areas
    forces = areas[areas["in_force"] == areas["area_code"]]
    return dict(zip(forces["area_code"], forces["in_region"], strict=True))


def _force_at(question: Question, forces: list[str]) -> Ids:
    """By area_id: 0 for an area of no force, 1 for one whose force did not send, else 2 and up."""
    areas = question.facts.areas
    numbers = {code: 2 + number for number, code in enumerate(forces)}
    at = np.where(areas["in_force"].isna(), 0, areas["in_force"].map(numbers).fillna(1)).astype("int64")
    table = np.zeros(int(areas["area_id"].max()) + 1, dtype="int64")
    table[areas["area_id"]] = at
    return table
