"""Maximum sentences: their words read as years, the greatest of several, and what the list gives."""

import csv
import math
from pathlib import Path

import pytest

from vrin_data.contract.offences import offences
from vrin_data.contract.sentences import greatest_sentence, sentence_years


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("", None),
        ("Fine", 0),
        ("1 month", pytest.approx(1 / 12)),
        ("6 months", 0.5),
        ("51 weeks", pytest.approx(0.977, abs=0.001)),
        ("1 year", 1),
        ("14 years", 14),
        ("Life", math.inf),
    ],
)
def test_words_read_as_years(words: str, years: float | None) -> None:
    assert sentence_years(words) == years


def test_the_greatest_of_several() -> None:
    assert greatest_sentence(["5 years", "", "14 years", "51 weeks"]) == "14 years"
    assert greatest_sentence(["5 years", "Life"]) == "Life"
    assert greatest_sentence(["Fine", ""]) == "Fine"
    assert greatest_sentence(["", ""]) == greatest_sentence([]) == ""


@pytest.mark.parametrize(
    ("code", "classification", "words"),
    [
        ("1", "001/01", "Life"),
        ("5D", "005/01", "Life"),
        ("8N", "008/01", "5 years"),
        ("8N", "008/21", "2 years"),
        ("8N", "008/52", "14 years"),
        ("8N", "008/70", "Fine"),
        ("3B", "003/01", "10 years"),
        ("10D", "008/26", "4 years"),
        ("34B", "034/01", "Life"),
        ("105A", "105/01", "6 months"),
        ("5A", "", ""),
    ],
)
def test_the_sentence_of_a_pair(code: str, classification: str, words: str) -> None:
    assert offences().facts[(code, classification)].max_sentence == words


def test_every_sentence_can_be_read() -> None:
    found = [facts.max_sentence for facts in offences().facts.values()]
    assert all(sentence_years(each) is not None for each in found if each)
    assert sum(1 for each in found if each) > 1300


@pytest.mark.real
def test_sentences_are_the_greatest_of_the_home_office_list(real_data: Path) -> None:
    """Each published row, in its own short form, is no greater than what the pair has."""
    path = real_data / "home_office" / "notifiable_offences_apr2026.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["ho_code"]]
    published: dict[tuple[str, str], list[float]] = {}
    for row in rows:
        pair = (row["ho_code"], row["ho_classification"])
        published.setdefault(pair, []).extend(_published_years(row["max_sentence"]))
    ours = {pair: offences().facts[pair].max_sentence for pair in published}
    assert {pair: max(years, default=None) for pair, years in published.items()} == {
        pair: sentence_years(words) for pair, words in ours.items()
    }


def _published_years(short: str) -> list[float]:
    if short.lower() in ("fine", "life"):
        return [0.0 if short.lower() == "fine" else math.inf]
    if short == "?":
        return []
    if short.endswith("weeks"):
        return [int(short.split()[0]) / (365.25 / 7)]
    return [int(short.removesuffix("m")) / (12 if short.endswith("m") else 1)]
