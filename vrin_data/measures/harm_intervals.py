"""The limits of chance beside the totals of harm and incidents."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.arrays import FloatingArray

from vrin_data.measures.cells import FIGURES
from vrin_data.measures.largest_weight import largest_weight
from vrin_data.measures.question import Question
from vrin_data.methods.intervals import (
    high_of_sums,
    low_of_sums,
    poisson_high,
    poisson_low,
)

INTERVALS = (
    "incident_count_interval_low",
    "incident_count_interval_high",
    "harm_days_interval_low",
    "harm_days_interval_high",
)

LIMITS = "intervals are 95% limits of chance, as if incidents were independent of each other: exact Poisson"
OF_WEIGHTS = " for incidents, and Fay and Feuer's gamma for what they weigh"
CORRECTED = (
    "no limits of chance: counts of this feed were corrected or suppressed, so they are no counts of events"
)


def add_intervals(
    frame: pd.DataFrame, question: Question, found: pd.DataFrame, flat: npt.NDArray[np.int64]
) -> None:
    """Add the columns INTERVALS to totals that are filled in; `flat` says to which row each cell belongs.

    NULL where the figure itself is, and throughout for a feed whose counts are not what was recorded
    at first hand: a count that can fall below 0 or was suppressed is no Poisson count.
    """
    limits = {} if question.is_uncertain else _limits(frame, question, found, flat)
    for name in INTERVALS:
        is_open = frame[name.replace("_interval", "")].isna().to_numpy()
        values = limits.get(name, np.zeros(len(frame)))
        frame[name] = FloatingArray(values, is_open if name in limits else np.ones_like(is_open))


def _limits(
    frame: pd.DataFrame, question: Question, found: pd.DataFrame, flat: npt.NDArray[np.int64]
) -> dict[str, npt.NDArray[np.float64]]:
    """The limits by name; those of harm are left out where nothing that the definition counts is weighed."""
    sums = {name: frame[name].fillna(0).to_numpy("float64") for name in FIGURES}
    limits = {
        "incident_count_interval_low": poisson_low(sums["incident_count_low"]),
        "incident_count_interval_high": poisson_high(sums["incident_count_high"]),
    }
    chosen = question.counted
    largest = largest_weight(chosen, question.edition)
    if largest is None:
        return limits
    low, high = (
        np.bincount(flat, weights=found[f"harm_square_{end}"].to_numpy("float64"), minlength=len(frame))
        for end in ("low", "high")
    )
    return limits | {
        "harm_days_interval_low": low_of_sums(sums["harm_days_low"], low),
        "harm_days_interval_high": high_of_sums(sums["harm_days_high"], high, largest),
    }


def interval_notes(question: Question) -> tuple[str, ...]:
    """What the limits of chance are, or why there are none; nothing where no total was asked for."""
    if "month" in question.selection.by:
        return ()
    if question.is_uncertain:
        return (CORRECTED,)
    return (LIMITS + (OF_WEIGHTS if question.known.definition.counts_crimes else ""),)
