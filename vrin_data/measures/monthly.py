"""One figure of every area and month, as charts over time are made of it: its value, and whether it came whole."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from vrin_data.errors import UsageError
from vrin_data.measures.certain_months import unlike_months
from vrin_data.measures.harm import figures
from vrin_data.measures.question import Question
from vrin_data.store import Store

FIGURES = {
    "incidents": ("incident_count_low", "incident_count_low", "incident_count_high"),
    "incidents-rate": (
        "incident_count_low_per_1000",
        "incident_count_low_per_1000",
        "incident_count_high_per_1000",
    ),
    "harm": ("harm_days", "harm_days_low", "harm_days_high"),
    "harm-rate": ("harm_days_per_1000", "harm_days_low_per_1000", "harm_days_high_per_1000"),
}
"""Each figure's value, lowest and highest reading among the columns of `harm`: incidents are the certain ones."""
WHOLE, PARTIAL, MISSING, UNTOLD = "whole", "partial", "missing", "untold"
STATES = {
    WHOLE: "the month came whole and its figure can be told",
    PARTIAL: "the month came in part: its figure is of what came, and stands in no limit and no total",
    MISSING: "the month did not come",
    UNTOLD: "the month came, and its single figure cannot be told, or stands for another share of what may be in than "
    "those of the other months: the range from low to high is all there is",
}
"""What a month of a series may be."""
ALL_AREAS = ""
"""The area_code of a series of everything in view."""


@dataclass(frozen=True, eq=False)
class Monthly:
    """A row for each area and month, areas by name and months oldest first, from the first month that came on.

    Columns: area_code, area_name, month (first day; of a quarter or year its first month), value, value_low and
    value_high (NULL where there is none), state (of STATES), population (residents). A month that came in part has
    the value of what came.
    """

    question: Question
    figure: str
    frame: pd.DataFrame


def monthly(store: Store, question: Question, figure: str) -> Monthly:
    """The series of a figure: of the selection as a whole, or of each area where it is asked by area.

    What is not placed at the level stands in no series by area. Raises UsageError for a figure that there is not,
    and what `harm` raises.
    """
    if figure not in FIGURES:
        raise UsageError(f"There is no figure {figure!r}. Figures: {', '.join(FIGURES)}.")
    return series_of(question, figure, figures(store, question))


def series_of(question: Question, figure: str, found: pd.DataFrame) -> Monthly:
    """The same from the figures of the question, so that several of them need be counted only once."""
    if "area_code" not in found:
        found = found.assign(**name_of_selection(question), is_placed=True)
    rows = found[found["is_placed"].astype(bool)]
    value, low, high = (rows[name].astype("Float64") for name in FIGURES[figure])
    states = _states(rows, value, figure)
    frame = pd.DataFrame(
        {
            "area_code": rows["area_code"].astype(object),
            "area_name": rows["area_name"].astype(object),
            "month": rows["month"],
            "value": value.where(states != UNTOLD),
            "value_low": low,
            "value_high": high,
            "state": states,
            "population": rows["population"],
        }
    )
    began = (frame["state"] != MISSING).groupby(frame["area_code"], sort=False).cummax()
    return Monthly(question, figure, frame[began].reset_index(drop=True))


def name_of_selection(question: Question) -> dict[str, str]:
    """The area_code and area_name of a series of the whole selection."""
    code = question.selection.area_code
    if code is None:
        return {"area_code": ALL_AREAS, "area_name": "all areas"}
    areas = question.facts.areas
    own = areas.loc[areas["area_code"] == code, "area_name"]
    return {"area_code": code, "area_name": str(own.iloc[-1])}


def _states(rows: pd.DataFrame, value: pd.Series, figure: str) -> np.ndarray:
    is_gap, is_partial = (rows[name].to_numpy(bool) for name in ("is_gap", "is_partial"))
    untold = value.isna().to_numpy()
    if figure.startswith("incidents"):
        # Of harm a month has no single figure where its incidents are in doubt.
        low, high = (
            rows[f"incident_count_{end}"].to_numpy("float64", na_value=np.nan) for end in ("low", "high")
        )
        untold = untold | unlike_months(low, high, rows["area_code"].to_numpy(object))
    return np.select([is_gap, is_partial, untold], [MISSING, PARTIAL, UNTOLD], WHOLE).astype(object)
