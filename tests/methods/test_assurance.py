"""Targets against limits: the cases of NHSRplotthedots, tests/testthat/test-ptd_calculate_assurance_type.R."""

from math import nan

import pytest

from vrin_data.methods.assurance import assurance


@pytest.mark.parametrize(
    ("lower", "upper", "up", "down"),
    [(1, 3, "fail", "pass"), (5, 7, "pass", "fail"), (1, 5, "inconsistent", "inconsistent")],
)
def test_a_target_of_4(lower: float, upper: float, up: str, down: str) -> None:
    assert assurance(lower, upper, 4, "up") == up
    assert assurance(lower, upper, 4, "down") == down
    assert assurance(lower, upper, 4, "neutral") == "none"


def test_a_target_on_a_limit_is_met_at_times() -> None:
    assert assurance(4, 7, 4, "down") == "inconsistent"
    assert assurance(1, 4, 4, "down") == "inconsistent"


def test_without_a_target_or_limits_there_is_no_assurance() -> None:
    assert assurance(1, 3, None, "down") == "none"
    assert assurance(nan, nan, 4, "down") == "none"
