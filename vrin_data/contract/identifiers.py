"""What would tell who a person is: headings that no extract may have, and identifiers inside a text.

Headings are refused before a row is read. Texts are searched for what has a form of its own: an NHS
number, a full postcode, an email address, a mobile number, a National Insurance number.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from vrin_data.contract import reference
from vrin_data.contract.feeds import Feed, fold

NHS_NUMBER = "an NHS number"
POSTCODE = "a full postcode"
EMAIL = "an email address"
MOBILE = "a telephone number"
NATIONAL_INSURANCE = "a National Insurance number"
LEAST_SHARE_OF_A_COLUMN = 0.5
"""Of keys this share must look like identifiers: one number in eleven passes the check digit by chance."""

# The letters with which a postcode begins.
_AREA = (
    "AB|AL|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]|"
    "L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE"
)
# Ordinals of running text ("b4 2nd floor") look like the second half of a postcode.
_ORDINALS = ("st", "nd", "rd", "th")
_POSTCODE = re.compile(
    rf"\b(?:{_AREA})[0-9][0-9A-Z]?\s*([0-9][ABD-HJLNP-UW-Z]{{2}})\b",
    re.IGNORECASE,
)
_INNER_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NHS = re.compile(r"(?<![\d.])(\d{3})[ -]?(\d{3})[ -]?(\d{4})(?![\d.]\d|\d)")
_EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.-]*[a-z]", re.IGNORECASE)
_MOBILE = re.compile(r"(?<!\d)(?:\+44 ?|0)7\d{3}[ -]?\d{3}[ -]?\d{3}(?!\d)")
_NATIONAL_INSURANCE = re.compile(
    r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b",
    re.IGNORECASE,
)


def forbidden_headings(feed: Feed, headings: Sequence[str]) -> list[str]:
    """The headings of a file that may not be in this feed, as the file spells them.

    The feed's own list, and what `reference/identifiers.toml` forbids in every feed.
    """
    known, words = _forbidden()
    known |= {fold(heading) for heading in feed.forbidden}
    return [
        heading
        for heading in headings
        if any(spelled in known or words & set(spelled.split()) for spelled in _spellings(heading))
    ]


def what_is_forbidden(heading: str) -> str:
    """What a forbidden heading would hold, in words: "a person's name"."""
    for one in reference.table("identifiers.toml")["identifiers"]:
        named, words = {fold(known) for known in one["headings"]}, set(one.get("words", ()))
        if any(spelled in named or words & set(spelled.split()) for spelled in _spellings(heading)):
            return str(one["what"])
    return "what would identify a person"


def identifier_in(text: str) -> str | None:
    """What in a free text would identify a person, in words; None where nothing does."""
    if any(_is_nhs_number("".join(found)) for found in _NHS.findall(text)):
        return NHS_NUMBER
    if any(_is_postcode(found) for found in _POSTCODE.finditer(text)):
        return POSTCODE
    if _EMAIL.search(text):
        return EMAIL
    if _MOBILE.search(text):
        return MOBILE
    return NATIONAL_INSURANCE if _NATIONAL_INSURANCE.search(text) else None


def identifier_of_column(values: Iterable[str]) -> str | None:
    """What a whole column of keys consists of, in words; None where most of it identifies nobody.

    A single key may pass for an NHS number by chance; a column of which most do holds them.
    """
    given = [value for value in values if value.strip()]
    found = [one for value in given if (one := identifier_in(value)) is not None]
    if not found or len(found) < len(given) * LEAST_SHARE_OF_A_COLUMN:
        return None
    return max(sorted(set(found)), key=found.count)


@cache
def _forbidden() -> tuple[frozenset[str], frozenset[str]]:
    """Whole headings and single words that are forbidden in every feed, folded."""
    entries = reference.table("identifiers.toml")["identifiers"]
    headings = frozenset(fold(heading) for one in entries for heading in one["headings"])
    return headings, frozenset(fold(word) for one in entries for word in one.get("words", ()))


def _spellings(heading: str) -> set[str]:
    """A heading folded; of an element's path its last name as well, also cut at its inner capitals."""
    last = heading.rpartition("/")[2]
    return {fold(heading), fold(last), fold(_INNER_CAPITAL.sub(" ", last))}


def _is_nhs_number(digits: str) -> bool:
    """Whether the last of ten digits is the check digit (modulus 11) of the nine before it."""
    if len(set(digits)) == 1:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


def _is_postcode(found: re.Match[str]) -> bool:
    inward = found.group(1)
    return inward[1:] not in _ORDINALS
