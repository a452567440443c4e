"""The figures of questions in total, by month and by area, from tallies: what `harm` gives, without its scan.

The questions are of one selection and differ in their definition: their rows are filled in one go, one
question after the other.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from vrin_data.measures.areas_came import AreasCame, areas_asked, areas_came, came_of_all
from vrin_data.measures.cells import SUMS
from vrin_data.measures.filling import Sums, add_months, add_rates, fill
from vrin_data.measures.harm import NOT_PLACED
from vrin_data.measures.question import Question
from vrin_data.measures.received import Came, Flags
from vrin_data.measures.residents import residents_in_total, residents_of
from vrin_data.measures.ruling import Ruling, ruling_of, sums
from vrin_data.measures.tally import (
    Tally,
    force_codes,
    tally_by_area,
    tally_by_period,
    tally_of_whole_periods,
)
from vrin_data.store import Store


def total_figures(store: Store, questions: Sequence[Question]) -> pd.DataFrame:
    """A row a question: the columns of `harm` by nothing, but for its intervals."""
    asked = _by(questions[0])
    came = came_of_all(asked)
    frame = pd.DataFrame(index=range(len(questions)))
    gap = np.logical_not(came.whole.any(keepdims=True))
    fill(frame, _sums(store, questions, tally_of_whole_periods(store, asked)), gap.repeat(len(questions)))
    _complete(frame, asked, [residents_in_total(asked)], came)
    return frame


def month_figures(store: Store, questions: Sequence[Question]) -> pd.DataFrame:
    """The columns of `harm` by month: a row a question and period, oldest first."""
    asked = _by(questions[0], "month")
    came = came_of_all(asked)
    months = pd.to_datetime([one.start for one in asked.asked])
    frame = pd.DataFrame({"month": np.tile(months.to_numpy(), len(questions))})
    gap = np.tile(np.logical_not(came.came), len(questions))
    fill(frame, _sums(store, questions, tally_by_period(store, asked)), gap)
    _complete(frame, asked, [residents_in_total(asked)] * len(months), came)
    return frame


def area_figures(store: Store, questions: Sequence[Question]) -> pd.DataFrame:
    """The columns of `harm` by area, but for its intervals: a row a question and area, by name.

    The last row of each question, always there, is of what is not placed at the level.
    """
    asked = _by(questions[0], "area")
    areas = areas_asked(asked)
    came = areas_came(asked, areas)
    names = {
        "area_code": [*areas["area_code"], NOT_PLACED],
        "area_name": [*areas["area_name"], "Not placed at this level"],
    }
    frame = pd.DataFrame({name: values * len(questions) for name, values in names.items()})
    tally = tally_by_area(store, asked)
    nowhere = [_nowhere(one, areas, tally, ruling_of(store, one)) for one in questions]
    gap = np.tile(came.gaps(by_month=False), len(questions)) | np.concatenate(nowhere)
    fill(frame, _sums(store, questions, tally.folded(len(areas) + 1)), gap)
    residents = areas["area_code"].map(residents_of(asked, asked.selection.level)).astype("Int64")
    _complete(frame, asked, [*residents, pd.NA], came)
    frame["is_placed"] = frame["area_code"] != NOT_PLACED
    return frame


def _nowhere(question: Question, areas: pd.DataFrame, tally: Tally, ruling: Ruling) -> Flags:
    """The rows of areas of forces none of whose incidents is placed at the level: not known to be 0."""
    held = tally.group_at[ruling.kind_of[tally.profile_at] > 0]
    present = np.bincount(held, minlength=tally.group_count) > 0
    placed = set(areas.loc[present[: len(areas)], "in_force"].dropna())
    of_force = zip(force_codes(question.facts), present[len(areas) + 1 :], strict=True)
    unplaced = {code for code, has_any in of_force if has_any}
    return np.append(areas["in_force"].isin(unplaced - placed).to_numpy(), False)


def _by(question: Question, *dimensions: str) -> Question:
    return replace(question, selection=replace(question.selection, by=dimensions))


def _sums(store: Store, questions: Sequence[Question], tally: Tally) -> Sums:
    found = [sums(tally, ruling_of(store, one)) for one in questions]
    return {name: np.concatenate([one[name] for one in found]) for name in SUMS}


def _complete(frame: pd.DataFrame, asked: Question, residents: list[object], came: AreasCame | Came) -> None:
    """Add rates and months, which are the same for every question."""
    times = len(frame) // len(residents)
    months = pd.DataFrame(index=range(len(residents)))
    add_months(months, asked, came)
    add_rates(frame, residents * times)
    for name in months.columns:
        frame[name] = np.tile(months[name].to_numpy(), times)
