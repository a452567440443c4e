"""Judging which areas stand out: the values that are tested, the two rules, and years judged alone."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from vrin_data.errors import UsageError
from vrin_data.measures.contiguity import touching
from vrin_data.measures.feed_periods import whole_periods
from vrin_data.measures.hotspot_request import HotspotRequest
from vrin_data.measures.place_figures import Floats, PlaceFigures, place_figures
from vrin_data.measures.question import Question
from vrin_data.measures.received import Flags
from vrin_data.methods.gi_star import gi_star
from vrin_data.methods.shrinkage import shrunk_rates, shrunk_sums
from vrin_data.store import Store

LEAST_AREAS = 20
"""So many areas must have come to say which of them stand out."""
LEAST_MONTHS = 9
"""So many of its 12 months must have come whole for a year to be judged."""
PER_PERSONS = 1000
DEVIATIONS = 2


@dataclass(frozen=True, eq=False)
class Judged:
    """By area: the value tested and what the rule says of it; NaN and False where it was not tested.

    `matrix` says which of all the areas touch, None where only values were compared.
    """

    is_tested: Flags
    value: Floats
    z: Floats
    p_value: Floats
    q_value: Floats
    is_spot: Flags
    matrix: Any


def judge(store: Store, question: Question, request: HotspotRequest, places: PlaceFigures) -> Judged:
    """Which of the areas stand out. Raises UsageError where there are too few, or nothing of the kind is known."""
    value = _values(request, places)
    tested = np.isfinite(value) & ~places.is_gap
    if tested.sum() < LEAST_AREAS:
        raise UsageError(
            f"{tested.sum()} areas of the level {question.selection.level!r} have figures and residents, and fewer "
            f"than {LEAST_AREAS} cannot tell which of them stand out. Choose a finer level, or a larger area."
        )
    matrix = touching(store, question.facts, question.selection.level, places.areas["area_code"])
    found = np.full((3, len(value)), np.nan)
    is_spot = np.zeros(len(value), dtype=bool)
    if request.rule == "gi_star":
        test = gi_star(value[tested], matrix[tested][:, tested])
        found[:, tested], is_spot[tested] = test, test.is_spot
    else:
        spread = value[tested].std(ddof=1)
        found[0, tested] = (value[tested] - value[tested].mean()) / (spread or 1.0)
        is_spot[tested] = found[0, tested] > DEVIATIONS
    z, p_value, q_value = found
    return Judged(tested, np.where(tested, value, np.nan), z, p_value, q_value, is_spot, matrix)


def judge_years(
    store: Store, question: Question, request: HotspotRequest, places: PlaceFigures
) -> tuple[Floats, Floats]:
    """By area in how many of the years looked back on it stood out, and how many of them it was judged in."""
    spots, judged = np.zeros((2, len(places.areas)), dtype="int64")
    for back in range(request.years):
        year = request.year(back)
        if not whole_periods(question.feed_id, year.months):
            continue
        own = place_figures(store, year)
        enough = own.months_whole >= LEAST_MONTHS
        try:
            found = judge(store, question, request, own.only(enough))
        except UsageError:
            # A year with too few areas, or none of the offences asked for, judges nobody.
            continue
        spots += found.is_spot
        judged += found.is_tested
    return spots, judged


def _values(request: HotspotRequest, places: PlaceFigures) -> Floats:
    """What is tested, NaN where it is not known."""
    if request.kind == "count":
        _require(places.counts, "incident")
    else:
        _require(places.harm, "day of harm")
    if request.rule == "two_sd":
        return places.counts if request.kind == "count" else places.harm
    came = np.where(places.is_gap, np.nan, places.residents_at_risk)
    if request.kind == "count":
        return shrunk_rates(places.counts, came) * PER_PERSONS
    return np.log1p(shrunk_sums(places.harm, places.squares, came) * PER_PERSONS)


def _require(amounts: Floats, what: str) -> None:
    if not amounts.sum() > 0:
        raise UsageError(
            f"The selection holds no {what} that can be told for certain, so no area can stand out by it. "
            "Choose another definition, period or feed, or look for spots of incidents."
        )
