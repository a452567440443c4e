"""A tally: incidents by profile and group, and the ways to take its cells together."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from vrin_data.measures.counting import Numbers, Places
from vrin_data.measures.received import Flags


@dataclass(frozen=True, eq=False)
class Tally:
    """Cells of incidents: of each its profile, its group (a period or an area's row) and its counts.

    Cells of one profile are neighbours.

    `taken_back`, `most_added` and `most_taken_back` are None where counts are exact: nothing is taken
    back and nothing was suppressed.
    """

    profile_at: Places
    group_at: Places
    group_count: int
    added: Numbers
    taken_back: Numbers | None = None
    most_added: Numbers | None = None
    most_taken_back: Numbers | None = None
    made: WeakKeyDictionary[Any, dict[str, Any]] = field(
        default_factory=WeakKeyDictionary, init=False, repr=False
    )
    """What was made of the tally for a ruling, kept as long as the ruling is."""

    def within(self, groups: Flags) -> "Tally":
        """The cells of some groups, all as one group."""
        kept = slice(None) if groups.all() else groups[self.group_at]
        counts: dict[str, Any] = {name: values[kept] for name, values in self.counts().items()}
        group_at = np.zeros_like(self.group_at[kept])
        return replace(self, profile_at=self.profile_at[kept], group_at=group_at, group_count=1, **counts)

    def folded(self, group_count: int) -> "Tally":
        """The same cells in so many groups, the last of which takes in all that come after it."""
        return replace(
            self, group_at=np.minimum(self.group_at, np.int32(group_count - 1)), group_count=group_count
        )

    def regrouped(self, group_of_profile: Places, group_count: int) -> "Tally":
        """The same cells grouped by something that their profile tells."""
        return replace(self, group_at=group_of_profile[self.profile_at], group_count=group_count)

    def by_profile(self) -> "Tally":
        """The cells of one group with one cell a profile."""
        profiles, at = np.unique(self.profile_at, return_inverse=True)
        counts: dict[str, Any] = {
            name: np.bincount(at, weights=values) for name, values in self.counts().items()
        }
        group_at = np.zeros(len(profiles), dtype="int32")
        return replace(self, profile_at=profiles, group_at=group_at, group_count=1, **counts)

    @cached_property
    def runs(self) -> tuple[Places, Places]:
        """The profiles that have cells, and how many neighbouring cells are of each: cells stand by profile."""
        firsts = np.flatnonzero(np.append(True, np.diff(self.profile_at) != 0)[: len(self.profile_at)])
        lengths = np.diff(np.append(firsts, len(self.profile_at)))
        return self.profile_at[firsts], lengths.astype("int32")

    def counts(self) -> dict[str, Numbers]:
        """The counts that there are, by name."""
        names = ("added", "taken_back", "most_added", "most_taken_back")
        return {name: values for name in names if (values := getattr(self, name)) is not None}
