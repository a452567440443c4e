"""Age bands of a profile: cut wherever a definition in use cuts, and nowhere else.

Exact ages stay with the person. A profile needs few distinct ages, so that a definition is decided
on few rows; a definition may only cut where a band begins or ends, so that its answer from profiles
is exact. The edges serve every age range of the definitions known to VRIN: under 18, 20 and 25,
25 and under, 1 to 19, 10 to 17, 14 to 24, 16 and over, 65 and over. Another edge is one number
here; profiles are made anew from the persons then.

Partners also give ages in groups of their own, such as 15-19 or 18-24. A group that lies in several
bands is a span of them, with a number of its own after those of the bands: whoever is 18 to 24 is
under 25, whichever band it is.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import combinations

from vrin_data.errors import UsageError

OLDEST = 120
BAND_LOWS: tuple[int, ...] = (0, 1, 10, 14, 16, 18, 20, 25, 26, 65)
BAND_HIGHS: tuple[int, ...] = (*(low - 1 for low in BAND_LOWS[1:]), OLDEST)
BAND_COUNT = len(BAND_LOWS)
SPANS: tuple[tuple[int, int], ...] = (
    *((band, band) for band in range(1, BAND_COUNT + 1)),
    *combinations(range(1, BAND_COUNT + 1), 2),
)
"""First and last band of every span, single bands first: span 1 is band 1. Span 0 is an age not recorded."""

_BETWEEN = re.compile(r"(\d{1,3})\s*(?:-|–|to|and)\s*(\d{1,3})")
_BELOW = re.compile(r"(?:under|below|less than|<)\s*(\d{1,3})")
_ABOVE = re.compile(r"(?:over|above|older than|>)\s*(\d{1,3})")
_FROM = re.compile(r"(\d{1,3})\s*(?:\+|plus|and over|or over|and above|or older)")


@dataclass(frozen=True)
class Age:
    """An age as an extract gives it, in years: one number, or a band whose ends are included."""

    low: int
    high: int

    @property
    def years(self) -> int | None:
        """The age, None for a band."""
        return self.low if self.low == self.high else None

    @property
    def band(self) -> int:
        """The number from 1 of the profile's band, or of the span of bands in which the years lie."""
        first, last = (bisect_right(BAND_LOWS, age) for age in (self.low, self.high))
        return SPANS.index((first, last)) + 1


def read_age(text: str) -> Age | None:
    """An age such as 34, 34.0, 10-17, under 10, over 34 or 65+; None for anything else."""
    plain = re.sub(r"\s*(years?( old)?|yrs?|aged?)\s*", " ", text.strip().lower()).strip()
    try:
        years = int(float(plain))
    except (ValueError, OverflowError):
        low, high = _ends(plain)
    else:
        low = high = years if float(plain) >= 0 else -1
    return Age(low, high) if 0 <= low <= high <= OLDEST else None


def _ends(text: str) -> tuple[int, int]:
    """First and last year of a band in words; (1, 0) where it is none."""
    if found := _BETWEEN.fullmatch(text):
        return int(found.group(1)), int(found.group(2))
    if found := _BELOW.fullmatch(text):
        return 0, int(found.group(1)) - 1
    if found := _ABOVE.fullmatch(text):
        return int(found.group(1)) + 1, OLDEST
    if found := _FROM.fullmatch(text):
        return int(found.group(1)), OLDEST
    return 1, 0


def bands_between(lowest: int | None, highest: int | None) -> tuple[int, int]:
    """First and last band number of an inclusive age range.

    Raises UsageError where a bound does not fall on a band's edge.
    """
    first = 1 if lowest is None else _edge(BAND_LOWS, lowest, "least age")
    last = BAND_COUNT if highest is None else _edge(BAND_HIGHS, highest, "greatest age")
    return first, last


def spans_told(first: int, last: int) -> tuple[list[int], list[int]]:
    """The spans that lie within a range of bands, and those that lie outside it; of others it cannot be told."""
    numbered = [*enumerate(SPANS, start=1)]
    inside = [number for number, (low, high) in numbered if first <= low and high <= last]
    outside = [number for number, (low, high) in numbered if high < first or last < low]
    return inside, outside


def _edge(edges: tuple[int, ...], age: int, which: str) -> int:
    if age not in edges:
        allowed = ", ".join(str(edge) for edge in edges)
        raise UsageError(f"{which} {age} does not fall on an edge of the age bands ({allowed}).")
    return edges.index(age) + 1
