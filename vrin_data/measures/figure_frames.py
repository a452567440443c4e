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
from vrin_data.measures.received import Came
from vrin_data.measures.residents import residents_in_total, residents_of
from vrin_data.measures.ruling import ruling_of, sums
from vrin_data.measures.tally import Tally, tally_by_area, tally_by_period, tally_of_whole_periods
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
    gap = np.tile(came.gaps(by_month=False), len(questions))
    fill(frame, _sums(store, questions, tally_by_area(store, asked)), gap)
    residents = areas["area_code"].map(residents_of(asked, asked.selection.level)).astype("Int64")
    _complete(frame, asked, [*residents, pd.NA], came)
    frame["is_placed"] = frame["area_code"] != NOT_PLACED
    return frame


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
