"""What of a build's profiles a reader must be told: their offence, what is blank, and what no definition counts."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from vrin_data.contract.definition_clauses import Filters
from vrin_data.contract.tables import PROFILE
from vrin_data.measures.build_facts import BuildFacts
from vrin_data.measures.received import Flags
from vrin_data.store import Store

AGE_SPANS = ("victim_age_band", "suspect_age_band")
# A crime whose status is not recorded stands, so that a blank status leaves nothing in doubt.
ASKED_COLUMNS = (
    *(name for name in Filters.model_fields if name != "status"),
    *AGE_SPANS,
)
"""The columns of a profile that a definition may ask about, in the order of the bits of `blanks`."""

COLUMN_WORDS = {column.name: column.meaning for column in PROFILE.columns if column.name in ASKED_COLUMNS} | {
    "victim_age_band": "victim's age",
    "suspect_age_band": "suspect's age",
    "weapon_use": "how the weapon was used",
    "recorded_lag": "how long after the event it was recorded",
}
"""What each is called in a sentence."""

BLANK_SQL = {
    name: f"{name} = 0" if name.endswith("_age_band") else f"{name} = 'not_recorded'"
    for name in ASKED_COLUMNS
}
PROFILES_SQL = """
    select
        profile_id,
        offence_id,
        {blanks} as blanks,
        victim_age_band,
        suspect_age_band,
        mapping_status = 'not_crime' as is_not_crime,
        status in ('cancelled', 'transferred') as is_not_live
    from profile
""".format(
    blanks=" | ".join(
        f"(({condition})::integer << {bit})" for bit, condition in enumerate(BLANK_SQL.values())
    )
)


@dataclass(frozen=True, eq=False)
class ProfileFacts:
    """Facts of profiles, each an array by profile_id.

    `offence_of`: the offence_id, -1 where there is no such profile; `blanks`: a bit for each of
    ASKED_COLUMNS that is not recorded; `age_spans`: by column the span of age bands, 0 for none;
    `is_not_crime` and `is_not_live`: what no definition counts.
    """

    offence_of: npt.NDArray[np.int32]
    blanks: npt.NDArray[np.int32]
    age_spans: dict[str, npt.NDArray[np.uint8]]
    is_not_crime: Flags
    is_not_live: Flags

    def is_blank(self, column: str) -> Flags:
        """By profile_id whether a column is not recorded."""
        return (self.blanks >> ASKED_COLUMNS.index(column) & 1).astype(bool)


@lru_cache(maxsize=4)
def profile_facts(store: Store, facts: BuildFacts) -> ProfileFacts:
    """The facts of a build's profiles, read once."""
    found = store.query("profiles", PROFILES_SQL, build_id=facts.build_id)
    size = int(found["profile_id"].max()) + 1 if len(found) else 1
    at = found["profile_id"].to_numpy()
    made = ProfileFacts(
        offence_of=np.full(size, -1, dtype="int32"),
        blanks=np.zeros(size, dtype="int32"),
        age_spans={name: np.zeros(size, dtype="uint8") for name in AGE_SPANS},
        is_not_crime=np.zeros(size, dtype=bool),
        is_not_live=np.zeros(size, dtype=bool),
    )
    for name in ("offence_id", "blanks", "is_not_crime", "is_not_live"):
        getattr(made, {"offence_id": "offence_of"}.get(name, name))[at] = found[name].to_numpy()
    for name, spans in made.age_spans.items():
        spans[at] = found[name].to_numpy()
    return made
