"""Builds drawn by chance for laws: incidents of all kinds, months that came in part or not at all, corrections."""

from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tests.measures.builds import LEICS, LEICS_POLICE, NOTTS, NOTTS_POLICE
from tests.measures.profiled import ProfiledBuild
from vrin_data.store import Store

MONTHS = ("2026-01", "2026-02", "2026-03")
PLACES = ("L1", "L2", "L3", LEICS, NOTTS, None)
KEYS = ("8N|008/06", "8N|008/01", "8N|", "1|001/01", "34B|034/01", "46|", "unmapped", "police-uk:violent-crime")

incidents = st.fixed_dictionaries(
    {
        "offence_key": st.sampled_from(KEYS),
        "weapon": st.sampled_from(("not_recorded", "none", "sharp", "firearm")),
        "domestic": st.sampled_from(("not_recorded", "no", "yes")),
        "location_type": st.sampled_from(("not_recorded", "street", "dwelling")),
        "victim_age": st.sampled_from((None, 15, 24, 40)),
        "suspect_age": st.sampled_from((None, 15, 40)),
        "status": st.sampled_from(("live", "live", "not_recorded", "cancelled")),
    }
)
rows = st.lists(
    st.tuples(
        incidents,
        st.sampled_from(MONTHS),
        st.sampled_from(PLACES),
        st.integers(1, 9),
        st.sampled_from((0, 0, 0, 4)),
        st.booleans(),
    ),
    min_size=1,
    max_size=14,
)
states = st.lists(st.sampled_from(("whole", "whole", "partial", "missing")), min_size=6, max_size=6)


@st.composite
def builds(draw: st.DrawFn, *, exact: bool | None = None) -> ProfiledBuild:
    """A build of two forces over three months; with corrections and suppressed counts unless `exact`."""
    is_exact = draw(st.booleans()) if exact is None else exact
    build = ProfiledBuild()
    sending = ((supplier, month) for supplier in (LEICS_POLICE, NOTTS_POLICE) for month in MONTHS)
    for (supplier, month), state in zip(sending, draw(states), strict=True):
        if state != "missing":
            build.sent(supplier, month, is_partial=state == "partial")
    build.sent(LEICS_POLICE, "2025-12")
    for incident, month, place, count, further, taken_back in draw(rows):
        known: dict[str, Any] = {"month": month, "area": place}
        if is_exact:
            build.add(incident, count=count, **known)
        else:
            build.add(incident, count=-count if taken_back else count, further=0 if taken_back else further, **known)
    return build


def published(build: ProfiledBuild, folder: Path, number: list[int]) -> Store:
    """The build as a store of its own."""
    number.append(len(number))
    return build.publish(folder / f"store{len(number)}")
