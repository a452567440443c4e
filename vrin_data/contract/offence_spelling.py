"""How partners spell Home Office codes and classifications, read into the two canonical forms.

A code is '8N', '105A' or '4.10'; a classification is '008/06'. A number such as 806, which a
spreadsheet leaves of 00806, is not read: some of those numbers are codes of other offences.
"""

import re
from dataclasses import dataclass

_PREFIX = re.compile(r"^(?:HO|HOME OFFICE)\b[\s:.]*(?:(?:OFFENCE )?CODE\b)?[\s:.]*")
_FIVE_DIGITS = re.compile(r"^(\d{3})[ /-]?(\d{2})$")
_SLASHED = re.compile(r"^(\d{1,3}) ?/ ?(\d{1,2})$")
_DOTTED = re.compile(r"^0*(\d+)\.(\d+)$")
_PLAIN = re.compile(r"^0*(\d+) ?([A-Z]?)$")
_BOTH = re.compile(r"^([0-9A-Z.]+)\s*[|,;: ]\s*(\d{1,3} ?/ ?\d{1,2}|\d{5})$")


@dataclass(frozen=True)
class Known:
    """The codes by their upper-case spelling (composites as '1/4.1/4.2') and the classifications."""

    codes: dict[str, str]
    classifications: frozenset[str]


def read_spelling(raw_code: str, raw_classification: str, *, known: Known) -> tuple[str, str]:
    """(code, classification) of what two columns say, '' for what they do not; either may hold either."""
    first = _read(raw_code, known)
    second = _read(raw_classification, known)
    return first[0] or second[0], second[1] or first[1]


def _read(raw: str, known: Known) -> tuple[str, str]:
    """(code, classification) of one cell; at most one unless the cell holds both."""
    text = _PREFIX.sub("", " ".join(raw.upper().split())).rstrip("*").strip()
    if both := _BOTH.match(text):
        code, classification = _code(both[1], known), _classification(both[2], known)
        if code and classification:
            return code, classification
    classification = _classification(text, known)
    return ("", classification) if classification else (_code(text, known), "")


def _classification(text: str, known: Known) -> str:
    """Canonical classification, or '' where the text is none that is known."""
    found = _FIVE_DIGITS.match(text) or _SLASHED.match(text)
    spelled = f"{found[1]:0>3}/{found[2]:0>2}" if found else ""
    return spelled if spelled in known.classifications else ""


def _code(text: str, known: Known) -> str:
    """Canonical code, or '' where the text is none that is known."""
    plain, dotted = _PLAIN.match(text), _DOTTED.match(text) or _SLASHED.match(text)
    if plain:
        spelled = plain[1] + plain[2]
    elif dotted:
        spelled = f"{int(dotted[1])}.{dotted[2].lstrip('0')}"
    else:
        spelled = text if text in known.codes else _composite(text)
    return known.codes.get(spelled, "")


def _composite(text: str) -> str:
    """'1, 4.1/10/2' as '1/4.1/4.10/4.2': later parts take the number before the last dot."""
    parts, stem = [], ""
    for part in re.split(r"[/, &]+", text):
        parts.append(part if "." in part or not stem else f"{stem}.{part}")
        stem = parts[-1].partition(".")[0] if "." in parts[-1] else stem
    whole = "/".join(sorted(parts))
    # The one composite whose published spelling is itself shortened.
    return "4.4/6/8" if whole == "4.4/4.6/4.8" else whole
