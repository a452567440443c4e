"""Which context is chosen beside the map: read from the address, and what there is to choose."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

INDICATOR, ASSETS = "indicator", "asset"
"""Names in the address of the map page."""
NONE = ""
WITH_CRIME = ("imd-score", "imd-decile", "crime-score", "crime-decile")
"""Figures that hold recorded crime themselves."""
FIRST = (
    "imd-without-crime-score",
    "imd-score",
    "income-score",
    "rural-urban",
    "imd-without-crime-decile",
    "imd-decile",
)
CIRCULAR = (
    "**This figure holds recorded crime itself**, so that it goes together with harm by the way it is made. To see "
    "whether deprivation and harm go together, choose deprivation without its crime domain, or income deprivation."
)


@dataclass(frozen=True)
class ContextChoice:
    """The context figure that is chosen ('' for none), and whether assets are shown."""

    indicator: str = NONE
    has_assets: bool = False


def parse_choice(params: Mapping[str, str], offered: Mapping[str, str]) -> ContextChoice:
    """The choice that an address names; whatever it names wrongly is none."""
    named = params.get(INDICATOR, NONE)
    return ContextChoice(named if named in offered else NONE, params.get(ASSETS) == "1")


def offered_at(listed: pd.DataFrame, level: str) -> dict[str, str]:
    """The context figures that areas of a level have, by id: deprivation first, then by name."""
    there = listed.loc[[level in levels for levels in listed["levels"]]]
    names = dict(zip(there["indicator_id"], there["indicator_name"], strict=True))
    first = [one for one in FIRST if one in names]
    rest = sorted((one for one in names if one not in first), key=lambda one: names[one].casefold())
    return {one: names[one] for one in (*first, *rest)}


def is_circular(indicator_id: str) -> bool:
    """Whether a figure holds recorded crime itself."""
    return indicator_id in WITH_CRIME
