"""What must be said beside a harm figure: unmapped and unweighted offences, unplaced incidents, doubt."""

import pandas as pd

from vrin_data.contract.codes import CODE_LISTS
from vrin_data.contract.offences import offences
from vrin_data.measures.build_facts import population_of_level
from vrin_data.measures.question import Question
from vrin_data.store import Store

NOTES_SQL = """
    with {decided}
    select
        profile.offence_id,
        sum(fact.incident_count)::bigint as counted,
        coalesce(sum(fact.incident_count) filter (decided.days_high is null), 0)::bigint as unweighted,
        coalesce(sum(fact.incident_count) filter (at_level.ancestor_id is null), 0)::bigint as unplaced,
        coalesce(sum(fact.incident_count) filter (decided.sure = 0), 0)::bigint as doubtful,
        coalesce(sum(fact.incident_count * decided.days_high) filter (decided.days_low < decided.days_high), 0)
            as ranged_days,
        coalesce(sum(fact.incident_count * decided.days_high), 0) as all_days
    from fact
    join decided using (profile_id)
    join profile using (profile_id)
    left join area_level as at_level on at_level.area_id = fact.area_id and at_level.level = $level
    where {feed} and month_number between $from_month and $to_month {scope}
    group by profile.offence_id
    order by profile.offence_id
"""
LEFT_OUT_SQL = """
    select
        coalesce(sum(incident_count) filter (mapping_status = 'not_crime'), 0)::bigint as not_crime,
        coalesce(
            sum(incident_count) filter (mapping_status <> 'not_crime' and status in ('cancelled', 'transferred')), 0
        )::bigint as not_live
    from fact
    join profile using (profile_id)
    where {feed} and month_number between $from_month and $to_month {scope}
"""
UNCERTAIN_SQL = """
    with {decided}
    select
        coalesce(sum(further_count), 0)::bigint as further,
        coalesce(-sum(incident_count) filter (incident_count < 0), 0)::bigint as taken_back
    from fact
    join decided using (profile_id)
    where {feed} and month_number between $from_month and $to_month {scope}
"""
SHOWN_OFFENCES = 8


def harm_notes(store: Store, question: Question) -> tuple[str, ...]:
    """Notes for the stamp of a harm answer, from the same rows as its figures."""
    params = question.params() | {"level": question.selection.level}
    sql = NOTES_SQL.format(decided=question.decision.sql, feed=question.feed_sql, scope=question.scope_sql)
    found = store.query("notes of harm", sql, params, build_id=question.facts.build_id)
    keys = {number: key for key, number in question.facts.offences.items()}
    notes = _doubt_notes(found)
    if question.known.definition.counts_crimes:
        notes = _weight_notes(found, keys) + notes
    unplaced = int(found["unplaced"].sum())
    if unplaced and "area" in question.selection.by:
        words = CODE_LISTS["level"][question.selection.level]
        notes.append(
            f"{unplaced:,} incidents could not be placed in a {words} and stand in a row of their own"
        )
    return (
        *notes,
        *_uncertain_notes(store, question),
        *(_left_out_notes(store, question) if question.known.definition.counts_crimes else ()),
        *_population_note(question),
    )


def _uncertain_notes(store: Store, question: Question) -> tuple[str, ...]:
    """What suppressed counts may hide, and what corrections take back; asked where the feed has either."""
    if not question.is_uncertain:
        return ()
    sql = UNCERTAIN_SQL.format(
        decided=question.decision.sql, feed=question.feed_sql, scope=question.scope_sql
    )
    found = store.query("uncertain counts", sql, question.params(), build_id=question.facts.build_id).iloc[0]
    words = {
        "further": "there may be up to {:,} more incidents, where the supplier suppressed small counts",
        "taken_back": "corrections take back {:,} incidents, so a count can be less than zero",
    }
    return tuple(text.format(int(found[name])) for name, text in words.items() if int(found[name]))


def _left_out_notes(store: Store, question: Question) -> tuple[str, ...]:
    """Incidents of the feed that no definition counts: no recorded crimes, cancelled and transferred ones."""
    sql = LEFT_OUT_SQL.format(feed=question.feed_sql, scope=question.scope_sql)
    bound = question.params(with_decision=False)
    found = store.query("incidents left out", sql, bound, build_id=question.facts.build_id).iloc[0]
    words = {
        "not_crime": "incidents of this feed are not recorded crimes (such as anti-social behaviour)",
        "not_live": "crimes were cancelled or transferred",
    }
    return tuple(
        f"{int(found[name]):,} {what} and are not counted" for name, what in words.items() if int(found[name])
    )


def _weight_notes(found: pd.DataFrame, keys: dict[int, str]) -> list[str]:
    by_key = {keys[int(row.offence_id)]: row for row in found.itertuples(index=False)}
    notes: list[str] = []
    unmapped = by_key.pop("unmapped", None)
    if unmapped is not None:
        notes.append(
            f"{int(unmapped.counted):,} incidents have an offence code that is not known (unmapped): "
            "counted where the definition may include them, and without harm"
        )
    bare = {key: int(row.unweighted) for key, row in by_key.items() if row.unweighted}
    if bare:
        ranked = sorted(bare.items(), key=lambda item: -item[1])
        shown = ", ".join(f"{_label(key)} ({count:,})" for key, count in ranked[:SHOWN_OFFENCES])
        more = f" and {len(ranked) - SHOWN_OFFENCES} more offences" if len(ranked) > SHOWN_OFFENCES else ""
        notes.append(
            f"{sum(bare.values()):,} incidents are of offences that this edition does not weigh, "
            f"so the harm leaves them out: {shown}{more}"
        )
    return notes


def _doubt_notes(found: pd.DataFrame) -> list[str]:
    notes: list[str] = []
    doubtful, counted = int(found["doubtful"].sum()), int(found["counted"].sum())
    if doubtful:
        notes.append(
            f"for {doubtful:,} of {counted:,} incidents the extract does not say enough to tell whether "
            "the definition includes them: they make the difference between low and high"
        )
    if len(found) and found["all_days"].sum() > 0:
        share = found["ranged_days"].sum() / found["all_days"].sum()
        notes.append(
            f"{share:.0%} of the highest reading of the harm comes from offences of which several weights may apply"
        )
    return notes


def _population_note(question: Question) -> tuple[str, ...]:
    _, year = population_of_level(question.facts, question.selection.level)
    return (f"rates use the residents of {year}",) if year is not None else ()


def _label(key: str) -> str:
    offence = offences().by_key.get(key)
    label = offence.label if offence else key
    return f"{key.strip('|').replace('|', ' ')} {label}".strip()
