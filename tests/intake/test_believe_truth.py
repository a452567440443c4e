"""Known truth: how often the checks speak where nothing is wrong, and how often they find what is planted.

Simulated suppliers with fixed seeds; `python -m benchmarks.bench_checks` prints these rates for more
kinds and sizes. A bound stands a little off what was measured, so that a change for the worse fails.
"""

import pytest

from benchmarks.check_rates import day_rates, mix_rates, share_rates, volume_rates
from benchmarks.simulate_feeds import CALM, DAY_KINDS, ERRATIC, SEASONAL, TRENDING, Kind


@pytest.mark.parametrize(
    ("kind", "mean", "months", "false", "found"),
    [
        (CALM, 1000, 36, 0.5, 0.97),
        (CALM, 1000, 12, 0.5, 0.90),
        (CALM, 150, 24, 1.0, 0.88),
        (CALM, 60, 24, 1.0, 0.50),
        (TRENDING, 1000, 24, 1.0, 0.97),
        (SEASONAL, 1000, 36, 1.0, 0.80),
        # A season of 30% of which one year is known, and noise of 20%, look like half months at times.
        (SEASONAL, 150, 12, 5.0, 0.30),
        (ERRATIC, 150, 24, 7.0, 0.15),
        (CALM, 20, 24, 2.0, 0.05),
        (CALM, 5, 24, 0.0, 0.0),
    ],
)
def test_half_months_by_volume(kind: Kind, mean: float, months: int, false: float, found: float) -> None:
    rates = volume_rates(kind, mean, months, count=100, seed=1)
    assert rates.false_per_thousand <= false, rates
    assert rates.found >= found, rates


@pytest.mark.parametrize(("mean", "found"), [(60, 0.70), (150, 0.85), (1000, 0.95)])
def test_months_sent_twice_by_volume(mean: float, found: float) -> None:
    rates = volume_rates(CALM, mean, 24, count=100, seed=1, doubled=True)
    assert rates.found >= found, rates


@pytest.mark.parametrize("kind", DAY_KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize(("mean", "found"), [(5, 0.0), (20, 0.3), (40, 0.95), (150, 0.98)])
def test_half_months_by_days(kind: Kind, mean: float, found: float) -> None:
    rates = day_rates(kind, mean, 24, count=60, seed=2)
    assert rates.false_per_thousand <= 2.5, rates
    assert rates.found >= found, rates


@pytest.mark.parametrize(
    ("check_id", "before", "after", "rows", "found"),
    [
        ("blanks_changed", 0.1, 0.5, 60, 0.65),
        ("blanks_changed", 0.1, 0.5, 200, 0.97),
        ("blanks_changed", 0.9, 0.5, 200, 0.97),
        ("code_drift", 0.0, 0.77, 25, 0.88),
        ("code_drift", 0.0, 0.77, 1000, 0.99),
        ("places_outside", 0.05, 0.25, 200, 0.70),
        ("unmapped_offences", 0.01, 0.12, 1000, 0.80),
    ],
)
def test_shares_that_jump(check_id: str, before: float, after: float, rows: int, found: float) -> None:
    noise = 0.005 if check_id == "unmapped_offences" else 0.02
    rates = share_rates(check_id, before, after, rows, count=100, seed=3, noise=noise)
    assert rates.false_per_thousand <= 1.0, rates
    assert rates.found >= found, rates


@pytest.mark.parametrize(("rows", "found"), [(100, 0.7), (150, 0.88), (400, 0.95)])
def test_mixes_that_flip(rows: int, found: float) -> None:
    rates = mix_rates(rows, count=60, seed=4)
    assert rates.false_per_thousand <= 0.5, rates
    assert rates.found >= found, rates
