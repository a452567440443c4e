"""A late change against shuffled months: exact where all orders can be tried, and no more false than promised."""

from itertools import permutations

import numpy as np
import pytest
from scipy.stats import false_discovery_control

from vrin_data.methods.shuffled import MOST_ORDERS, false_discovery, late_changes, levelled

YEARS = [month % 12 for month in range(36)]


def noise(rows: int, mean: float, *, months: int = 36, season: float = 0.0, seed: int = 1) -> np.ndarray:
    rate = mean * (1 + season * np.cos(2 * np.pi * (np.arange(months) - 6) / 12))
    return np.random.default_rng(seed).poisson(rate, (rows, months)).astype(float)


def test_it_is_the_share_of_all_orders_that_stand_out_as_much() -> None:
    values = np.array([3.0, 1.0, 4.0, 1.0, 9.0, 8.0, 12.0])

    def score(row: np.ndarray) -> float:
        count, off = len(row), []
        windows = [(count - width, width) for width in (1, 2, 3)] + [(count - 2, 1), (count - 3, 1)]
        for first, width in windows:
            inside = row[first : first + width]
            rest = np.delete(row, range(first, first + width))
            off.append(abs(inside.mean() - rest.mean()) / np.sqrt(1 / width + 1 / (count - width)))
        return max(off)

    every = [score(np.array(order)) for order in permutations(values)]
    exact = np.mean(np.array(every) >= score(values) - 1e-9)
    found = late_changes(values, range(7)).p_value[0]
    assert found == pytest.approx(exact, rel=0.6)
    assert late_changes(np.tile(values, (200, 1)), range(7)).p_value == pytest.approx(found)


def test_it_says_which_way_and_since_when() -> None:
    rise = np.append(np.tile([20.0, 21.0, 19.0], 8), np.tile([35.0, 36.0, 34.0], 4))
    spike = np.append(np.tile([20.0, 21.0, 19.0, 20.5], 6), [21.0, 45.0, 20.0])
    found = late_changes(np.stack([rise, 60 - rise]), YEARS)
    assert found.is_rise.tolist() == [True, False]
    assert found.since.tolist() == [24, 24]
    assert (found.p_value < 1e-3).all()
    last = late_changes(spike, YEARS[:27])
    assert (last.is_rise[0], last.since[0]) == (True, 25)


@pytest.mark.parametrize(("mean", "season", "months"), [(50, 0.3, 36), (20, 0.0, 18), (2, 0.2, 35)])
def test_noise_stands_out_no_more_often_than_promised(mean: float, season: float, months: int) -> None:
    rows = noise(2000, mean, months=months, season=season)
    p = late_changes(levelled(rows), YEARS[:months]).p_value
    shares = [(p <= level).mean() for level in (0.01, 0.05, 0.2)]
    # Three standard errors of 2,000 series above what is promised.
    assert shares <= [level + 3 * np.sqrt(level / 2000) for level in (0.01, 0.05, 0.2)]
    assert (false_discovery(p) <= 0.1).sum() <= 1


def test_a_season_is_no_change_and_a_step_on_top_of_one_is() -> None:
    seasonal = noise(12, 100, season=0.4)
    stepped = seasonal.copy()
    stepped[:, 24:] *= 1.4
    assert (late_changes(levelled(seasonal), YEARS).p_value < 0.001).sum() == 0
    assert (late_changes(levelled(stepped), YEARS).p_value < 0.001).mean() > 0.9


def test_months_that_are_all_alike_tell_nothing() -> None:
    found = late_changes(np.array([[5.0] * 36, [0.0] * 36]), YEARS)
    assert found.p_value.tolist() == [1.0, 1.0]
    assert len(late_changes(np.zeros((0, 36)), YEARS).p_value) == 0


def test_no_chance_is_smaller_than_one_order_in_all_that_were_tried() -> None:
    step = np.append(np.arange(24) % 3, 100 + np.arange(12) % 3).astype(float)
    assert late_changes(step, YEARS).p_value[0] == pytest.approx(1 / (MOST_ORDERS + 1))


def test_the_false_share_is_that_of_benjamini_and_hochberg() -> None:
    p = np.random.default_rng(3).uniform(size=40) ** 3
    assert false_discovery(p) == pytest.approx(false_discovery_control(p))
    assert len(false_discovery([])) == 0
