"""Builds whose incidents are given as dicts of plain values, each with a profile of its own."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from tests.measures.builds import AREA_ID, LEICESTER, Build, day
from vrin_data.contract.ages import Age
from vrin_data.contract.offences import offences
from vrin_data.contract.tables import PROFILE_CODES, TABLES
from vrin_data.measures.selection import month_number

PLAIN: dict[str, Any] = {
    **{name: "not_recorded" for name in PROFILE_CODES if name != "mapping_status"},
    "status": "live",
    "victim_age": None,
    "suspect_age": None,
}
"""An incident of which only the offence is known, and that it stands."""


@dataclass
class ProfiledBuild(Build):
    """Rows of a build that is not yet published; profiles are numbered from 1 as they are added."""

    profiles: list[dict[str, Any]] = field(default_factory=list)
    profile_facts: list[tuple[str, int, int, int, int, int]] = field(default_factory=list)

    def add(
        self,
        incident: dict[str, Any],
        *,
        month: date | str = "2026-03",
        area: str | None = LEICESTER,
        count: int = 1,
        further: int = 0,
        feed: str = "police-offences",
    ) -> int:
        """Add incidents of one profile and give its number. Ages are years, a pair of years, or None."""
        self.profiles.append({**PLAIN, **incident})
        number = len(self.profiles)
        at = (feed, month_number(day(month)), AREA_ID[area])
        self.profile_facts.append((*at, number, count, further))
        return number

    def _frames(self) -> dict[str, pd.DataFrame]:
        keys = [*dict.fromkeys(one["offence_key"] for one in self.profiles)]
        number_of = {key: number for number, key in enumerate(keys, start=1)}
        return {
            **super()._frames(),
            "offence": pd.DataFrame({"offence_id": [*number_of.values()], "offence_key": keys}),
            "profile": pd.DataFrame([_profile(one, number, number_of) for number, one in self._numbered()]),
            "fact": pd.DataFrame(sorted(self.profile_facts), columns=list(TABLES["fact"].column_names)),
        }

    def _numbered(self) -> list[tuple[int, dict[str, Any]]]:
        return [*enumerate(self.profiles, start=1)]


def _profile(one: dict[str, Any], number: int, number_of: dict[str, int]) -> dict[str, Any]:
    known = offences().by_key.get(one["offence_key"])
    return {
        **{name: one[name] for name in PROFILE_CODES if name != "mapping_status"},
        "profile_id": number,
        "profile_key": number,
        "offence_id": number_of[one["offence_key"]],
        "mapping_status": known.mapping_status if known else "not_crime",
        **{f"{whose}_age_band": _band(one[f"{whose}_age"]) for whose in ("victim", "suspect")},
    }


def _band(age: int | tuple[int, int] | None) -> int:
    if age is None:
        return 0
    low, high = age if isinstance(age, tuple) else (age, age)
    return Age(low, high).band
