"""Incidents and harm, per area, per month, or both: the measure everything else is made of."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.measures.answer import Answer
from vrin_data.measures.areas_came import (
    areas_asked,
    areas_came,
    came_of_all,
    nowhere_placed,
    row_of_areas,
)
from vrin_data.measures.cells import FIGURES, SUMS, cells
from vrin_data.measures.filling import Sums, add_months, add_rates, fill
from vrin_data.measures.forces import force_of_areas
from vrin_data.measures.harm_intervals import add_intervals, interval_notes
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.one_figure import require_one_figure
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.received import Flags
from vrin_data.measures.residents import residents_in_total, residents_of_areas
from vrin_data.measures.selection import Selection, month_number
from vrin_data.measures.stamps import question_stamp
from vrin_data.measures.weight_kinds import require_kind
from vrin_data.store import Store

NOT_PLACED = "not-placed"
AREA_COLUMNS = ("area_code", "area_name", "level")


def harm(store: Store, selection: Selection, *, one_figure: bool = False) -> Answer:
    """Incidents and harm of a definition, low to high; months without a submission are gaps.

    Rows: one per area of the level in view (by name), per month of the period (oldest first), or
    both; and, by area, a row `not-placed` for incidents whose place is not known that finely.
    Of a feed that counts by quarter or year, `month` is the first of each whole one.
    Columns: area_code, area_name, level (by area), month (by month), incident_count_low and
    incident_count_high (incidents), harm_days_low, harm_days and harm_days_high (recommended
    sentence, days), the same per 1,000 residents, unweighted_count (incidents that the harm leaves
    out, because the edition does not weigh their offence), population (residents), months_covered
    (months that came whole), months_expected, is_gap, is_partial, is_placed.
    harm_days is the central reading: the certain incidents at their chosen weights. It is NULL where
    more than half of the incidents are in doubt, or an offence has no defensible central weight.
    Harm is NULL where no incident of the row has a weight. Figures of a gap are NULL, and so are those of
    the areas of a force none of whose incidents is placed at the level: they are not known to be 0.
    A month that did not come whole is left out of every total; by month it keeps the figure of what
    came and is marked is_partial. A total is marked so where that has left a month out of it.
    Not by month also: incident_count_interval_low and _high, harm_days_interval_low and _high, the 95%
    limits of chance, from the lower limit of the low reading to the upper one of the high reading; NULL
    for a feed whose counts corrections take back or its supplier suppressed.
    Raises UnknownDefinition, UnknownEdition, UnknownArea, UnknownFeed, EmptyStore, and UsageError, also
    for an edition that does not weigh in days, and with `one_figure` where there is only a range.
    Weights: Sherman, Neyroud and Neyroud 2016, doi 10.1093/police/paw003.
    Intervals: exact Poisson; Fay and Feuer 1997, Statistics in Medicine 16:791-801.
    """
    question = question_of(store, selection)
    require_kind(question.edition, "days")
    notes = (*harm_notes(store, question), *interval_notes(question))
    frame = figures(store, question)
    if one_figure:
        require_one_figure(store, question, frame)
    return Answer(frame, question_stamp(question, notes))


def figures(store: Store, question: Question) -> pd.DataFrame:
    """The frame of `harm`, with its columns whatever the edition weighs in."""
    return _by_area(store, question) if "area" in question.selection.by else _in_total(store, question)


def _by_area(store: Store, question: Question) -> pd.DataFrame:
    selection = question.selection
    areas = areas_asked(question)
    came = areas_came(question, areas)
    with_month = "month" in selection.by
    found = cells(
        store, question, level=selection.level, with_month=True, with_squares=_has_interval(question)
    )
    at, period_at = row_of_areas(question, areas)[found["place"].to_numpy()], _period_at(question, found)
    counted = came.counted(at, found["known_id"].to_numpy(), period_at, partial_too=with_month)
    width = len(question.asked) if with_month else 1
    flat = (at * width + (period_at if with_month else 0))[counted]
    found = found if counted.all() else found[counted]
    frame = _grid(areas, question, width)
    nowhere = np.repeat(_nowhere(question, areas, found), width)
    fill(frame, _sums(found, flat, len(frame)), came.gaps(by_month=with_month) | nowhere)
    if not with_month:
        add_intervals(frame, question, found, flat)
    add_rates(frame, residents_of_areas(question, areas).repeat(width).array)
    add_months(frame, question, came)
    frame["is_placed"] = frame["area_code"] != NOT_PLACED
    # Corrections may cancel the incidents of this row and not their days.
    has_unplaced = (frame.loc[~frame["is_placed"], [*FIGURES]].fillna(0) != 0).any(axis=None)
    return frame if has_unplaced else frame[frame["is_placed"]].reset_index(drop=True)


def _nowhere(question: Question, areas: pd.DataFrame, found: pd.DataFrame) -> Flags:
    force_at, is_placed = force_of_areas(question.facts), found["place"].to_numpy() != 0
    placed = force_at[found["place"].to_numpy()[is_placed]]
    unplaced = force_at[found["known_id"].to_numpy()[~is_placed]]
    return nowhere_placed(question, areas, placed, unplaced)


def _has_interval(question: Question) -> bool:
    return "month" not in question.selection.by and not question.is_uncertain


def _period_at(question: Question, found: pd.DataFrame) -> npt.NDArray[np.int64]:
    """For every cell the place of its period among those asked for."""
    first = month_number(question.asked[0].start)
    return ((found["month_number"] - first) // question.width).to_numpy()


def _in_total(store: Store, question: Question) -> pd.DataFrame:
    found = cells(store, question, level="force", with_month=True, with_squares=_has_interval(question))
    came = came_of_all(question)
    with_month = "month" in question.selection.by
    period_at = _period_at(question, found)
    counted = (came.came if with_month else came.whole)[period_at]
    rows = len(question.asked) if with_month else 1
    months = {"month": pd.to_datetime([one.start for one in question.asked])} if with_month else {}
    frame = pd.DataFrame(months, index=range(rows))
    gap: Flags = np.logical_not(came.came if with_month else came.whole.any(keepdims=True))
    flat = period_at[counted] if with_month else period_at[counted] * 0
    fill(frame, _sums(found[counted], flat, rows), gap)
    if not with_month:
        add_intervals(frame, question, found[counted], flat)
    add_rates(frame, [residents_in_total(question)] * rows)
    add_months(frame, question, came)
    return frame


def with_unplaced(areas: pd.DataFrame, level: str) -> pd.DataFrame:
    """AREA_COLUMNS of the areas, and last the row of what could not be placed at their level."""
    last = pd.DataFrame([(NOT_PLACED, "Not placed at this level", level)], columns=[*AREA_COLUMNS])
    return pd.concat([areas[[*AREA_COLUMNS]], last], ignore_index=True)


def _grid(areas: pd.DataFrame, question: Question, width: int) -> pd.DataFrame:
    """The rows to fill: every area, and last what could not be placed, each month by month where asked."""
    frame = with_unplaced(areas, question.selection.level)
    if "month" not in question.selection.by:
        return frame
    months = pd.to_datetime([one.start for one in question.asked]).to_numpy()
    by_month = frame.take(np.repeat(np.arange(len(frame)), width)).reset_index(drop=True)
    return by_month.assign(month=np.tile(months, len(frame)))


def _sums(found: pd.DataFrame, flat: npt.NDArray[np.int64], rows: int) -> Sums:
    """The found cells summed by row."""
    return {
        name: np.asarray(np.bincount(flat, weights=found[name].to_numpy(), minlength=rows), "float64").round(
            6
        )
        for name in SUMS
    }
