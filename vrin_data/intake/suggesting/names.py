"""How like a heading is to the headings that a column of a feed is known by."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import log

from rapidfuzz import fuzz

from vrin_data.contract import reference
from vrin_data.contract.feeds import Feed, FeedColumn, feeds, fold

LIKE_FROM = 0.75
ALIKE_FROM = 0.8
LEAST_PREFIX = 3
PREFIX_LIKENESS = 0.85
OTHER_FEEDS_COUNT = 0.95
WEAK_COUNTS = 0.4
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")


@dataclass(frozen=True)
class Likeness:
    """How like a heading is to a column, 0 to 1, and the known heading that it is most like."""

    share: float
    known: str


def name_likeness(heading: str, feed: Feed, column: FeedColumn) -> Likeness:
    """How like a heading is to a column's name and its headings in this feed and, less so, in all others."""
    own = [(known, 1.0) for known in (*column.accepted, column.name)]
    # Who sends a feed is called otherwise in each: 'probation area' is no supplier of police data.
    elsewhere = () if column.name == "supplier" else _spellings_elsewhere().get(column.name, ())
    others = [(known, OTHER_FEEDS_COUNT) for known in elsewhere]
    best = Likeness(0.0, "")
    for known, trust in chain(own, others):
        share = trust if fold(known) == fold(heading) and fold(heading) else trust * _alike(heading, known)
        if share > best.share:
            best = Likeness(share, known)
    return best


@lru_cache(maxsize=200_000)
def words_of(heading: str) -> tuple[str, ...]:
    """A heading's words in full: split, without fillers, its shortenings written out, in their order."""
    short, fillers, _ = _heading_words()
    split = fold(_CAMEL.sub(" ", heading)).split()
    return tuple(
        word for part in split for word in short.get(part, part).split() if part not in fillers and word
    )


@lru_cache(maxsize=200_000)
def _alike(heading: str, known: str) -> float:
    """Likeness of two headings by their words, the rare ones counting more; run-together ones as well."""
    first, second = words_of(heading), words_of(known)
    if not first or not second:
        return 0.0
    together = fuzz.ratio("".join(first), "".join(second)) / 100
    run_together = together * 0.95 if together >= 0.9 else 0.0
    return max(_words_alike(first, second), run_together)


def _words_alike(first: tuple[str, ...], second: tuple[str, ...]) -> float:
    weight = {word: _weight(word) for word in (*first, *second)}
    left = sum(weight[word] * max(_word_alike(word, other) for other in second) for word in first)
    right = sum(weight[word] * max(_word_alike(word, other) for other in first) for word in second)
    return (left + right) / sum(weight[word] for word in (*first, *second))


@lru_cache(maxsize=200_000)
def _word_alike(first: str, second: str) -> float:
    if first == second:
        return 1.0
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) >= LEAST_PREFIX and longer.startswith(shorter):
        return PREFIX_LIKENESS
    share = fuzz.ratio(first, second) / 100
    return share if share >= ALIKE_FROM and len(shorter) > LEAST_PREFIX else 0.0


@lru_cache(maxsize=20_000)
def _weight(word: str) -> float:
    """More for a word that few columns' headings have: 'weapon' tells more than 'date'."""
    columns, total = _columns_by_word()
    _, _, weak = _heading_words()
    full = 0.3 + log(1 + total / (1 + columns.get(word, 0)))
    return full * WEAK_COUNTS if word in weak else full


@lru_cache(maxsize=1)
def _columns_by_word() -> tuple[dict[str, int], int]:
    spellings = _spellings_elsewhere()
    counted = Counter(
        word
        for known in spellings.values()
        for word in {word for heading in known for word in words_of(heading)}
    )
    return dict(counted), len(spellings)


@lru_cache(maxsize=1)
def _spellings_elsewhere() -> dict[str, tuple[str, ...]]:
    """The headings of every column of VRIN in all feeds, each spelling once."""
    found: dict[str, dict[str, str]] = {}
    for one in feeds().values():
        for column in one.columns:
            for heading in column.accepted:
                found.setdefault(column.name, {}).setdefault(fold(heading), heading)
    return {name: tuple(known.values()) for name, known in found.items()}


@lru_cache(maxsize=1)
def _heading_words() -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    """Shortenings written out, fillers to leave out, and words that tell little."""
    table = reference.table("heading_words.toml")
    return table["short"], frozenset(table["stop"]["words"]), frozenset(table["weak"]["words"])
