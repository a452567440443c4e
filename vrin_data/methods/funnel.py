"""How far areas of one underlying rate lie apart by chance, and by more than chance: the limits of a funnel plot.

A point is what was observed beside what was expected of an area at the rate of all. Chance alone is Poisson; what
areas differ by beyond it is a variance between them, which is added (Spiegelhalter 2005, doi 10.1002/sim.1970, and
Qual Saf Health Care 14:347-351, doi 10.1136/qshc.2005.013755). A weighted sum is put in as its effective counts.
"""

from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Scale = Literal["root", "log"]
Outliers = Literal["winsorise", "trim", "none"]

TAILS = {"95": 0.025, "998": 0.001}
"""What each pair of limits leaves out at either end, by its name."""
DEVIATES = {"95": 1.959964, "998": 3.090232}
"""The same ends on the normal curve."""
AT_EITHER_END = 0.1
"""Share of the areas at either end whose distances are drawn in or left out."""


class Spread(NamedTuple):
    """`phi`: the mean squared distance in units of chance, 1 where chance is all; `tau2`: the variance between areas.

    `used` areas made them.
    """

    phi: float
    tau2: float
    used: int


class Limits(NamedTuple):
    """Lower and upper limits, one each for every expected count."""

    low: Floats
    high: Floats


def distances(observed: npt.ArrayLike, expected: npt.ArrayLike, *, scale: Scale = "root") -> Floats:
    """How far each observed count is from its expected one, in units of chance.

    `root` takes square roots, which allows for counts of 0; `log` is that of the Summary Hospital-level Mortality
    Indicator. NaN where nothing was expected.
    """
    seen, due = _positive(observed, expected)
    with np.errstate(divide="ignore", invalid="ignore"):
        if scale == "log":
            return np.asarray(np.sqrt(due) * np.log(seen / due))
        return np.asarray(2 * (np.sqrt(seen) - np.sqrt(due)))


def spread(
    observed: npt.ArrayLike,
    expected: npt.ArrayLike,
    *,
    outliers: Outliers = "winsorise",
    scale: Scale = "root",
) -> Spread:
    """How much further areas lie apart than chance explains; the furthest tenth at either end has less say.

    `winsorise` draws those distances in to the tenth and ninetieth hundredth, as the Care Quality Commission does,
    `trim` leaves them out, as the mortality indicator does, `none` keeps all. With one area there is no variance.
    """
    distance = distances(observed, expected, scale=scale)
    kept = np.isfinite(distance)
    distance, due = distance[kept], np.asarray(expected, dtype="float64")[kept]
    if outliers == "trim":
        inside = _inside(distance)
        distance, due = distance[inside], due[inside]
    if outliers == "winsorise" and len(distance):
        distance = np.clip(distance, *np.quantile(distance, [AT_EITHER_END, 1 - AT_EITHER_END]))
    if len(distance) < 2:
        return Spread(1.0, 0.0, len(distance))
    phi = float((distance**2).mean())
    return Spread(phi, _between(phi, _precision(due, scale)), len(distance))


def chance_limits(expected: npt.ArrayLike, tail: float) -> Limits:
    """Between which counts chance alone lies: exact Poisson, inverted.

    A whole count is above the upper limit where as many or more are less likely than `tail`, and below the lower one
    where as few or fewer are; between whole counts the limits are the gamma function's.
    """
    # Taken in here, because it costs memory that the process of an upload has no use for.
    from scipy.special import pdtrik

    due = np.asarray(expected, dtype="float64")
    safe = np.where(due > 0, due, 1.0)
    # So little is expected that even none at all is no surprise: there is no lower limit.
    low = np.where(np.exp(-safe) < tail, pdtrik(tail, safe), 0.0)
    high = pdtrik(1 - tail, safe) + 1
    return Limits(
        np.where(due > 0, np.maximum(low, 0.0), np.nan), np.where(due > 0, np.maximum(high, 1.0), np.nan)
    )


def wider_limits(expected: npt.ArrayLike, tau2: float, deviate: float, *, scale: Scale = "root") -> Limits:
    """Between which counts an area lies by chance and by what areas differ by beyond it."""
    due = np.asarray(expected, dtype="float64")
    reach = deviate * np.sqrt(1 / _precision(np.where(due > 0, due, np.nan), scale) + tau2)
    if scale == "log":
        return Limits(due * np.exp(-reach), due * np.exp(reach))
    return Limits(due * np.maximum(1 - reach, 0.0) ** 2, due * (1 + reach) ** 2)


def adjusted_distances(
    observed: npt.ArrayLike, expected: npt.ArrayLike, tau2: float, *, scale: Scale = "root"
) -> Floats:
    """The distances in units of chance and of the variance between areas together."""
    due = np.asarray(expected, dtype="float64")
    precision = _precision(np.where(due > 0, due, np.nan), scale)
    return np.asarray(distances(observed, expected, scale=scale) / np.sqrt(1 + tau2 * precision))


def limits(expected: npt.ArrayLike, tau2: float, name: str) -> Limits:
    """The limits `95` or `998` that stand: chance alone where areas differ by no more, else the wider ones."""
    if tau2 > 0:
        return wider_limits(expected, tau2, DEVIATES[name])
    return chance_limits(expected, TAILS[name])


def classes(
    observed: npt.ArrayLike, expected: npt.ArrayLike, tau2: float, *, most: npt.ArrayLike | None = None
) -> npt.NDArray[np.object_]:
    """Where each area lies: within, high95, high998, low95, low998, or none where nothing can be told.

    With `most`, what there may be at most, an area lies where its whole range does: beyond both limits only where both
    ends are, and "open" where one end lies within the 95% limits or on the other side of them and the other does not.
    """
    low = _classes_of(observed, expected, tau2)
    if most is None:
        return low
    high = _classes_of(np.fmax(np.asarray(most, dtype="float64"), observed), expected, tau2)
    is_one_side = np.array([a[:3] == b[:3] for a, b in zip(low, high, strict=True)], dtype=bool)
    nearer = np.where(np.char.endswith(low.astype(str), "998"), high, low)
    return np.where(low == "none", "none", np.where(is_one_side, nearer, "open")).astype(object)


def _classes_of(observed: npt.ArrayLike, expected: npt.ArrayLike, tau2: float) -> npt.NDArray[np.object_]:
    seen = np.asarray(observed, dtype="float64")
    inner, outer = (limits(expected, tau2, name) for name in ("95", "998"))
    known = np.isfinite(seen) & np.isfinite(inner.high)
    chosen = [
        ~known,
        seen > outer.high,
        seen < outer.low,
        seen > inner.high,
        seen < inner.low,
    ]
    names = ["none", "high998", "low998", "high95", "low95"]
    return np.select(chosen, names, "within").astype(object)


def _precision(due: Floats, scale: Scale) -> Floats:
    """One over the variance that chance gives the ratio on the scale."""
    return np.asarray(due if scale == "log" else 4 * due)


def _between(phi: float, precision: Floats) -> float:
    """The moment estimate of the variance between areas (DerSimonian and Laird 1986)."""
    count = len(precision)
    room = precision.sum() - (precision**2).sum() / precision.sum()
    return float(max(0.0, (count * phi - (count - 1)) / room)) if room > 0 else 0.0


def _inside(distance: Floats) -> npt.NDArray[np.bool_]:
    """Those that are neither in the lowest nor in the highest tenth of the ranks."""
    from scipy.stats import rankdata

    tenth = np.floor(rankdata(distance) / AT_EITHER_END / (len(distance) + 1) + 1e-9)
    return np.asarray((tenth > 0) & (tenth < 1 / AT_EITHER_END - 1))


def _positive(observed: npt.ArrayLike, expected: npt.ArrayLike) -> tuple[Floats, Floats]:
    seen, due = np.asarray(observed, dtype="float64"), np.asarray(expected, dtype="float64")
    return np.where(seen >= 0, seen, np.nan), np.where(due > 0, due, np.nan)
