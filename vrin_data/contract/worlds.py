"""What an offence may turn out to be under a definition: its possible pairs and weights, told apart by fit.

An extract that says 8N leaves several offences open, and an offence may have several rows of a weight
edition. Each pair with one of its rows is a world. Worlds that meet the same parts of a definition are
one group, so that a definition is decided on few of them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from vrin_data.contract.definition_model import Definition
from vrin_data.contract.offences import UNMAPPED, Offence, Pair, offences
from vrin_data.contract.weights import Edition


@dataclass(frozen=True)
class Fit:
    """Which parts of a definition a world meets, as bits: part 0 is 1, part 1 is 2, part 2 is 4.

    `sure`: offence and threshold; `maybe`: the offence, and the threshold cannot be told;
    `member`: the offence, whatever the threshold.
    """

    sure: int = 0
    maybe: int = 0
    member: int = 0


@dataclass(frozen=True)
class Worlds:
    """The worlds of one offence that fit alike, with the distinct days of those that have a weight."""

    fit: Fit
    days: tuple[float, ...]


@dataclass(frozen=True)
class Term:
    """What a part asks of a world: its offences and its threshold."""

    bit: int
    members: frozenset[Pair]
    threshold: float | None


@lru_cache(maxsize=64)
def worlds(
    definition: Definition, edition: Edition, keys: frozenset[str] | None = None
) -> dict[str, tuple[Worlds, ...]]:
    """By offence key the groups of worlds, for every offence that some part may take in.

    `keys` narrows them to some offences, such as those of a build, which are few.
    """
    return _worlds(terms_of(definition), edition, keys)


def terms_of(definition: Definition) -> tuple[Term, ...]:
    """What each part of a definition asks of a world."""
    return tuple(
        Term(1 << number, definition.members(part), definition.threshold(part))
        for number, part in enumerate(definition.all_parts())
    )


# Definitions that differ in their filters, ages and words alone, as a draft's versions mostly do, share these.
@lru_cache(maxsize=64)
def _worlds(
    terms: tuple[Term, ...], edition: Edition, keys: frozenset[str] | None
) -> dict[str, tuple[Worlds, ...]]:
    inside = frozenset().union(*(term.members for term in terms))
    asked = offences_within(inside, keys)
    needed = inside & _possible(one for one in asked if one.offence_key != UNMAPPED)
    of_pair = {pair: _fits(pair, terms, edition) for pair in needed}
    found = {one.offence_key: _grouped(one, of_pair, terms) for one in asked if one.offence_key != UNMAPPED}
    # What nobody could map has no weight, whatever it may be.
    for one in (one for one in asked if one.offence_key == UNMAPPED):
        unweighed = {pair: _fits_of(pair, [None], terms) for pair in inside & one.possibilities}
        found[UNMAPPED] = _grouped(one, unweighed, terms)
    return found


def offences_within(inside: frozenset[Pair], keys: frozenset[str] | None) -> list[Offence]:
    """The offences, of those with these keys, that may be one of the pairs."""
    return [
        one
        for one in offences().all
        if (keys is None or one.offence_key in keys)
        and one.mapping_status != "not_crime"
        and not inside.isdisjoint(one.possibilities)
    ]


def _possible(asked: Iterable[Offence]) -> frozenset[Pair]:
    return frozenset().union(*(one.possibilities for one in asked))


def _fits(pair: Pair, terms: tuple[Term, ...], edition: Edition) -> dict[Fit, frozenset[float]]:
    """Each distinct fit of a pair's rows with their days; without a row the fit of a world without one."""
    return _fits_of(pair, [row.days for row in edition.of_pair[pair]] or [None], terms)


def _fits_of(
    pair: Pair, every: Iterable[float | None], terms: tuple[Term, ...]
) -> dict[Fit, frozenset[float]]:
    found: dict[Fit, set[float]] = defaultdict(set)
    for days in every:
        found[fit_of(pair, days, terms)] |= set() if days is None else {days}
    return {fit: frozenset(days) for fit, days in found.items()}


def fit_of(pair: Pair, days: float | None, terms: tuple[Term, ...]) -> Fit:
    """Which parts a pair of so many days meets; days of None are those that nobody can say."""
    sure = maybe = member = 0
    for term in terms:
        if pair not in term.members:
            continue
        member |= term.bit
        if term.threshold is None or (days is not None and days >= term.threshold):
            sure |= term.bit
        elif days is None:
            maybe |= term.bit
    return Fit(sure, maybe, member)


def _grouped(
    offence: Offence, of_pair: dict[Pair, dict[Fit, frozenset[float]]], terms: tuple[Term, ...]
) -> tuple[Worlds, ...]:
    found: dict[Fit, set[float]] = defaultdict(set)
    for pair in offence.possibilities:
        # A world outside: its days count for nothing, but that it is possible does.
        for fit, days in of_pair.get(pair, {Fit(): frozenset[float]()}).items():
            found[fit] |= days
    return tuple(
        Worlds(fit, tuple(sorted(days))) for fit, days in _settled(offence, found, of_pair, terms).items()
    )


def _settled(
    offence: Offence,
    found: dict[Fit, set[float]],
    of_pair: dict[Pair, dict[Fit, frozenset[float]]],
    terms: tuple[Term, ...],
) -> dict[Fit, set[float]]:
    """The same, with pairs without a row taken to reach a threshold as those of their offence do that have one.

    They lend their days to the threshold alone: what such a pair weighs stays unknown.
    """
    thresholds = [term.threshold for term in terms if term.threshold is not None]
    # Of days that reach the same thresholds one is enough.
    reached = {tuple(days >= least for least in thresholds): days for each in found.values() for days in each}
    lent = [*reached.values()]
    rowless = [
        pair for pair in offence.possibilities & of_pair.keys() if any(fit.maybe for fit in of_pair[pair])
    ]
    if not lent or not rowless:
        return found
    settled = {fit: days for fit, days in found.items() if not fit.maybe}
    for pair in rowless:
        for fit in _fits_of(pair, lent, terms):
            settled.setdefault(fit, set())
    return settled
