"""From sums to the figures of a table: what is NULL, and what a rate is."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.measures.areas_came import AreasCame
from vrin_data.measures.cells import FIGURES, HARM_FIGURES
from vrin_data.measures.question import Question
from vrin_data.measures.received import Came, Flags

Sums = Mapping[str, npt.NDArray[np.float64]]
PER_PERSONS = 1000
MOST_DOUBT = 0.5
"""Share of the incidents in doubt beyond which no central reading is given."""


def fill(frame: pd.DataFrame, sums: Sums, gap: Flags) -> None:
    """Put sums into the frame's rows; a row without incidents is 0 and a gap is NULL.

    Harm is NULL where no incident of the row has a weight; its central reading too where more than half
    of the incidents are in doubt, or an offence has no defensible central weight.
    """
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


def has_central(by_group: Sums) -> bool:
    """Whether the total of some sums by group has a central reading."""
    total = pd.DataFrame(index=[0])
    fill(total, {name: values.sum(keepdims=True) for name, values in by_group.items()}, np.array([False]))
    return bool(total["harm_days"].notna().all())


def add_rates(frame: pd.DataFrame, population: Any) -> None:
    """Add the residents of each row, and every figure per 1,000 of them."""
    frame["population"] = pd.array(population, dtype="Int64")
    persons = frame["population"].astype("Float64").where(frame["population"] > 0)
    for name in FIGURES:
        frame[f"{name}_per_1000"] = frame[name].astype("Float64") / persons * PER_PERSONS


def add_months(frame: pd.DataFrame, question: Question, came: AreasCame | Came) -> None:
    """How many months came whole, whether there is no figure at all, and whether one came in part."""
    with_month = "month" in question.selection.by
    rows = len(frame) // (len(question.asked) if with_month else 1)
    whole, partial = (flags.reshape(rows, -1) for flags in (came.whole, came.partial))
    months = whole * question.width
    frame["months_covered"] = (months.reshape(-1) if with_month else months.sum(axis=1)).astype("int64")
    frame["months_expected"] = question.width if with_month else len(question.selection.months)
    frame["is_gap"] = ~came.came.reshape(-1) if with_month else ~whole.any(axis=1)
    frame["is_partial"] = partial.reshape(-1) if with_month else partial.any(axis=1)


def _kind(is_count: bool) -> str:
    return "Int64" if is_count else "Float64"
