"""Where one definition may count an offence that another does not, both looked at in one and the same world.

Two doubts about one incident are no two doubts: what may be an assault with a knife is one under both
definitions, or under neither. So each world is held against the parts of both at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from vrin_data.contract.definition_model import Definition
from vrin_data.contract.definition_within import conditions_within, reaches
from vrin_data.contract.offences import UNMAPPED
from vrin_data.contract.weights import Edition
from vrin_data.contract.worlds import Fit, fit_of, offences_within, terms_of


@dataclass(frozen=True)
class Alone:
    """A part, as a bit, that may count an offence which the other definition does not.

    It does not where the filters and ages of any of `unless`, parts of the other as bits, surely hold.
    """

    part: int
    unless: int


@dataclass(frozen=True)
class Following:
    """What of another definition follows from a part of one, as bits of the other's parts.

    `conditions`: their filters and ages hold wherever those of the part do. `fit`: where the offence
    leaves open whether the two are met, as for want of a weight, whatever meets the part meets them.
    """

    conditions: int
    fit: int


NO_ROW: list[float | None] = [None]


@lru_cache(maxsize=32)
def alone(
    first: Definition, second: Definition, edition: Edition, keys: frozenset[str]
) -> dict[str, frozenset[Alone]]:
    """By offence key, of those given, where the first may count a crime alone; no key where it never does."""
    one, two = terms_of(first), terms_of(second)
    inside = first.pairs()
    followed = followings(first, second)
    told = {}
    for pair in inside:
        rows: list[float | None] = [row.days for row in edition.of_pair[pair]]
        # What nobody could map has no weight, and a pair without a row may weigh anything.
        known, unknown = (
            alone_of(((fit_of(pair, days, one), fit_of(pair, days, two)) for days in every), followed)
            for every in (rows or NO_ROW, NO_ROW)
        )
        told[pair] = {True: unknown, False: known}
    found = {
        offence.offence_key: frozenset().union(
            *(told[pair][offence.offence_key == UNMAPPED] for pair in offence.possibilities & inside)
        )
        for offence in offences_within(inside, keys)
    }
    return {key: every for key, every in found.items() if every}


def alone_of(fits: Iterable[tuple[Fit, Fit]], followed: tuple[Following, ...]) -> frozenset[Alone]:
    """Where worlds that fit two definitions so may be counted by the first alone."""
    found = set()
    for own, other in fits:
        for number, follows in enumerate(followed):
            if (own.sure | own.maybe) >> number & 1:
                unless = other.sure | (other.maybe & follows.fit)
                if not unless & follows.conditions:
                    found.add(Alone(1 << number, unless))
    return frozenset(found)


def followings(first: Definition, second: Definition) -> tuple[Following, ...]:
    """By part of the first what of the second follows from it."""
    others = [*enumerate(second.all_parts())]
    return tuple(
        Following(
            conditions=sum(conditions_within(first, own, second, part) << at for at, part in others),
            fit=sum(_fits_within(first, at_own, second, at) << at for at, _ in others),
        )
        for at_own, own in enumerate(first.all_parts())
    )


def _fits_within(first: Definition, own: int, second: Definition, other: int) -> bool:
    one, two = first.all_parts()[own], second.all_parts()[other]
    if first.counts_crimes:
        return reaches(first.threshold(one), second.threshold(two))
    # Of what a hospital left blank only the same words say the same.
    return (one.include, one.within, one.exclude, first.exclude) == (
        two.include,
        two.within,
        two.exclude,
        second.exclude,
    )
