"""Small-area rates drawn towards the rate of all areas, as far as chance alone would have moved them."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def shrunk_rates(events: npt.ArrayLike, residents: npt.ArrayLike) -> Floats:
    """Empirical Bayes rates, one an area: events per resident; NaN where an area's residents are not known.

    Marshall's global estimator: where the rates differ no more than chance explains, every area has the rate of
    all. Areas without residents have no rate and say nothing of the others.
    Source: Marshall 1991, Applied Statistics 40:283-294; as R's spdep::EBest and esda's Empirical_Bayes, of which
    the latter lets the variance between areas fall below 0.
    """
    counted, people = np.asarray(events, dtype="float64"), np.asarray(residents, dtype="float64")
    known = np.isfinite(counted) & np.isfinite(people) & (people > 0)
    rates = np.full(len(people), np.nan)
    if known.any() and counted[known].sum() > 0:
        rates[known] = _shrunk(counted[known], people[known])
    elif known.any():
        rates[known] = 0.0
    return rates


def _shrunk(events: Floats, people: Floats) -> Floats:
    mean, raw = events.sum() / people.sum(), events / people
    spread = (people * (raw - mean) ** 2).sum() / people.sum()
    between = max(0.0, spread - mean / people.mean())
    share = between / (between + mean / people)
    return np.asarray(share * raw + (1 - share) * mean)


def shrunk_sums(totals: npt.ArrayLike, squares: npt.ArrayLike, residents: npt.ArrayLike) -> Floats:
    """The same for weighted sums: what they weigh per resident, one incident weighing as much as c.

    `squares` are the squared weights of each area's incidents, summed, and c is their sum over that of the totals:
    so many incidents of weight c have the mean and the variance of the weighted sum (a compound Poisson).
    """
    whole, variance = np.asarray(totals, dtype="float64"), np.asarray(squares, dtype="float64")
    known = np.isfinite(whole)
    if not known.any() or whole[known].sum() <= 0:
        return shrunk_rates(whole, residents)
    each = variance[known].sum() / whole[known].sum()
    return shrunk_rates(whole / each, residents) * each
