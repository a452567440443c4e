"""Whether enough events stand behind a rate for it to be shown, and to be relied on."""

from typing import Final

import numpy as np
import numpy.typing as npt

FEW: Final = "few"
"""So few events that a rate says nothing: ONS does not show it."""
UNRELIABLE: Final = "unreliable"
"""A rate of which chance moves so much that ONS marks it with u."""
RELIABLE: Final = ""
LEAST_FOR_CRUDE = 3
LEAST_FOR_STANDARDISED = 10
LEAST_TO_RELY_ON = 20


def reliability(count: npt.ArrayLike) -> npt.NDArray[np.object_]:
    """The flag of each count of events: FEW below 3, UNRELIABLE below 20, RELIABLE else.

    The thresholds of ONS for rates of deaths (User guide to mortality statistics; FOI/2021/3301): a crude rate is
    not shown below 3, an age-standardised one not below 10, and any below 20 is marked as unreliable.
    """
    counted = np.asarray(count, dtype="float64")
    flags = np.select([counted < LEAST_FOR_CRUDE, counted < LEAST_TO_RELY_ON], [FEW, UNRELIABLE], RELIABLE)
    return flags.astype(object)
