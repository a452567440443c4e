"""Police and health in words: what was compared, what was not, and ratios that cannot be misread."""

from types import SimpleNamespace
from typing import Any

import pytest

from vrin_data.measures.triangulate import REASONS
from vrin_data.report import triangulation_words as words


def row(**values: Any) -> SimpleNamespace:
    return SimpleNamespace(
        **{
            "source_name": "ED",
            "grain": "attendance",
            "is_comparable": True,
            "reason": "",
            "months_compared": 23,
            "months_left_out": 1,
            "police_count_low": 3330,
            "health_count_low": 1023,
            "health_count_high": 1023,
            "ratio": 0.3072,
            "ratio_low": 0.2858,
            "ratio_high": 0.3296,
            **values,
        }
    )


def test_what_was_compared_is_said_with_its_months_and_interval() -> None:
    assert words.compared_words(row()) == (
        "ED: 1,023 emergency department attendances beside 3,330 recorded crimes in 23 months that came whole from "
        "both; 1 left out. That is 0.31 for each recorded crime (0.29 to 0.33)."
    )


def test_hidden_small_counts_are_said_and_the_ratio_is_at_least() -> None:
    told = words.compared_words(row(health_count_high=6673, ratio_high=1.36))
    assert "(up to 6,673, small counts being hidden by the supplier)" in told
    assert "at least 0.31 for each recorded crime (0.29 to 1.36)" in told


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_for_not_comparing_has_words(reason: str) -> None:
    assert (
        words.compared_words(row(is_comparable=False, reason=reason))
        == f"ED: not compared: {words.REASONS[reason]}."
    )


def test_no_crimes_give_no_ratio_and_no_end_is_no_number() -> None:
    assert "the police recorded none" in words.ratio_words(row(ratio=float("nan")))
    assert words.ratio_number(float("inf")) == "no upper limit"
    assert words.ratio_number(12.34) == "12.3"


def test_a_match_is_said_with_its_window_and_its_share_of_those_with_a_key() -> None:
    told = words.matched_words(
        row(
            window_days=7,
            health_only_count=3,
            health_keyed_count=4,
            health_count=6,
            health_only_share=0.75,
            health_only_share_low=0.194,
            health_only_share_high=0.994,
        )
    )
    assert told == (
        "ED, within 7 days: 3 of 4 emergency department attendances with a person key (75%; 95% interval 19% to 99%) "
        "have no recorded crime against the same person. 4 of 6 have such a key."
    )
    assert words.window_words(0) == "the same day"
    assert words.window_words(1) == "1 day"


def test_nothing_says_that_unlinked_feeds_know_who_is_unknown() -> None:
    assert "cannot say how many" in words.CANNOT_SAY
    assert "cannot say how many" in words.ON_CHART
    assert "59.0%" in words.LINKED_STUDY
    assert "linked persons" in words.LINKED_STUDY
