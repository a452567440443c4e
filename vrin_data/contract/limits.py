"""What agreements allow of a feed's figures: the protection reads these and nothing else of an agreement."""

from collections.abc import Iterable
from dataclasses import dataclass

from vrin_data.contract.agreement_checks import AUDIENCES
from vrin_data.contract.agreements import Agreement
from vrin_data.contract.codes import LEVELS


@dataclass(frozen=True)
class Limits:
    """The narrowest of what several agreements allow.

    Figures may be shown to `audiences`, for areas of `permitted_level` and coarser, in counts of 0 or at
    least `smallest_cell`, to the nearest multiple of `rounding`. `agreement_ids` says whose limits they are.
    """

    audiences: frozenset[str]
    smallest_cell: int
    rounding: int
    permitted_level: str
    agreement_ids: tuple[str, ...]


WITHOUT_AGREEMENT = Limits(frozenset({"analyst", "data_lead"}), 1, 1, LEVELS[-1], ())
"""Rows that came in against the rule, by a person's decision, are for those inside alone."""

OPEN_DATA = Limits(frozenset(AUDIENCES), 1, 1, LEVELS[-1], ())
"""What a licence gives to anyone."""


def strictest(agreements: Iterable[Agreement]) -> Limits:
    """The limits that satisfy every one of the agreements; those without agreement where there is none."""
    found = list(agreements)
    if not found:
        return WITHOUT_AGREEMENT
    return Limits(
        audiences=frozenset.intersection(*(frozenset(one.permitted_audiences) for one in found)),
        smallest_cell=max(one.smallest_cell for one in found),
        rounding=max(one.rounding for one in found),
        permitted_level=min((one.permitted_level for one in found), key=LEVELS.index),
        agreement_ids=tuple(sorted(one.agreement_id for one in found)),
    )
