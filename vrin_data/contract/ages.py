"""Age bands of a profile: cut wherever a definition in use cuts, and nowhere else.

Exact ages stay with the person. A profile needs few distinct ages, so that a definition is decided
on few rows; a definition may only cut where a band begins or ends, so that its answer from profiles
is exact. The edges serve every age range of the definitions known to VRIN: under 18, 20 and 25,
25 and under, 1 to 19, 10 to 17, 14 to 24, 16 and over, 65 and over. Another edge is one number
here; profiles are made anew from the persons then.
"""

from vrin_data.errors import UsageError

OLDEST = 120
BAND_LOWS: tuple[int, ...] = (0, 1, 10, 14, 16, 18, 20, 25, 26, 65)
BAND_HIGHS: tuple[int, ...] = (*(low - 1 for low in BAND_LOWS[1:]), OLDEST)
BAND_COUNT = len(BAND_LOWS)

AGE_BAND_SQL = (
    "case when {age} is null then 0 "
    + " ".join(f"when {{age}} <= {high} then {number}" for number, high in enumerate(BAND_HIGHS, start=1))
    + f" else {BAND_COUNT} end"
)
"""An age in years as the band's number from 1, 0 where it is not recorded."""


def bands_between(lowest: int | None, highest: int | None) -> tuple[int, int]:
    """First and last band number of an inclusive age range.

    Raises UsageError where a bound does not fall on a band's edge.
    """
    first = 1 if lowest is None else _edge(BAND_LOWS, lowest, "least age")
    last = BAND_COUNT if highest is None else _edge(BAND_HIGHS, highest, "greatest age")
    return first, last


def _edge(edges: tuple[int, ...], age: int, which: str) -> int:
    if age not in edges:
        allowed = ", ".join(str(edge) for edge in edges)
        raise UsageError(f"{which} {age} does not fall on an edge of the age bands ({allowed}).")
    return edges.index(age) + 1
