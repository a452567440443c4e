"""Which offences a definition takes in: in, out or cannot tell, with the harm of what is in."""

from typing import Literal, NamedTuple

import pandas as pd

from vrin_data.contract.definition_model import Definition
from vrin_data.contract.offences import UNMAPPED, Offence, Pair, offences
from vrin_data.contract.weights import Edition, Weight

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
    members = definition.pairs()
    threshold = definition.harm.at_least_days if definition.harm else None
    decided = [_decide(offence, members, threshold, edition) for offence in offences().all]
    frame = pd.DataFrame.from_records(decided, columns=list(_Decision._fields))
    return frame.astype({name: "Float64" for name in frame.columns if name.startswith("days_")})


def membership(offence: Offence, pairs: frozenset[Pair]) -> Verdict:
    """In where all possibilities are among the pairs, out where none is, otherwise cannot tell."""
    if offence.mapping_status == "not_crime" or offence.possibilities.isdisjoint(pairs):
        return "out"
    return "in" if offence.possibilities <= pairs else "cannot_tell"


def threshold_met(days: list[float], threshold: float | None) -> Verdict:
    """Whether rows' days reach a threshold; without any row it cannot be told."""
    if threshold is None:
        return "in"
    if not days:
        return "cannot_tell"
    if min(days) >= threshold:
        return "in"
    return "out" if max(days) < threshold else "cannot_tell"


def both(first: Verdict, second: Verdict) -> Verdict:
    """Three-valued and."""
    if "out" in (first, second):
        return "out"
    return "in" if first == second == "in" else "cannot_tell"


def _decide(
    offence: Offence, members: frozenset[Pair], threshold: float | None, edition: Edition
) -> _Decision:
    weight = edition.weight(offence.offence_key)
    member = membership(offence, members)
    if member == "out":
        return _Decision(
            offence.offence_id, offence.offence_key, "out", None, None, None, weight.basis, False
        )
    days = _member_days(offence, members, edition)
    verdict = both(member, threshold_met(days, threshold))
    counted = [each for each in days if threshold is None or each >= threshold]
    central = _central(weight, counted)
    return _Decision(
        offence_id=offence.offence_id,
        offence_key=offence.offence_key,
        is_in=verdict,
        days_low=min(counted, default=None),
        days_central=central,
        days_high=max(counted, default=None),
        basis=weight.basis,
        in_central=verdict == "in" or (member == "in" and threshold is not None and central is not None),
    )


def _member_days(offence: Offence, members: frozenset[Pair], edition: Edition) -> list[float]:
    """Days of every row of the possibilities that are in; none for an offence nobody could map."""
    if offence.offence_key == UNMAPPED:
        return []
    return [row.days for pair in offence.possibilities & members for row in edition.of_pair[pair]]


def _central(weight: Weight, counted: list[float]) -> float | None:
    """The chosen days where they are among those counted: a choice for another offence is none here."""
    return weight.days_central if weight.days_central in counted else None
