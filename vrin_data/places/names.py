"""Names of districts, partnerships and forces as extracts write them, brought to one spelling."""

import re

BROAD_LEVELS = ("district", "csp", "force")
"""Levels whose areas a name can stand for, the smaller first."""

_ENDINGS = (
    " community safety partnership",
    " csp",
    " metropolitan borough council",
    " metropolitan district council",
    " borough council",
    " city council",
    " district council",
    " county council",
    " council",
    " unitary authority",
    " metropolitan borough",
    " borough",
    " city",
    " district",
    " constabulary",
    " police",
    " city of",
    " county of",
)
_BEGINNINGS = (
    "the ",
    "city of ",
    "county of ",
    "borough of ",
    "royal borough of ",
    "london borough of ",
    "metropolitan borough of ",
)
NOT_A_NAME = ("london",)
"""What is left of a name and means another place: the City is not London."""


def plain_name(text: str) -> str:
    """An area's name in small letters, without punctuation, the word "and", and what usually stands after it."""
    words = " ".join(re.findall(r"[a-z0-9]+", text.lower().replace("&", " and ").replace("'", "")))
    words = re.sub(r"\band\b", " ", words)
    return _without_endings(" ".join(words.split()))


def spellings(text: str) -> list[str]:
    """What an extract's text may be as a name: as it stands, and without what usually stands before a name."""
    plain = plain_name(text)
    found = [plain]
    for beginning in _BEGINNINGS:
        if plain.startswith(beginning) and len(plain) > len(beginning):
            found.append(plain.removeprefix(beginning))
    return found


def _without_endings(words: str) -> str:
    for ending in _ENDINGS:
        if words.endswith(ending) and len(words) > len(ending):
            return _without_endings(words.removesuffix(ending))
    return words
