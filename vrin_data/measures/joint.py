"""Two definitions decided together: what an incident of each pair of kinds counts for under both."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from vrin_data.measures.counting import Numbers, Places
from vrin_data.measures.received import Flags
from vrin_data.measures.ruling import KindCounts, Ruling, count_kinds
from vrin_data.measures.tally_cells import Tally

RELATIONS = ("both", "only_first", "only_second", "same", "cannot_tell")


@dataclass(frozen=True, eq=False)
class Joint:
    """The kinds of two rulings, paired: pair 0 is what neither may hold.

    `first_of` and `second_of` are by pair the kind under either ruling; `pair_of` is by profile_id.
    `first_alone` and `second_alone` are by pair whether that definition may count what the other does not:
    each may be in doubt of an incident, and the two still be sure to treat it alike.
    """

    first: Ruling
    second: Ruling
    pair_of: Places
    first_of: Places
    second_of: Places
    first_alone: Flags
    second_alone: Flags

    @classmethod
    def of(cls, first: Ruling, second: Ruling, alone: tuple[Flags, Flags]) -> "Joint":
        """Two rulings on the profiles of one build beside each other, with what either may count alone."""
        width = len(second.kinds)
        paired = first.kind_of.astype("int64") * width + second.kind_of
        told = np.where(paired > 0, paired * 4 + alone[0] * 2 + alone[1], 0)
        found, pair_of = np.unique(np.append(0, told), return_inverse=True)
        at = (found // 4).astype("int32")
        return cls(
            first,
            second,
            pair_of[1:].astype("int32"),
            at // width,
            at % width,
            first_alone=found & 2 > 0,
            second_alone=found & 1 > 0,
        )

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
        alone = np.logical_or(*self.alone)
        told["same"] = (may_one | may_two) & ~settled & ~alone
        return {**told, "cannot_tell": (may_one | may_two) & ~settled & alone}

    @cached_property
    def alone(self) -> tuple[Flags, Flags]:
        """By pair whether the first may count it alone, and whether the second may; by the middle reading too."""
        sure_one, sure_two = self.one("sure") == 1, self.two("sure") == 1
        may_one, may_two = self.one("possible") == 1, self.two("possible") == 1
        # The middle reading may count under one and not the other what is in both or in neither.
        central_one, central_two = self.one("central_each"), self.two("central_each")
        first = (may_one & ~may_two) | (self.first_alone & may_one & ~sure_two) | (central_one > central_two)
        second = (
            (may_two & ~may_one) | (self.second_alone & may_two & ~sure_one) | (central_two > central_one)
        )
        return first, second

    def change(self, least: str, greatest: str) -> tuple[Numbers, Numbers]:
        """By pair the least and the greatest that the second may count an incident for beyond the first.

        What both surely hold changes by what the two weigh it apart; what only one may hold by all of it;
        what the two treat alike by nothing.
        """
        low_one, high_one = self.one(least), self.one(greatest)
        low_two, high_two = self.two(least), self.two(greatest)
        first_alone, second_alone = self.alone
        low = np.where(first_alone, -high_one, 0.0)
        high = np.where(second_alone, high_two, 0.0)
        only_one, only_two = self.relation["only_first"], self.relation["only_second"]
        low, high = np.where(only_two, low_two, low), np.where(only_one, -low_one, high)
        apart = low_two - low_one, high_two - high_one
        both = self.relation["both"]
        return np.where(both, np.minimum(*apart), low), np.where(both, np.maximum(*apart), high)
