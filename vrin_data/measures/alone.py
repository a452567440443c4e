"""Which profiles one of two definitions may count alone, both decided on the same worlds and the same blanks."""

from functools import lru_cache
from typing import Any

import numpy as np

from vrin_data.contract.definition_clauses import Filters
from vrin_data.contract.definitions import Definition
from vrin_data.contract.weights import Edition
from vrin_data.contract.worlds_together import Alone, alone, alone_of, followings
from vrin_data.measures.build_facts import BuildFacts
from vrin_data.measures.decide import condition_bits, injury_fit
from vrin_data.measures.profile_facts import profile_facts
from vrin_data.measures.received import Flags
from vrin_data.store import Store

# A part counts a profile alone where its conditions may hold and those of no part that would count it too do.
ALONE_SQL = """
    with doubt as (
        select
            unnest($doubt_offence::integer[]) as offence_id,
            unnest($doubt_is_first::boolean[]) as is_first,
            unnest($doubt_part::integer[]) as part,
            unnest($doubt_unless::integer[]) as unless
    ),
    judged as (
        select
            profile_id,
            offence_id,
            {met_first} as met_first,
            {open_first} as open_first,
            {met_second} as met_second,
            {open_second} as open_second
        from profile
        where offence_id in (select offence_id from doubt)
    )
    select
        profile_id,
        bool_or(is_first and (open_first & part) <> 0 and (met_second & unless) = 0) as is_first_alone,
        bool_or(not is_first and (open_second & part) <> 0 and (met_first & unless) = 0) as is_second_alone
    from judged
    join doubt using (offence_id)
    group by profile_id
"""


def may_count_alone(
    store: Store,
    facts: BuildFacts,
    pair: tuple[Definition, Definition],
    edition: Edition,
    *,
    narrowed: Filters | None = None,
) -> tuple[Flags, Flags]:
    """By profile_id whether the first may count what the second does not, and the other way round.

    A no always holds: in no world, and however blanks would read, does that definition count alone. `narrowed`
    are filters on top of those of both. Where either decides by rule what cannot be told, there is no no.
    """
    if any(one.unknown != "range" for one in pair):
        everything: Flags = np.ones(len(profile_facts(store, facts).offence_of), dtype=bool)
        return everything, everything
    return _alone(store, facts, pair, edition, narrowed or Filters())


@lru_cache(maxsize=8)
def _alone(
    store: Store,
    facts: BuildFacts,
    pair: tuple[Definition, Definition],
    edition: Edition,
    narrowed: Filters,
) -> tuple[Flags, Flags]:
    first, second = pair
    bound = _doubts(first, second, edition, facts)
    met_first, open_first = condition_bits(first, narrowed, bound)
    met_second, open_second = condition_bits(second, narrowed, bound)
    sql = ALONE_SQL.format(
        met_first=met_first, open_first=open_first, met_second=met_second, open_second=open_second
    )
    frame = store.query("profiles counted alone", sql, bound, build_id=facts.build_id)
    size = len(profile_facts(store, facts).offence_of)
    found: tuple[Flags, Flags] = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    for flags, name in zip(found, ("is_first_alone", "is_second_alone"), strict=True):
        flags[frame["profile_id"].to_numpy()] = frame[name].to_numpy(dtype=bool)
    return found


def _doubts(first: Definition, second: Definition, edition: Edition, facts: BuildFacts) -> dict[str, Any]:
    """The columns of `doubt`: by offence the parts of either that may count it alone."""
    rows = [
        (facts.offences[key], is_first, one.part, one.unless)
        for is_first, own, other in ((True, first, second), (False, second, first))
        for key, every in _alone_by_offence(own, other, edition, frozenset(facts.offences)).items()
        for one in every
    ]
    names = ("doubt_offence", "doubt_is_first", "doubt_part", "doubt_unless")
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}


def _alone_by_offence(
    own: Definition, other: Definition, edition: Edition, keys: frozenset[str]
) -> dict[str, frozenset[Alone]]:
    if own.counts_crimes:
        return alone(own, other, edition, keys)
    # Of another grain than the definitions' nothing is in either, whatever its code.
    codes = {key: key.partition(":")[2] for key in keys}
    followed = followings(own, other)
    return {
        key: alone_of([(injury_fit(own, code), injury_fit(other, code))], followed)
        for key, code in codes.items()
    }
