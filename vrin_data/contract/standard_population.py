"""The European Standard Population 2013: the ages that every area is given where rates are made alike.

Source: Eurostat 2013, Revision of the European Standard Population, doi 10.2785/11470; 100,000 persons in bands of
five years, 90 and over the last, as ONS, OHID and UKHSA use them.
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from vrin_data.contract import reference
from vrin_data.contract.ages import OLDEST
from vrin_data.errors import UsageError

Ints = npt.NDArray[np.int64]


@lru_cache(maxsize=1)
def standard_population() -> tuple[tuple[int, int, int], ...]:
    """Least age, greatest age and persons of each band, from the youngest on."""
    return tuple(
        (int(row["age_low_years"]), int(row["age_high_years"] or OLDEST), int(row["person_count"]))
        for row in reference.rows("standard_population.csv")
    )


def standard_of_bands(lows: Ints, highs: Ints) -> npt.NDArray[np.float64]:
    """The standard's persons in each of some bands, each of which is made of whole bands of the standard.

    Raises UsageError where bands are cut elsewhere, overlap, or leave ages out.
    """
    found = np.zeros(len(lows))
    edges = {low for low, _, _ in standard_population()} | {OLDEST + 1}
    ends = [*lows[1:], OLDEST + 1]
    if not {*map(int, lows)} <= edges or lows[0] != 0 or any(highs + 1 != np.array(ends)):
        raise UsageError(
            "Residents by age are held in bands that are not made of whole bands of five years (0 to 4, 5 to 9, and so "
            "on, without gaps), so rates cannot be age-standardised with them. Import residents by single years of age "
            "or by five-year bands."
        )
    for low, _, persons in standard_population():
        found[int(np.searchsorted(lows, low, side="right")) - 1] += persons
    return found
