"""Small areas told honestly: raw rates beside smoothed ones, how far chance moves them, and where residents mislead."""

from dataclasses import replace

import numpy as np
import pandas as pd
from pandas.arrays import FloatingArray

from vrin_data.measures.answer import Answer
from vrin_data.measures.filling import MOST_DOUBT, PER_PERSONS
from vrin_data.measures.harm import figures
from vrin_data.measures.harm_intervals import CORRECTED, INTERVALS, interval_notes
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.place_figures import Floats, PlaceFigures, place_figures
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.selection import Selection
from vrin_data.measures.stamps import question_stamp
from vrin_data.measures.weight_kinds import require_kind
from vrin_data.methods.shrinkage import shrunk_rates, shrunk_sums
from vrin_data.store import Store

BUSY_TIMES = 3
"""An area is busy where it surely has so many times its force's incidents per resident."""
SMOOTHED = (
    "smoothed rates are drawn towards that of the police force area, the more the fewer residents an area has "
    "(empirical Bayes, Marshall 1991): compare areas by them, and read raw rates with their limits of chance"
)
BUSY = (
    "{:,} areas have more incidents than {} times the rate of their force even at the lower limit of chance: rates use "
    "residents, and in town centres, at hospitals or stations most people are visitors"
)


def small_areas(store: Store, selection: Selection) -> Answer:
    """`harm` by area, with smoothed rates and the limits of chance as rates.

    The rows and columns of harm(by area), and also: incident_count_per_1000_smoothed (certain incidents) and
    harm_days_per_1000_smoothed (central reading), drawn towards the rate of the police force area (of all areas for a
    level above it), NULL where the raw figure is, or
    where more than half of the incidents are in doubt; incident_count_per_1000_interval_low and _high,
    harm_days_per_1000_interval_low and _high (95% limits of chance per 1,000 residents); is_busy_centre: even the
    lower limit of incidents per resident is above BUSY_TIMES the rate of its force. That is a place
    where many are who do not live there, or one with very much crime: which of them, residents cannot tell.
    All of these are NULL for a feed whose counts are corrected or suppressed, is_busy_centre False. Raises what
    `harm` raises. Sources: Marshall 1991, Applied Statistics 40:283-294; see `shrunk_sums` for harm.
    """
    question = question_of(store, replace(selection, by=("area",)))
    require_kind(question.edition, "days")
    frame = figures(store, question)
    _add_intervals(frame)
    wide = None if question.is_uncertain else _of_whole_forces(store, question)
    _add_smoothed(frame, wide)
    notes = (CORRECTED,) if wide is None else (SMOOTHED, *_busy_notes(frame), *interval_notes(question))
    return Answer(frame, question_stamp(question, (*notes, *harm_notes(store, question))))


def _of_whole_forces(store: Store, question: Question) -> PlaceFigures:
    """The figures of all areas of the level, whichever the selection shows: what an area is drawn towards must not
    change with the view."""
    return place_figures(store, replace(question.selection, area_code=None))


def _add_intervals(frame: pd.DataFrame) -> None:
    people = frame["population"].astype("Float64").where(frame["population"] > 0)
    for name in INTERVALS:
        frame[name.replace("_interval", "_per_1000_interval")] = frame[name] / people * PER_PERSONS


def _add_smoothed(frame: pd.DataFrame, wide: PlaceFigures | None) -> None:
    nothing = np.full(len(frame), np.nan)
    counts, harm, of_force = nothing, nothing, nothing
    if wide is not None:
        at = pd.Index(wide.areas["area_code"]).get_indexer(frame["area_code"])
        counts, harm, of_force = (np.where(at >= 0, one[at], np.nan) for one in _smoothed(wide))
    doubt = (frame["incident_count_high"] - frame["incident_count_low"]) > MOST_DOUBT * frame[
        "incident_count_high"
    ]
    for name, values, untold in (
        ("incident_count", counts, doubt.fillna(True)),
        ("harm_days", harm, frame["harm_days"].isna()),
    ):
        missing = np.isnan(values) | untold.to_numpy(bool)
        frame[f"{name}_per_1000_smoothed"] = FloatingArray(np.nan_to_num(values), missing)
    lower = frame["incident_count_per_1000_interval_low"].to_numpy("float64", na_value=np.nan)
    frame["is_busy_centre"] = lower > BUSY_TIMES * of_force


def _smoothed(wide: PlaceFigures) -> tuple[Floats, Floats, Floats]:
    """Smoothed incidents and harm per 1,000, and the incidents per 1,000 of all areas of the force."""
    found = np.full((3, len(wide.areas)), np.nan)
    people = np.where(wide.is_gap, np.nan, wide.residents)
    forces = wide.areas["in_force"].where(wide.areas["level"] != "force").fillna("")
    for rows in forces.groupby(forces).indices.values():
        found[0, rows] = shrunk_rates(wide.certain[rows], people[rows])
        found[1, rows] = shrunk_sums(wide.harm[rows], wide.squares[rows], people[rows])
        known = rows[np.isfinite(people[rows])]
        if people[known].sum() > 0:
            found[2, rows] = wide.certain[known].sum() / people[known].sum()
    return tuple(found * PER_PERSONS)  # type: ignore[return-value]


def _busy_notes(frame: pd.DataFrame) -> tuple[str, ...]:
    busy = int(frame["is_busy_centre"].sum())
    return (BUSY.format(busy, BUSY_TIMES),) if busy else ()
