"""Which offences a definition takes in: in, out or cannot tell, with the harm of what is in."""

from functools import lru_cache
from typing import Literal, NamedTuple

import pandas as pd

from vrin_data.contract.definition_model import Definition
from vrin_data.contract.offences import Offence, Pair, offences
from vrin_data.contract.weights import Edition
from vrin_data.contract.worlds import Worlds, worlds

Verdict = Literal["in", "out", "cannot_tell"]


class _Decision(NamedTuple):
    offence_id: int
    offence_key: str
    is_in: Verdict
    days_low: float | None
    days_central: float | None
    days_high: float | None
    basis: str
    in_central: bool


def decide_offences(definition: Definition, edition: Edition) -> pd.DataFrame:
    """Every offence decided under a definition and an edition, in the order of offence_id.

    Columns: offence_id, offence_key, is_in ('in', 'out', 'cannot_tell'), days_low, days_central,
    days_high (Float64), basis, in_central (bool: the one reading in which every doubt but the chosen
    weight is out). Days are those of the rows that are in, so a doubtful offence is bounded by what
    it counts for if it is in, not by all it may be. Weapon, place and other filters are not offences'.
    """
    open_worlds = worlds(definition, edition)
    decided = [_decide(one, open_worlds.get(one.offence_key, ()), edition) for one in offences().all]
    frame = pd.DataFrame.from_records(decided, columns=list(_Decision._fields))
    return frame.astype({name: "Float64" for name in frame.columns if name.startswith("days_")})


@lru_cache(maxsize=64)
def offence_verdicts(definition: Definition, edition: Edition, keys: frozenset[str]) -> dict[str, Verdict]:
    """By offence key, of these, whether a definition takes it in; what is not there is out.

    The verdicts are those of `decide_offences`.
    """
    return {key: _verdict(groups) for key, groups in worlds(definition, edition, keys).items()}


def _verdict(groups: tuple[Worlds, ...]) -> Verdict:
    if not any(one.fit.sure or one.fit.maybe for one in groups):
        return "out"
    return "in" if all(one.fit.sure for one in groups) else "cannot_tell"


def membership(offence: Offence, pairs: frozenset[Pair]) -> Verdict:
    """In where all possibilities are among the pairs, out where none is, otherwise cannot tell."""
    if offence.mapping_status == "not_crime" or offence.possibilities.isdisjoint(pairs):
        return "out"
    return "in" if offence.possibilities <= pairs else "cannot_tell"


def _decide(offence: Offence, groups: tuple[Worlds, ...], edition: Edition) -> _Decision:
    weight = edition.weight(offence.offence_key)
    possible = [one for one in groups if one.fit.sure or one.fit.maybe]
    verdict = _verdict(groups)
    counted = sorted({days for one in possible for days in one.days})
    # A choice for another offence is none here.
    central = weight.days_central if weight.days_central in counted else None
    is_member = bool(possible) and all(one.fit.member for one in groups)
    return _Decision(
        offence_id=offence.offence_id,
        offence_key=offence.offence_key,
        is_in=verdict,
        days_low=min(counted, default=None),
        days_central=central,
        days_high=max(counted, default=None),
        basis=weight.basis,
        in_central=verdict == "in" or (is_member and central is not None),
    )
