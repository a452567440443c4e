"""Incidents that stand at no area of the level in view, by who sent them and how much of the place is known."""

from functools import lru_cache

import numpy as np
import pandas as pd

from vrin_data.contract.codes import LEVELS, is_layer
from vrin_data.measures.answer import Answer
from vrin_data.measures.areas_came import AreasCame, areas_asked, areas_came, row_of_areas
from vrin_data.measures.build_facts import BuildFacts
from vrin_data.measures.cells import finest_areas
from vrin_data.measures.decided import decided_profiles
from vrin_data.measures.forces import Ids
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.received import Flags
from vrin_data.measures.selection import Selection, month_number, month_of
from vrin_data.measures.stamps import question_stamp
from vrin_data.store import Store

KEYS = ("supplier_id", "supplier_name", "place_precision", "is_elsewhere")
COUNTS = ("incident_count_low", "incident_count_high")
POINTS = ("exact", "snapped", "postcode")
"""The grades of a place that is known by a point, so that every layer's answer is known as well."""

# A fact is one month, area and profile: where corrections meet in it, its sum decides what is counted, and so
# the parts of it that each supplier sent add up to what the map shows beside it.
SQL = """
    with part as (
        select
            incident.submission_id,
            coalesce(incident.area_id, 0) as area_id,
            recorded_month,
            place_precision,
            incident.profile_id,
            any_value(decided.sure) as sure,
            sum(signed_quantity) as least,
            sum(signed_quantity_high) as most
        from incident
        join decided on decided.profile_id = incident.profile_id
        where coalesce(incident.area_id, 0) in (select unnest($areas::integer[]))
            and recorded_month between $from_day::date and $to_day::date
            and incident.submission_id in (select submission_id from submission where feed_id = $feed_id)
            and incident.profile_id not in (select profile_id from profile where profile.status = 'deleted')
            {scope}
        group by all
    ),
    weighed as (
        select
            *,
            sum(least) over fact as all_least,
            sum(most) over fact as all_most
        from part
        window fact as (partition by area_id, recorded_month, profile_id)
    )
    select
        submission_id,
        area_id::integer as area_id,
        ((year(recorded_month) - 1900) * 12 + month(recorded_month) - 1)::integer as month_number,
        place_precision,
        sum(case when sure = 1 or all_least < 0 then least else 0 end)::double as incident_count_low,
        sum(case when sure = 1 or all_most > 0 then most else 0 end)::double as incident_count_high
    from weighed
    group by submission_id, area_id, recorded_month, place_precision
"""
SENDERS_SQL = """
    select
        submission_id,
        submission.supplier_id,
        coalesce(supplier.supplier_name, submission.supplier_id) as supplier_name
    from submission
    left join supplier on supplier.supplier_id = submission.supplier_id
"""
TOUCHED_SQL = "select distinct child_code from area_link where parent_level = $level"


def unplaced(store: Store, selection: Selection) -> Answer:
    """The incidents that stand at no area of the selection's level, by supplier and by what is known of the place.

    Rows by the supplier's name, most first: supplier_id, supplier_name, place_precision (a grade of the code
    list), is_elsewhere (the place is known, and lies where the level's layer has no area: not a fault),
    incident_count_low, incident_count_high (incidents). They add up to the row `not-placed` of `harm` by area:
    only months that came whole are counted. Raises what `harm` raises.
    """
    question = question_of(store, selection)
    areas = areas_asked(question)
    found = _found(store, question, areas)
    found["is_elsewhere"] = _is_elsewhere(store, question, found)
    found = found.merge(
        store.query("senders", SENDERS_SQL, build_id=question.facts.build_id), on="submission_id"
    )
    frame = found.groupby([*KEYS], as_index=False)[[*COUNTS]].sum()
    frame = frame[(frame[[*COUNTS]] != 0).any(axis=1)]
    order = ["supplier_name", "supplier_id", COUNTS[1], "place_precision", "is_elsewhere"]
    frame = frame.sort_values(order, ascending=[True, True, False, True, True])
    frame = frame.astype(dict.fromkeys(COUNTS, "Int64")).reset_index(drop=True)
    return Answer(frame[[*KEYS, *COUNTS]], question_stamp(question, harm_notes(store, question)))


def _found(store: Store, question: Question, areas: pd.DataFrame) -> pd.DataFrame:
    """Incidents by submission, area_id, month and grade: those not placed, of the months that are counted."""
    known_of = _known_of(store, question.facts, question.selection.level)
    at = row_of_areas(question, areas)[known_of.clip(min=0)]
    missing = np.flatnonzero(at == len(areas))
    bound = question.params()
    asked = {
        "areas": missing.tolist(),
        "feed_id": question.feed_id,
        "from_day": month_of(bound["from_month"]),
        "to_day": month_of(bound["to_month"]),
    }
    if question.selection.area_code is not None:
        asked["area_code"] = question.selection.area_code
    decided = decided_profiles(
        store, question.facts, question.counted, question.edition, narrowed=question.narrowed
    )
    sql = SQL.format(scope=question.scope_sql.replace("fact.", "incident."))
    tables = {"decided": decided[["profile_id", "sure"]]}
    batches = store.batches("unplaced", sql, asked, build_id=question.facts.build_id, tables=tables)
    parts = [batch.to_pandas() for batch in batches]
    found = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=_FOUND)
    return found[_is_counted(question, areas_came(question, areas), found, known_of)].copy()


_FOUND = ["submission_id", "area_id", "month_number", "place_precision", *COUNTS]


def _is_counted(question: Question, came: AreasCame, found: pd.DataFrame, known_of: Ids) -> Flags:
    """Which rows stand in a total: those of a month that came whole, as the measure of harm has it."""
    spot = known_of[found["area_id"].to_numpy(dtype="int64")]
    first = month_number(question.asked[0].start)
    period_at = (found["month_number"].to_numpy(dtype="int64") - first) // question.width
    last = np.full(len(found), len(came.whole) - 1)
    return came.counted(last, np.where(spot > 0, 0, -spot), period_at, partial_too=False)


@lru_cache(maxsize=16)
def _known_of(store: Store, facts: BuildFacts, level: str) -> Ids:
    """By area_id the area of the level it lies in; where it lies in none, its own number, negative."""
    numbers = np.arange(max([0, *facts.areas["area_id"]]) + 1)
    if level == LEVELS[-1]:
        finest = finest_areas(facts)
        return np.asarray(np.where(finest > 0, finest, -numbers), dtype="int64")
    sql = "select area_id, ancestor_id from area_level where level = $level"
    found = store.query("areas of a level", sql, {"level": level}, build_id=facts.build_id)
    known = -numbers
    known[found["area_id"].to_numpy()] = found["ancestor_id"].to_numpy()
    return known


def _is_elsewhere(store: Store, question: Question, found: pd.DataFrame) -> Flags:
    """Which rows have a place that is known, and lies in no area of the layer in view."""
    level, facts = question.selection.level, question.facts
    if not is_layer(level):
        return np.zeros(len(found), dtype=bool)
    own = facts.areas.set_index("area_id")[["in_lsoa", f"in_{level}"]]
    own = own.reindex(found["area_id"].to_numpy(dtype="int64"))
    touched = store.query("small areas of a layer", TOUCHED_SQL, {"level": level}, build_id=facts.build_id)
    by_point = found["place_precision"].isin(POINTS).to_numpy()
    is_untouched = ~own["in_lsoa"].isin(touched["child_code"]).to_numpy()
    has_none = own["in_lsoa"].notna().to_numpy() & own[f"in_{level}"].isna().to_numpy()
    return np.asarray(has_none & (by_point | is_untouched), dtype=bool)
