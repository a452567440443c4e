"""Checks of a layer of own areas against the areas that are known: every fault, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from vrin_data.contract.codes import OWN, PART
from vrin_data.contract.own_layers import OwnAreaRecord, OwnLayerRecord
from vrin_data.places.area_set import AreaSet, Finding, areas_in_force, level_closure
from vrin_data.places.checking import checked, shown
from vrin_data.places.columns import CodeColumn
from vrin_data.places.layers import boundaries_in_force
from vrin_data.places.reading import Layer

LEAST_OUTSIDE = 0.02
"""Share of a polygon outside the known small areas from which on it is told."""
MOST_PAIRS = 5


@dataclass(frozen=True)
class KnownAreas:
    """What the checks ask of the areas that are known."""

    area_set: AreaSet

    @cached_property
    def facts(self) -> pd.DataFrame:
        """Name, level, vintage and valid_to of each area, by code."""
        return self.area_set.areas.drop_duplicates("area_code", keep="last").set_index("area_code")

    @cached_property
    def in_force(self) -> set[str]:
        """Codes of the official areas in force."""
        levels = self.facts["level"]
        official = self.facts.index[~levels.str.startswith(OWN) & (levels != PART)]
        return areas_in_force(self.area_set) & set(official)

    @cached_property
    def ancestors(self) -> dict[str, set[str]]:
        """By code all areas in force that it lies in, itself included."""
        closure = level_closure(self.area_set)
        return closure.groupby("area_code")["ancestor_code"].agg(set).to_dict()

    @cached_property
    def small(self) -> set[str]:
        """Codes of the small areas in force."""
        return {code for code in self.in_force if self.facts.at[code, "level"] == "lsoa"}

    def name(self, code: str) -> str:
        """Name and code of an area as a message says them."""
        name = str(self.facts.at[code, "area_name"]) if code in self.facts.index else ""
        return f"{name} ({code})" if name and name != code else code


def own_layer_findings(layer: OwnLayerRecord, area_set: AreaSet) -> list[Finding]:
    """All that the known areas say against a layer (error), and what a person should know (warning, note)."""
    known = KnownAreas(area_set)
    if layer.basis == "boundaries":
        found = [*_shape_findings(layer, area_set)]
    else:
        found = [*_code_faults(layer, known)]
        found += [*_held_twice(layer, known)] if not found else []
        found += [*_empty_members(layer, known), *_left_over(layer, known)] if not found else []
    return [Finding(one.level, layer.layer_id, one.message) for one in found]


def _code_faults(layer: OwnLayerRecord, known: KnownAreas) -> Iterator[Finding]:
    codes = [*layer.owners]
    unknown = [code for code in codes if code not in known.facts.index]
    if unknown:
        yield _error(
            f"{len(unknown):,} codes are not known here: {shown(unknown)}. Correct them, or import the official "
            "files that hold them."
        )
    own = [code for code in codes if code in known.facts.index and _is_own(known, code)]
    if own:
        yield _error(f"{shown(own)}: an own area cannot hold another; list what that one holds")
    past = [code for code in codes if code in known.facts.index and code not in known.in_force]
    for code in [one for one in past if one not in own][:MOST_PAIRS]:
        yield _error(f"{known.name(code)} is no longer in force: {_became(code, known)}")
    if len(past) > MOST_PAIRS:
        yield _error(f"and {len(past) - MOST_PAIRS:,} more codes are no longer in force")


def _is_own(known: KnownAreas, code: str) -> bool:
    level = str(known.facts.at[code, "level"])
    return level.startswith(OWN) or level == PART


def _became(code: str, known: KnownAreas) -> str:
    """What an area that is not in force went into, and what to do."""
    links = known.area_set.links
    level = known.facts.at[code, "level"]
    newer = links[(links["child_code"] == code) & (links["parent_level"] == level)]["parent_code"]
    names = [known.name(one) for one in newer if one in known.in_force]
    if not names:
        return f"its vintage is {known.facts.at[code, 'vintage']}. List the areas that took its place."
    verb = "it became" if len(names) == 1 else "it was split into"
    return f"{verb} {shown(names)}. List {'that' if len(names) == 1 else 'those that you mean'} instead."


def _held_twice(layer: OwnLayerRecord, known: KnownAreas) -> Iterator[Finding]:
    """Codes of different own areas of which one lies in the other, or that share small areas."""
    owners = layer.owners
    pairs: dict[tuple[str, str], None] = {}
    within: list[str] = []
    for code in [*owners, *sorted(known.small)]:
        holders = sorted(known.ancestors.get(code, {code}) & owners.keys())
        for one in holders:
            if owners[one] != owners[holders[0]]:
                pairs[holders[0], one] = None
        if code in owners and len(holders) > 1 and len({owners[one] for one in holders}) == 1:
            within.append(code)
    for one, other in [*pairs][:MOST_PAIRS]:
        yield _error(_overlap_words(one, other, owners, known))
    if len(pairs) > MOST_PAIRS:
        yield _error(f"and {len(pairs) - MOST_PAIRS:,} more pairs of areas overlap")
    if within and not pairs:
        yield Finding(
            "note", "", f"{shown(within)}: listed beside what holds it in the same area; it counts once."
        )


def _overlap_words(one: str, other: str, owners: dict[str, str], known: KnownAreas) -> str:
    inner, outer = (one, other) if other in known.ancestors.get(one, set()) else (other, one)
    if outer in known.ancestors.get(inner, set()):
        return (
            f"{known.name(inner)} is in {owners[inner]} and lies in {known.name(outer)}, which is in "
            f"{owners[outer]}: leave it in one of them"
        )
    return (
        f"{known.name(one)} in {owners[one]} and {known.name(other)} in {owners[other]} share small areas: "
        "list those small areas in one of them"
    )


def _empty_members(layer: OwnLayerRecord, known: KnownAreas) -> Iterator[Finding]:
    """Listed areas of which no small area is known, so that no point can be placed in them."""
    held: set[str] = set()
    for code in known.small:
        held |= known.ancestors.get(code, set())
    empty = [known.name(code) for code in layer.owners if code not in held]
    if empty:
        yield Finding(
            "warning",
            "",
            f"No small area is known in {shown(empty)}: a point there cannot be placed. Import official boundaries.",
        )


def _left_over(layer: OwnLayerRecord, known: KnownAreas) -> Iterator[Finding]:
    members = set(layer.owners)
    loose = [code for code in sorted(known.small) if not members & known.ancestors.get(code, set())]
    if not loose:
        yield Finding("note", "", "Every small area is in one of the areas; nothing is left over.")
        return
    levels = known.facts["level"]
    districts = sorted(
        {
            known.name(one)
            for code in loose
            for one in known.ancestors.get(code, set())
            if levels[one] == "district"
        }
    )
    words = f" (in {len(districts):,} districts: {shown(districts)})" if districts else ""
    yield Finding("note", "", f"{len(loose):,} of {len(known.small):,} small areas are left over{words}.")


def _shape_findings(layer: OwnLayerRecord, area_set: AreaSet) -> Iterator[Finding]:
    shapes, faults = _shapes(layer.areas)
    yield from faults
    if faults:
        return
    names = pd.DataFrame({"name": [area.name for area in layer.areas]})
    key = CodeColumn("name", "OWN", "own", None)
    geometry = gpd.GeoSeries(shapes, crs=27700)
    if not names["name"].is_unique:
        return
    sound, found = checked(Layer(layer.layer_id, names, (key,), key, geometry))
    yield from (one for one in found if one.level != "note")
    if sound is not None:
        yield from _outside(names["name"], shapes, boundaries_in_force(area_set, "lsoa"))


def _shapes(areas: Sequence[OwnAreaRecord]) -> tuple[list[shapely.Geometry], list[Finding]]:
    shapes: list[shapely.Geometry] = []
    faults: list[Finding] = []
    for area in areas:
        try:
            shapes.append(shapely.from_wkt(area.wkt))
        except shapely.errors.ShapelyError:
            faults.append(_error(f"{area.name}: its polygon cannot be read. Draw it again."))
    return shapes, faults


def _outside(
    names: pd.Series, shapes: Sequence[shapely.Geometry], land: gpd.GeoDataFrame
) -> Iterator[Finding]:
    """Own areas that lie beyond the small areas known here, in part or wholly."""
    known = land.geometry.to_numpy()
    outside = _shares_outside(shapes, known)
    if len(shapes) and min(outside) > 1 - LEAST_OUTSIDE:
        swapped = [shapely.transform(shape, lambda at: at[:, ::-1]) for shape in shapes]
        if max(_shares_outside(swapped, known)) < LEAST_OUTSIDE:
            yield _error("the two axes are swapped: northing stands where easting should. Correct the file.")
            return
    for name, share in zip(names, outside, strict=True):
        if share > 1 - LEAST_OUTSIDE:
            yield Finding(
                "warning", "", f"{name} lies outside the areas known here: no incident can be placed in it."
            )
        elif share > LEAST_OUTSIDE:
            yield Finding(
                "warning", "", f"{share:.0%} of {name} lies outside the areas known here (or on water)."
            )


def _shares_outside(shapes: Sequence[shapely.Geometry], known: npt.NDArray[np.object_]) -> list[float]:
    """The share of each shape's area that lies in none of the known ones."""
    tree = shapely.STRtree(known)
    found = []
    for shape in shapes:
        inside = known[tree.query(shape, predicate="intersects")]
        held = shapely.area(shapely.intersection(inside, shape)).sum() if len(inside) else 0.0
        found.append(1 - float(held) / float(shapely.area(shape)))
    return found


def _error(message: str) -> Finding:
    return Finding("error", "", message)
