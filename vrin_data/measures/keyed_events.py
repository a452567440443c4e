"""Events whose person has a key, on the police's side and on a health feed's, in months that came whole from both."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from vrin_data.contract.feeds import feeds
from vrin_data.measures.decided import decided_profiles
from vrin_data.measures.forces import force_codes, force_of_areas
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.side_by_side import DEFINITION_OF_GRAIN, POLICE, health_feeds, side_by_side
from vrin_data.store import Store

KEYED_SQL = """
    select
        person.pseudonym as person_key,
        incident.profile_id,
        submission.supplier_id,
        coalesce(incident.area_id, 0)::integer as area_id,
        incident.recorded_month as month,
        coalesce(incident.event_start_at, incident.recorded_at)::date as day
    from person
    join incident using (incident_id)
    join submission using (submission_id)
    join profile using (profile_id)
    where submission.feed_id = $feed_id
        and submission.status = 'accepted'
        and profile.status <> 'deleted'
        and person.pseudonym is not null
        and person.role in ('victim', 'patient')
        and incident.recorded_month between $from_day::date and $to_day::date
"""


class Sides(NamedTuple):
    """The keyed events of both sides (person_key, day), and how many events there are with those without a key.

    `key_ids` name the secrets that both sides used; `area_count` areas and `month_count` months are compared.
    """

    health: pd.DataFrame
    police: pd.DataFrame
    health_count: int
    police_count: int
    area_count: int
    month_count: int
    key_ids: str


def keyed_sides(store: Store, question: Question) -> dict[str, Sides]:
    """Both sides of every health feed whose keys meet those of the police, by feed; a question by force and month."""
    police = _keyed(store, question, question, question.feed_id)
    if police.empty:
        return {}
    frame = side_by_side(store, question)
    found = {}
    for feed_id in health_feeds(question):
        health = _keyed(store, question, _counting(store, question, feed_id), feed_id)
        own = _sides(police, health, frame, feed_id)
        if own is not None:
            found[feed_id] = own
    return found


def _sides(police: pd.DataFrame, health: pd.DataFrame, frame: pd.DataFrame, feed_id: str) -> Sides | None:
    compared = frame[(frame["source"] == feed_id) & frame["is_compared"].astype(bool)]
    ids = {*_key_ids(police)} & {*_key_ids(health)}
    if compared.empty or not ids:
        return None
    pairs = compared[["area_code", "month"]]
    beside = frame[frame["source"] == POLICE].merge(pairs, on=["area_code", "month"])
    return Sides(
        health=_in_pairs(health, pairs, ids),
        police=_in_pairs(police, pairs, ids),
        health_count=int(compared["value"].sum()),
        police_count=int(beside["value"].sum()),
        area_count=pairs["area_code"].nunique(),
        month_count=pairs["month"].nunique(),
        key_ids=", ".join(sorted(ids)),
    )


def _counting(store: Store, question: Question, feed_id: str) -> Question | None:
    """The question that counts a health feed; None where every row of it counts."""
    definition = DEFINITION_OF_GRAIN.get(feeds()[feed_id].grain)
    if definition is None:
        return None
    return question_of(store, replace(question.selection, definition=definition, feed=feed_id, by=("month",)))


def _keyed(store: Store, question: Question, counting: Question | None, feed_id: str) -> pd.DataFrame:
    """person_key, day, month and area_code (the police force area) of a feed's events that have a key and a day."""
    bound = {
        "feed_id": feed_id,
        "from_day": question.asked[0].start,
        "to_day": question.asked[-1].months()[-1],
    }
    found = store.query("keyed events", KEYED_SQL, bound, build_id=question.facts.build_id).dropna(
        subset=["day"]
    )
    if counting is not None and len(found):
        decided = decided_profiles(
            store, counting.facts, counting.counted, counting.edition, narrowed=counting.narrowed
        )
        found = found[found["profile_id"].isin(decided.loc[decided["sure"] == 1, "profile_id"])]
    events = found[["person_key"]].astype(str)
    events["day"] = pd.to_datetime(found["day"])
    events["month"] = pd.to_datetime(found["month"])
    events["area_code"] = _forces(question, found)
    return events


def _forces(question: Question, found: pd.DataFrame) -> list[str | None]:
    """The police force area of each event: that of its supplier, else that of the place."""
    facts = question.facts
    named = facts.received.drop_duplicates("supplier_id").set_index("supplier_id")["force_code"]
    codes = np.array([None, *force_codes(facts)], dtype=object)
    of_place = pd.Series(
        codes[force_of_areas(facts)[found["area_id"].to_numpy()]], index=found.index, dtype=object
    )
    own = found["supplier_id"].map(named).astype(object)
    return [*own.where(own.notna(), of_place)]


def _key_ids(events: pd.DataFrame) -> pd.Series:
    return events["person_key"].str.partition(":")[0]


def _in_pairs(events: pd.DataFrame, pairs: pd.DataFrame, ids: set[str]) -> pd.DataFrame:
    own = events[_key_ids(events).isin(ids)]
    return own.merge(pairs, on=["area_code", "month"])[["person_key", "day"]]
