"""Which profiles of a build a definition counts, and what one incident of each adds: asked once and kept."""

from functools import lru_cache

import pandas as pd

from vrin_data.contract.definition_clauses import Filters
from vrin_data.contract.definitions import Definition
from vrin_data.contract.weights import Edition
from vrin_data.measures.build_facts import BuildFacts
from vrin_data.measures.decide import decide
from vrin_data.store import Store

DECIDED_SQL = """
    with {decided}
    select
        profile_id,
        sure::tinyint as sure,
        central::tinyint as central,
        low_each,
        central_each,
        high_each,
        is_unweighted::tinyint as is_unweighted,
        lacks_central::tinyint as lacks_central,
        coalesce(sure = 1 and days_low < days_high, false)::tinyint as is_ranged
    from decided
    order by profile_id
"""


def decided_profiles(
    store: Store,
    facts: BuildFacts,
    definition: Definition,
    edition: Edition,
    *,
    narrowed: Filters | None = None,
) -> pd.DataFrame:
    """The profiles of a build that are in a definition or may be; not to be changed, since it is kept.

    One row per profile: profile_id, sure, central (0 or 1), low_each, central_each, high_each (days of
    one incident), is_unweighted, lacks_central, is_ranged (1 where it is in and several weights are
    possible). A profile that is not there is out.
    """
    return _decided(store, facts, definition, edition, narrowed or Filters())


# Drafts are decided at every stroke of the editor, so the number kept is small: 900,000 profiles are 30 MB.
@lru_cache(maxsize=24)
def _decided(
    store: Store, facts: BuildFacts, definition: Definition, edition: Edition, narrowed: Filters
) -> pd.DataFrame:
    decision = decide(definition, edition, facts.offences, narrowed=narrowed)
    sql = DECIDED_SQL.format(decided=decision.sql)
    return store.query("profiles decided", sql, decision.params, build_id=facts.build_id)
