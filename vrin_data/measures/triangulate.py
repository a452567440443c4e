"""Police and health side by side: recorded violence, hospital attendances, admissions and calls, never summed."""

from dataclasses import dataclass, replace

import pandas as pd

from vrin_data.errors import UsageError
from vrin_data.measures.answer import Answer
from vrin_data.measures.areas_came import areas_asked
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.selection import Selection
from vrin_data.measures.side_by_side import COUNTS, PER_PERSONS, POLICE, health_feeds, side_by_side
from vrin_data.measures.stamp import Stamp
from vrin_data.measures.stamps import question_stamp
from vrin_data.measures.triangulate_notes import triangulate_notes
from vrin_data.methods.intervals import poisson_interval
from vrin_data.methods.rate_ratio import ratio_interval, ratio_of_counts
from vrin_data.store import Store

MONTHS_A_YEAR = 12
ALL_COMPARED = ""
"""The area_code of the row over all areas in which a source is compared."""
NOT_SENT, NOT_PLACED, NO_MONTHS = "not_sent", "not_placed", "no_months"
REASONS = {
    NOT_SENT: "nothing of this feed came for this area",
    NOT_PLACED: "its rows are placed by the supplier's own area alone, which is no finer than a police force area",
    NO_MONTHS: "no month came whole from both",
}


_LIMITED = ("", "_low", "_high")
COLUMNS = (
    *("area_code", "area_name", "source", "source_name", "grain", "months_compared", "months_left_out"),
    *("first_month", "last_month"),
    *(f"{side}_count{end}" for side in ("police", "health") for end in _LIMITED),
    "population",
    *(f"{side}_rate{end}" for side in ("police", "health") for end in _LIMITED),
    *(f"ratio{end}" for end in _LIMITED),
    *("is_comparable", "reason"),
)
"""Those of `triangulate_summary`."""


@dataclass(frozen=True)
class TriangulateRequest:
    """The police's side of the comparison: definition, level, area and months; health feeds are all that came."""

    selection: Selection


def triangulate(store: Store, request: TriangulateRequest) -> Answer:
    """Police and every health feed by area and month: counts, rates, an index, and how many a police crime.

    One row an area, source and month from the first that came on, police first. Columns: area_code, area_name, source
    (police, or a feed), source_name, grain, month, value, value_low and value_high (counts; NULL where there is
    none), state (as `monthly`), population, rate_per_1000 (residents, a month), index (100 is the mean of the first 12
    months on end that are whole in every source of the area; NULL without those), is_compared (whole on both
    sides), ratio, ratio_low and ratio_high (health events a police crime, exact 95% limits from the
    lowest to the highest reading; NULL for police rows and months that are not compared).
    Nothing is summed over sources. Raises what `harm` raises, and UsageError at the level of regions, where feeds of
    some forces would stand against police of all.
    """
    question = police_question(store, request.selection)
    frame = side_by_side(store, question)
    return Answer(frame, _stamp(question, frame))


def triangulate_summary(store: Store, request: TriangulateRequest) -> Answer:
    """Health against police over the months that are whole in both, a row an area and health feed.

    Areas by name, after the row over all areas that are compared where there are several (area_code '').
    Columns: area_code, area_name, source, source_name, grain, months_compared, months_left_out (that came from the
    health side and are not compared; of several areas, of each), first_month, last_month, police_count
    and health_count with _low and _high (the certain ones, and the range), population, police_rate and
    health_rate (per 1,000 residents a year) with _low and _high (exact 95%), ratio, ratio_low and ratio_high,
    is_comparable, reason (of REASONS, or ''). Raises what `triangulate` raises.
    """
    question = police_question(store, request.selection)
    frame = side_by_side(store, question)
    return Answer(_summary(question, frame), _stamp(question, frame))


def police_question(store: Store, selection: Selection) -> Question:
    """The police's side by area and month. Raises UsageError for regions, and for what is not of the police."""
    if selection.level == "region":
        raise UsageError(
            "Police and health are not compared by region: health feeds of some forces would stand against police "
            "figures of all. Choose force, or a finer level."
        )
    question = question_of(store, replace(selection, by=("area", "month")))
    if not question.counted.counts_crimes:
        raise UsageError(
            f"The definition {question.counted.label} counts {question.counted.unit}s, and stands on the health side. "
            "Choose a definition of recorded crimes for the police side, such as violence-with-injury."
        )
    return question


def _summary(question: Question, frame: pd.DataFrame) -> pd.DataFrame:
    areas = areas_asked(question)
    named = frame.drop_duplicates("source").set_index("source", drop=False)
    came = [named.loc[feed_id] for feed_id in health_feeds(question) if feed_id in named.index]
    rows = [row for source in came for row in _source_rows(areas, frame, source)]
    found = pd.DataFrame(rows, columns=[*COLUMNS])
    whole = [name for name in COLUMNS if "_count" in name or name == "population"]
    return found.astype(dict.fromkeys(whole, "Int64"))


def _source_rows(areas: pd.DataFrame, frame: pd.DataFrame, source: pd.Series) -> list[dict[str, object]]:
    """The rows of one health feed: of all areas that are compared, then of each area."""
    named = {name: source[name] for name in ("source", "source_name", "grain")}
    pairs = _pairs(frame, str(source["source"]))
    by_area = dict([*pairs.groupby("area_code", sort=False)])
    compared = [own for own in by_area.values() if own["is_compared"].any()]
    every = {"area_code": ALL_COMPARED, "area_name": f"All {len(compared)} areas compared"}
    rows = [{**every, **named, **_row(pd.concat(compared))}] if len(compared) > 1 else []
    for code, name in zip(areas["area_code"], areas["area_name"], strict=True):
        own = {"area_code": code, "area_name": name}
        rows.append({**own, **named, **_row(by_area.get(code, pairs.iloc[:0]))})
    return rows


def _pairs(frame: pd.DataFrame, source: str) -> pd.DataFrame:
    """The months of one health feed with the police's beside them, of areas that it came for."""
    health = frame[frame["source"] == source]
    police = frame[(frame["source"] == POLICE) & frame["area_code"].isin(health["area_code"])]
    own = ["area_code", "month", "population", *COUNTS]
    return health[[*own, "state", "is_compared"]].merge(
        police[["area_code", "month", *COUNTS]],
        how="left",
        on=["area_code", "month"],
        suffixes=("", "_police"),
    )


def _row(pairs: pd.DataFrame) -> dict[str, object]:
    """What a source's months with police beside them come to."""
    used = pairs[pairs["is_compared"].astype(bool)]
    health = {name: float(used[name].sum()) for name in COUNTS}
    police = {name: float(used[f"{name}_police"].sum()) for name in COUNTS}
    is_told = len(used) > 0
    ratio = ratio_of_counts(health["value"], police["value"])
    low = ratio_interval(health["value_low"], police["value_high"]).low
    high = ratio_interval(health["value_high"], police["value_low"]).high
    return {
        "months_compared": used["month"].nunique(),
        "months_left_out": int((pairs["state"] != "").sum() - len(used)),
        "first_month": used["month"].min() if is_told else pd.NaT,
        "last_month": used["month"].max() if is_told else pd.NaT,
        **_counts("police", police, is_told=is_told),
        **_counts("health", health, is_told=is_told),
        "population": used.drop_duplicates("area_code")["population"].sum(min_count=1) if is_told else None,
        **_rates("police", police, used, is_told=is_told),
        **_rates("health", health, used, is_told=is_told),
        "ratio": float(ratio) if is_told else None,
        "ratio_low": float(low) if is_told else None,
        "ratio_high": float(high) if is_told else None,
        "is_comparable": is_told,
        "reason": "" if is_told else _reason(pairs),
    }


def _counts(side: str, counts: dict[str, float], *, is_told: bool) -> dict[str, object]:
    named = {name: f"{side}_count{name.removeprefix('value')}" for name in COUNTS}
    return {named[name]: counts[name] if is_told else None for name in COUNTS}


def _rates(side: str, counts: dict[str, float], used: pd.DataFrame, *, is_told: bool) -> dict[str, object]:
    """Per 1,000 residents a year, each area's residents counted for every month that is compared."""
    person_months = used["population"].astype("Float64").sum(min_count=len(used)) if is_told else pd.NA
    if pd.isna(person_months) or not person_months:
        return {f"{side}_rate{end}": None for end in ("", "_low", "_high")}
    scale = PER_PERSONS * MONTHS_A_YEAR / float(person_months)
    return {
        f"{side}_rate": counts["value"] * scale,
        f"{side}_rate_low": float(poisson_interval(counts["value_low"]).low) * scale,
        f"{side}_rate_high": float(poisson_interval(counts["value_high"]).high) * scale,
    }


def _reason(pairs: pd.DataFrame) -> str:
    if pairs.empty:
        return NOT_SENT
    return NOT_PLACED if pairs["value_low"].isna().all() and (pairs["state"] == "untold").any() else NO_MONTHS


def _stamp(question: Question, frame: pd.DataFrame) -> Stamp:
    facts = question.facts
    used = [one for one in frame["source"].unique() if one != POLICE]
    stamp = question_stamp(question, triangulate_notes(question, used))
    return replace(
        stamp,
        edition="",
        edition_name="",
        feed=", ".join([question.feed_id, *used]),
        is_simulated=stamp.is_simulated or bool(facts.simulated_feeds & {*used}),
    )
