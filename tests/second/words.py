"""What a cell says, read in plain Python from the rules as they are written down for people.

Written from the feeds' TOMLs, `checks.toml` and the README, and from nothing of the code that takes files
in: two readings of one rule that share a line of code share its mistakes.
"""

import csv
import re
import tomllib
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import vrin_data

REFERENCE = Path(vrin_data.__file__).parent / "reference"
Toml = dict[str, Any]

MONTH_NAMES = {date(2000, number, 1).strftime("%B").lower(): number for number in range(1, 13)}
MONTH_NAMES |= {name[:3]: number for name, number in MONTH_NAMES.items()}
FIRST_MONTH = {"financial_year": 4, "academic_year": 9}
LENGTHS = {"month": 1, "quarter": 3, "year": 12}
AGE_EDGES = (0, 1, 10, 14, 16, 18, 20, 25, 26, 65, 121)
OLDEST = 120
MOST_IN_A_COUNT = 100_000_000

_TIME = r"(?:[T ](?P<h>\d{1,2}):(?P<n>\d{2})(?::(?P<s>\d{2})(?:\.\d+)?)?(?:Z|\+00:00)?)?"
_DATES = (
    re.compile(rf"(?P<y>\d{{4}})-(?P<m>\d{{1,2}})-(?P<d>\d{{1,2}}){_TIME}"),
    re.compile(rf"(?P<d>\d{{1,2}})(?P<mark>[/.-])(?P<m>\d{{1,2}})(?P=mark)(?P<y>\d{{4}}){_TIME}"),
    re.compile(rf"(?P<d>\d{{1,2}})[ -](?P<m>[A-Za-z]{{3,9}})[ -](?P<y>\d{{4}}){_TIME}"),
)
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


@cache
def feed_tomls() -> dict[str, Toml]:
    """Every feed's TOML by its id."""
    files = sorted((REFERENCE / "feeds").glob("*.toml"))
    found = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]
    return {one["id"]: one for one in found}


@cache
def suppliers_of(kinds: tuple[str, ...]) -> dict[str, str]:
    """Supplier ids by every spelling of the suppliers of these kinds, each made plain."""
    with (REFERENCE / "suppliers.csv").open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if row["kind"] in kinds]
    found: dict[str, str] = {}
    for row in rows:
        for name in (row["supplier_id"], row["supplier_name"], *row["aliases"].split("|")):
            if plain(name):
                found.setdefault(plain(name), row["supplier_id"])
    return found


def plain(text: str) -> str:
    """Letters and digits alone, for names."""
    return " ".join(re.findall("[a-z0-9]+", text.casefold().replace("&", " and ")))


def fold(text: str) -> str:
    """Letters and digits alone, for headings and coded values."""
    return " ".join(re.findall("[a-z0-9]+", text.lower()))


def is_blank(cell: str, feed: Toml) -> bool:
    """Whether a cell says nothing: empty, or one of the feed's marks for that."""
    text = cell.strip()
    return not text or text.lower() in {mark.lower() for mark in feed.get("null_marks", ())}


def moment(cell: str) -> tuple[datetime, bool] | None:
    """A time of the calendar, with whether it has a time of day; None where there is no such date."""
    found = next((match for form in _DATES if (match := form.fullmatch(cell.strip()))), None)
    if found is None:
        return None
    month = MONTH_NAMES.get(found["m"].lower(), 0) if found["m"].isalpha() else int(found["m"])
    try:
        day = datetime(int(found["y"]), month, int(found["d"]))
        clock = timedelta(
            hours=int(found["h"] or 0), minutes=int(found["n"] or 0), seconds=int(found["s"] or 0)
        )
    except ValueError:
        return None
    is_clock = int(found["h"] or 0) < 24 and int(found["n"] or 0) < 60 and int(found["s"] or 0) < 60
    return (day + clock, found["h"] is not None) if is_clock and day.year >= 1900 else None


def period_start(day: date, length: str) -> date:
    """First day of the month, quarter or year in which a day lies."""
    step = LENGTHS[length]
    return date(day.year, (day.month - 1) // step * step + 1, 1)


def later(month: date, months: int) -> date:
    """A first of a month so many months on."""
    years, left = divmod(month.month - 1 + months, 12)
    return date(month.year + years, left + 1, 1)


def month_of(cell: str, form: str) -> date | None:
    """First day of a period written as a month, or as a year of two."""
    text = cell.strip()
    if form != "month":
        return _year_of(text, form)
    if found := re.fullmatch(r"(\d{4})[-/]?(\d{2})(?:-\d{2})?", text):
        return _first(found[1], found[2])
    if found := re.fullmatch(r"(?:\d{2}/)?(\d{2})/(\d{4})", text):
        return _first(found[2], found[1])
    if found := re.fullmatch(r"([A-Za-z]+)[- ](\d{4}|\d{2})", text):
        year = found[2] if len(found[2]) == 4 else f"20{found[2]}"
        return _first(year, str(MONTH_NAMES.get(found[1].lower(), 0)))
    return None


def number(cell: str) -> float | None:
    """A finite number, None where the cell holds none."""
    found = _NUMBER.fullmatch(cell.strip())
    value = float(found[0]) if found else float("inf")
    return value if abs(value) != float("inf") else None


def counted(cell: str, feed: Toml) -> tuple[float, float] | None:
    """Least and greatest count of a cell: a number, or what a mark of suppression stands for."""
    text = cell.strip().lower()
    for mark, (low, high) in feed.get("suppressed", {}).items():
        if text == mark.lower():
            return low, high
    value = number(text.replace(",", ""))
    return None if value is None else (value, value)


def age(cell: str) -> tuple[int, int] | None:
    """Least and greatest age in years, None where the cell holds none that anybody has."""
    text = re.sub(r"\b(years?|yrs?|old|aged?)\b", " ", cell.lower())
    text = " ".join(text.split())
    found: tuple[int, int] | None = None
    if (years := number(text)) is not None:
        found = (int(years), int(years)) if years >= 0 else None
    elif ends := re.fullmatch(r"(\d{1,3}) ?(?:-|–|to|and) ?(\d{1,3})", text):
        found = int(ends[1]), int(ends[2])
    elif ends := re.fullmatch(r"(?:under|below|less than|<) ?(\d{1,3})", text):
        found = 0, int(ends[1]) - 1
    elif ends := re.fullmatch(r"(?:over|above|older than|>) ?(\d{1,3})", text):
        found = int(ends[1]) + 1, OLDEST
    elif ends := re.fullmatch(r"(\d{1,3}) ?(?:\+|plus|(?:and|or) (?:over|above|older))", text):
        found = int(ends[1]), OLDEST
    return found if found and 0 <= found[0] <= found[1] <= OLDEST else None


def age_band(years: tuple[int, int] | None) -> int:
    """Number of the band in which these years lie, from 1; of several bands that of their span; 0 for no years.

    Spans are numbered after the bands: 1 to 2, 1 to 3 and so on to the last, then 2 to 3.
    """
    if years is None:
        return 0
    first, last = (_band(one) for one in years)
    if first == last:
        return first
    count = len(AGE_EDGES) - 1
    before = sum(count - band for band in range(1, first))
    return count + before + last - first


def _band(years: int) -> int:
    return sum(edge <= years for edge in AGE_EDGES)


def _first(year: str, month: str) -> date | None:
    return date(int(year), int(month), 1) if 1 <= int(month) <= 12 and int(year) >= 1900 else None


def _year_of(text: str, form: str) -> date | None:
    found = re.fullmatch(r"(?:FY ?)?(\d{4}) ?[-/]? ?(\d{2}|\d{4})", text)
    if found is None or int(found[2]) % 100 != (int(found[1]) + 1) % 100:
        return None
    return _first(found[1], str(FIRST_MONTH[form]))
