"""The scan: a question's figures for every area and month that has an incident."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.contract.codes import LEVELS
from vrin_data.contract.definition_clauses import Filters
from vrin_data.contract.definitions import Definition
from vrin_data.contract.weights import Edition
from vrin_data.measures.build_facts import BuildFacts
from vrin_data.measures.decide import decide
from vrin_data.measures.decided import decided_profiles
from vrin_data.measures.question import Question
from vrin_data.measures.scan import Classes, Ints, classes_of, sums_by_cell
from vrin_data.measures.selection import month_number
from vrin_data.store import Store

FIGURES = (
    "incident_count_low",
    "incident_count_high",
    "harm_days_low",
    "harm_days",
    "harm_days_high",
)
HARM_FIGURES = FIGURES[2:]
SUMS = (*FIGURES, "unweighted_count", "without_central_count", "weighted_count")
"""What the scan sums: the figures, incidents the edition does not weigh, those without a central choice,
and those it weighs."""

# A correction takes back what may not have been in: its least reading is the larger number. A suppressed
# count lies between incident_count and incident_count + further_count.
UNCERTAIN_SUMS_SQL = """
        sum(least(incident_count * sure, incident_count)::double) as incident_count_low,
        sum(greatest((incident_count + further_count) * sure, incident_count + further_count)::double)
            as incident_count_high,
        sum(least(incident_count * low_each, incident_count * high_each)) as harm_days_low,
        sum(incident_count * central_each) as harm_days,
        sum(
            greatest(
                (incident_count + further_count) * low_each, (incident_count + further_count) * high_each
            )
        ) as harm_days_high,
        sum((incident_count + further_count) * is_unweighted::double) as unweighted_count,
        sum((abs(incident_count) + further_count) * lacks_central::double) as without_central_count,
        sum((abs(incident_count) + further_count) * (1 - is_unweighted)::double) as weighted_count
"""

# One integer for area and month makes the grouping quicker than two columns, and sums of doubles (exact
# for counts below 2 to the 53rd) are half as dear as sums of integers.
MONTHS_IN_KEY = 4096
CELLS_SQL = """
    with {decided}
    select
        ({place} * {months_in_key} + fact.month_number)::bigint as place_and_month,
        {sums}
    from fact
    join decided using (profile_id)
    {joins}
    where {feed} and month_number between $from_month::usmallint and $to_month::usmallint {scope}
    group by place_and_month
"""
# The finest level needs no look-up while the incidents are scanned: its areas are few enough afterwards.
AT_LEVEL_SQL = "select area_id, ancestor_id from area_level where level = $level"
AT_LEVEL_JOIN = f"left join ({AT_LEVEL_SQL}) as at_level on at_level.area_id = fact.area_id"


def cells(
    store: Store, question: Question, *, level: str, with_month: bool, with_squares: bool = False
) -> pd.DataFrame:
    """The figures of every area and month that has an incident.

    `place` is the area_id at the level, 0 where it is not known that finely; `known_id` is then the
    finest area that is known, 0 for none. `with_squares` adds harm_square_low and harm_square_high, the
    squared weights of the incidents, summed; of exact counts alone.
    """
    if question.is_uncertain:
        found = _uncertain_cells(store, question, level=level)
    else:
        found = _exact_cells(store, question, level=level, with_squares=with_squares)
    if not with_month:
        found = found.drop(columns="month_number").groupby("spot", as_index=False).sum()
        found["month_number"] = 0
    spot = found.pop("spot").to_numpy()
    found["place"] = finest_areas(question.facts)[spot] if level == LEVELS[-1] else spot.clip(min=0)
    found["known_id"] = np.where(found["place"] == 0, np.abs(spot), 0)
    return found


def _exact_cells(store: Store, question: Question, *, level: str, with_squares: bool) -> pd.DataFrame:
    """Sums by `spot` and month_number, where no count is in doubt."""
    names, classes = _classes(
        store,
        question.facts,
        question.counted,
        question.edition,
        question.narrowed,
        with_squares,
    )
    places, place_of = _places(store, question.facts, level)
    sums = sums_by_cell(store, question, classes, place_of)
    month, place = np.divmod(sums.cells, len(places))
    first = month_number(question.asked[0].start)
    found = {"spot": places[place], "month_number": month + first, "incident_count_high": sums.counts}
    return pd.DataFrame(found | dict(zip(names, sums.weighed.T, strict=True)))


@lru_cache(maxsize=24)
def _classes(
    store: Store,
    facts: BuildFacts,
    definition: Definition,
    edition: Edition,
    narrowed: Filters,
    with_squares: bool,
) -> tuple[tuple[str, ...], Classes]:
    """The names of the sums that the scan weighs, and the classes of profile that they tell apart."""
    decided = decided_profiles(store, facts, definition, edition, narrowed=narrowed)
    weights = _weights(decided, with_squares=with_squares)
    return tuple(weights), classes_of(decided["profile_id"], [*weights.values()])


def _weights(decided: pd.DataFrame, *, with_squares: bool) -> dict[str, pd.Series]:
    """What one incident of each profile adds to each sum."""
    found = {
        "incident_count_low": decided["sure"],
        "harm_days_low": decided["low_each"],
        "harm_days": decided["central_each"],
        "harm_days_high": decided["high_each"],
        "unweighted_count": decided["is_unweighted"],
        "without_central_count": decided["lacks_central"],
        "weighted_count": 1 - decided["is_unweighted"],
    }
    if with_squares:
        # What the spread of a weighted sum is made of.
        found["harm_square_low"] = decided["low_each"] ** 2
        found["harm_square_high"] = decided["high_each"] ** 2
    return found


@lru_cache(maxsize=16)
def _places(store: Store, facts: BuildFacts, level: str) -> tuple[npt.NDArray[np.int64], Ints]:
    """The spots of a level, and by area_id which of them it lies in.

    A spot is an area of the level; an area that lies in none is one itself, with its number negative. Of the
    finest level every area is one: `finest_areas` tells the rest.
    """
    spots = np.arange(max([0, *facts.areas["area_id"]]) + 1)
    if level == LEVELS[-1]:
        return spots, spots.astype("int32")
    found = store.query("areas of a level", AT_LEVEL_SQL, {"level": level}, build_id=facts.build_id)
    spots = -spots
    spots[found["area_id"].to_numpy()] = found["ancestor_id"].to_numpy()
    distinct, place_of = np.unique(spots, return_inverse=True)
    return distinct, place_of.astype("int32")


def _uncertain_cells(store: Store, question: Question, *, level: str) -> pd.DataFrame:
    """Sums by `spot` and month_number, of counts that corrections take back or that were suppressed."""
    is_finest = level == LEVELS[-1]
    decision = decide(question.counted, question.edition, question.facts.offences, narrowed=question.narrowed)
    sql = CELLS_SQL.format(
        decided=decision.sql,
        # An area that lies in none of the level keeps its own number, as a negative one.
        place="fact.area_id" if is_finest else "coalesce(at_level.ancestor_id, -fact.area_id)",
        months_in_key=MONTHS_IN_KEY,
        sums=UNCERTAIN_SUMS_SQL,
        joins="" if is_finest else AT_LEVEL_JOIN,
        feed=question.feed_sql,
        scope=question.scope_sql,
    )
    params = question.params() | decision.params | ({} if is_finest else {"level": level})
    found = store.query("harm", sql, params, build_id=question.facts.build_id)
    found["spot"], found["month_number"] = np.divmod(found.pop("place_and_month").to_numpy(), MONTHS_IN_KEY)
    return found


@lru_cache(maxsize=8)
def finest_areas(facts: BuildFacts) -> np.ndarray:
    """For every area_id the area of the finest level it lies in, 0 where it lies in none."""
    ids = facts.areas.drop_duplicates("area_code", keep="last").set_index("area_code")["area_id"]
    table = np.zeros(int(facts.areas["area_id"].max()) + 1, dtype="int64")
    table[facts.areas["area_id"]] = facts.areas[f"in_{LEVELS[-1]}"].map(ids).fillna(0).astype("int64")
    return table
