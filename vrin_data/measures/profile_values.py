"""What the profiles of a build hold in one coded column, as numbers: read once a column."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from vrin_data.contract.tables import PROFILE_CODES
from vrin_data.measures.build_facts import BuildFacts
from vrin_data.measures.profile_facts import profile_facts
from vrin_data.store import Store

VALUES_SQL = {name: f"select profile_id, {name} as code from profile" for name in PROFILE_CODES}


@lru_cache(maxsize=16)
def profile_values(
    store: Store, facts: BuildFacts, column: str, codes: tuple[str, ...]
) -> npt.NDArray[np.int32]:
    """By profile_id the place of a column's code among these codes; not to be changed, since it is kept."""
    found = store.query("values of profiles", VALUES_SQL[column], build_id=facts.build_id)
    place = {code: number for number, code in enumerate(codes)}
    values = np.zeros(len(profile_facts(store, facts).offence_of), dtype="int32")
    values[found["profile_id"].to_numpy()] = found["code"].map(place).astype("int32")
    return values
