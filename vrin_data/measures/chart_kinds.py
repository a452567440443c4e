"""Which chart suits a series: short ones, rare ones, those of homicide and those with other denominators each month."""

from typing import NamedTuple

import numpy as np

from vrin_data.contract.offence_sets import pairs_of
from vrin_data.measures.filling import MOST_DOUBT
from vrin_data.measures.month_arrays import MonthArrays
from vrin_data.measures.monthly import UNTOLD, WHOLE, Monthly
from vrin_data.measures.place_figures import LEAST_SURE
from vrin_data.measures.question import HOMICIDE, Question
from vrin_data.measures.trend_request import AUTO, LANEY, NONE, RARE, RUN_CHART, XMR
from vrin_data.methods.control_chart import Flags, Floats

LEAST_XMR = 12
LEAST_RUN = 8
RARE_MEAN = 1.0
RARE_ZEROS = 0.5
MOST_OF_ONE = 0.5
"""A month more than half of whose harm is of homicide says how many were killed, and little else."""
USUAL, SHORT, UNTOLD_MOSTLY, IS_RARE, OF_HOMICIDE, SKEWED, DENOMINATORS, ASKED = (
    "usual",
    "short",
    "untold",
    "rare",
    "homicide",
    "skewed",
    "denominators",
    "asked",
)
MOST_SKEW = 1.0
"""Of pure noise as skewed as harm mostly is, XmR limits call 70 to 90 series in 100 unusual, a run chart 5."""


class Kind(NamedTuple):
    """A chart and why it was chosen."""

    kind: str
    reason: str


def counts_homicide_alone(question: Question) -> bool:
    """Whether the definition as asked takes in homicide and nothing else."""
    counted = question.counted
    return counted.counts_crimes and bool(counted.pairs()) and counted.pairs() <= pairs_of(sets=HOMICIDE)


def counts_homicide(question: Question) -> bool:
    """Whether the definition as asked takes in homicide."""
    counted = question.counted
    return counted.counts_crimes and bool(counted.pairs() & pairs_of(sets=HOMICIDE))


def dominated_areas(whole: Monthly, without: Monthly) -> frozenset[str]:
    """The areas in any whole month of which homicide makes up more than half of the harm."""
    keys = ["area_code", "month"]
    joined = whole.frame[[*keys, "value", "state"]].merge(without.frame[[*keys, "value"]], on=keys)
    total, rest = (joined[name].astype("float64").to_numpy() for name in ("value_x", "value_y"))
    with np.errstate(invalid="ignore"):
        is_most = (total - rest > MOST_OF_ONE * total) & (joined["state"] == WHOLE).to_numpy()
    return frozenset(joined.loc[is_most, "area_code"])


def kind_of(
    asked: str,
    values: Floats,
    counts: Floats | None,
    *,
    is_homicide: bool,
    is_untold: bool,
    varies: bool,
) -> Kind:
    """The chart of a series from its whole months; `counts` are its incidents, None where the figure is harm."""
    if is_homicide:
        return Kind(RARE, OF_HOMICIDE)
    if is_untold:
        return Kind(NONE, UNTOLD_MOSTLY)
    if asked != AUTO:
        return Kind(asked, ASKED)
    if len(values) < LEAST_RUN:
        return Kind(NONE, SHORT)
    if _is_rare(values, counts):
        return Kind(RARE, IS_RARE)
    if len(values) < LEAST_XMR:
        return Kind(RUN_CHART, SHORT)
    if counts is None and _skewness(values) > MOST_SKEW:
        return Kind(RUN_CHART, SKEWED)
    return Kind(LANEY, DENOMINATORS) if varies else Kind(XMR, USUAL)


def _skewness(values: Floats) -> float:
    off, spread = values - values.mean(), values.std()
    return float((off**3).mean() / spread**3) if spread > 0 else 0.0


def is_untold(series: MonthArrays, *, is_uncertain: bool) -> bool:
    """Whether a series says little: too few incidents are certain, or too few months have a single figure.

    Of counts that a supplier hid or corrects, what is left says nothing of the rest where it is less than half.
    """
    told, untold = len(series.used), int((series.state == UNTOLD).sum())
    if untold and told < LEAST_RUN <= told + untold:
        return True
    # Harm has a single figure wherever it can be told, however far its range reaches.
    most = series.value_high[series.is_used].sum()
    least = 1 - MOST_DOUBT if is_uncertain else LEAST_SURE
    return series.figure.startswith("incidents") and bool(series.used.sum() < least * most)


def _is_rare(values: Floats, counts: Floats | None) -> bool:
    if not len(values):
        return False
    zeros: Flags = values == 0
    return bool(zeros.mean() > RARE_ZEROS or (counts is not None and counts.mean() < RARE_MEAN))
