"""Context figures: what is known of an indicator by its id, and how figures of small areas become larger areas'."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from vrin_data.contract import reference
from vrin_data.contract.feeds import fold

Combine = Literal["mean", "sum", "tenth", "class"]

MADE = "made of smaller areas"
"""How the basis of a figure begins that was made of smaller areas' figures."""
AS_GIVEN = "as given in a file"
"""The basis of a figure that a user brought."""
TENTH_UNIT = "% of residents in the most deprived tenth"
PERCENT = "%"
CLASS = "class"
ASSOCIATION = (
    "Context, never part of harm: areas that are alike in this figure and in harm are associated, "
    "which does not say that the one causes the other, nor anything of single people."
)
_SCORE, _DECILE = "-score", "-decile"


@dataclass(frozen=True)
class IndicatorKind:
    """What is known of an indicator; `is_known` is False for an id that VRIN has never heard of.

    `combine` says how a larger area's figure is made of smaller ones'; `direction` what a high value means,
    '' where that is not told.
    """

    indicator_id: str
    name: str
    unit: str
    combine: Combine
    direction: str
    caveats: tuple[str, ...]
    is_known: bool = True


def indicator_kind(indicator_id: str, unit: str = "") -> IndicatorKind:
    """What is known of an indicator; of an unknown one its unit alone decides how it combines."""
    found = known_indicators().get(indicator_id)
    if found is not None:
        return found
    combine: Combine = "sum" if fold(unit) in _count_units() else "class" if unit == CLASS else "mean"
    name = indicator_id.replace("-", " ").capitalize()
    return IndicatorKind(indicator_id, name, unit, combine, "", (), is_known=False)


@cache
def known_indicators() -> dict[str, IndicatorKind]:
    """The indicators that VRIN knows, by id."""
    content = reference.table("indicators.toml")
    shared = tuple(content["deprivation"]["caveats"])
    found = [kind for one in content["indicators"] for kind in _of_deprivation(one, shared)]
    found += [_figure(one) for one in content["figures"]]
    return {kind.indicator_id: kind for kind in found}


def _of_deprivation(one: dict[str, Any], shared: tuple[str, ...]) -> list[IndicatorKind]:
    """An index or domain of deprivation: its score, and its national decile."""
    caveats = (*one.get("caveats", ()), *shared)
    score = IndicatorKind(
        indicator_id=one["id"] + _SCORE,
        name=f"{one['name']}, score",
        unit=one.get("unit", "score"),
        combine="mean",
        direction="higher means more deprived",
        caveats=caveats,
    )
    decile = IndicatorKind(
        indicator_id=one["id"] + _DECILE,
        name=f"{one['name']}, decile",
        unit="decile of England, 1 the most deprived",
        combine="tenth",
        direction="lower means more deprived; of larger areas the share of residents in decile 1",
        caveats=caveats,
    )
    return [score, decile]


def _figure(one: dict[str, Any]) -> IndicatorKind:
    return IndicatorKind(
        indicator_id=one["id"],
        name=one["name"],
        unit=one["unit"],
        combine=one["combine"],
        direction=one["direction"],
        caveats=tuple(one["caveats"]),
    )


@cache
def _count_units() -> frozenset[str]:
    return frozenset(fold(unit) for unit in reference.table("indicators.toml")["units"]["sum"])
