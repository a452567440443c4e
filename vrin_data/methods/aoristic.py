"""When an event of uncertain time is likely to have happened: its weight spread evenly over the hours it spans.

Ratcliffe 2002, Journal of Quantitative Criminology 18:23-43, doi 10.1023/A:1013240828824: an event that may have
happened in any of n hours adds 1/n to each of them.
"""

import numpy as np
import numpy.typing as npt

WEEK_HOURS = 168
DAY_HOURS = 24

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def by_hour_of_week(first: Ints, spans: Ints, values: Floats) -> Floats:
    """Values summed by hour of the week, each spread evenly over as many hours as it spans from its first on.

    Hours count from Monday 00:00, and the week begins anew after Sunday 23:00. `values` may have a column for each
    of several sums; so has what comes back then. The sums over all hours are those of the values.
    """
    # The width is said, because that of no row cannot be told from it.
    flat = values.reshape(len(values), int(np.prod(values.shape[1:])))
    found = np.zeros((WEEK_HOURS, flat.shape[1]))
    for span in np.unique(spans):
        kept = spans == span
        share = flat[kept] / span
        for later in range(int(span)):
            np.add.at(found, (first[kept] + later) % WEEK_HOURS, share)
    return found.reshape(WEEK_HOURS, *values.shape[1:])
