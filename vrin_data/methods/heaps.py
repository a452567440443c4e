"""Times that stand on an hour exactly more often than those of the hours beside it: filled in, not observed."""

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.float64]

LEAST = 10
"""Times on an hour exactly below which nothing is called a heap."""
TIMES_EXPECTED = 2.0
SPREADS = 4.0
"""A heap has more than this many times what is expected, and lies so many standard deviations of chance above."""


def expected_on_the_hour(on_the_hour: Counts, in_hour: Counts) -> Counts:
    """How many times of each of 24 hours would stand on the hour exactly, if it were as in the hours beside it.

    The hours beside it say how many stand on the hour for each that does not; where hardly any does not, they say
    how many stand on the hour at all.
    """
    beside_on, beside_all = (np.roll(one, 1) + np.roll(one, -1) for one in (on_the_hour, in_hour))
    beside_off = beside_all - beside_on
    share = np.divide(beside_on, beside_off, out=np.zeros_like(beside_on), where=beside_off > 0)
    return np.where(beside_off >= LEAST, (in_hour - on_the_hour) * share, beside_on / 2)


def is_heap(on_the_hour: Counts, in_hour: Counts) -> npt.NDArray[np.bool_]:
    """For each of 24 hours whether what stands on it exactly is a heap beside the two hours around it."""
    expected = expected_on_the_hour(on_the_hour, in_hour)
    beyond = on_the_hour - expected > SPREADS * np.sqrt(expected + 1)
    return np.asarray((on_the_hour >= LEAST) & (on_the_hour > TIMES_EXPECTED * expected) & beyond)
