"""A definition decided on the profiles of a build, ready to be laid on a tally; and the sums that come of it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import numpy as np
import pandas as pd

from vrin_data.contract.definition_clauses import Filters
from vrin_data.contract.definitions import Definition
from vrin_data.contract.weights import Edition
from vrin_data.measures.build_facts import BuildFacts
from vrin_data.measures.cells import SUMS
from vrin_data.measures.counting import Numbers, Places
from vrin_data.measures.decided import decided_profiles
from vrin_data.measures.filling import Sums
from vrin_data.measures.profile_facts import profile_facts
from vrin_data.measures.question import Question
from vrin_data.measures.tally_cells import Tally
from vrin_data.store import Store

HELD = "is_held"
KIND_COLUMNS = (
    "possible",
    "sure",
    "central",
    "low_each",
    "central_each",
    "high_each",
    "is_unweighted",
    "lacks_central",
    "is_ranged",
)


@dataclass(frozen=True, eq=False)
class Ruling:
    """Every profile's kind, and what one incident of each kind adds to the sums.

    Profiles of which an incident counts for the same are one kind: there are a few dozen. Kind 0 is out.
    `kinds` has the columns of KIND_COLUMNS, a row a kind; `kind_of` is by profile_id.
    """

    kind_of: Places
    kinds: pd.DataFrame

    def each(self, column: str) -> Numbers:
        """A column of the kinds as numbers."""
        return self.kinds[column].to_numpy()


def ruling_of(store: Store, question: Question) -> Ruling:
    """How the definition of a question rules on the profiles, under its edition, its series and its terms."""
    return _ruling(store, question.facts, question.counted, question.edition, question.narrowed)


@lru_cache(maxsize=24)
def _ruling(
    store: Store, facts: BuildFacts, definition: Definition, edition: Edition, narrowed: Filters
) -> Ruling:
    decided = decided_profiles(store, facts, definition, edition, narrowed=narrowed)
    columns = [*KIND_COLUMNS[1:]]
    kind = decided.groupby(columns, sort=False).ngroup().to_numpy() + 1
    kinds = decided.loc[np.unique(kind, return_index=True)[1], columns].astype("float64")
    kinds.insert(0, "possible", 1.0)
    out = pd.DataFrame(0.0, index=[0], columns=list(KIND_COLUMNS))
    kind_of = np.zeros(len(profile_facts(store, facts).offence_of), dtype="int32")
    kind_of[decided["profile_id"].to_numpy()] = kind
    return Ruling(kind_of, pd.concat([out, kinds], ignore_index=True))


@dataclass(frozen=True, eq=False)
class KindCounts:
    """Incidents by group and kind: as counted and as there may be at most, what was taken back apart."""

    added: Numbers
    taken_back: Numbers
    most_added: Numbers
    most_taken_back: Numbers

    @property
    def net(self) -> Numbers:
        """Incidents as counted."""
        return self.added + self.taken_back

    @property
    def most(self) -> Numbers:
        """Incidents with those there may be beyond, where counts were suppressed."""
        return self.most_added + self.most_taken_back

    @property
    def touched(self) -> Numbers:
        """Incidents counted or taken back, with those there may be beyond."""
        return self.added - self.taken_back + self.most - self.net

    def low(self, least: Numbers, greatest: Numbers) -> Numbers:
        """The least sum by group, where one incident of a kind adds from `least` to `greatest`."""
        return self.added @ least + self.taken_back @ greatest

    def high(self, least: Numbers, greatest: Numbers) -> Numbers:
        """The greatest sum by group: what is taken back counts for least."""
        return self.most_added @ greatest + self.most_taken_back @ least


def count_kinds(tally: Tally, kind_of: Places, kind_count: int) -> KindCounts:
    """A tally's incidents by group and by the kind of their profile, kind 0 left at none: it is out."""
    profiles, lengths = tally.runs
    kinds = kind_of[profiles]
    inside = kinds > 0
    # Most profiles are out, and cells stand by profile, so that only those of the others are looked at.
    kept = np.flatnonzero(np.repeat(inside, lengths))
    at = np.repeat(kinds[inside].astype("int64"), lengths[inside])
    at += tally.group_at.take(kept).astype("int64") * kind_count
    size = tally.group_count * kind_count
    grids = {
        name: np.bincount(at, weights=values.take(kept), minlength=size).astype("float64", copy=False)
        for name, values in tally.counts().items()
    }
    shaped = {name: grid.reshape(tally.group_count, kind_count) for name, grid in grids.items()}
    none = np.zeros_like(shaped["added"])
    return KindCounts(
        added=shaped["added"],
        taken_back=shaped.get("taken_back", none),
        most_added=shaped.get("most_added", shaped["added"]),
        most_taken_back=shaped.get("most_taken_back", none),
    )


def sums(tally: Tally, ruling: Ruling) -> Sums:
    """The sums of `cells`, by group of a tally: the same bounds for what is taken back and suppressed.

    `is_held`, beside them, is above 0 for the groups that have any incident that is in or may be. Kept with the
    tally: at a stroke in the editor the definition beside the draft stays what it is.
    """
    made = tally.made.setdefault(ruling, {})
    if "sums" not in made:
        made["sums"] = sums_once(tally, ruling)
    return cast("Sums", made["sums"])


def sums_once(tally: Tally, ruling: Ruling) -> Sums:
    """The same, not kept."""
    counts = count_kinds(tally, ruling.kind_of, len(ruling.kinds))
    held = counts.touched @ ruling.each("possible")
    return {**sums_of_kinds(counts, ruling.kinds), HELD: held}


def sums_of_kinds(counts: KindCounts, kinds: pd.DataFrame) -> Sums:
    """The sums of incidents by kind, one of each kind adding what its row of `kinds` says."""
    each = {name: kinds[name].to_numpy() for name in kinds.columns}
    found = {
        "incident_count_low": counts.low(each["sure"], each["possible"]),
        "incident_count_high": counts.high(each["sure"], each["possible"]),
        "harm_days_low": counts.low(each["low_each"], each["high_each"]),
        "harm_days": counts.net @ each["central_each"],
        "harm_days_high": counts.high(each["low_each"], each["high_each"]),
        "unweighted_count": counts.most @ each["is_unweighted"],
        "without_central_count": counts.touched @ each["lacks_central"],
        "weighted_count": counts.touched @ (each["possible"] - each["is_unweighted"]),
    }
    return {name: found[name].round(6) for name in SUMS}
