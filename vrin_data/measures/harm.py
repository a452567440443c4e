"""Incidents and harm, per area, per month, or both: the measure everything else is made of."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.errors import UsageError
from vrin_data.measures.answer import Answer
from vrin_data.measures.areas_came import AreasCame, areas_came, came_of_all, senders
from vrin_data.measures.build_facts import areas_of_level, population_of_level
from vrin_data.measures.cells import FIGURES, HARM_FIGURES, SUMS, cells
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.received import Came, Flags, forces_of
from vrin_data.measures.selection import Selection, month_number
from vrin_data.measures.stamps import question_stamp
from vrin_data.store import Store

NOT_PLACED = "not-placed"
PER_PERSONS = 1000
MOST_DOUBT = 0.5
"""Share of the incidents in doubt beyond which no central reading is given."""


def harm(store: Store, selection: Selection) -> Answer:
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
    Harm is NULL where no incident of the row has a weight. Figures of a gap are NULL.
    A month that did not come whole is left out of every total; by month it keeps the figure of what
    came and is marked is_partial. A total is marked so where that has left a month out of it.
    Raises UnknownDefinition, UnknownEdition, UnknownArea, UnknownFeed, UsageError, EmptyStore.
    Weights: Sherman, Neyroud and Neyroud 2016, doi 10.1093/police/paw003.
    """
    question = question_of(store, selection)
    frame = _by_area(store, question) if "area" in selection.by else _in_total(store, question)
    return Answer(frame, question_stamp(question, harm_notes(store, question)))


def _by_area(store: Store, question: Question) -> pd.DataFrame:
    selection = question.selection
    areas = _areas_asked(question)
    came = areas_came(question, areas)
    with_month = "month" in selection.by
    found = cells(store, question, level=selection.level, with_month=True)
    place = found["place"].map(pd.Series(np.arange(len(areas)), index=areas["area_id"])).fillna(len(areas))
    at, period_at = place.to_numpy().astype("int64"), _period_at(question, found)
    counted = came.counted(at, found["known_id"].to_numpy(), period_at, partial_too=with_month)
    width = len(question.asked) if with_month else 1
    flat = at * width + (period_at if with_month else 0)
    frame = _grid(areas, question, width)
    _fill(frame, found[counted], flat[counted], came.gaps(by_month=with_month))
    residents = areas["area_code"].map(_residents(question, selection.level)).astype("Int64")
    _add_rates(frame, np.repeat([*residents, pd.NA], width))
    _add_months(frame, question, came)
    frame["is_placed"] = frame["area_code"] != NOT_PLACED
    has_unplaced = (frame.loc[~frame["is_placed"], "incident_count_high"] != 0).any()
    return frame if has_unplaced else frame[frame["is_placed"]].reset_index(drop=True)


def _period_at(question: Question, found: pd.DataFrame) -> npt.NDArray[np.int64]:
    """For every cell the place of its period among those asked for."""
    first = month_number(question.asked[0].start)
    return ((found["month_number"] - first) // question.width).to_numpy()


def _in_total(store: Store, question: Question) -> pd.DataFrame:
    found = cells(store, question, level="force", with_month=True)
    came = came_of_all(question)
    with_month = "month" in question.selection.by
    period_at = _period_at(question, found)
    counted = (came.came if with_month else came.whole)[period_at]
    rows = len(question.asked) if with_month else 1
    months = {"month": pd.to_datetime([one.start for one in question.asked])} if with_month else {}
    frame = pd.DataFrame(months, index=range(rows))
    gap: Flags = np.logical_not(came.came if with_month else came.whole.any(keepdims=True))
    _fill(frame, found[counted], period_at[counted] if with_month else period_at[counted] * 0, gap)
    _add_rates(frame, [_residents_in_total(question)] * rows)
    _add_months(frame, question, came)
    return frame


def _add_months(frame: pd.DataFrame, question: Question, came: AreasCame | Came) -> None:
    """How many months came whole, whether there is no figure at all, and whether one came in part."""
    with_month = "month" in question.selection.by
    rows = len(frame) // (len(question.asked) if with_month else 1)
    whole, partial = (flags.reshape(rows, -1) for flags in (came.whole, came.partial))
    months = whole * question.width
    frame["months_covered"] = (months.reshape(-1) if with_month else months.sum(axis=1)).astype("int64")
    frame["months_expected"] = question.width if with_month else len(question.selection.months)
    frame["is_gap"] = ~came.came.reshape(-1) if with_month else ~whole.any(axis=1)
    frame["is_partial"] = partial.reshape(-1) if with_month else partial.any(axis=1)


def _grid(areas: pd.DataFrame, question: Question, width: int) -> pd.DataFrame:
    """The rows to fill: every area, and last what could not be placed, each month by month where asked."""
    selection = question.selection
    columns = {
        "area_code": [*areas["area_code"], NOT_PLACED],
        "area_name": [*areas["area_name"], "Not placed at this level"],
        "level": [*areas["level"], selection.level],
    }
    frame = pd.DataFrame({name: np.repeat(values, width) for name, values in columns.items()})
    if "month" in selection.by:
        frame["month"] = np.tile(
            pd.to_datetime([one.start for one in question.asked]).to_numpy(), len(areas) + 1
        )
    return frame


def _areas_asked(question: Question) -> pd.DataFrame:
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


def _residents(question: Question, level: str) -> pd.Series:
    """Residents by area; of a region, those of the forces that sent, since only their crimes are counted."""
    if level != "region":
        return population_of_level(question.facts, level)[0]
    forces = areas_of_level(question.facts, "force")
    forces = forces[forces["area_code"].isin(senders(question))]
    people = forces["area_code"].map(population_of_level(question.facts, "force")[0]).astype("Int64")
    return people.groupby(forces["in_region"]).sum(min_count=1)


def _residents_in_total(question: Question) -> Any:
    code = question.selection.area_code
    own = question.facts.areas[question.facts.areas["area_code"] == code]
    if len(own) and own["level"].iloc[0] != "region":
        return _residents(question, str(own["level"].iloc[0])).get(code, pd.NA)
    people = _residents(question, "force").reindex(sorted(senders(question)))
    return people.sum() if len(people) and people.notna().all() else pd.NA


def _fill(frame: pd.DataFrame, found: pd.DataFrame, flat: npt.NDArray[np.int64], gap: Flags) -> None:
    """Sum the found cells into the frame's rows; a row without incidents is 0 and a gap is NULL."""
    sums = {
        name: np.bincount(flat, weights=found[name].to_numpy(), minlength=len(frame)).round(6)
        for name in SUMS
    }
    low, high = sums["incident_count_low"], sums["incident_count_high"]
    weightless = (sums["weighted_count"] == 0) & (sums["unweighted_count"] != 0)
    in_doubt = high - low > MOST_DOUBT * np.maximum(np.abs(low), np.abs(high))
    untold = weightless | in_doubt | (sums["without_central_count"] > 0)
    empty = dict.fromkeys(FIGURES, gap) | dict.fromkeys(HARM_FIGURES, gap | weightless)
    empty["harm_days"] = gap | untold
    for name in (*FIGURES, "unweighted_count"):
        is_count = "count" in name
        frame[name] = pd.array(
            np.rint(sums[name]).astype("int64") if is_count else sums[name], _kind(is_count)
        )
        frame.loc[empty.get(name, gap), name] = pd.NA


def _kind(is_count: bool) -> str:
    return "Int64" if is_count else "Float64"


def _add_rates(frame: pd.DataFrame, population: Any) -> None:
    frame["population"] = pd.array(population, dtype="Int64")
    persons = frame["population"].astype("Float64").where(frame["population"] > 0)
    for name in FIGURES:
        frame[f"{name}_per_1000"] = frame[name].astype("Float64") / persons * PER_PERSONS
