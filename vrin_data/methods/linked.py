"""What two lists of persons say of those on neither: capture and recapture, as a lower bound."""

from typing import NamedTuple

import numpy as np

from vrin_data.errors import UsageError

Z_95 = 1.959963984540054


class Captured(NamedTuple):
    """Chapman's estimate of all, its standard error and its 95% limits; NaN where nobody is on both lists.

    The lower limit is never below the number of persons that are known from either list.
    """

    estimate: float
    error: float
    low: float
    high: float


def chapman(first: int, second: int, both: int) -> Captured:
    """How many there are, from `first` on one list, `second` on the other and `both` on each.

    N = (n1 + 1)(n2 + 1) / (m + 1) - 1, with variance (n1 + 1)(n2 + 1)(n1 - m)(n2 - m) / ((m + 1)^2 (m + 2)).
    It holds where the lists are independent, the group is closed and links are perfect; lists of violence are none of
    these. Raises UsageError for more on both than on either. Sources: Chapman 1951; Seber 1970, Biometrika
    26:13 (variance).
    """
    if not 0 <= both <= min(first, second):
        raise UsageError(f"{both} on both lists cannot be, with {first} on one and {second} on the other.")
    known = first + second - both
    if not both:
        return Captured(*[float("nan")] * 4)
    product = (first + 1) * (second + 1)
    estimate = product / (both + 1) - 1
    variance = product * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    error = float(np.sqrt(variance))
    return Captured(estimate, error, max(known, estimate - Z_95 * error), estimate + Z_95 * error)
