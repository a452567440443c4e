"""What a row says of its offence, and how sure that is: the register read again, for its own spellings alone."""

import csv
from functools import cache

from tests.second.words import REFERENCE, Toml

UNMAPPED = "unmapped"


@cache
def _rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@cache
def pairs() -> dict[tuple[str, str], bool]:
    """Every offence code with its classification ('' for none), and whether it is notifiable."""
    return {
        (row["offence_code"], row["classification"]): row["is_notifiable"] == "yes"
        for row in _rows("offences.csv")
    }


@cache
def crime_types() -> dict[str, str]:
    """The printed categories of data.police.uk with the key of each."""
    return {row["crime_type"]: row["offence_key"] for row in _rows("police_uk_categories.csv")}


@cache
def labels() -> dict[str, str]:
    """Published labels in the register's own spelling with the key of each."""
    return {row["label"]: row["offence_key"] for row in _rows("offence_labels.csv")}


def offence_of(feed: Toml, code: str, classification: str, raw: str) -> tuple[str, str | None]:
    """Key and mapping status of an offence; None for a status that this reading does not tell."""
    source = feed["offence_source"]
    if source == "police_uk":
        key = crime_types().get(raw, UNMAPPED)
        return key, (UNMAPPED if key == UNMAPPED else None)
    if source in ("given", "none"):
        return f"{feed['id']}:{raw[:80] if source == 'given' else ''}", "not_crime"
    if source == "labels" and not code:
        key = labels().get(raw, UNMAPPED)
        return key, (UNMAPPED if key == UNMAPPED else None)
    return _home_office(code, classification)


def is_contradiction(feed: Toml, code: str, classification: str) -> bool:
    """Whether of a code and a classification that are both given only one could be taken."""
    key = offence_of(feed, code, classification, "")[0]
    return bool(code and classification) and key != UNMAPPED and "" in key.split("|")


def _home_office(code: str, classification: str) -> tuple[str, str]:
    composites = _composites()
    if code in composites:
        return f"{code}|", _status(composites[code])
    own = [pair for pair in pairs() if pair[0] == code and code]
    classed = [
        pair for pair in pairs() if pair[1] == classification and classification and pair[0] not in composites
    ]
    if own and (code, classification) in pairs() and classification:
        return f"{code}|{classification}", _status([(code, classification)])
    # An old code that has no classification of its own comes with a filler.
    if classed and (code, "") not in pairs():
        notifiable = [pair for pair in classed if pairs()[pair]] or classed
        return f"|{classification}", _status(notifiable)
    return (f"{code}|", _status(own)) if own else (UNMAPPED, UNMAPPED)


@cache
def _composites() -> dict[str, list[tuple[str, str]]]:
    """Codes that stand for others, with what they may mean."""
    rows = _rows("offence_composites.csv")
    names = {row["offence_code"] for row in rows}
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in names}
    for row in rows:
        code, classification = row["possible_code"], row["possible_classification"]
        found[row["offence_code"]] += (
            [(code, classification)] if classification else [pair for pair in pairs() if pair[0] == code]
        )
    return found


def _status(meant: list[tuple[str, str]]) -> str:
    if not any(pairs()[pair] for pair in meant):
        return "not_crime"
    return "exact" if len(meant) == 1 else "one_to_many"
