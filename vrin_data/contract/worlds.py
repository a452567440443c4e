"""What an offence may turn out to be under a definition: its possible pairs and weights, told apart by fit.

An extract that says 8N leaves several offences open, and an offence may have several rows of a weight
edition. Each pair with one of its rows is a world. Worlds that meet the same parts of a definition are
one group, so that a definition is decided on few of them.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_

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
class _Term:
    bit: int
    members: frozenset[Pair]
    threshold: float | None


@lru_cache(maxsize=64)
def worlds(definition: Definition, edition: Edition) -> dict[str, tuple[Worlds, ...]]:
    """By offence key the groups of worlds, for every offence that some part may take in."""
    terms = [
        _Term(1 << number, definition.members(part), definition.threshold(part))
        for number, part in enumerate(definition.all_parts())
    ]
    inside = frozenset().union(*(term.members for term in terms))
    of_pair = {pair: _fits(pair, terms, edition) for pair in inside}
    unweighed = {pair: {Fit(*_masks(pair, None, terms)): frozenset[float]()} for pair in inside}
    found = {}
    for offence in offences().all:
        if offence.mapping_status == "not_crime" or inside.isdisjoint(offence.possibilities):
            continue
        # What nobody could map has no weight, whatever it may be.
        found[offence.offence_key] = _grouped(offence, unweighed if offence.offence_key == UNMAPPED else of_pair)
    return found


def _fits(pair: Pair, terms: list[_Term], edition: Edition) -> dict[Fit, frozenset[float]]:
    """Each distinct fit of a pair's rows with their days; without a row the fit of a world without one."""
    rows = edition.of_pair[pair]
    if not rows:
        return {Fit(*_masks(pair, None, terms)): frozenset()}
    found: dict[Fit, set[float]] = defaultdict(set)
    for row in rows:
        found[Fit(*_masks(pair, row.days, terms))].add(row.days)
    return {fit: frozenset(days) for fit, days in found.items()}


def _masks(pair: Pair, days: float | None, terms: list[_Term]) -> tuple[int, int, int]:
    sure = maybe = member = 0
    for term in terms:
        if pair not in term.members:
            continue
        member |= term.bit
        if term.threshold is None or (days is not None and days >= term.threshold):
            sure |= term.bit
        elif days is None:
            maybe |= term.bit
    return sure, maybe, member


def _grouped(offence: Offence, of_pair: dict[Pair, dict[Fit, frozenset[float]]]) -> tuple[Worlds, ...]:
    found: dict[Fit, set[float]] = defaultdict(set)
    for pair in offence.possibilities:
        if pair in of_pair:
            for fit, days in of_pair[pair].items():
                found[fit] |= days
        else:
            # A world outside: its days count for nothing, but that it is possible does.
            found.setdefault(Fit(), set())
    # A pair without a row is taken to weigh as those of its offence do that have one, as `weights` does.
    weighed = reduce(or_, (fit.member for fit, days in found.items() if days), 0)
    return tuple(Worlds(fit, tuple(sorted(days))) for fit, days in found.items() if not fit.maybe & weighed)
