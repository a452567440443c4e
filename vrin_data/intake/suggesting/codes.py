"""What every value of a coded column is likely to stand for: known already, alike, or for a person to say."""

from dataclasses import dataclass
from functools import lru_cache

import duckdb
from rapidfuzz import fuzz

from vrin_data.contract.feeds import Feed, FeedColumn, feeds, fold
from vrin_data.contract.labels import labels
from vrin_data.contract.policeuk import crime_types
from vrin_data.contract.variant_checks import OFFENCE_COLUMNS, is_known_offence
from vrin_data.intake.reading.any_table import AnyTable

MOST_VALUES = 500
ALIKE_FROM = 0.8
CONTAINED = 0.82
MOST_WORDS_MORE = 2
KNOWN, BLANK, IGNORED, NOT_KNOWN = "known", "read as a blank", "ignored", "not known: to be mapped or ignored"
_NEGATIONS = frozenset(["no", "not", "non", "none", "without", "never", "un", "nil"])


@dataclass(frozen=True)
class CodeProposal:
    """A value of a column with the rows that hold it, the code proposed for it (None for none) and why."""

    column: str
    raw: str
    count: int
    code: str | None
    confidence: float
    why: str

    @property
    def is_known(self) -> bool:
        """Whether the feed's TOML says it already."""
        return self.why in (KNOWN, BLANK, IGNORED)

    @property
    def is_open(self) -> bool:
        """Whether a person has to say what it means."""
        return self.code is None and not self.is_known


def code_proposals(
    connection: duckdb.DuckDBPyConnection, feed: Feed, table: AnyTable, column_of: dict[str, int]
) -> list[CodeProposal]:
    """Every distinct value of the coded and offence columns, the most frequent first in each column."""
    found: list[CodeProposal] = []
    for column in feed.columns:
        position = column_of.get(column.name)
        if position is None or not (column.kind == "code" or column.name in OFFENCE_COLUMNS):
            continue
        for raw, count in _distinct(connection, table, position):
            code, confidence, why = _proposed(feed, column, raw)
            found.append(CodeProposal(column.name, raw, count, code, confidence, why))
    return found


def spellings_of(codes: str, feed: Feed) -> dict[str, str]:
    """Every raw value known for a code list in any feed, this feed's own first, with its code."""
    own = {
        raw: code
        for column in feed.columns
        if column.codes == codes
        for code, raws in column.map.items()
        for raw in raws
    }
    return own | {raw: code for raw, code in _spellings_everywhere(codes).items() if raw not in own}


def is_alike(raw: str, spellings: dict[str, str]) -> bool:
    """Whether a value is like one of these spellings."""
    return _alike(raw, spellings)[0] is not None


def _distinct(connection: duckdb.DuckDBPyConnection, table: AnyTable, position: int) -> list[tuple[str, int]]:
    """Values with their counts; spellings that differ in nothing but case and signs as one, the first of them."""
    rows = connection.execute(
        f"select trim(c{position}), count(*) from {table.table} where trim(c{position}) <> '' "
        f"group by all order by count(*) desc, 1 limit {MOST_VALUES}"
    ).fetchall()
    together: dict[str, tuple[str, int]] = {}
    for raw, count in rows:
        shown, before = together.get(fold(raw), (raw, 0))
        together[fold(raw)] = (shown, before + int(count))
    return sorted(together.values(), key=lambda one: (-one[1], one[0]))


def _proposed(feed: Feed, column: FeedColumn, raw: str) -> tuple[str | None, float, str]:
    folded = fold(raw)
    if folded in {"", *map(fold, feed.null_marks)}:
        return None, 1.0, BLANK
    if folded in map(fold, column.ignored):
        return None, 1.0, IGNORED
    if column.kind == "code":
        accepted = column.raw_to_code()
        return (
            (accepted[folded], 1.0, KNOWN)
            if folded in accepted
            else _alike(raw, spellings_of(column.codes, feed))
        )
    if is_known_offence(feed, column.name, raw):
        return raw, 1.0, KNOWN
    return _alike(raw, _offence_spellings(feed))


def _alike(raw: str, spellings: dict[str, str]) -> tuple[str | None, float, str]:
    """The code of the spelling most like a value, where one is alike enough."""
    best, code, known = 0.0, None, ""
    for spelling, means in spellings.items():
        share = _likeness(raw, spelling)
        if share > best:
            best, code, known = share, means, spelling
    if best < ALIKE_FROM:
        return None, 0.0, NOT_KNOWN
    return code, round(best, 2), f"like {known!r}"


def _likeness(raw: str, spelling: str) -> float:
    first, second = fold(raw).split(), fold(spelling).split()
    if not first or not second or bool(_NEGATIONS & set(first)) != bool(_NEGATIONS & set(second)):
        return 0.0
    whole = fuzz.token_sort_ratio(" ".join(first), " ".join(second)) / 100
    # In a sentence a known word stands by chance.
    is_short = len(first) <= len(second) + MOST_WORDS_MORE
    is_contained = is_short and set(second) <= set(first) and any(len(word) > 2 for word in second)
    # A longer known spelling inside a value says more than a shorter one.
    return max(whole, CONTAINED + min(len(" ".join(second)), 30) / 300 if is_contained else 0.0)


@lru_cache(maxsize=64)
def _spellings_everywhere(codes: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in feeds().values():
        for column in one.columns:
            if column.codes == codes:
                for code, raws in column.map.items():
                    found |= {raw: code for raw in raws if raw not in found}
    return found


def _offence_spellings(feed: Feed) -> dict[str, str]:
    """Categories that an offence may be spelled as; codes are never guessed from their likeness."""
    known = {"police_uk": crime_types, "labels": labels}.get(feed.offence_source)
    return {label: label for label in known()} if known else {}
