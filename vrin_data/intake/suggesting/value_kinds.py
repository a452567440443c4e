"""What kinds of value a column holds: the share of its cells that look like each kind."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from vrin_data.contract.feeds import fold
from vrin_data.contract.labels import parse_label
from vrin_data.contract.offences import UNMAPPED, offences
from vrin_data.contract.periods import read_period, read_quarter
from vrin_data.contract.policeuk import parse_crime_type
from vrin_data.intake.reading.any_table import ColumnValues
from vrin_data.intake.suggesting.date_forms import Dates, date_form, dates_of

OLDEST = 120
LEAST_DECIMALS = 3
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_AGE_BAND = re.compile(
    r"\d{1,3}\s*(?:-|–|to)\s*\d{1,3}|(?:under|over)\s*\d{1,3}|\d{1,3}\s*(?:\+|and over|or over|plus)",
    re.IGNORECASE,
)
_SMALL_AREA = re.compile(r"[EWS]0[12]\d{6}")
_DISTRICT = re.compile(r"(?:E0[6-9]|E10|W06|S12|N09)\d{6}")
_ICD = re.compile(r"[A-TV-Z]\d[0-9A-Z](?:\.?\d{1,2})?X?", re.IGNORECASE)
_ETHNIC_WORDS = frozenset(
    ["white", "black", "asian", "mixed", "chinese", "arab", "indian", "african", "irish"]
)
_ETHNIC_CODE = re.compile(r"[WBAMO][1-9]|NS", re.IGNORECASE)
_YES_NO = frozenset(["y", "n", "yes", "no", "true", "false", "t", "f", "1", "0"])
_SEX = frozenset(["f", "m", "female", "male", "woman", "man", "girl", "boy"])
_MONTH = re.compile(r"\d{4}[-/]?\d{2}|\d{2}/\d{4}|[A-Za-z]{3,9}[- ]\d{2,4}")
_YEARS = re.compile(r"(?:FY ?)?\d{4}[-/]?\d{2,4}", re.IGNORECASE)


@dataclass(frozen=True)
class ValueKinds:
    """A column's values, asked for one kind at a time.

    `role` is the column of times that a column of dates is likely to be, from its place among them;
    `is_long_ago` that it lies years before them all.
    """

    values: ColumnValues
    role: str = ""
    is_long_ago: bool = False
    _shares: dict[str, float] = field(default_factory=dict, compare=False)

    @cached_property
    def total(self) -> int:
        """Cells among the values that are looked at."""
        return sum(self.values.counts.values())

    @cached_property
    def dates(self) -> Dates | None:
        """How the column writes dates, None where it holds none."""
        return dates_of(self.values.counts)

    @property
    def is_blank(self) -> bool:
        """Whether the column holds nothing at all."""
        return self.total == 0

    def share(self, is_kind: Callable[[str], bool]) -> float:
        """The share of the cells of which a question is true."""
        yes = sum(count for value, count in self.values.counts.items() if is_kind(value.strip()))
        return yes / self.total if self.total else 0.0

    def of_kind(self, kind: str) -> float:
        """The share of the cells that look like a kind of `KINDS`."""
        if kind not in self._shares:
            self._shares[kind] = self.share(KINDS[kind])
        return self._shares[kind]

    @cached_property
    def folded(self) -> list[tuple[str, str, int]]:
        """Each value folded, as it stands, and in how many cells."""
        return [(fold(raw), raw, count) for raw, count in self.values.counts.items()]

    @cached_property
    def is_key(self) -> bool:
        """Whether nearly every cell is another and looks like a reference number."""
        filled = self.values.filled
        return filled > 0 and self.values.distinct >= 0.9 * filled and self.of_kind("reference") >= 0.9


def _is_number(value: str) -> bool:
    return _NUMBER.fullmatch(value) is not None


def _between(value: str, least: float, most: float, *, decimals: int = 0) -> bool:
    return _is_number(value) and least <= float(value) <= most and len(value.partition(".")[2]) >= decimals


def _is_month(value: str) -> bool:
    return _MONTH.fullmatch(value) is not None and read_period(value) is not None


def _is_years(value: str) -> bool:
    return _YEARS.fullmatch(value) is not None and any(
        read_period(value, form) is not None for form in ("financial_year", "academic_year")
    )


def _is_age(value: str) -> bool:
    return _between(value, 0, OLDEST) or _AGE_BAND.fullmatch(value) is not None


def _is_ethnicity(value: str) -> bool:
    return _ETHNIC_CODE.fullmatch(value) is not None or bool(_ETHNIC_WORDS & set(fold(value).split()))


def _is_reference(value: str) -> bool:
    has_digit = any(mark.isdigit() for mark in value)
    return len(value) >= 2 and has_digit and value.count(" ") <= 1 and date_form(value) is None


def _is_words(value: str) -> bool:
    return len([word for word in re.findall(r"[A-Za-z]+", value) if len(word) > 1]) >= 2


@lru_cache(maxsize=100_000)
def _offence(value: str) -> str:
    """The key of an offence that a value spells as a code or a classification, '' for none."""
    found = offences().parse(value)
    return "" if found.mapping_status == UNMAPPED else found.key


def is_snomed(value: str) -> bool:
    """Whether a number is a SNOMED CT identifier: 6 to 18 digits whose last is the Verhoeff check digit."""
    if (
        not value.isdigit()
        or not value.isascii()
        or not 6 <= len(value) <= 18
        or value[-3:-2] not in ("0", "1")
    ):
        return False
    check = 0
    for place, digit in enumerate(reversed(value)):
        for _ in range(place % 8):
            digit = _PERMUTED[int(digit)]
        check = _times(check, int(digit))
    return check == 0


_PERMUTED = "1576283094"
"""The permutation of Verhoeff's scheme; at the nth place from the right it is made n times."""


def _times(first: int, second: int) -> int:
    """The product of two digits in the dihedral group of ten that Verhoeff's scheme calculates in."""
    if first < 5:
        return (first + second) % 5 if second < 5 else 5 + (first + second - 5) % 5
    return 5 + (first - 5 - second) % 5 if second < 5 else (first - second) % 5


KINDS: dict[str, Callable[[str], bool]] = {
    "date": lambda value: date_form(value) is not None,
    "month": _is_month,
    "years": _is_years,
    "quarter": lambda value: read_quarter(value) is not None,
    "time": lambda value: re.fullmatch(r"\d{1,2}:\d{2}(:\d{2})?", value) is not None,
    "number": _is_number,
    "count": lambda value: re.fullmatch(r"-?\s*\d{1,3}(,?\d{3})*(\.0)?", value) is not None,
    "easting": lambda value: _between(value, 80_000, 660_000),
    "northing": lambda value: _between(value, 5_000, 1_220_000),
    "longitude": lambda value: _between(value, -9, 2.5, decimals=LEAST_DECIMALS),
    "latitude": lambda value: _between(value, 49.5, 61.5, decimals=LEAST_DECIMALS),
    "area": lambda value: bool(_SMALL_AREA.fullmatch(value) or _DISTRICT.fullmatch(value)),
    "age": _is_age,
    "sex": lambda value: fold(value) in _SEX,
    "yes_no": lambda value: fold(value) in _YES_NO,
    "ethnicity": _is_ethnicity,
    "reference": _is_reference,
    "offence_code": lambda value: (key := _offence(value)) != "" and not key.startswith("|"),
    "classification": lambda value: "|" in _offence(value) and not _offence(value).endswith("|"),
    "crime_type": lambda value: parse_crime_type(value).mapping_status != UNMAPPED,
    "label": lambda value: parse_label(value).mapping_status != UNMAPPED,
    "icd10": lambda value: _ICD.fullmatch(value) is not None,
    "snomed": is_snomed,
    "words": _is_words,
    "simulated": lambda value: "simulated" in value.lower(),
}
"""Every kind by its name, with the question whether a cell's text is one."""
