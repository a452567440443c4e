"""The figures of questions in total, by month and by area, from tallies: what `harm` gives, without its scan.

The questions are of one selection and differ in their definition.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from vrin_data.measures.areas_came import AreasCame, areas_asked, areas_came, came_of_all, nowhere_placed
from vrin_data.measures.cells import SUMS
from vrin_data.measures.filling import Sums, add_months, add_rates, fill
from vrin_data.measures.forces import force_of_areas
from vrin_data.measures.harm import NOT_PLACED, with_unplaced
from vrin_data.measures.question import Question
from vrin_data.measures.received import Came, Flags
from vrin_data.measures.residents import residents_in_total, residents_of_areas
from vrin_data.measures.ruling import HELD, ruling_of, sums
from vrin_data.measures.tally import tally_by_area, tally_by_period, tally_of_whole_periods
from vrin_data.measures.tally_together import Together
from vrin_data.store import Store


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows of a table before their figures are filled in.

    `about` says what each row is of and which months it stands on, the same for every question; `sums` and
    `gaps` are by question. `residents` gives those of each row, where rates are to be made.
    """

    about: pd.DataFrame
    residents: Callable[[], pd.Series]
    sums: tuple[Sums, ...]
    gaps: tuple[Flags, ...]


def total_rows(store: Store, questions: Sequence[Question]) -> Rows:
    """One row: the whole selection, in the periods that came whole."""
    asked = _by(questions[0])
    came = came_of_all(asked)
    tally = tally_of_whole_periods(store, asked)
    return Rows(
        _with_months(pd.DataFrame(index=range(1)), asked, came),
        lambda: _people(residents_in_total(asked)),
        tuple(sums(tally, ruling_of(store, one)) for one in questions),
        (np.logical_not(came.whole.any(keepdims=True)),) * len(questions),
    )


def month_rows(store: Store, questions: Sequence[Question]) -> Rows:
    """A row a period, oldest first: month is the first of each."""
    asked = _by(questions[0], "month")
    came = came_of_all(asked)
    months = pd.DataFrame({"month": pd.to_datetime([one.start for one in asked.asked])})
    tally = tally_by_period(store, asked)
    return Rows(
        _with_months(months, asked, came),
        lambda: _people(residents_in_total(asked)).repeat(len(months)),
        tuple(sums(tally, ruling_of(store, one)) for one in questions),
        (np.logical_not(came.came),) * len(questions),
    )


def area_rows(store: Store, questions: Sequence[Question]) -> Rows:
    """A row an area of the selection's level, by name; the last, always there, is of what is not placed."""
    asked = _by(questions[0], "area")
    areas = areas_asked(asked)
    came = areas_came(asked, areas)
    about = with_unplaced(areas, asked.selection.level).drop(columns="level")
    tally = tally_by_area(store, asked)
    found = [sums(tally, ruling_of(store, one)) for one in questions]
    gaps = [came.gaps(by_month=False) | _nowhere(asked, areas, one[HELD] > 0) for one in found]
    about = _with_months(about, asked, came).assign(is_placed=about["area_code"] != NOT_PLACED)
    folded = (_folded(one, len(areas) + 1) for one in found)
    return Rows(about, lambda: residents_of_areas(asked, areas), tuple(folded), tuple(gaps))


def area_month_rows(store: Store, questions: Sequence[Question], one: Together) -> Rows:
    """A row an area of the selection's level and period, areas by name, counted in one scan; the last are not placed.

    `one` has the rulings of the questions, in their order.
    """
    asked = _by(questions[0], "area", "month")
    areas, width = areas_asked(asked), len(asked.asked)
    came, tally = areas_came(asked, areas), one.tally(store, asked)
    found = [one.sums(tally, at) for at in range(len(questions))]
    held: list[Flags] = [np.any((sums[HELD] > 0).reshape(-1, width), axis=1) for sums in found]
    gaps = [came.gaps(by_month=True) | _nowhere(asked, areas, each).repeat(width) for each in held]
    about = with_unplaced(areas, asked.selection.level).drop(columns="level")
    about = about.take(np.arange(len(about)).repeat(width)).reset_index(drop=True)
    about["month"] = np.tile(pd.to_datetime([each.start for each in asked.asked]).to_numpy(), len(areas) + 1)
    about = _with_months(about, asked, came).assign(is_placed=about["area_code"] != NOT_PLACED)
    folded = (_folded(sums, len(areas) + 1, width) for sums in found)
    return Rows(about, lambda: residents_of_areas(asked, areas).repeat(width), tuple(folded), tuple(gaps))


def figures(rows: Rows) -> pd.DataFrame:
    """The columns of `harm` but for its intervals: the rows of every question, one question after the other."""
    times = len(rows.sums)
    frame = pd.concat([rows.about] * times, ignore_index=True)
    fill(frame, joined(rows.sums), np.concatenate(rows.gaps))
    add_rates(frame, pd.concat([rows.residents()] * times).array)
    return frame


def joined(found: Sequence[Sums]) -> Sums:
    """Sums of several tables as those of one."""
    return {name: np.concatenate([one[name] for one in found]) for name in SUMS}


def _people(count: Any) -> pd.Series:
    return pd.Series([count], dtype="Int64")


def _by(question: Question, *dimensions: str) -> Question:
    return replace(question, selection=replace(question.selection, by=dimensions))


def _with_months(frame: pd.DataFrame, asked: Question, came: AreasCame | Came) -> pd.DataFrame:
    add_months(frame, asked, came)
    return frame


def _nowhere(question: Question, areas: pd.DataFrame, held: Flags) -> Flags:
    placed = force_of_areas(question.facts)[areas["area_id"].to_numpy()[held[: len(areas)]]]
    # Rows after that of no known force are of one force each, counted from 1 as they are.
    return nowhere_placed(question, areas, placed, np.flatnonzero(held[len(areas) :]))


def _folded(found: Sums, count: int, width: int = 1) -> Sums:
    """Sums of so many rows of `width` groups, the last of which takes in all that come after it."""
    by_row = {name: one.reshape(-1, width) for name, one in found.items()}
    return {name: np.append(one[: count - 1], one[count - 1 :].sum(axis=0)) for name, one in by_row.items()}
