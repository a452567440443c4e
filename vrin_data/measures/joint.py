"""Two definitions decided together: what an incident of each pair of kinds counts for under both."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from vrin_data.measures.received import Flags
from vrin_data.measures.ruling import KindCounts, Ruling, count_kinds
from vrin_data.measures.tally import Numbers, Places, Tally

RELATIONS = ("both", "only_first", "only_second", "cannot_tell")


@dataclass(frozen=True, eq=False)
class Joint:
    """The kinds of two rulings, paired: pair 0 is what neither may hold.

    `first_of` and `second_of` are by pair the kind under either ruling; `pair_of` is by profile_id.
    `is_wider` and `is_narrower`: whatever the first counts the second is known to count too, and the other
    way round; then no doubt makes an incident one that the wrong one counts alone.
    """

    first: Ruling
    second: Ruling
    pair_of: Places
    first_of: Places
    second_of: Places
    is_wider: bool = False
    is_narrower: bool = False

    @classmethod
    def of(
        cls, first: Ruling, second: Ruling, *, is_wider: bool = False, is_narrower: bool = False
    ) -> "Joint":
        """Two rulings on the profiles of one build, set beside each other."""
        width = len(second.kinds)
        paired = first.kind_of.astype("int64") * width + second.kind_of
        found, pair_of = np.unique(np.append(0, paired), return_inverse=True)
        at = found.astype("int32")
        return cls(first, second, pair_of[1:].astype("int32"), at // width, at % width, is_wider, is_narrower)

    def count(self, tally: Tally) -> KindCounts:
        """A tally's incidents by group and pair."""
        return count_kinds(tally, self.pair_of, len(self.first_of))

    def one(self, column: str) -> Numbers:
        """By pair what one incident counts for under the first."""
        return self.first.each(column)[self.first_of]

    def two(self, column: str) -> Numbers:
        """By pair what one incident counts for under the second."""
        return self.second.each(column)[self.second_of]

    def either(self, column: str) -> Numbers:
        """By pair what one incident counts for under whichever counts it for more."""
        return np.maximum(self.one(column), self.two(column))

    @cached_property
    def relation(self) -> dict[str, Flags]:
        """By pair which of RELATIONS it is of; pair 0 is of none."""
        sure_one, sure_two = self.one("sure") == 1, self.two("sure") == 1
        may_one, may_two = self.one("possible") == 1, self.two("possible") == 1
        told = {
            "both": sure_one & sure_two,
            "only_first": sure_one & ~may_two,
            "only_second": sure_two & ~may_one,
        }
        settled = np.logical_or.reduce([*told.values()])
        return {**told, "cannot_tell": (may_one | may_two) & ~settled}

    def change(self, least: str, greatest: str) -> tuple[Numbers, Numbers]:
        """By pair the least and the greatest that the second may count an incident for beyond the first.

        What both surely hold changes by what the two weigh it apart; what only one may hold by all of it.
        """
        low_one, high_one = self.one(least), self.one(greatest)
        low_two, high_two = self.two(least), self.two(greatest)
        sure_one, sure_two = self.one("sure") == 1, self.two("sure") == 1
        only_one, only_two = self.relation["only_first"], self.relation["only_second"]
        low = np.where(sure_two, 0.0, -high_one)
        high = np.where(sure_one, 0.0, high_two)
        low, high = np.where(only_two, low_two, low), np.where(only_one, -low_one, high)
        apart = low_two - low_one, high_two - high_one
        both = self.relation["both"]
        low, high = (
            np.where(both, np.minimum(*apart), low),
            np.where(both, np.maximum(*apart), high),
        )
        return (
            np.maximum(low, 0) if self.is_wider else low,
            np.minimum(high, 0) if self.is_narrower else high,
        )
