"""Persons whom both police and a health feed saw, by the keys that suppliers made: matched, and seen by one alone."""

from dataclasses import dataclass, replace

import pandas as pd

from vrin_data.contract.feeds import feeds
from vrin_data.errors import UsageError
from vrin_data.measures.answer import Answer
from vrin_data.measures.keyed_events import Sides, keyed_sides
from vrin_data.measures.question import Question
from vrin_data.measures.selection import Selection
from vrin_data.measures.stamp import Stamp
from vrin_data.measures.stamps import question_stamp
from vrin_data.measures.triangulate import police_question
from vrin_data.methods.linked import chapman
from vrin_data.methods.rate_ratio import ratio_interval
from vrin_data.store import Store

WINDOWS = (7, 30)
"""Days between the two events within which they are taken for one; the answer is given for each."""
MATCHED = (
    *("source", "source_name", "grain", "key_ids", "window_days", "area_count", "month_count"),
    *("health_count", "health_keyed_count", "police_count", "police_keyed_count"),
    *("health_matched_count", "health_only_count", "health_only_share"),
    *("health_only_share_low", "health_only_share_high"),
    *("health_person_count", "police_person_count", "matched_person_count"),
    *("health_only_person_count", "police_only_person_count"),
)
ESTIMATED = (
    *("source", "source_name", "grain", "window_days", "known_person_count"),
    *("estimate", "estimate_low", "estimate_high"),
)
NOTES = (
    "matched are persons with a key of one secret in both feeds, whose events lie so many days apart at most; "
    "events without a key, without a day, or with a key of another secret stand in no share",
    "a key is made of what was written down: a name spelled otherwise makes another key, so that some who are known "
    "to both are counted as known to one. The share is therefore an upper reading",
    "both sides count in months that came whole from both; a pair across the edge of such months is missed",
)
ESTIMATE_NOTES = (
    "FOR ANALYSTS ALONE, a lower bound and no count: capture and recapture (Chapman) holds where being on one list "
    "makes it no more likely to be on the other, the group is closed, and every link is found",
    "departments call the police, and the police take people to hospital, so that the lists depend on each other and "
    "the estimate is too low; links that are missed make it too high",
)


@dataclass(frozen=True)
class LinkedRequest:
    """The police's side, at the level of police force areas, and the days within which two events are one."""

    selection: Selection
    windows: tuple[int, ...] = WINDOWS

    def __post_init__(self) -> None:
        if not self.windows or min(self.windows) < 0:
            raise UsageError("Name the days within which two events are one: whole numbers from 0 on.")


def linked_people(store: Store, request: LinkedRequest) -> Answer:
    """Events and persons by whether both sides saw them, a row a health feed and window; none where no keys meet.

    Columns: source, source_name, grain, key_ids (of the secrets that both sides used), window_days, area_count and
    month_count (what is compared), health_count and police_count (all events), their _keyed_count (events
    that can be matched), health_matched_count, health_only_count, health_only_share (of the keyed) with
    exact 95% limits, and the persons: health_person_count, police_person_count, matched_person_count,
    health_only_person_count, police_only_person_count. Raises what `triangulate` raises.
    """
    question, sides = _asked(store, request)
    rows = [
        {**_named(feed_id), **_matched(own, window)}
        for feed_id, own in sides.items()
        for window in request.windows
    ]
    frame = pd.DataFrame(rows, columns=list(MATCHED))
    return Answer(frame, _stamp(question, sides, NOTES))


def linked_estimate(store: Store, request: LinkedRequest) -> Answer:
    """How many persons there may be whom neither side saw as well, as a lower bound, a row a health feed and window.

    Columns: source, source_name, grain, window_days, known_person_count (seen by either), estimate, estimate_low and
    estimate_high (NULL where nobody is on both lists). For analysts alone: the assumptions fail for these lists.
    """
    question, sides = _asked(store, request)
    rows = [
        {**_named(feed_id), **_estimated(own, window)}
        for feed_id, own in sides.items()
        for window in request.windows
    ]
    frame = pd.DataFrame(rows, columns=list(ESTIMATED))
    return Answer(frame, _stamp(question, sides, ESTIMATE_NOTES))


def _asked(store: Store, request: LinkedRequest) -> tuple[Question, dict[str, Sides]]:
    """The police's question, and the two sides of every health feed whose keys meet those of the police."""
    if request.selection.level != "force":
        raise UsageError("Persons are matched by police force area: ask at the level force.")
    question = police_question(store, request.selection)
    return question, keyed_sides(store, question)


def _stamp(question: Question, sides: dict[str, Sides], notes: tuple[str, ...]) -> Stamp:
    stamp = question_stamp(question, notes)
    feed = ", ".join([question.feed_id, *sides])
    is_simulated = stamp.is_simulated or bool(question.facts.simulated_feeds & {*sides})
    return replace(stamp, edition="", edition_name="", feed=feed, is_simulated=is_simulated)


def _named(feed_id: str) -> dict[str, object]:
    feed = feeds()[feed_id]
    return {"source": feed_id, "source_name": feed.name, "grain": feed.grain}


def _near(own: Sides, window: int) -> pd.DataFrame:
    """The pairs of one key, an event on either side, so many days apart at most; `event` is that of health."""
    health = own.health.reset_index(names="event")
    pairs = health.merge(own.police, on="person_key", suffixes=("", "_police"))
    return pairs[(pairs["day"] - pairs["day_police"]).abs() <= pd.Timedelta(days=window)]


def _persons(own: Sides, window: int) -> tuple[int, int, int]:
    """Persons on the health side, on the police's, and matched."""
    both = _near(own, window)["person_key"].nunique()
    return own.health["person_key"].nunique(), own.police["person_key"].nunique(), both


def _estimated(own: Sides, window: int) -> dict[str, object]:
    health, police, both = _persons(own, window)
    found = chapman(health, police, both)
    return {
        "window_days": window,
        "known_person_count": health + police - both,
        "estimate": found.estimate,
        "estimate_low": found.low,
        "estimate_high": found.high,
    }


def _matched(own: Sides, window: int) -> dict[str, object]:
    """What is matched of two sides where events of one key so many days apart at most are one."""
    keyed, seen = len(own.health), _near(own, window)["event"].nunique()
    health, police, both = _persons(own, window)
    return {
        "key_ids": own.key_ids,
        "window_days": window,
        "area_count": own.area_count,
        "month_count": own.month_count,
        "health_count": own.health_count,
        "health_keyed_count": keyed,
        "police_count": own.police_count,
        "police_keyed_count": len(own.police),
        "health_matched_count": seen,
        "health_only_count": keyed - seen,
        **_share(keyed - seen, seen),
        "health_person_count": health,
        "police_person_count": police,
        "matched_person_count": both,
        "health_only_person_count": health - both,
        "police_only_person_count": police - both,
    }


def _share(alone: int, matched: int) -> dict[str, float]:
    """The share seen by one side alone, with exact limits: those of the odds of it, as shares."""
    odds = ratio_interval(alone, matched)
    low, high = (float(one) for one in odds)
    return {
        "health_only_share": alone / (alone + matched) if alone + matched else float("nan"),
        "health_only_share_low": low / (1 + low),
        "health_only_share_high": 1.0 if high == float("inf") else high / (1 + high),
    }
