"""False alarms of control charts: how often pure noise is called a signal, by rule, setting and kind of noise.

    python -m benchmarks.bench_noise [--series 2000] [--months 36] [--seed 1]

Prints the share of series in which each rule finds something, of months called unusual, and of series whose latest
month is; beside them what independent normal values give where that is known: 0.27% of months outside limits that
are known exactly, and for a series of n months the exact chance of a run of so many on one side of a known mean.
"""

import argparse
import time
from collections.abc import Callable

import numpy as np

from vrin_data.methods.chart_settings import ChartSettings
from vrin_data.methods.control_chart import OUTSIDE, RUN, TREND, TWO_OF_THREE, Chart
from vrin_data.methods.run_chart import runs
from vrin_data.methods.xmr import xmr_chart

Make = Callable[[np.random.Generator, int], np.ndarray]
RULES = (OUTSIDE, TREND, TWO_OF_THREE, RUN)
SETTINGS = {
    "as NHSRplotthedots": ChartSettings(),
    "all ranges": ChartSettings(screen_ranges=False),
    "runs of 6": ChartSettings(run_length=6),
    "runs of 8": ChartSettings(run_length=8),
    "two of three any": ChartSettings(two_of_three="any"),
    "ties pass": ChartSettings(ties="pass"),
}
WEIGHTS = np.array([10.0, 20, 100, 365, 1460, 5475])
MIX = np.array([0.6, 0.2, 0.12, 0.06, 0.019, 0.001])
"""Days of offences of violence and how common each is, about as in the simulated extracts."""


def _harm(random: np.random.Generator, months: int, mean: float) -> np.ndarray:
    counts = random.poisson(mean * MIX, size=(months, len(MIX)))
    return counts @ WEIGHTS


NOISE: dict[str, Make] = {
    "normal": lambda random, months: random.normal(100, 10, months),
    "counts, mean 20": lambda random, months: random.poisson(20, months).astype(float),
    "counts, mean 3": lambda random, months: random.poisson(3, months).astype(float),
    "harm, 40 a month": lambda random, months: _harm(random, months, 40),
    "harm, 10 a month": lambda random, months: _harm(random, months, 10),
}


def chance_of_run(months: int, length: int) -> float:
    """The chance that so many independent months hold a run of a length on one side of a known median."""
    # By how long the run is at its end: the next month lengthens it or begins another, each with chance a half.
    at = np.zeros(length)
    at[1] = 1.0
    found = 0.0
    for _ in range(months - 1):
        found += at[length - 1] / 2
        at = np.append([0.0, at[1:].sum() / 2], at[1:-1] / 2)
    return found


def shares(make: Make, settings: ChartSettings, *, series: int, months: int, seed: int) -> dict[str, float]:
    """What share of the series each rule finds something in, and the other shares printed."""
    random = np.random.default_rng(seed)
    charts = [_chart(make(random, months), settings) for _ in range(series)]
    found = {rule: np.mean([(one.cause == rule).any() for one in charts]) for rule in RULES}
    any_cause = [one.cause != "" for one in charts]
    return {name: float(share) for name, share in found.items()} | {
        "any": float(np.mean([one.any() for one in any_cause])),
        "months": float(np.mean([one.mean() for one in any_cause])),
        "latest": float(np.mean([one[-1] for one in any_cause])),
    }


def run_chart_share(make: Make, *, series: int, months: int, seed: int) -> float:
    """The share of series that the rules for run charts call changed."""
    random = np.random.default_rng(seed)
    return float(np.mean([runs(make(random, months)).is_signal for _ in range(series)]))


def _chart(values: np.ndarray, settings: ChartSettings) -> Chart:
    return xmr_chart(values, np.zeros(len(values)), np.ones(len(values), dtype=bool), settings=settings)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--series", type=int, default=2000)
    parser.add_argument("--months", type=int, default=36)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    terms = {"series": options.series, "months": options.months, "seed": options.seed}
    print(f"{options.series:,} series of {options.months} months of pure noise: shares called unusual")
    names = (*RULES, "any", "months", "latest")
    print(f"{'noise':<18}{'settings':<20}" + "".join(f"{name:>14}" for name in names))
    for noise, make in NOISE.items():
        for words, settings in SETTINGS.items():
            found = shares(make, settings, **terms)
            print(f"{noise:<18}{words:<20}" + "".join(f"{found[name]:>13.1%} " for name in names))
        print(f"{noise:<18}{'run chart':<20}{run_chart_share(make, **terms):>69.1%}")
    print("expected of independent months with mean and spread known:")
    outside = 1 - (1 - 0.0027) ** options.months
    print(f"  a month outside the limits: {outside:.1%} of series (0.27% of months)")
    for length in (6, 7, 8):
        print(f"  a run of {length} or more: {chance_of_run(options.months, length):.1%} of series")
    _speed(options.months)


def _speed(months: int) -> None:
    random = np.random.default_rng(1)
    values = [random.poisson(20, months).astype(float) for _ in range(700)]
    start = time.perf_counter()
    for one in values:
        _chart(one, ChartSettings())
    print(f"charts of 35 areas x 20 definitions: {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main()
