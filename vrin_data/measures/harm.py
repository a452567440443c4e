"""Incidents and harm, per area, per month, or both: the measure everything else is made of."""

from typing import Any

import numpy as np
import pandas as pd

from vrin_data.errors import UsageError
from vrin_data.measures.answer import Answer
from vrin_data.measures.build_facts import areas_of_level, population_of_level
from vrin_data.measures.cells import FIGURES, cells
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.received import forces_of, months_received
from vrin_data.measures.selection import Selection, month_number
from vrin_data.measures.stamps import make_stamp
from vrin_data.store import Store

NOT_PLACED = "not-placed"
PER_PERSONS = 1000


def harm(store: Store, selection: Selection) -> Answer:
    """Incidents and harm of a definition, low to high; months without a submission are gaps.

    Rows: one per area of the level in view (by name), per month of the period (oldest first), or
    both; and, by area, one row `not-placed` for incidents whose place is not known that finely.
    Columns: area_code, area_name, level (by area), month (by month), incident_count_low and
    incident_count_high (incidents), harm_days_low, harm_days and harm_days_high (recommended
    sentence, days; harm_days is the central reading, NULL where every incident is in doubt), the
    same per 1,000 residents, population (residents), months_covered, months_expected, is_gap.
    Figures of a gap are NULL. Raises UnknownDefinition, UnknownEdition, UnknownArea, UnknownFeed.
    Weights: Sherman, Neyroud and Neyroud 2016, doi 10.1093/police/paw003.
    """
    question = question_of(store, selection)
    frame = _by_area(store, question) if "area" in selection.by else _in_total(store, question)
    stamp = make_stamp(question.facts, selection, question.feed_id, harm_notes(store, question))
    return Answer(frame, stamp)


def _by_area(store: Store, question: Question) -> pd.DataFrame:
    selection, facts = question.selection, question.facts
    areas = _areas_asked(question)
    with_month = "month" in selection.by
    found = cells(
        store, question, level=selection.level, with_month=with_month or selection.level == "region"
    )
    covered = _covered(question, areas)
    months = len(selection.months)
    position = pd.Series(np.arange(len(areas)), index=areas["area_id"])
    at = found["place"].map(position)
    unplaced = found[at.isna()]
    width = months if with_month else 1
    month_at = found["month_number"] - month_number(selection.from_month) if with_month else 0
    flat = (at * width + month_at)[at.notna()].astype("int64").to_numpy()
    gap: np.ndarray = np.logical_not(covered.reshape(-1) if with_month else covered.any(axis=1))
    frame = pd.DataFrame(
        {
            name: np.repeat(areas[column].to_numpy(), width)
            for name, column in {"area_code": "area_code", "area_name": "area_name", "level": "level"}.items()
        }
    )
    if with_month:
        frame["month"] = np.tile(pd.to_datetime(selection.months).to_numpy(), len(areas))
    _fill(frame, found[at.notna()], flat, gap)
    population, _ = population_of_level(facts, selection.level)
    _add_rates(frame, np.repeat(areas["area_code"].map(population).astype("Int64").to_numpy(), width))
    frame["months_covered"] = covered.reshape(-1).astype("int64") if with_month else covered.sum(axis=1)
    frame["months_expected"] = 1 if with_month else months
    frame["is_gap"] = gap
    return _with_unplaced(frame, unplaced, question, with_month=with_month)


def _areas_asked(question: Question) -> pd.DataFrame:
    areas = areas_of_level(question.facts, question.selection.level)
    if areas.empty:
        raise UsageError(
            f"This build has no areas at the level {question.selection.level!r}. "
            "Import official boundaries with `python -m vrin_data areas import FILE...`."
        )
    code = question.selection.area_code
    if code is not None:
        forces_of(question.facts, code)
        ups = [column for column in areas.columns if column.startswith("in_")]
        inside = areas[areas[ups].eq(code).any(axis=1)]
        # An area of the same level or finer than the level asked for is shown within what it lies in.
        areas = inside if len(inside) else _around(question, areas, code)
    return areas


def _around(question: Question, areas: pd.DataFrame, code: str) -> pd.DataFrame:
    own = question.facts.areas[question.facts.areas["area_code"] == code]
    parents = set(own[f"in_{question.selection.level}"].dropna())
    return areas[areas["area_code"].isin(parents)]


def _covered(question: Question, areas: pd.DataFrame) -> np.ndarray:
    """Areas by months: whether every force that an area lies in has sent the month."""
    received = months_received(question.facts, question.feed_id)
    months = question.selection.months
    rows: dict[str, np.ndarray] = {}
    for code in set(areas["in_force"].dropna()):
        have = received.get(str(code), set())
        rows[str(code)] = np.array([month in have for month in months])
    whole = _whole_covered(question, set(received))
    return np.array([rows.get(code, whole) if isinstance(code, str) else whole for code in areas["in_force"]])


def _whole_covered(question: Question, senders: set[str]) -> np.ndarray:
    """Months in which every force in the selection that ever sent the feed has sent it."""
    received = months_received(question.facts, question.feed_id)
    forces = forces_of(question.facts, question.selection.area_code) & senders
    months = question.selection.months
    return np.array([bool(forces) and all(month in received[code] for code in forces) for month in months])


def _in_total(store: Store, question: Question) -> pd.DataFrame:
    selection = question.selection
    found = cells(store, question, level="force", with_month=True)
    received = months_received(question.facts, question.feed_id)
    covered = _whole_covered(question, set(received))
    with_month = "month" in selection.by
    month_at = (found["month_number"] - month_number(selection.from_month)).to_numpy()
    counted = covered[month_at]
    rows = len(selection.months) if with_month else 1
    frame = pd.DataFrame({"month": pd.to_datetime(selection.months)} if with_month else {}, index=range(rows))
    gap = ~covered if with_month else np.array([not covered.any()])
    flat = month_at[counted] if with_month else np.zeros(int(counted.sum()), dtype="int64")
    _fill(frame, found[counted], flat, gap)
    residents = _population_of_senders(question, set(received))
    _add_rates(frame, np.full(rows, residents))
    frame["months_covered"] = covered.astype("int64") if with_month else int(covered.sum())
    frame["months_expected"] = 1 if with_month else len(selection.months)
    frame["is_gap"] = gap
    return frame


def _population_of_senders(question: Question, senders: set[str]) -> Any:
    code = question.selection.area_code
    areas = question.facts.areas
    own = areas[areas["area_code"] == code] if code else areas.iloc[:0]
    if code is not None and len(own) and own["level"].iloc[0] not in ("region",):
        table, _ = population_of_level(question.facts, str(own["level"].iloc[0]))
        return table.get(code, pd.NA)
    table, _ = population_of_level(question.facts, "force")
    wanted = forces_of(question.facts, code) & senders
    return table[table.index.isin(wanted)].sum() if len(table) else pd.NA


def _fill(frame: pd.DataFrame, found: pd.DataFrame, flat: np.ndarray, gap: np.ndarray) -> None:
    """Sum the found cells into the frame's rows; a row without incidents is 0 and a gap is NULL."""
    for name in FIGURES:
        values = np.bincount(flat, weights=found[name].to_numpy(dtype="float64"), minlength=len(frame))
        is_count = name.startswith("incident")
        values = np.rint(values).astype("int64") if is_count else np.round(values, 6)
        frame[name] = pd.array(values, dtype="Int64" if is_count else "Float64")
        frame.loc[gap, name] = pd.NA
    doubtful = (frame["incident_count_low"] == 0) & (frame["incident_count_high"] > 0)
    frame.loc[doubtful.fillna(False), "harm_days"] = pd.NA


def _add_rates(frame: pd.DataFrame, population: Any) -> None:
    people = pd.array(population, dtype="Int64")
    frame["population"] = people
    persons = frame["population"].astype("Float64").where(frame["population"] > 0)
    for name in FIGURES:
        frame[f"{name}_per_1000"] = frame[name].astype("Float64") / persons * PER_PERSONS


def _with_unplaced(
    frame: pd.DataFrame, unplaced: pd.DataFrame, question: Question, *, with_month: bool
) -> pd.DataFrame:
    """The frame with what could not be placed at its level, so that areas and rest make the whole."""
    frame["is_placed"] = True
    if unplaced.empty or not unplaced["incident_count_high"].any():
        return frame
    groups = unplaced.groupby("month_number", as_index=False)[list(FIGURES)].sum()
    if not with_month:
        groups = groups[list(FIGURES)].sum().to_frame().T
    rest = pd.DataFrame(
        {"area_code": NOT_PLACED, "area_name": "Not placed at this level"}, index=groups.index
    )
    rest["level"] = question.selection.level
    if with_month:
        first = month_number(question.selection.from_month)
        months = pd.to_datetime(question.selection.months).to_numpy()
        rest["month"] = months[(groups["month_number"] - first).to_numpy()]
    for name in FIGURES:
        rest[name] = groups[name].astype("Int64" if name.startswith("incident") else "Float64")
        rest[f"{name}_per_1000"] = pd.array([pd.NA] * len(rest), dtype="Float64")
    doubtful = (rest["incident_count_low"] == 0) & (rest["incident_count_high"] > 0)
    rest.loc[doubtful, "harm_days"] = pd.NA
    rest["population"] = pd.array([pd.NA] * len(rest), dtype="Int64")
    rest["months_covered"] = 1 if with_month else int(frame["months_covered"].max())
    rest["months_expected"] = 1 if with_month else len(question.selection.months)
    rest["is_gap"] = False
    rest["is_placed"] = False
    return pd.concat([frame, rest[frame.columns]], ignore_index=True)
