"""A definition on a build: which profiles are in, out, or cannot be told, and what they weigh.

A definition is decided once per profile and never per incident. Offences are decided from the
reference tables, as worlds; weapon, place, flags and ages by the conditions made here, whose values
are bound and whose fragments come from a closed list. A blank makes a condition NULL: cannot tell.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from vrin_data.contract.ages import spans_told
from vrin_data.contract.definition_clauses import AgeClause, Filters, leaves_out, values_named
from vrin_data.contract.definitions import Definition
from vrin_data.contract.feeds import feeds
from vrin_data.contract.weights import Edition
from vrin_data.contract.worlds import Fit, Worlds, worlds

FILTER_SQL = {
    name: f"case when {name} = 'not_recorded' then null else list_contains(${{bound}}, {name}) end"
    for name in Filters.model_fields
}
# A crime whose status is not recorded stands, as police counts have it.
FILTER_SQL["status"] = (
    "list_contains(${bound}, case when status = 'not_recorded' then 'live' else status end)"
)
LEFT_OUT_SQL = {name: f"not list_contains(${{bound}}, {name})" for name in Filters.model_fields}
LEFT_OUT_SQL["status"] = f"not {FILTER_SQL['status']}"

# Spans of age bands stand in a number as bits, which is four times as quick to look up as a list of them.
AGE_SQL = {
    whose: (
        f"case when (${{inside}}::ubigint >> {whose}_age_band::ubigint) & 1 = 1 then true "
        f"when (${{outside}}::ubigint >> {whose}_age_band::ubigint) & 1 = 1 then false end"
    )
    for whose in ("victim", "suspect")
}
AGE_SQL["either"] = f"({AGE_SQL['victim']}) or ({AGE_SQL['suspect']})"
AGE_SQL["all"] = f"({AGE_SQL['victim']}) and ({AGE_SQL['suspect']})"

# What a definition makes of those that cannot be told.
UNKNOWN_SQL = {
    "range": "sure, central, possible",
    "in": "possible as sure, possible as central, possible",
    "out": "sure, sure as central, sure as possible",
}

# `met` has a bit for each part whose conditions hold, `open` for each whose conditions may hold. A world
# is in where a part holds whose offences and threshold it meets. Most offences have one group of worlds,
# so only the others are grouped.
DECIDED_SQL = """
    world as (
        select
            unnest($offence_id::integer[]) as offence_id,
            unnest($is_alone::boolean[]) as is_alone,
            unnest($fit_sure::integer[]) as fit_sure,
            unnest($fit_open::integer[]) as fit_open,
            unnest($fit_member::integer[]) as fit_member,
            unnest($days_low::double[]) as days_low,
            unnest($days_central::double[]) as days_central,
            unnest($days_high::double[]) as days_high
    ),
    judged as (
        select profile_id, offence_id, {met} as met, {open} as open
        from profile
        where offence_id in (select offence_id from world)
    ),
    each_world as (
        select
            profile_id,
            is_alone,
            (fit_sure & met) <> 0 as sure,
            (fit_open & open) <> 0 as possible,
            (fit_member & met) <> 0 as member,
            days_low,
            days_central,
            days_high
        from judged
        join world using (offence_id)
    ),
    told as (
        select profile_id, sure, sure as central, possible, days_low, days_central, days_high
        from each_world
        where is_alone
        union all
        select
            profile_id,
            bool_and(sure) as sure,
            bool_and(sure) or (bool_and(member) and bool_or(sure and days_central is not null)) as central,
            bool_or(possible) as possible,
            min(days_low) filter (possible) as days_low,
            max(days_central) filter (possible) as days_central,
            max(days_high) filter (possible) as days_high
        from each_world
        where not is_alone
        group by profile_id
    ),
    settled as (
        select profile_id, {unknown}, days_low, days_central, days_high
        from told
    ),
    decided as materialized (
        select
            profile_id,
            sure::integer as sure,
            central::integer as central,
            days_low,
            days_central,
            days_high,
            coalesce(sure::integer * days_low, 0) as low_each,
            coalesce(central::integer * days_central, 0) as central_each,
            coalesce(days_high, 0) as high_each,
            (days_high is null)::integer as is_unweighted,
            (central and days_central is null and days_low is not null)::integer as lacks_central
        from settled
        where possible
    )
"""


@dataclass(frozen=True)
class Decision:
    """The common table expressions that end in `decided`, with the values they bind."""

    sql: str
    params: dict[str, Any]


def decide(
    definition: Definition, edition: Edition, offence_ids: dict[str, int], *, narrowed: Filters | None = None
) -> Decision:
    """How a definition decides the profiles of a build whose offences have these numbers.

    `decided` has one row per profile that is in or may be: sure and central as 0 or 1, the days of
    its weights (NULL where the edition has none), and what one incident adds to each sum: low_each,
    central_each, high_each (days), is_unweighted and lacks_central (incidents). `narrowed` are filters
    on top of the definition's own, such as those of a series.
    """
    found = _crimes(definition, edition, offence_ids)
    if not definition.counts_crimes:
        found = _injuries(definition, offence_ids)
    bound = _world_params(found, edition)
    met, open_ = condition_bits(definition, narrowed or Filters(), bound)
    return Decision(DECIDED_SQL.format(met=met, open=open_, unknown=UNKNOWN_SQL[definition.unknown]), bound)


def condition_bits(definition: Definition, narrowed: Filters, bound: dict[str, Any]) -> tuple[str, str]:
    """Two integers with a bit for each part whose filters and ages hold, and for each whose may hold.

    The values are bound in `bound`, beside what is there.
    """
    parts = _Conditions(bound)
    shared = [*parts.filters(definition.filters), *parts.ages(definition.ages)]
    shared += parts.filters(narrowed)
    each = [
        " and ".join([*shared, *parts.filters(one.filters), *parts.ages(one.ages)]) or "true"
        for one in definition.all_parts()
    ]
    return _bits(each, when_blank="false"), _bits(each, when_blank="true")


def _bits(conditions: Sequence[str], *, when_blank: str) -> str:
    """One integer with a bit for each condition."""
    return " | ".join(
        f"(coalesce({condition}, {when_blank})::integer << {number})"
        for number, condition in enumerate(conditions)
    )


@dataclass(frozen=True)
class _Conditions:
    """Conditions on a profile, their values bound under names of their own."""

    bound: dict[str, Any]

    def filters(self, wanted: Filters) -> list[str]:
        found = []
        for name, values in wanted.active().items():
            sql = LEFT_OUT_SQL[name] if leaves_out(values) else FILTER_SQL[name]
            found.append(f"({sql.format(bound=self._bind(name, values_named(values)))})")
        return found

    def ages(self, wanted: Iterable[AgeClause]) -> list[str]:
        found = []
        for one in wanted:
            told = spans_told(*one.bands())
            inside, outside = (self._bind("spans", sum(1 << span for span in spans)) for spans in told)
            found.append(f"({AGE_SQL[one.whose].format(inside=inside, outside=outside)})")
        return found

    def _bind(self, what: str, value: Any) -> str:
        name = f"{what}_{len(self.bound)}"
        self.bound[name] = value
        return name


def _crimes(
    definition: Definition, edition: Edition, offence_ids: dict[str, int]
) -> list[tuple[str, int, tuple[Worlds, ...]]]:
    open_worlds = worlds(definition, edition, frozenset(offence_ids))
    return [
        (key, number, groups)
        for key, number in offence_ids.items()
        if (groups := open_worlds.get(key, ())) and any(one.fit.sure or one.fit.maybe for one in groups)
    ]


def _injuries(
    definition: Definition, offence_ids: dict[str, int]
) -> list[tuple[str, int, tuple[Worlds, ...]]]:
    """What a hospital coded, by the feeds of the definition's unit; nothing of it has a weight."""
    grain = {one.id for one in feeds().values() if one.grain == definition.unit}
    found: list[tuple[str, int, tuple[Worlds, ...]]] = []
    for key, number in offence_ids.items():
        feed_id, _, code = key.partition(":")
        fit = injury_fit(definition, code) if feed_id in grain else Fit()
        if fit != Fit():
            found.append((key, number, (Worlds(fit, ()),)))
    return found


def injury_fit(definition: Definition, code: str) -> Fit:
    """Which parts of a definition what a hospital coded meets, or may meet where it coded nothing."""
    sure = maybe = 0
    for number, part in enumerate(definition.all_parts()):
        told = part.include.matches_icd10(code)
        if part.within is not None:
            told = _both(told, part.within.matches_icd10(code))
        for left_out in (part.exclude, definition.exclude):
            if left_out.names_injuries:
                told = _both(told, _opposite(left_out.matches_icd10(code)))
        sure |= (told is True) << number
        maybe |= (told is None) << number
    return Fit(sure, maybe, sure | maybe)


def _both(first: bool | None, second: bool | None) -> bool | None:
    if first is False or second is False:
        return False
    return None if first is None or second is None else True


def _opposite(told: bool | None) -> bool | None:
    return None if told is None else not told


def _world_params(found: list[tuple[str, int, tuple[Worlds, ...]]], edition: Edition) -> dict[str, Any]:
    """The columns of `world`, a row for each group of worlds of each offence."""
    rows = []
    for key, number, groups in found:
        chosen = edition.weight(key).days_central if any(one.days for one in groups) else None
        for one in groups:
            central = chosen if chosen in one.days else None
            low, high = (one.days[0], one.days[-1]) if one.days else (None, None)
            fit = one.fit
            rows.append(
                (number, len(groups) == 1, fit.sure, fit.sure | fit.maybe, fit.member, low, central, high)
            )
    names = (
        "offence_id",
        "is_alone",
        "fit_sure",
        "fit_open",
        "fit_member",
        "days_low",
        "days_central",
        "days_high",
    )
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}
