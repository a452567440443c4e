"""Incidents and harm, per area, per month, or both: the measure everything else is made of."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.errors import UsageError
from vrin_data.measures.answer import Answer
from vrin_data.measures.build_facts import areas_of_level, population_of_level
from vrin_data.measures.cells import FIGURES, HARM_FIGURES, SUMS, cells
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.received import forces_of, months_received
from vrin_data.measures.selection import Selection, month_number
from vrin_data.measures.stamps import make_stamp
from vrin_data.store import Store

NOT_PLACED = "not-placed"
PER_PERSONS = 1000
MOST_DOUBT = 0.5
"""Share of the incidents in doubt beyond which no central reading is given."""

Flags = npt.NDArray[np.bool_]


def harm(store: Store, selection: Selection) -> Answer:
    """Incidents and harm of a definition, low to high; months without a submission are gaps.

    Rows: one per area of the level in view (by name), per month of the period (oldest first), or
    both; and, by area, a row `not-placed` for incidents whose place is not known that finely.
    Columns: area_code, area_name, level (by area), month (by month), incident_count_low and
    incident_count_high (incidents), harm_days_low, harm_days and harm_days_high (recommended
    sentence, days), the same per 1,000 residents, unweighted_count (incidents that the harm leaves
    out, because the edition does not weigh their offence), population (residents), months_covered,
    months_expected, is_gap, is_placed.
    harm_days is the central reading: the certain incidents at their chosen weights. It is NULL where
    more than half of the incidents are in doubt, or an offence has no defensible central weight.
    Harm is NULL where no incident of the row has a weight. Figures of a gap are NULL, and incidents
    of a month that did not come in whole are left out of every total.
    Raises UnknownDefinition, UnknownEdition, UnknownArea, UnknownFeed, UsageError, EmptyStore.
    Weights: Sherman, Neyroud and Neyroud 2016, doi 10.1093/police/paw003.
    """
    question = question_of(store, selection)
    frame = _by_area(store, question) if "area" in selection.by else _in_total(store, question)
    stamp = make_stamp(question.facts, selection, question.feed_id, harm_notes(store, question))
    return Answer(frame, stamp)


def _by_area(store: Store, question: Question) -> pd.DataFrame:
    selection = question.selection
    areas = _areas_asked(question)
    covered = _covered(question, areas)
    with_month = "month" in selection.by
    found = cells(store, question, level=selection.level, with_month=True)
    place = found["place"].map(pd.Series(np.arange(len(areas)), index=areas["area_id"])).fillna(len(areas))
    at = place.to_numpy().astype("int64")
    month_at = (found["month_number"] - month_number(selection.from_month)).to_numpy()
    counted = covered[at, month_at]
    width = len(selection.months) if with_month else 1
    flat = at * width + (month_at if with_month else 0)
    frame = _grid(areas, selection, width)
    gap: Flags = np.logical_not(covered.reshape(-1) if with_month else covered.any(axis=1))
    _fill(frame, found[counted], flat[counted], gap)
    residents = areas["area_code"].map(_residents(question, selection.level)).astype("Int64")
    _add_rates(frame, np.repeat([*residents, pd.NA], width))
    frame["months_covered"] = covered.reshape(-1).astype("int64") if with_month else covered.sum(axis=1)
    frame["months_expected"] = 1 if with_month else len(selection.months)
    frame["is_gap"] = gap
    frame["is_placed"] = frame["area_code"] != NOT_PLACED
    has_unplaced = (frame.loc[~frame["is_placed"], "incident_count_high"] > 0).any()
    return frame if has_unplaced else frame[frame["is_placed"]].reset_index(drop=True)


def _in_total(store: Store, question: Question) -> pd.DataFrame:
    selection = question.selection
    found = cells(store, question, level="force", with_month=True)
    covered = _whole_covered(question)
    with_month = "month" in selection.by
    month_at = (found["month_number"] - month_number(selection.from_month)).to_numpy()
    counted = covered[month_at]
    rows = len(selection.months) if with_month else 1
    frame = pd.DataFrame({"month": pd.to_datetime(selection.months)} if with_month else {}, index=range(rows))
    gap = ~covered if with_month else np.array([not covered.any()])
    _fill(
        frame, found[counted], month_at[counted] if with_month else np.zeros(int(counted.sum()), "int64"), gap
    )
    _add_rates(frame, [_residents_in_total(question)] * rows)
    frame["months_covered"] = covered.astype("int64") if with_month else int(covered.sum())
    frame["months_expected"] = 1 if with_month else len(selection.months)
    frame["is_gap"] = gap
    return frame


def _grid(areas: pd.DataFrame, selection: Selection, width: int) -> pd.DataFrame:
    """The rows to fill: every area, and last what could not be placed, each month by month where asked."""
    columns = {
        "area_code": [*areas["area_code"], NOT_PLACED],
        "area_name": [*areas["area_name"], "Not placed at this level"],
        "level": [*areas["level"], selection.level],
    }
    frame = pd.DataFrame({name: np.repeat(values, width) for name, values in columns.items()})
    if "month" in selection.by:
        frame["month"] = np.tile(pd.to_datetime(selection.months).to_numpy(), len(areas) + 1)
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


def _covered(question: Question, areas: pd.DataFrame) -> Flags:
    """Areas by months: whether every force that an area lies in has sent the month.

    The last row is that of incidents not placed: months in which any force has sent.
    """
    received = months_received(question.facts, question.feed_id)
    months = question.selection.months
    of_force = {code: np.array([month in have for month in months]) for code, have in received.items()}
    never = np.zeros(len(months), dtype=bool)
    whole = _whole_covered(question)
    rows = [of_force.get(code, never) if isinstance(code, str) else whole for code in areas["in_force"]]
    return np.array([*rows, np.logical_or.reduce([never, *of_force.values()])])


def _whole_covered(question: Question) -> Flags:
    """Months in which every force in the selection that ever sent the feed has sent it."""
    received = months_received(question.facts, question.feed_id)
    forces = _senders(question)
    months = question.selection.months
    return np.array([bool(forces) and all(month in received[code] for code in forces) for month in months])


def _senders(question: Question) -> set[str]:
    return forces_of(question.facts, question.selection.area_code) & set(
        months_received(question.facts, question.feed_id)
    )


def _residents(question: Question, level: str) -> pd.Series:
    """Residents by area; of a region, those of the forces that sent, since only their crimes are counted."""
    if level != "region":
        return population_of_level(question.facts, level)[0]
    forces = areas_of_level(question.facts, "force")
    forces = forces[forces["area_code"].isin(_senders(question))]
    people = forces["area_code"].map(population_of_level(question.facts, "force")[0]).astype("Int64")
    return people.groupby(forces["in_region"]).sum(min_count=1)


def _residents_in_total(question: Question) -> Any:
    code = question.selection.area_code
    own = question.facts.areas[question.facts.areas["area_code"] == code]
    if len(own) and own["level"].iloc[0] != "region":
        return _residents(question, str(own["level"].iloc[0])).get(code, pd.NA)
    people = _residents(question, "force").reindex(sorted(_senders(question)))
    return people.sum() if len(people) and people.notna().all() else pd.NA


def _fill(frame: pd.DataFrame, found: pd.DataFrame, flat: npt.NDArray[np.int64], gap: Flags) -> None:
    """Sum the found cells into the frame's rows; a row without incidents is 0 and a gap is NULL."""
    sums = {
        name: np.bincount(flat, weights=found[name].to_numpy(), minlength=len(frame)).round(6)
        for name in SUMS
    }
    low, high = sums["incident_count_low"], sums["incident_count_high"]
    weightless = (high > 0) & (sums["unweighted_count"] >= high)
    untold = weightless | (low < (1 - MOST_DOUBT) * high) | (sums["without_central_count"] > 0)
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
