"""Figures and months as words for a board."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

import pandas as pd

LEVEL_WORDS = {
    "region": ("region", "regions"),
    "force": ("police force area", "police force areas"),
    "csp": ("community safety partnership", "community safety partnerships"),
    "district": ("district", "districts"),
    "ward": ("ward", "wards"),
    "msoa": ("middle-layer area", "middle-layer areas (MSOA)"),
    "lsoa": ("small area", "small areas (LSOA)"),
}
DASH = "–"


def level_words(level: str, levels: Mapping[str, str]) -> tuple[str, str]:
    """An area of a level and several of them: the official words, or those of the partnership's own layer.

    `levels` has the name of every level, as a catalogue has them.
    """
    if level in LEVEL_WORDS:
        return LEVEL_WORDS[level]
    name = levels.get(level, level)
    return f"area of {name}", name


def number(value: object, digits: int = 0) -> str:
    """A figure with thousands separators; a dash where there is none."""
    if value is None or pd.isna(value):
        return DASH
    return f"{float(value):,.{digits}f}"  # type: ignore[arg-type]


def span(low: object, high: object, digits: int = 0) -> str:
    """A range as words, one figure where both ends round to the same."""
    first, last = number(low, digits), number(high, digits)
    return first if first == last else f"{first} to {last}"


def month_words(month: date) -> str:
    """March 2026."""
    return f"{month:%B %Y}"


def period_words(first: date, last: date) -> str:
    """April 2025 to March 2026."""
    return month_words(first) if first == last else f"{month_words(first)} to {month_words(last)}"


def months_in_words(text: str) -> str:
    """A text with every yyyy-mm in it as March 2026."""
    return re.sub(
        r"\b(\d{4})-(\d{2})\b", lambda found: f"{date(int(found[1]), int(found[2]), 1):%B %Y}", text
    )


def day_words(day: date) -> str:
    """1 March 2026."""
    return f"{day.day} {day:%B %Y}"


def days_in_words(text: str) -> str:
    """A text with every yyyy-mm-dd in it as 1 March 2026."""
    return re.sub(r"\b\d{4}-\d{2}-\d{2}\b", lambda found: day_words(date.fromisoformat(found[0])), text)


def missing_words(item: str) -> str:
    """An entry of a stamp's missing months: 'Nottinghamshire Police: November 2025'."""
    supplier, found, months = re.sub(r" (?=\d{4}-\d{2})", "|", item, count=1).partition("|")
    return months_in_words(f"{supplier}: {months}" if found else supplier)


def listed(words: Iterable[str]) -> str:
    """a, b and c."""
    *first, last = [*words]
    return f"{', '.join(first)} and {last}" if first else last


def counted(count: int, one: str) -> str:
    """1 supplier, 1,200 suppliers."""
    return f"{count:,} {one}{'' if count == 1 else 's'}"


def by(name: str) -> str:
    """'Incidents by', and 'Incidents, at most, by'."""
    return f"{name}{',' if ', ' in name else ''} by"


def sentence(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


def of_months(covered: int, expected: int) -> str:
    """11 of 12 months."""
    return f"{covered} of {expected} month{'s' if expected != 1 else ''}"


def plain(text: str) -> str:
    """A text that Markdown leaves as it is."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]<>#|~$:" else sign for sign in text)


def wrapped(text: str, width: int, *, at: str = " ") -> list[str]:
    """The text in lines of at most so many characters where `at` allows, for charts, which do not wrap."""
    lines: list[str] = []
    for part in filter(None, text.split(at)):
        if lines and len(lines[-1]) + len(at) + len(part) <= width:
            lines[-1] += at + part
        else:
            lines.append(part)
    return lines
