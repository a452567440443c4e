"""The incidents that stand in a question's total, one by one: what their times and their persons are asked of."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from vrin_data.measures.areas_came import came_of_all
from vrin_data.measures.build_facts import BuildFacts
from vrin_data.measures.decided import decided_profiles
from vrin_data.measures.filling import fill
from vrin_data.measures.question import Question
from vrin_data.measures.ruling import ruling_of, sums
from vrin_data.measures.tally import tally_of_whole_periods
from vrin_data.store import Store

COUNTS = ("incident_count_low", "incident_count_high")
SUMS = (*COUNTS, "harm_days_low", "harm_days", "harm_days_high")
LEAST_BASE = 10
"""Incidents or persons below which no share of them is given."""

# The incidents stand as `fact`, because what narrows a question to its area does so by that name.
EVENTS_SQL = """
    incident as fact
    join decided using (profile_id)
    join sender using (submission_id)
    where recorded_month between $from_day::date and $to_day::date {months} {scope}
"""
# Sums of doubles, exact for counts below 2 to the 53rd, are half as dear as those of whole numbers.
SUMS_SQL = {
    False: (
        "sum(signed_quantity::double * sure)",
        "sum(signed_quantity::double)",
        "sum(signed_quantity::double * low_each)",
        "sum(signed_quantity::double * central_each)",
        "sum(signed_quantity::double * high_each)",
    ),
    # A correction takes back what may not have been in, and a suppressed count may be more, as in `cells`.
    True: (
        "sum(least(signed_quantity * sure, signed_quantity::double))",
        "sum(greatest(signed_quantity_high * sure, signed_quantity_high::double))",
        "sum(least(signed_quantity * low_each, signed_quantity * high_each))",
        "sum(signed_quantity * central_each)",
        "sum(greatest(signed_quantity_high * low_each, signed_quantity_high * high_each))",
    ),
}


@dataclass(frozen=True, eq=False)
class Events:
    """A question's incidents as statements name them: what they stand in, what is bound, and the tables beside."""

    sql: str
    months_sql: str
    params: dict[str, Any]
    tables: Mapping[str, pd.DataFrame]
    sums_sql: str
    suppliers: list[str]


def in_total(question: Question) -> Question:
    """The question asked of the whole, so that one answer serves whatever it is divided by."""
    return replace(question, selection=replace(question.selection, by=(), level="force"))


def events_of(store: Store, question: Question) -> Events:
    """The incidents of the periods that came whole from all, of the profiles that are in or may be.

    `sender` has by submission_id the number of its supplier among `suppliers`.
    """
    senders = store.query(
        "senders",
        "select submission_id, supplier_id from submission where feed_id = $feed_id order by submission_id",
        {"feed_id": question.feed_id},
        build_id=question.facts.build_id,
    )
    numbers, names = pd.factorize(senders.pop("supplier_id"))
    whole = came_of_all(question).whole
    months = [
        month
        for period, came in zip(question.asked, whole, strict=True)
        for month in (period.months() if came else ())
    ]
    params: dict[str, Any] = {"from_day": question.asked[0].start, "to_day": question.asked[-1].months()[-1]}
    if question.selection.area_code is not None:
        params["area_code"] = question.selection.area_code
    if not whole.all():
        params["months"] = months
    months_sql = "" if whole.all() else "and list_contains($months::date[], recorded_month)"
    return Events(
        sql=EVENTS_SQL.format(months=months_sql, scope=question.scope_sql),
        months_sql=months_sql,
        params=params,
        tables={
            "decided": _standing(store, question),
            "sender": senders.assign(sender=numbers.astype("int32")),
        },
        sums_sql=", ".join(
            f"{sql} as {name}" for sql, name in zip(SUMS_SQL[question.is_uncertain], SUMS, strict=True)
        ),
        suppliers=[str(name) for name in names],
    )


def read(store: Store, question: Question, name: str, sql: str, events: Events, **more: Any) -> pd.DataFrame:
    """The answer of a statement on these incidents; `more` are values that it binds besides."""
    batches = [
        one.to_pandas()
        for one in store.batches(
            name,
            sql,
            events.params | more,
            build_id=question.facts.build_id,
            tables=events.tables,
        )
    ]
    return pd.concat(batches, ignore_index=True) if batches else pd.DataFrame()


def total_of(store: Store, question: Question) -> pd.Series:
    """The figures of `harm` in total for the same selection: what all parts of an answer add up to."""
    found = sums(tally_of_whole_periods(store, question), ruling_of(store, question))
    frame = pd.DataFrame(index=[0])
    fill(frame, found, np.array([not came_of_all(question).whole.any()]))
    return frame.iloc[0]


def told_as(frame: pd.DataFrame, total: pd.Series, *, in_parts: bool = False) -> pd.DataFrame:
    """Sums in the kinds of columns that the total has; what the total cannot tell, no part of it can.

    `in_parts` are those whose incidents were spread, so that they are no whole numbers.
    """
    told = frame.copy()
    for name in SUMS:
        is_whole = name in COUNTS and not in_parts
        values = frame[name].to_numpy(dtype="float64")
        told[name] = pd.array(
            np.rint(values).astype("int64") if is_whole else values.round(6),
            "Int64" if is_whole else "Float64",
        )
        if pd.isna(total[name]):
            told[name] = pd.NA
    return told


def shares(values: pd.Series, base: float) -> pd.Series:
    """Each value's share of a base; NULL where the base is too small for a percentage."""
    numbers = values.astype("Float64")
    return numbers / base if base >= LEAST_BASE else numbers.where(numbers.isna())


def _standing(store: Store, question: Question) -> pd.DataFrame:
    decided = decided_profiles(
        store, question.facts, question.counted, question.edition, narrowed=question.narrowed
    )
    columns = ["profile_id", "sure", "low_each", "central_each", "high_each"]
    taken_back = _taken_back(store, question.facts)
    kept = decided[columns].astype({"sure": "float64"})
    return kept[~kept["profile_id"].isin(taken_back)] if len(taken_back) else kept


@lru_cache(maxsize=4)
def _taken_back(store: Store, facts: BuildFacts) -> frozenset[int]:
    """Profiles of records that their supplier has taken back, which no figure counts."""
    found = store.query(
        "profiles taken back",
        "select profile_id from profile where status = 'deleted'",
        build_id=facts.build_id,
    )
    return frozenset(found["profile_id"])
