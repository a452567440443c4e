"""What may be said of a change, from its limits alone: the words are made elsewhere."""

import numpy as np
import pandas as pd

from vrin_data.measures.received import Flags
from vrin_data.methods.two_periods import difference_of_sums

WITHIN, RISE, FALL, OPEN, NONE, NOT_COMPARABLE = "within", "rise", "fall", "open", "none", "not_comparable"
VERDICTS = {
    WITHIN: "chance can explain the difference, or how much more than by chance the months vary anyhow",
    RISE: "more than chance explains, on every reading",
    FALL: "less than chance explains, on every reading",
    OPEN: "the ranges overlap, so whether it rose or fell cannot be told",
    NONE: "nothing can be said",
    NOT_COMPARABLE: "what is counted changed between the periods or within one",
}
"""What a verdict may be."""
REASONS = {
    "": "the verdict is that of the 95% interval",
    "no_months": "no month came whole in both periods",
    "corrected": "counts of the feed were corrected or suppressed, so chance cannot be told",
    "few_cases": "so few incidents that a few serious ones decide what their harm adds up to",
    "untold": "what they weigh cannot be told",
    "definition_change": "see break_titles",
}
"""Why a verdict is none, or is not made."""
FEWEST_FOR_HARM = 30
"""Below so many incidents, a few serious ones decide what their harm adds up to."""
WIDE = 2.0
"""Where the months vary so much more than by chance, a change of incidents has to be more than that too."""


def add_verdicts(frame: pd.DataFrame, *, is_uncertain: bool) -> None:
    """Add verdict (of VERDICTS) and verdict_reason (of REASONS) to rows of one figure that have their limits.

    It hangs on the 95% interval: of the ratio for incidents, of the difference for harm. Where the months vary WIDE
    times as much as by chance, that of incidents hangs on the interval of the difference widened by as much too.
    """
    is_harm = (frame["figure"] == "harm").to_numpy()
    low, high = (_limits(frame, end, is_harm) for end in ("low", "high"))
    gap = frame["months_compared"].to_numpy() == 0
    reasons = {
        "definition_change": ~frame["is_comparable"].to_numpy(),
        "no_months": gap | frame["before_high"].isna().to_numpy() & ~is_harm,
        "untold": (frame["before_high"].isna() | frame["now_high"].isna()).to_numpy(),
        "corrected": np.full(len(frame), is_uncertain),
        "few_cases": is_harm & (frame["fewest_incidents"] < FEWEST_FOR_HARM).fillna(False).to_numpy(bool),
    }
    frame["verdict_reason"] = np.select([*reasons.values()], [*reasons], "").astype(object)
    restless = ~is_harm & _is_restless(frame)
    said = np.select([_overlap(frame), restless, low > 0, high < 0], [OPEN, WITHIN, RISE, FALL], WITHIN)
    barred = np.where(frame["verdict_reason"] == "definition_change", NOT_COMPARABLE, NONE)
    frame["verdict"] = np.where(frame["verdict_reason"] == "", said, barred).astype(object)


def _limits(frame: pd.DataFrame, end: str, is_harm: Flags) -> np.ndarray:
    """The limits as numbers of which 0 is no change; 0 where a ratio has none, since both counts are 0."""
    ratio, moved = (
        frame[f"{name}_{end}"].to_numpy("float64", na_value=np.nan) for name in ("ratio", "difference")
    )
    return np.nan_to_num(np.where(is_harm, moved, ratio - 1))


def _is_restless(frame: pd.DataFrame) -> Flags:
    """Rows whose difference is no more than months that vary as much more than by chance explain."""
    spread, *ends = (
        frame[name].to_numpy("float64", na_value=np.nan)
        for name in ("dispersion", "before_low", "before_high", "now_low", "now_high")
    )
    before_low, before_high, now_low, now_high = ends
    least = difference_of_sums(before_high, now_low, variance=before_high + now_low, dispersion=spread)
    most = difference_of_sums(before_low, now_high, variance=before_low + now_high, dispersion=spread)
    return np.asarray((spread >= WIDE) & (least.low <= 0) & (most.high >= 0))


def _overlap(frame: pd.DataFrame) -> Flags:
    """Rows with a range of which some readings rose and others fell."""
    before, now = (
        [frame[f"{when}_{end}"].to_numpy("float64", na_value=np.nan).round() for end in ("low", "high")]
        for when in ("before", "now")
    )
    ranged = (before[0] != before[1]) | (now[0] != now[1])
    return np.asarray(ranged & (now[0] <= before[1]) & (now[1] >= before[0]))
