"""Whether the values of a file's column are such as a column of the feed holds."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from vrin_data.contract.feeds import Feed, FeedColumn, fold
from vrin_data.contract.suppliers import by_spelling, of_kinds, plain, suppliers
from vrin_data.intake.file_level import FILE_LEVEL
from vrin_data.intake.suggesting.codes import is_alike, spellings_of
from vrin_data.intake.suggesting.value_kinds import KINDS, ValueKinds

MOST_LISTED = 60
DATE_OF_ROLE = 0.45
ANY_DATE = 0.2
COMMON_WORDS = frozenset(["y", "n", "yes", "no", "true", "false", "t", "f", "1", "0", "other", "none"])


@dataclass(frozen=True)
class Evidence:
    """What values say of a column: the share that suits it, and how far that alone tells.

    `strength` is how sure one may be of the column from suitable values without any name, 0 to 1;
    `must_suit` says that unsuitable values rule the column out.
    """

    share: float
    strength: float
    must_suit: bool
    words: str


def evidence_of(feed: Feed, column: FeedColumn, kinds: ValueKinds) -> Evidence | None:
    """What a file's values say of a column, None where they say nothing (blank, or any text will do)."""
    if kinds.is_blank:
        return None
    if column.name in FILE_LEVEL and kinds.values.distinct > 1:
        return Evidence(0.0, 0.0, True, "one and the same for the whole file")
    if column.kind == "code":
        return _coded(feed, column, kinds)
    if column.kind == "time":
        return _dated(column, kinds)
    if column.kind == "month":
        return _by_period(feed, kinds)
    if column.name == "supplier":
        return _sent_by(feed, kinds)
    if column.name == "offence_raw":
        return _evidence(kinds, _offence_kind(feed, column))
    known = _BY_KIND.get(column.kind) or _BY_NAME.get(column.name)
    return _evidence(kinds, known) if known else None


@dataclass(frozen=True)
class _Known:
    kind: str
    strength: float
    must_suit: bool
    words: str


_BY_KIND = {
    "easting": _Known("easting", 0.45, True, "National Grid eastings"),
    "northing": _Known("northing", 0.45, True, "National Grid northings"),
    "longitude": _Known("longitude", 0.8, True, "longitudes"),
    "latitude": _Known("latitude", 0.9, True, "latitudes"),
    "age": _Known("age", 0.3, True, "ages"),
    "quarter": _Known("quarter", 0.2, True, "quarters"),
    "count": _Known("count", 0.2, True, "whole numbers"),
    "number": _Known("number", 0.1, True, "numbers"),
}
_BY_NAME = {
    "record_key": _Known("reference", 0.5, True, "reference numbers, each its own"),
    "simulated": _Known("simulated", 0.9, False, "the word simulated"),
    "offence_code": _Known("offence_code", 0.8, False, "Home Office offence codes"),
    "classification": _Known("classification", 0.85, False, "Home Office classifications"),
    "offence_text": _Known("words", 0.1, False, "words"),
    "given_area_code": _Known("area", 0.85, True, "area codes"),
    "victim_ethnicity": _Known("ethnicity", 0.6, False, "ethnic groups"),
    "suspect_ethnicity": _Known("ethnicity", 0.6, False, "ethnic groups"),
}
_OFFENCE_RAW = {
    "home_office": _Known("offence_code", 0.8, False, "Home Office offence codes"),
    "police_uk": _Known("crime_type", 0.9, False, "crime types of data.police.uk"),
    "labels": _Known("label", 0.8, False, "published offence categories"),
}
_OFFENCE_OF_HEADING = {
    "icd": _Known("icd10", 0.6, False, "codes such as ICD-10"),
    "icd10": _Known("icd10", 0.6, False, "codes such as ICD-10"),
    "snomed": _Known("snomed", 0.2, False, "SNOMED CT identifiers"),
    "ho": _Known("classification", 0.7, False, "Home Office classifications"),
    "home": _Known("classification", 0.7, False, "Home Office classifications"),
}
_ANY_WORDS = _Known("words", 0.05, False, "words")


def _offence_kind(feed: Feed, column: FeedColumn) -> _Known:
    """What the feed says an offence with: of other systems' codes the headings name the system."""
    if feed.offence_source in _OFFENCE_RAW:
        return _OFFENCE_RAW[feed.offence_source]
    words = {word for heading in column.accepted for word in fold(heading).split()}
    return next((known for word, known in _OFFENCE_OF_HEADING.items() if word in words), _ANY_WORDS)


def _sent_by(feed: Feed, kinds: ValueKinds) -> Evidence:
    known = _supplier_spellings(feed.supplier_kinds)
    share = kinds.share(lambda value: plain(value) in known)
    return Evidence(share, 0.9, False, "names of suppliers")


@lru_cache(maxsize=64)
def _supplier_spellings(supplier_kinds: tuple[str, ...]) -> frozenset[str]:
    return frozenset(by_spelling(of_kinds(suppliers(), supplier_kinds).values()))


def _evidence(kinds: ValueKinds, known: _Known) -> Evidence:
    if known.kind == "offence_code":
        # Small numbers are codes as well, and may be counts of anything.
        telling = kinds.share(lambda value: not value.isdigit() and KINDS["offence_code"](value))
        return Evidence(kinds.of_kind("offence_code"), known.strength * telling, False, known.words)
    if known.kind == "ethnicity" and kinds.is_key:
        return Evidence(0.0, 0.0, True, known.words)
    if known.kind != "reference":
        return Evidence(kinds.of_kind(known.kind), known.strength, known.must_suit, known.words)
    # A key need not be unique (a crime with several lines), but it must look like one.
    share = 1.0 if kinds.is_key else 0.6 * kinds.of_kind("reference")
    # Whole metres of the grid are nearly all different as well.
    is_grid = kinds.of_kind("northing") > 0.5
    return Evidence(share, 0.2 if is_grid else known.strength, True, known.words)


def _dated(column: FeedColumn, kinds: ValueKinds) -> Evidence:
    found = kinds.dates
    if found is None:
        return Evidence(0.0, 0.0, True, "dates")
    is_role = kinds.role == column.name
    told = ", in the order of a row's other dates" if is_role else ""
    return Evidence(found.share, DATE_OF_ROLE if is_role else ANY_DATE, True, f"dates, {found.words}{told}")


def _by_period(feed: Feed, kinds: ValueKinds) -> Evidence:
    if feed.period_form == "month":
        return Evidence(kinds.of_kind("month"), 0.8, True, "months")
    return Evidence(kinds.of_kind("years"), 0.7, True, "years that begin in one and end in the next")


def _coded(feed: Feed, column: FeedColumn, kinds: ValueKinds) -> Evidence:
    accepted = column.raw_to_code()
    blank = {"", *map(fold, feed.null_marks), *map(fold, column.ignored)}
    words = f"values of the list {column.codes}"
    said = [one for one in kinds.folded if one[0] not in blank]
    if kinds.values.distinct > MOST_LISTED:
        return Evidence(_share(said, lambda folded, _: folded in accepted), 0.0, True, words)
    spellings = spellings_of(column.codes, feed)
    share = _share(said, lambda folded, raw: folded in accepted or is_alike(raw, spellings))
    common = _share(said, lambda folded, _: folded in COMMON_WORDS)
    # Two columns of one list (the victim's sex and the suspect's) cannot be told apart by their values.
    is_only = sum(one.codes == column.codes for one in feed.columns) == 1
    return Evidence(share, (0.8 if is_only else 0.45) * max(0.0, 1 - common), False, words)


def _share(said: list[tuple[str, str, int]], suits: Callable[[str, str], bool]) -> float:
    """The share that suits of the cells that say anything."""
    total = sum(count for _, _, count in said)
    return sum(count for folded, raw, count in said if suits(folded, raw)) / total if total else 0.0
