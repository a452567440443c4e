"""How often each check speaks where nothing is wrong, and how often it finds what is planted."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from benchmarks.simulate_feeds import Kind, day_counts, halved, month_counts, suppliers
from vrin_data.intake.believe.days import DaysOf, empty_runs
from vrin_data.intake.believe.gaps import telling_gap
from vrin_data.intake.believe.mixes import flips
from vrin_data.intake.believe.norms import norms
from vrin_data.intake.believe.shares import Series, shifts
from vrin_data.intake.believe.whole import volume_says

Floats = npt.NDArray[np.float64]
LEAST_OTHERS = 4
LAST_DAY = 14


@dataclass(frozen=True)
class Rates:
    """False findings a thousand submissions, and the share of planted faults that were found."""

    false_per_thousand: float
    found: float

    def __str__(self) -> str:
        return f"{self.false_per_thousand:.1f} false a thousand, {self.found:.0%} found"


def volume_rates(
    kind: Kind, mean: float, months: int, *, count: int, seed: int, doubled: bool = False
) -> Rates:
    """Half months (or doubled ones) by their volume alone, planted anywhere in the series."""
    false = found = 0
    for rng in suppliers(seed, count):
        counts = month_counts(kind, mean, months, rng=rng)
        false += sum(bool(said) for said in _volumes(counts))
        place = int(rng.integers(months))
        planted = counts.copy()
        planted[place] = 2 * counts[place] if doubled else halved(int(counts[place]), rng=rng)
        found += _volumes(planted)[place] in (
            ("volume_high",) if doubled else ("volume_low", "volume_nearly_none")
        )
    return Rates(1000 * false / (count * months), found / count)


def day_rates(kind: Kind, mean: float, months: int, *, count: int, seed: int) -> Rates:
    """Half months by their days alone: rows of the first fourteen days, planted anywhere in the series."""
    false = found = 0
    for rng in suppliers(seed, count):
        days = [DaysOf(first, rows > 0) for first, rows in day_counts(kind, mean, months, rng=rng)]
        false += sum(_gaps(days))
        place = int(rng.integers(months))
        short = days[place].has_rows.copy()
        short[LAST_DAY:] = False
        days[place] = DaysOf(days[place].first, short)
        found += _gaps(days)[place]
    return Rates(1000 * false / (count * months), found / count)


def share_rates(
    check_id: str,
    before: float,
    after: float,
    rows: int,
    *,
    count: int,
    seed: int,
    months: int = 24,
    noise: float = 0.02,
) -> Rates:
    """A share that jumps for good in the middle, found where it is told there and nowhere else.

    `noise` is by how much it varies from month to month beyond chance.
    """
    false = found = 0

    for rng in suppliers(seed, count):
        shares = np.clip(rng.normal(before, noise, months), 0, 1)
        false += len(_jumps(check_id, shares, rows, rng))
        shares[months // 2 :] = np.clip(rng.normal(after, noise, months - months // 2), 0, 1)
        found += _jumps(check_id, shares, rows, rng) == [months // 2]
    return Rates(1000 * false / (count * months), found / count)


def mix_rates(rows: int, *, count: int, seed: int, months: int = 24) -> Rates:
    """A mix of twelve kinds that loses its two most frequent for good in the middle."""
    false = found = 0
    for rng in suppliers(seed, count):
        mix = rng.dirichlet(np.full(12, 0.7))
        lost = mix.copy()
        lost[np.argsort(-mix)[:2]] = 0
        plain = np.array([rng.multinomial(rows, rng.dirichlet(200 * mix + 1e-6)) for _ in range(months)])
        planted = plain.copy()
        planted[months // 2 :] = rng.multinomial(rows, lost / lost.sum(), size=months - months // 2)
        false += len(flips(pd.DataFrame(plain), "offences_flipped"))
        found += [place for place, _ in flips(pd.DataFrame(planted), "offences_flipped")] == [months // 2]
    return Rates(1000 * false / (count * months), found / count)


def _jumps(check_id: str, shares: Floats, rows: int, rng: np.random.Generator) -> list[int]:
    of = rng.poisson(rows, size=len(shares))
    return [place for place, _ in shifts(Series(check_id, "", rng.binomial(of, shares), of))]


def _volumes(counts: np.ndarray) -> list[str]:
    own = norms(np.arange(len(counts)), counts.astype(float), periods_a_year=12)
    return [
        volume_says(*one) for one in zip(counts.tolist(), own.usual.tolist(), own.z.tolist(), strict=True)
    ]


def _gaps(days: list[DaysOf]) -> list[bool]:
    return [bool(telling_gap(run)) for run in empty_runs(days, least_others=LEAST_OTHERS)]
