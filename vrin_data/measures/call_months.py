"""Calls to assaults by area and month: of services that answer for a whole region and have no area of their own."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from vrin_data.contract.cadence import Period
from vrin_data.measures.areas_came import areas_asked
from vrin_data.measures.monthly import MISSING, PARTIAL, WHOLE
from vrin_data.measures.question import Question
from vrin_data.measures.received import Came, came_by_force
from vrin_data.measures.residents import residents_of
from vrin_data.measures.selection import month_number, month_of
from vrin_data.store import Store

CALLS_SQL = """
    select
        area.area_code,
        fact.month_number,
        sum(fact.incident_count)::double as value_low,
        sum(fact.incident_count + fact.further_count)::double as value_high
    from fact
    join profile using (profile_id)
    join area_level on area_level.area_id = fact.area_id and area_level.level = $level
    join area on area.area_id = area_level.ancestor_id
    where fact.feed_id = $feed_id
        and profile.status <> 'deleted'
        and fact.month_number between $from_month and $to_month
    group by all
    order by all
"""
SERVED_SQL = """
    select distinct area.area_code
    from fact
    join area_level on area_level.area_id = fact.area_id and area_level.level = 'force'
    join area on area.area_id = area_level.ancestor_id
    where fact.feed_id = $feed_id
"""


def call_months(store: Store, question: Question, feed_id: str) -> pd.DataFrame:
    """A row for each area of the question's level and month, as `monthly` has them, of a feed of calls.

    A month came whole to an area when it came whole from every service that answers for its police force area: those
    whose own area lies in it, else those without an own area, where any of their calls was ever placed in it.
    """
    areas, months = areas_asked(question), question.selection.months
    asked = [month_number(month) for month in months]
    states = _states(store, question, feed_id)
    rows = areas[areas["in_force"].isin(states)]
    frame = rows[["area_code", "area_name"]].merge(pd.DataFrame({"month_number": asked}), how="cross")
    frame["state"] = [state for force in rows["in_force"] for state in states[force]]
    bound = {
        "feed_id": feed_id,
        "level": question.selection.level,
        "from_month": asked[0],
        "to_month": asked[-1],
    }
    found = store.query("calls by month", CALLS_SQL, bound, build_id=question.facts.build_id)
    frame = frame.merge(found, how="left", on=["area_code", "month_number"])
    came = frame["state"] != MISSING
    for name in ("value_low", "value_high"):
        frame[name] = frame[name].fillna(0).astype("Float64").where(came)
    frame["value"] = frame["value_low"]
    frame["month"] = pd.to_datetime([month_of(number) for number in frame["month_number"]])
    people = residents_of(question, question.selection.level)
    frame["population"] = frame["area_code"].map(people).astype("Int64")
    return frame[came.groupby(frame["area_code"], sort=False).cummax()].drop(columns="month_number")


def _states(store: Store, question: Question, feed_id: str) -> dict[str, list[str]]:
    """By police force area that a service answers for, the state of every month."""
    facts, asked = question.facts, question.asked
    came = came_by_force(facts, feed_id, asked)
    received = facts.received[facts.received["feed_id"] == feed_id]
    roaming = received[received["force_code"].isna()]
    if len(roaming):
        of_all = Came.every(_by_service(roaming, asked), len(asked))
        served = store.query("areas served", SERVED_SQL, {"feed_id": feed_id}, build_id=facts.build_id)
        came = dict.fromkeys(served["area_code"], of_all) | came
    return {code: _state_of(one) for code, one in came.items()}


def _by_service(received: pd.DataFrame, asked: Sequence[Period]) -> list[Came]:
    found = []
    for _, own in received.groupby("supplier_id"):
        partial = dict(zip(own["month"], own["is_partial"], strict=True))
        months = [one.start for one in asked]
        there = np.array([month in partial for month in months], dtype=bool)
        part = np.array([bool(partial.get(month, False)) for month in months], dtype=bool)
        found.append(Came.of(there, part))
    return found


def _state_of(came: Came) -> list[str]:
    return [str(one) for one in np.select([~came.came, came.partial], [MISSING, PARTIAL], WHOLE)]
