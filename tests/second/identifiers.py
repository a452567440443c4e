"""Whether a text holds what tells who a person is, after the words of `reference/identifiers.toml` and the README."""

import re
from collections.abc import Sequence

_DIGITS = re.compile(r"(?<![\d.])\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_POSTCODE = re.compile(r"\b(?:LE|DE|NG|NN|LN|SW|B)\d{1,2}[A-Z]? ?\d[A-Z]{2}\b")
_EMAIL = re.compile(r"\S+@\S+\.\w+")
_MOBILE = re.compile(r"(?<!\d)07\d{3} ?\d{6}(?!\d)")


def is_identifying(text: str) -> bool:
    """Whether a text holds an NHS number, a full postcode, an email address or a mobile number."""
    if any(is_nhs_number("".join(re.findall(r"\d", found))) for found in _DIGITS.findall(text)):
        return True
    return any(form.search(text) for form in (_POSTCODE, _EMAIL, _MOBILE))


def is_identifying_column(values: Sequence[str]) -> bool:
    """Whether at least half of the keys of a file look like identifiers."""
    given = {value.strip() for value in values if value.strip()}
    return bool(given) and sum(map(is_identifying, given)) * 2 >= len(given)


def is_nhs_number(digits: str) -> bool:
    """Whether the tenth digit checks the nine before it (modulus 11)."""
    if len(set(digits)) == 1:
        return False
    check = 11 - sum((10 - place) * int(digit) for place, digit in enumerate(digits[:9])) % 11
    return int(digits[9]) == (0 if check == 11 else check)
