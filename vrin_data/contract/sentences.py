"""Maximum sentences as the Home Office list prints them: read, and the greatest of several."""

import math
from collections.abc import Iterable

LIFE = "Life"
FINE = "Fine"
_IN_A_YEAR = {"year": 1.0, "month": 12.0, "week": 365.25 / 7}


def sentence_years(words: str) -> float | None:
    """Years of a maximum sentence such as '14 years' or '6 months': infinite for life, 0 for a fine.

    None where the list has none ('').
    """
    if not words:
        return None
    if words in (LIFE, FINE):
        return math.inf if words == LIFE else 0.0
    number, _, unit = words.partition(" ")
    return int(number) / _IN_A_YEAR[unit.removesuffix("s")]


def greatest_sentence(sentences: Iterable[str]) -> str:
    """The greatest of several maximum sentences, in words; '' where none of them is known."""
    known = {each: years for each in sentences if (years := sentence_years(each)) is not None}
    return max(known, key=lambda each: known[each], default="")
