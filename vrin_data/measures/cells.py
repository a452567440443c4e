"""The scan: a question's figures for every area and month that has an incident."""

import numpy as np
import pandas as pd

from vrin_data.contract.codes import LEVELS
from vrin_data.measures.build_facts import BuildFacts
from vrin_data.measures.question import Question
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

# Where counts are exact, a profile's incidents lie between those that are surely in and all of them.
EXACT_SUMS_SQL = """
        sum(incident_count * sure::double) as incident_count_low,
        sum(incident_count::double) as incident_count_high,
        sum(incident_count * low_each) as harm_days_low,
        sum(incident_count * central_each) as harm_days,
        sum(incident_count * high_each) as harm_days_high,
        sum(incident_count * is_unweighted::double) as unweighted_count,
        sum(incident_count * lacks_central::double) as without_central_count
"""
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

# What the spread of a weighted sum is made of; asked of totals alone, since no interval is given by month.
SQUARE_SUMS_SQL = """,
        sum(incident_count * low_each * low_each) as harm_square_low,
        sum(incident_count * high_each * high_each) as harm_square_high
"""

# One integer for area and month makes the grouping quicker than two columns, and sums of doubles (exact
# for counts below 2 to the 53rd) are half as dear as sums of integers.
MONTHS_IN_KEY = 4096
CELLS_SQL = """
    with {decided}
    select
        ({place} * {months_in_key} + {month})::bigint as place_and_month,
        {sums}
    from fact
    join decided using (profile_id)
    {joins}
    where {feed} and month_number between $from_month and $to_month {scope}
    group by place_and_month
"""
# The finest level needs no look-up while the incidents are scanned: its areas are few enough afterwards.
AT_LEVEL_JOIN = (
    "left join (select area_id, ancestor_id from area_level where level = $level) as at_level "
    "on at_level.area_id = fact.area_id"
)


def cells(
    store: Store, question: Question, *, level: str, with_month: bool, with_squares: bool = False
) -> pd.DataFrame:
    """The figures of every area and month that has an incident.

    `place` is the area_id at the level, 0 where it is not known that finely; `known_id` is then the
    finest area that is known, 0 for none. `with_squares` adds harm_square_low and harm_square_high, the
    squared weights of the incidents, summed.
    """
    params = question.params()
    is_finest = level == LEVELS[-1]
    if not is_finest:
        params["level"] = level
    sql = CELLS_SQL.format(
        decided=question.decision.sql,
        # An area that lies in none of the level keeps its own number, as a negative one.
        place="fact.area_id" if is_finest else "coalesce(at_level.ancestor_id, -fact.area_id)",
        month="fact.month_number" if with_month else "0",
        months_in_key=MONTHS_IN_KEY,
        sums=(UNCERTAIN_SUMS_SQL if question.is_uncertain else EXACT_SUMS_SQL)
        + (SQUARE_SUMS_SQL if with_squares else ""),
        joins="" if is_finest else AT_LEVEL_JOIN,
        feed=question.feed_sql,
        scope=question.scope_sql,
    )
    found = store.query("harm", sql, params, build_id=question.facts.build_id)
    if not question.is_uncertain:
        found["weighted_count"] = found["incident_count_high"] - found["unweighted_count"]
    place, found["month_number"] = np.divmod(found.pop("place_and_month").to_numpy(), MONTHS_IN_KEY)
    found["place"] = finest_areas(question.facts)[place] if is_finest else place.clip(min=0)
    found["known_id"] = np.where(found["place"] == 0, np.abs(place), 0)
    return found


def finest_areas(facts: BuildFacts) -> np.ndarray:
    """For every area_id the area of the finest level it lies in, 0 where it lies in none."""
    ids = facts.areas.drop_duplicates("area_code", keep="last").set_index("area_code")["area_id"]
    table = np.zeros(int(facts.areas["area_id"].max()) + 1, dtype="int64")
    table[facts.areas["area_id"]] = facts.areas[f"in_{LEVELS[-1]}"].map(ids).fillna(0).astype("int64")
    return table
