"""The greatest weight that an incident of a definition may have."""

from functools import lru_cache

from vrin_data.contract.definitions import Definition
from vrin_data.contract.weights import Edition
from vrin_data.contract.worlds import worlds


@lru_cache(maxsize=64)
def largest_weight(definition: Definition, edition: Edition) -> float | None:
    """The greatest weight that an incident of a definition may have under an edition; None where none has any."""
    days = (
        one.days[-1]
        for groups in worlds(definition, edition).values()
        for one in groups
        if one.days and (one.fit.sure or one.fit.maybe)
    )
    return max(days, default=None)
