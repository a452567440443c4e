"""What a build holds of a feed, in the shape in which the second validator tells it, and where the two differ."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from tests.second.files import Made
from tests.second.meaning import CODES
from tests.second.sheet import Said, declared_period
from tests.second.tables import read_table
from tests.second.validator import Judged, delivery_month, grouped, judge
from tests.second.words import feed_tomls
from vrin_data.store import Store

_INCIDENTS = f"""
    select
        incident_id, source_line as line, supplier_id as supplier, recorded_month as month, record_key as key,
        recorded_at, event_start_at, event_end_at, recorded_precision, event_precision, offence_key,
        mapping_status, offence_raw, offence_text, place_text, given_area_code as given_area,
        signed_quantity as low, signed_quantity_high as high, row_version as version, gravity_count as gravity,
        {", ".join(f"profile.{name}" for name in CODES if name not in ("suspect_sex", "row_state"))},
        victim_age_band, suspect_age_band, profile.recorded_lag
    from incident
    join submission using (submission_id)
    join profile using (profile_id)
    join offence using (offence_id)
    where feed_id = $feed and starts_with(file_name, $file)
    order by incident_id
"""
_PERSONS = """
    select incident_id, role, coalesce(age_years, age_low_years) as low, coalesce(age_years, age_high_years) as high,
        sex, ethnicity_raw as ethnicity
    from person
"""
_OUTCOMES = "select incident_id, source_line, outcome_raw from outcome"
_REJECTED = "select distinct line_number, rule from rejected_row where feed_id = $feed"
_WARNED = """
    select rule, column_name, raw_value, sum(row_count)::bigint as row_count
    from intake_warning
    join submission using (submission_id)
    where feed_id = $feed
    group by all
"""
NOT_COMPARED = ("incident_id", "suspect_sex", "outcome")


def differences(
    store: Store, made: Made, *, received_day: date, sea: tuple[tuple[float, float], ...]
) -> list[str]:
    """Where the build and the second validator disagree about a file, in words; none where they agree."""
    feed = feed_tomls()[made.feed_id]
    table = read_table(made.content, feed)
    judged = judged_of(made, received_day=received_day, sea=sea)
    cells = {line: dict(zip(table.headings, row, strict=True)) for line, row in table.rows}
    found = [*_rejected_apart(store, judged, made.feed_id), *_kept_apart(store, judged, feed, made.name)]
    shown = [f"{words}\n      {cells.get(line, {})}" for line, words in found]
    return shown + _warned_apart(store, judged, made.feed_id)


def judged_of(made: Made, *, received_day: date, sea: tuple[tuple[float, float], ...]) -> Judged:
    """What the second validator says of a file."""
    feed = feed_tomls()[made.feed_id]
    table = read_table(made.content, feed)
    judged = judge(feed, table, Said(received_day, made.sender, sea))
    if feed["mode"] == "net_change":
        month = delivery_month(declared_period(feed, table), judged.kept, received_day)
        judged.kept = [{**row, "month": row["month"] or month} for row in judged.kept]
    return judged


def rows_of(store: Store, sql: str, feed_id: str | None = None) -> list[tuple[Any, ...]]:
    """The answer of a question as tuples, blanks as None."""
    frame = store.query("second validator", sql, {"feed": feed_id} if feed_id else None)
    plain = frame.astype(object).where(frame.notna(), None)
    return [tuple(row) for row in plain.itertuples(index=False)]


def incidents_of(store: Store, feed_id: str, file_name: str) -> list[dict[str, Any]]:
    """Every incident of a feed with its persons and outcomes, without any number that the store gave."""
    frame = store.query("second validator", _INCIDENTS, {"feed": feed_id, "file": file_name})
    plain = frame.astype(object).where(frame.notna(), None).to_dict("records")
    persons, outcomes = defaultdict(list), defaultdict(list)
    for incident_id, role, low, high, sex, ethnicity in rows_of(store, _PERSONS):
        persons[incident_id].append((role, low, high, sex, _flat(ethnicity) if ethnicity else None))
    for incident_id, line, raw in rows_of(store, _OUTCOMES):
        outcomes[incident_id].append((line, _flat(raw)))
    return [
        {
            **{name: _plain(value) for name, value in one.items() if name != "incident_id"},
            "persons": tuple(persons[one["incident_id"]]),
            "outcomes": tuple(sorted(outcomes[one["incident_id"]])),
        }
        for one in plain
    ]


def _kept_apart(store: Store, judged: Judged, feed: Mapping[str, Any], name: str) -> list[tuple[int, str]]:
    wanted = _with_outcomes(dict(feed), judged.kept)
    there: Counter[int] = Counter()
    found = []
    for one in incidents_of(store, feed["id"], name):
        line = one["line"]
        there[line] += 1
        own = wanted.get(line)
        if own is None:
            found.append((line, f"line {line}: kept in the build, not by the second validator"))
            continue
        apart = [name for name in own if not _is_alike(own[name], one[name], name, own)]
        found += [
            (line, f"line {line}: {name} is {one[name]!r} in the build, {own[name]!r} here") for name in apart
        ]
    found += [(line, f"line {line}: no incident in the build") for line in wanted if not there[line]]
    return found + [(line, f"line {line}: {count} incidents") for line, count in there.items() if count > 1]


def _with_outcomes(feed: dict[str, Any], kept: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """The incidents by line, each with the outcome lines of all its rows."""
    outcomes = defaultdict(list)
    is_one = feed.get("repeated_key") == "one_incident" and feed["mode"] != "net_change"
    incidents = {one["line"]: one for one in grouped(feed, kept)}
    by_key = {
        (one["supplier"], one["month"], one["key"]): line for line, one in incidents.items() if one["key"]
    }
    for row in kept:
        at = by_key.get((row["supplier"], row["month"], row["key"]), row["line"]) if is_one else row["line"]
        if row["outcome"] is not None:
            outcomes[at].append((row["line"], _flat(row["outcome"])))
    return {
        line: {
            **{name: _plain(value) for name, value in one.items() if name not in NOT_COMPARED},
            "outcomes": tuple(sorted(outcomes[line])),
        }
        for line, one in incidents.items()
    }


def _is_alike(own: Any, built: Any, name: str, row: dict[str, Any]) -> bool:
    if name == "mapping_status" and own is None:
        return True
    # How exact the period of a row without a day is, its feed says and not the row.
    return own == built or (name == "recorded_precision" and row["recorded_at"] is None)


def _rejected_apart(store: Store, judged: Judged, feed_id: str) -> list[tuple[int, str]]:
    built: dict[int, set[str]] = defaultdict(set)
    for line, rule in rows_of(store, _REJECTED, feed_id):
        built[line].add(rule)
    lines = sorted({*built, *judged.rejected})
    pairs = [(line, built.get(line, set()), judged.rejected.get(line, set())) for line in lines]
    return [
        (
            line,
            f"line {line}: rejected for {sorted(there) or 'nothing'} in the build, {sorted(here) or 'nothing'} here",
        )
        for line, there, here in pairs
        if there != here
    ]


def _warned_apart(store: Store, judged: Judged, feed_id: str) -> list[str]:
    built = Counter({(rule, name, raw): count for rule, name, raw, count in rows_of(store, _WARNED, feed_id)})
    # A code that is unknown is counted wherever it stands, also where another column tells the offence.
    seen = {*built, *judged.warned}
    exact = [key for key in seen if key[0] != "offence_not_known" or not built[key] or not judged.warned[key]]
    apart = [key for key in exact if built[key] != judged.warned[key]]
    return [
        f"warned of {key}: {built[key]} rows in the build, {judged.warned[key]} here"
        for key in sorted(apart, key=str)
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return _flat(value)
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    return pd.Timestamp(value).to_pydatetime() if type(value) is date else value


def _flat(text: str) -> str:
    """A text on one line: a line break within a cell is a space."""
    return " ".join(text.split())
