"""A series of pure noise gives no more signals than the rules promise."""

import numpy as np
import pytest

from benchmarks.bench_noise import NOISE, chance_of_run, run_chart_share, shares
from vrin_data.methods.chart_settings import ChartSettings

TERMS = {"series": 400, "months": 36, "seed": 5}


def test_the_chance_of_a_run_is_that_of_all_ways_to_toss_a_coin() -> None:
    # Of the 16 ways to toss four times, 2 are runs of four and 6 hold a run of three or more.
    assert chance_of_run(4, 4) == pytest.approx(2 / 16)
    assert chance_of_run(4, 3) == pytest.approx(6 / 16)


def test_normal_noise_gives_what_the_rules_promise() -> None:
    found = shares(NOISE["normal"], ChartSettings(screen_ranges=False), **TERMS)
    # Limits and mean are estimated from the series itself, which makes points outside likelier and runs rarer.
    assert 0.05 < found["outside"] < 0.17
    assert 0.08 < found["run"] < chance_of_run(36, 7)
    assert found["trend"] < 0.03
    assert found["two_of_three"] < 0.08
    assert found["latest"] < 0.05


@pytest.mark.parametrize("settings", [ChartSettings(), ChartSettings(ties="pass")])
def test_counts_give_hardly_more(settings: ChartSettings) -> None:
    found = shares(NOISE["counts, mean 20"], settings, **TERMS)
    assert found["any"] < 0.40
    assert found["months"] < 0.08


def test_longer_runs_are_rarer() -> None:
    found = [
        shares(NOISE["counts, mean 20"], ChartSettings(run_length=length), **TERMS)["run"]
        for length in (6, 7, 8)
    ]
    assert found == sorted(found, reverse=True)
    assert found[0] > found[2]


def test_harm_is_no_series_for_limits_and_is_one_for_runs() -> None:
    # Why harm that is skewed is put on a run chart.
    assert shares(NOISE["harm, 10 a month"], ChartSettings(), **TERMS)["any"] > 0.7
    assert run_chart_share(NOISE["harm, 10 a month"], **TERMS) < 0.10


def test_noise_is_the_same_for_one_seed() -> None:
    make = NOISE["harm, 40 a month"]
    one, other = (make(np.random.default_rng(3), 6) for _ in range(2))
    assert np.array_equal(one, other)
