"""Age bands of a profile: single years below 30, then five years, 85 and over last.

Exact ages stay with the person. A profile needs few distinct ages, and a definition may only
cut where a band begins or ends, so that its answer from profiles is exact.
"""

from vrin_data.errors import UsageError

SINGLE_YEARS = 30
LAST_BAND_STARTS = 85
OLDEST = 120
BAND_LOWS: tuple[int, ...] = (*range(SINGLE_YEARS), *range(SINGLE_YEARS, LAST_BAND_STARTS + 1, 5))
BAND_HIGHS: tuple[int, ...] = (*(low - 1 for low in BAND_LOWS[1:]), OLDEST)
BAND_COUNT = len(BAND_LOWS)

AGE_BAND_SQL = (
    f"case when {{age}} is null then 0 when {{age}} < {SINGLE_YEARS} then {{age}} + 1 "
    f"else least({SINGLE_YEARS + 1} + ({{age}} - {SINGLE_YEARS}) // 5, {BAND_COUNT}) end"
)
"""An age in years as the band's number from 1, 0 where it is not recorded."""


def band_of(age: int) -> int:
    """Number of an age's band, from 1."""
    return max(number for number, low in enumerate(BAND_LOWS, start=1) if low <= age)


def bands_between(lowest: int | None, highest: int | None) -> tuple[int, int]:
    """First and last band number of an inclusive age range.

    Raises UsageError where a bound does not fall on a band's edge.
    """
    first = 1 if lowest is None else _edge(BAND_LOWS, lowest, "least age")
    last = BAND_COUNT if highest is None else _edge(BAND_HIGHS, highest, "greatest age")
    return first, last


def _edge(edges: tuple[int, ...], age: int, which: str) -> int:
    if age not in edges:
        allowed = ", ".join(str(edge) for edge in edges if edge >= SINGLE_YEARS)
        raise UsageError(f"{which} {age} does not fall on an age band: any age below 30, or {allowed}.")
    return edges.index(age) + 1
