"""Incidents of one selection by area and period for several definitions at once: one scan, whatever their number.

Profiles that all of the definitions treat alike are one class. There are a few hundred of them, so that a tally by
class has few cells even where its groups are the months of every area.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vrin_data.measures.counting import Places
from vrin_data.measures.filling import Sums
from vrin_data.measures.question import Question
from vrin_data.measures.ruling import Ruling, ruling_of, sums_once
from vrin_data.measures.tally_cells import Tally
from vrin_data.measures.tally_counts import count_by_area_and_period
from vrin_data.store import Store


@dataclass(frozen=True, eq=False)
class Together:
    """Rulings on the profiles of one build, laid on classes of profile that they tell apart.

    `class_of` is by profile_id; class 0 is out of all. The rulings have the kind of every class where they had that
    of every profile.
    """

    class_of: Places
    rulings: tuple[Ruling, ...]

    @classmethod
    def of(cls, rulings: Sequence[Ruling]) -> "Together":
        """The classes of one ruling or more."""
        told = np.zeros(len(rulings[0].kind_of) + 1, dtype="int64")
        for one in rulings:
            # A profile before the first that is out of all makes that class 0.
            kinds = np.append(0, one.kind_of)
            told = np.unique(told * len(one.kinds) + kinds, return_inverse=True)[1]
        examples = np.unique(told, return_index=True)[1]
        by_class = (Ruling(np.append(0, one.kind_of)[examples], one.kinds) for one in rulings)
        return cls(told[1:].astype("int32"), tuple(by_class))

    @property
    def class_count(self) -> int:
        """The classes, with that of what is out of all."""
        return len(self.rulings[0].kind_of)

    def tally(self, store: Store, question: Question) -> Tally:
        """The incidents of a question by class, and by area and period as `count_by_area_and_period` has them."""
        return count_by_area_and_period(store, question, self.class_of, self.class_count)

    def sums(self, tally: Tally, at: int) -> Sums:
        """The sums of a tally by class under one of the rulings, by group."""
        return sums_once(tally, self.rulings[at])


def together(store: Store, questions: Sequence[Question]) -> Together:
    """How the definitions of some questions on one build rule together, in their order."""
    return Together.of([ruling_of(store, one) for one in questions])
