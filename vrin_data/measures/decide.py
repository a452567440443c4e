"""A definition on a build: which profiles are in, out, or cannot be told, and what they weigh.

A definition is decided once per profile and never per incident. Offences are decided from the
reference tables; weapon, place, flags and ages by the condition made here, whose values are bound
and whose fragments come from a closed list. A blank makes the condition NULL: cannot tell.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from vrin_data.contract.definitions import Definition, decide_offences
from vrin_data.contract.tables import PROFILE_CODES
from vrin_data.contract.weights import Edition

FILTER_SQL = {
    name: f"case when {name} = 'not_recorded' then null else list_contains(${name}, {name}) end"
    for name in PROFILE_CODES
    if name not in ("mapping_status", "status", "victim_sex")
}
# A crime whose status is not recorded stands, as police counts have it.
FILTER_SQL["status"] = "status = 'not_recorded' or list_contains($status, status)"

AGE_SQL = {
    whose: f"case when {whose}_age_band = 0 then null else {whose}_age_band between $first_band and $last_band end"
    for whose in ("victim", "suspect")
}
AGE_SQL["either"] = f"({AGE_SQL['victim']}) or ({AGE_SQL['suspect']})"

DECIDED_SQL = """
    decision as (
        select
            unnest($offence_id::integer[]) as offence_id,
            unnest($is_sure::boolean[]) as is_sure,
            unnest($is_central::boolean[]) as is_central,
            unnest($days_low::double[]) as days_low,
            unnest($days_central::double[]) as days_central,
            unnest($days_high::double[]) as days_high
    ),
    judged as (
        select profile_id, decision.*, ({condition}) as fits
        from profile
        join decision using (offence_id)
    ),
    told as (
        select
            profile_id,
            offence_id,
            (is_sure and coalesce(fits, false))::integer as sure,
            (is_central and coalesce(fits, false))::integer as central,
            days_low,
            days_central,
            days_high
        from judged
        where coalesce(fits, true)
    ),
    decided as materialized (
        select
            *,
            coalesce(sure * days_low, 0) as low_each,
            coalesce(central * days_central, 0) as central_each,
            coalesce(days_high, 0) as high_each,
            (days_high is null)::integer as is_unweighted,
            (central = 1 and days_central is null and days_low is not null)::integer as lacks_central
        from told
    )
"""


@dataclass(frozen=True)
class Decision:
    """The common table expressions that end in `decided`, with the values they bind."""

    sql: str
    params: dict[str, Any]
    offences: pd.DataFrame


def decide(definition: Definition, edition: Edition, offence_ids: dict[str, int]) -> Decision:
    """How a definition decides the profiles of a build whose offences have these numbers.

    `decided` has one row per profile that is in or may be: sure and central as 0 or 1, the days of
    its weights (NULL where the edition has none), and what one incident adds to each sum: low_each,
    central_each, high_each (days), is_unweighted and lacks_central (incidents).
    """
    table = decide_offences(definition, edition)
    table = table[table["offence_key"].isin(offence_ids) & (table["is_in"] != "out")]
    params: dict[str, Any] = {
        "offence_id": [offence_ids[key] for key in table["offence_key"]],
        "is_sure": [word == "in" for word in table["is_in"]],
        "is_central": [bool(flag) for flag in table["in_central"]],
    }
    for name in ("days_low", "days_central", "days_high"):
        params[name] = [None if pd.isna(days) else float(days) for days in table[name]]
    condition, bound = _condition(definition)
    return Decision(DECIDED_SQL.format(condition=condition), params | bound, table)


def _condition(definition: Definition) -> tuple[str, dict[str, Any]]:
    parts: list[str] = []
    bound: dict[str, Any] = {}
    for name, wanted in definition.filters.active().items():
        parts.append(f"({FILTER_SQL[name]})")
        bound[name] = list(wanted)
    if definition.age is not None:
        parts.append(f"({AGE_SQL[definition.age.whose]})")
        bound["first_band"], bound["last_band"] = definition.age.bands()
    return " and ".join(parts) or "true", bound
