"""How unevenly incidents and harm lie over places, beside what chance alone would give."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd

from vrin_data.errors import UsageError
from vrin_data.measures.answer import Answer
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.hotspot_request import refuse_streets
from vrin_data.measures.place_figures import Floats, PlaceFigures, gap_notes, place_figures, without_homicide
from vrin_data.measures.question import question_of
from vrin_data.measures.selection import Selection
from vrin_data.measures.stamp import Stamp
from vrin_data.measures.stamps import question_stamp
from vrin_data.methods.lorenz import (
    AtRandom,
    at_random,
    generalised_gini,
    gini,
    lorenz_curve,
    share_of_places_half,
)
from vrin_data.store import Store

MOST_RUNS = 10_000
MOST_POINTS = 200
"""So many points draw a curve that looks the same as all of them."""
LEAST_PLACES = 2


@dataclass(frozen=True)
class ConcentrationRequest:
    """A selection, and how often its incidents are let fall at random beside it; a seed always gives the same falls."""

    selection: Selection
    runs: int = 200
    seed: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.runs <= MOST_RUNS:
            raise UsageError(f"Incidents are let fall at random 1 to {MOST_RUNS:,} times, not {self.runs}.")

    @property
    def asked(self) -> Selection:
        """The selection by area."""
        return replace(self.selection, by=("area",))


@dataclass(frozen=True, eq=False)
class _Spread:
    """One figure over the places: what each holds, and the weights of its incidents, so many of each."""

    figure: str
    held: Floats
    incidents: Floats
    weights: Floats


def concentration(store: Store, request: ConcentrationRequest) -> Answer:
    """Lorenz curves of a selection over the areas of its level: which share of the places holds which share.

    One row per figure ("incidents", "harm", "harm without homicide") and point of its curve, places that hold most
    first: figure, rank_share (share of the places, 0 to 1), cumulative_share (of the figure). At most
    MOST_POINTS points a figure, the first at 0 and the last at 1. A figure of which there is nothing has no rows.
    Raises what `place_figures` raises, and UsageError for streets and points.
    """
    places, stamp = _asked(store, request)
    rows = [_points(one) for one in _spreads(store, request, places) if one.held.sum() > 0]
    empty = pd.DataFrame({"figure": [], "rank_share": [], "cumulative_share": []})
    return Answer(pd.concat(rows, ignore_index=True) if rows else empty, stamp)


def concentration_summary(store: Store, request: ConcentrationRequest) -> Answer:
    """How concentrated each figure is, in numbers, beside the same incidents fallen at random.

    One row per figure: figure, place_count, total (incidents, or days), gini, gini_generalised (incidents alone:
    0 where they lie as evenly as so few can), share_of_places_half (the smallest share of places that
    holds half), random_share_of_places_half_low and _high (95% of the falls at random lie between them), random_gini
    (their mean). NULL where there is nothing. Harm falls with its incidents, each keeping its weight.
    Sources: Bernasco and Steenbeek 2017, doi 10.1007/s10940-016-9324-7. Raises what `concentration` raises.
    """
    places, stamp = _asked(store, request)
    rows = [_summary(request, one) for one in _spreads(store, request, places)]
    frame = pd.DataFrame(rows)
    for name in frame.columns.drop(["figure", "place_count"]):
        frame[name] = pd.array(frame[name], dtype="Float64")
        frame[name] = frame[name].where(~frame[name].isna().to_numpy())
    return Answer(frame, stamp)


def _asked(store: Store, request: ConcentrationRequest) -> tuple[PlaceFigures, Stamp]:
    refuse_streets(request.selection.level)
    question = question_of(store, request.asked)
    places = place_figures(store, request.asked)
    kept = int((~places.is_gap).sum())
    if kept < LEAST_PLACES:
        raise UsageError(
            f"{kept} areas of the level {request.selection.level!r} have figures, which says nothing of concentration. "
            "Choose a finer level, or a larger area."
        )
    return places, question_stamp(
        question, (*_notes(request, places), *places.notes, *harm_notes(store, question))
    )


def _spreads(store: Store, request: ConcentrationRequest, places: PlaceFigures) -> Iterator[_Spread]:
    """The three figures over the places that came."""
    yield _spread("incidents", places, places.count_each)
    yield _spread("harm", places, places.harm_each)
    without = place_figures(store, without_homicide(request.asked))
    yield _spread("harm without homicide", without, without.harm_each)


def _spread(figure: str, places: PlaceFigures, each: Floats) -> _Spread:
    by_kind = places.by_kind[~places.is_gap]
    return _Spread(figure, by_kind @ each, by_kind.sum(axis=0), each)


def _points(spread: _Spread) -> pd.DataFrame:
    ranks, shares = lorenz_curve(spread.held)
    at = np.unique(np.linspace(0, len(ranks) - 1, min(MOST_POINTS, len(ranks))).round().astype("int64"))
    return pd.DataFrame({"figure": spread.figure, "rank_share": ranks[at], "cumulative_share": shares[at]})


def _summary(request: ConcentrationRequest, spread: _Spread) -> dict[str, object]:
    total = float(spread.held.sum())
    is_count = spread.figure == "incidents"
    random = _at_random(spread, request)
    return {
        "figure": spread.figure,
        "place_count": len(spread.held),
        "total": total,
        "gini": gini(spread.held),
        "gini_generalised": generalised_gini(spread.held, total) if is_count else float("nan"),
        "share_of_places_half": share_of_places_half(spread.held),
        "random_share_of_places_half_low": random.half_low,
        "random_share_of_places_half_high": random.half_high,
        "random_gini": random.gini,
    }


def _at_random(spread: _Spread, request: ConcentrationRequest) -> AtRandom:
    # Kinds of one weight fall alike, and the fewer there are the quicker.
    weights, at = np.unique(spread.weights, return_inverse=True)
    incidents = np.bincount(at, weights=spread.incidents, minlength=len(weights))
    return _kept(tuple(incidents), tuple(weights), len(spread.held), request.runs, request.seed)


@lru_cache(maxsize=32)
def _kept(
    incidents: tuple[float, ...], weights: tuple[float, ...], places: int, runs: int, seed: int
) -> AtRandom:
    return at_random(incidents, weights, places, runs=runs, seed=seed)


def _notes(request: ConcentrationRequest, places: PlaceFigures) -> tuple[str, ...]:
    return (
        f"over {int((~places.is_gap).sum()):,} places, those without an incident or a resident among them; "
        f"the baseline lets the same incidents fall {request.runs:,} times, each in any place with the same chance "
        f"(seed {request.seed})",
        *gap_notes(places),
        "few incidents over many places look concentrated by chance alone: read every figure beside its baseline",
    )
