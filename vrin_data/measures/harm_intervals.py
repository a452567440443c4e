"""The limits of chance beside the totals of harm and incidents."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.measures.intervals import interval_of_sums, largest_weight, poisson_interval
from vrin_data.measures.question import Question, asked_definition

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
    for name in INTERVALS:
        frame[name] = pd.array([pd.NA] * len(frame), dtype="Float64")
    if question.is_uncertain:
        return
    counts = poisson_interval(frame["incident_count_low"].fillna(0).to_numpy("float64")).low
    _put(frame, "incident_count_interval_low", counts, frame["incident_count_low"])
    counts = poisson_interval(frame["incident_count_high"].fillna(0).to_numpy("float64")).high
    _put(frame, "incident_count_interval_high", counts, frame["incident_count_high"])
    largest = largest_weight(
        asked_definition(question.selection, question.known.definition), question.edition
    )
    if largest is None:
        return
    for end in ("low", "high"):
        squares = np.bincount(
            flat, weights=found[f"harm_square_{end}"].to_numpy("float64"), minlength=len(frame)
        )
        total = frame[f"harm_days_{end}"].fillna(0).to_numpy("float64")
        limits = interval_of_sums(total, squares, largest)
        _put(frame, f"harm_days_interval_{end}", getattr(limits, end), frame[f"harm_days_{end}"])


def interval_notes(question: Question) -> tuple[str, ...]:
    """What the limits of chance are, or why there are none; nothing where no total was asked for."""
    if "month" in question.selection.by:
        return ()
    if question.is_uncertain:
        return (CORRECTED,)
    return (LIMITS + (OF_WEIGHTS if question.known.definition.counts_crimes else ""),)


def _put(frame: pd.DataFrame, name: str, limits: npt.NDArray[np.float64], figure: pd.Series) -> None:
    frame[name] = pd.array(limits, dtype="Float64")
    frame.loc[figure.isna(), name] = pd.NA
