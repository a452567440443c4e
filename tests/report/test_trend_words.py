"""The words of a chart over time: every chart, cause and icon has some, and they say what they mean."""

import pytest

from vrin_data.measures.chart_kinds import (
    ASKED,
    DENOMINATORS,
    IS_RARE,
    OF_HOMICIDE,
    SHORT,
    SKEWED,
    UNTOLD_MOSTLY,
)
from vrin_data.measures.trend_request import KINDS as ASKABLE
from vrin_data.methods.chart_settings import ChartSettings
from vrin_data.report.trend_words import (
    HOW_TO_READ,
    assurance_words,
    cause_words,
    how_to_read,
    kind_words,
    variation_words,
)

PLAIN = ChartSettings()


@pytest.mark.parametrize(
    ("cause", "direction", "words"),
    [
        ("outside", "high", "outside the limits"),
        ("trend", "low", "part of 7 or more months that fall one after another"),
        ("two_of_three", "high", "one of two in three months close to the upper limit"),
        ("run", "high", "part of 7 or more months above the middle"),
        ("crossings", "", "in a series that crosses its middle less often than chance would have it"),
        ("", "", ""),
    ],
)
def test_every_cause_in_words(cause: str, direction: str, words: str) -> None:
    assert cause_words(cause, direction, PLAIN) == words


def test_the_icon_of_variation_says_what_the_latest_month_is() -> None:
    eight = ChartSettings(run_length=8)
    assert (
        variation_words("concern", "high", "run", eight)
        == "concern: the latest month is high, part of 8 or more months above the middle"
    )
    assert variation_words("common", "", "", PLAIN).startswith("usual variation")
    assert variation_words("none", "", "", PLAIN).startswith("no reading")


def test_the_icon_of_assurance_says_the_target_as_written() -> None:
    assert assurance_words(
        "pass",
        "1,200",
    ) == ("left as it is, it will meet the target of 1,200: usual months all do")
    assert assurance_words("none", "") == ""


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("run", SHORT),
        ("run", SKEWED),
        ("none", SHORT),
        ("none", UNTOLD_MOSTLY),
        ("rare", IS_RARE),
        ("rare", OF_HOMICIDE),
        ("laney", DENOMINATORS),
        *((kind, ASKED) for kind in ASKABLE if kind != "auto"),
    ],
)
def test_every_chart_that_is_not_the_usual_one_says_why(kind: str, reason: str) -> None:
    assert kind_words(kind, reason).endswith(")")


def test_the_usual_chart_needs_no_reason() -> None:
    assert kind_words("xmr", "usual") == "XmR chart"


@pytest.mark.parametrize("kind", HOW_TO_READ)
def test_each_method_has_one_plain_paragraph(kind: str) -> None:
    text = how_to_read(kind, ChartSettings(run_length=6))
    assert 150 < len(text) < 750
    assert "\n" not in text
    assert "{" not in text
