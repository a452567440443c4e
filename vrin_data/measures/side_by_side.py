"""The months of police and of every health feed beside one another: counts, rates, an index and ratios."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pandas as pd

from vrin_data.contract.feeds import feeds
from vrin_data.contract.series import ALL_SERIES
from vrin_data.measures.call_months import call_months
from vrin_data.measures.monthly import WHOLE, monthly
from vrin_data.measures.question import Question, question_of
from vrin_data.methods.rate_ratio import ratio_interval, ratio_of_counts
from vrin_data.store import Store

POLICE, CALL = "police", "call"
DEFINITION_OF_GRAIN = {"attendance": "ed-assault-attendances", "admission": "assault-admissions"}
"""The definition by which the rows of a health feed are counted; calls are all counted."""
GRAINS = (*DEFINITION_OF_GRAIN, CALL)
FIRST_YEAR = MONTHS_A_YEAR = 12
PER_PERSONS = 1000
COUNTS = ("value", "value_low", "value_high")


def health_feeds(question: Question) -> list[str]:
    """The health feeds of assaults that the build holds, attendances before admissions before calls."""
    known = feeds()
    there = [one for one in question.facts.all_feeds if one in known and known[one].is_health]
    own = [one for one in there if known[one].grain in GRAINS]
    return sorted(own, key=lambda one: (GRAINS.index(known[one].grain), known[one].fineness, one))


# One screen asks for it by area, by month and for the persons matched.
@lru_cache(maxsize=8)
def side_by_side(store: Store, question: Question) -> pd.DataFrame:
    """A row an area, source and month, areas by name and police first; not to be changed, since it is kept."""
    return _compared(_frame(store, question))


def _frame(store: Store, question: Question) -> pd.DataFrame:
    """The months of every source, unequal in length, police first."""
    police = monthly(store, question, "incidents").frame
    parts = [_named(police, POLICE, f"Police: {question.counted.name}", "offence")]
    for feed_id in health_feeds(question):
        feed = feeds()[feed_id]
        found = _health(store, question, feed_id)
        if len(found):
            parts.append(_named(found, feed_id, feed.name, feed.grain))
    return pd.concat(parts, ignore_index=True)


def _health(store: Store, question: Question, feed_id: str) -> pd.DataFrame:
    grain = feeds()[feed_id].grain
    if grain == CALL:
        return call_months(store, question, feed_id)
    asked = replace(
        question.selection,
        definition=DEFINITION_OF_GRAIN[grain],
        feed=feed_id,
        series=ALL_SERIES,
        without_homicide=False,
    )
    return monthly(store, question_of(store, asked), "incidents").frame


def _named(frame: pd.DataFrame, source: str, name: str, grain: str) -> pd.DataFrame:
    own = ["area_code", "area_name", "month", *COUNTS, "state", "population"]
    return frame[own].assign(source=source, source_name=name, grain=grain)


def _compared(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame of `triangulate`."""
    frame = frame.sort_values(["area_name", "area_code"], kind="stable").reset_index(drop=True)
    frame["rate_per_1000"] = _a_thousand(frame["value"], frame["population"])
    frame["index"] = _index(frame)
    police = frame.loc[frame["source"] == POLICE, ["area_code", "month", "state", *COUNTS]]
    beside = frame[["area_code", "month"]].merge(
        police, how="left", on=["area_code", "month"], suffixes=("", "_police")
    )
    is_health = frame["source"] != POLICE
    frame["is_compared"] = is_health & (frame["state"] == WHOLE) & (beside["state"] == WHOLE).to_numpy()
    ratios = _ratios(frame, beside).where(frame["is_compared"])
    order = ["area_code", "area_name", "source", "source_name", "grain", "month", *COUNTS, "state"]
    return frame.join(ratios)[
        [*order, "population", "rate_per_1000", "index", "is_compared", *ratios.columns]
    ]


def _ratios(health: pd.DataFrame, police: pd.DataFrame) -> pd.DataFrame:
    """Events of the health side a crime of the police side; the limits take in what either side leaves open."""
    over = {name: health[name].to_numpy(dtype="float64", na_value=np.nan) for name in COUNTS}
    under = {name: police[name].to_numpy(dtype="float64", na_value=np.nan) for name in COUNTS}
    return pd.DataFrame(
        {
            "ratio": ratio_of_counts(over["value"], under["value"]),
            "ratio_low": ratio_interval(over["value_low"], under["value_high"]).low,
            "ratio_high": ratio_interval(over["value_high"], under["value_low"]).high,
        },
        index=health.index,
    )


def _a_thousand(counts: pd.Series, people: pd.Series) -> pd.Series:
    return counts.astype("Float64") / people.astype("Float64").where(people > 0) * PER_PERSONS


def _index(frame: pd.DataFrame) -> pd.Series:
    """Each month's count against the mean of its source in the first year that is whole in all of the area's."""
    whole, number = frame["state"] == WHOLE, frame["month"].dt.year * MONTHS_A_YEAR + frame["month"].dt.month
    start = frame["area_code"].map(_year_starts(frame, whole, number))
    in_base = whole & (number >= start) & (number < start + FIRST_YEAR)
    keys = [frame["area_code"], frame["source"]]
    counts = frame["value"].astype("float64")
    mean = counts.where(in_base).groupby(keys, sort=False).transform("mean")
    return (counts.where(whole & (mean > 0)) / mean * 100).astype("Float64")


def _year_starts(frame: pd.DataFrame, whole: pd.Series, number: pd.Series) -> pd.Series:
    """By area the first month, as a number, of the first 12 on end that are whole in every source that ever was."""
    area = frame["area_code"]
    ever = whole.groupby([area, frame["source"]], sort=False).transform("any")
    of_area = frame["source"].where(ever).groupby(area, sort=False).nunique()
    came = whole[ever].groupby([area[ever], number[ever].rename("number")]).sum().reset_index(name="sources")
    came = came[came["sources"] == came["area_code"].map(of_area)]
    # Months on end lie as far from their place in the order as each other.
    run = came["number"] - came.groupby("area_code").cumcount()
    sizes = came.groupby(["area_code", run])["number"].agg(["min", "size"])
    return sizes.loc[sizes["size"] >= FIRST_YEAR, "min"].groupby("area_code").min()
