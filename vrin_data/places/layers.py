"""Levels that lie across the small areas: wards, and a partnership's own areas.

Small areas need not nest in them. Where a layer has boundaries, points are placed in those; a place that is
known by its small area alone counts in the one that (all but a sliver of) the small area lies in, and else
in none. A layer that is made of lists of official areas takes in all that lies in them.
"""

from collections.abc import Sequence
from dataclasses import replace

import geopandas as gpd
import pandas as pd
import shapely

from vrin_data.contract.codes import OWN
from vrin_data.contract.own_layers import OwnLayerRecord, own_area_code
from vrin_data.places.area_set import AreaSet, areas_in_force, level_closure
from vrin_data.places.nesting import LINK_COLUMNS, WHOLE_SHARE, undated

OWN_VINTAGE = "own"
ALL_THERE = "All of its small areas lie there"
BY_SHARE = "Small areas by their share of area"
UPPER = ("district", "csp", "force", "region")


def with_own_layers(area_set: AreaSet, layers: Sequence[OwnLayerRecord]) -> AreaSet:
    """The area set with these own layers in place of all own layers it had."""
    known = _without_own(area_set)
    for layer in layers:
        known = _with_layer(known, layer)
    return known


def linked_layers(area_set: AreaSet) -> AreaSet:
    """The area set with every layer that has boundaries linked to its small areas anew, by share of area.

    Residents of an area of a layer are those of the small areas, each by the share of its area that lies in
    it, where nothing is published.
    """
    base = boundaries_in_force(area_set, "lsoa")
    for level, basis in area_set.layers[["level", "basis"]].itertuples(index=False):
        shapes = boundaries_in_force(area_set, level)
        if basis == "boundaries" and len(base) and len(shapes):
            area_set = _linked(area_set, level, shares_of(base, shapes))
        elif basis == "areas":
            area_set = _with_residents(area_set, _members(area_set, level))
    return area_set


def boundaries_in_force(area_set: AreaSet, level: str) -> gpd.GeoDataFrame:
    """Boundaries of the level's areas in force, in the vintage that each stands in, ordered by code."""
    facts = area_set.areas.drop_duplicates("area_code", keep="last").set_index("area_code")
    own = areas_in_force(area_set) & set(facts.index[facts["level"] == level])
    chosen = area_set.boundaries[area_set.boundaries["area_code"].isin(own)]
    chosen = chosen[chosen["vintage"] == chosen["area_code"].map(facts["vintage"])]
    return chosen.sort_values("area_code").reset_index(drop=True)


def shares_of(base: gpd.GeoDataFrame, shapes: gpd.GeoDataFrame) -> pd.DataFrame:
    """How much of each area of the one set lies in each of the other: child_code, parent_code, share."""
    one, other = base.geometry.to_numpy(), shapes.geometry.to_numpy()
    child, parent = shapely.STRtree(other).query(one, predicate="intersects")
    area = shapely.area(shapely.intersection(one[child], other[parent]))
    frame = pd.DataFrame(
        {
            "child_code": base["area_code"].to_numpy()[child],
            "parent_code": shapes["area_code"].to_numpy()[parent],
            "share": area / shapely.area(one)[child],
        }
    )
    return frame[frame["share"] > 1 - WHOLE_SHARE].reset_index(drop=True)


def _linked(area_set: AreaSet, level: str, shares: pd.DataFrame) -> AreaSet:
    relation = (shares["share"] >= WHOLE_SHARE).map({True: "within", False: "part"})
    links = undated(
        shares.drop(columns="share").assign(
            parent_level=level, relation=relation, source="Share of area in common"
        )
    )
    kept = area_set.links[
        (area_set.links["parent_level"] != level) | (area_set.links["relation"] == "best_fit")
    ]
    area_set = replace(area_set, links=pd.concat([kept, links[LINK_COLUMNS]], ignore_index=True))
    area_set = _linked_upwards(area_set, level)
    return _with_residents(area_set, shares)


def _linked_upwards(area_set: AreaSet, level: str) -> AreaSet:
    """The areas of a layer linked to the larger areas that all of their small areas lie in."""
    own = area_set.links[
        (area_set.links["parent_level"] == level) & (area_set.links["relation"] != "best_fit")
    ]
    above = level_closure(area_set)
    above = above[above["level"].isin(UPPER)].rename(columns={"area_code": "child_code", "level": "upper"})
    held = own[["child_code", "parent_code"]].merge(above, on="child_code")
    sizes = own.groupby("parent_code")["child_code"].nunique()
    agreed = (
        held.groupby(["parent_code", "upper"])["ancestor_code"]
        .agg(["nunique", "size", "first"])
        .reset_index()
    )
    agreed = agreed[(agreed["nunique"] == 1) & (agreed["size"] == agreed["parent_code"].map(sizes))]
    links = undated(
        agreed[["parent_code", "first", "upper"]]
        .set_axis(["child_code", "parent_code", "parent_level"], axis=1)
        .assign(relation="within", source=ALL_THERE)
    )
    # What a publisher says of a ward stands, whatever slivers of small areas its boundary cuts.
    is_derived = area_set.links["source"] == ALL_THERE
    kept = area_set.links[~(area_set.links["child_code"].isin(set(own["parent_code"])) & is_derived)]
    key = ["child_code", "parent_level"]
    links = links[~pd.MultiIndex.from_frame(links[key]).isin(pd.MultiIndex.from_frame(kept[key]))]
    return replace(area_set, links=pd.concat([kept, links[LINK_COLUMNS]], ignore_index=True))


def _with_residents(area_set: AreaSet, shares: pd.DataFrame) -> AreaSet:
    """The area set with residents of the areas that the shares are about, where none are published.

    What was derived before is derived anew. A year for which a small area has no figure gives none.
    """
    people = area_set.populations
    people = people[~(people["area_code"].isin(shares["parent_code"]) & (people["source"] == BY_SHARE))]
    small = shares.merge(people, left_on="child_code", right_on="area_code")
    small["person_count"] = small["person_count"].astype("float64") * small["share"]
    sums = small.groupby(["parent_code", "year", "basis"], as_index=False).agg(
        person_count=("person_count", "sum"), parts=("child_code", "nunique")
    )
    sums = sums[
        sums["parts"] == sums["parent_code"].map(shares.groupby("parent_code")["child_code"].nunique())
    ]
    sums = sums.rename(columns={"parent_code": "area_code"}).assign(source=BY_SHARE)
    sums["person_count"] = sums["person_count"].round().astype("int64")
    known = pd.MultiIndex.from_frame(people[["area_code", "year"]])
    sums = sums[~pd.MultiIndex.from_frame(sums[["area_code", "year"]]).isin(known)]
    if sums.empty:
        return replace(area_set, populations=people.reset_index(drop=True))
    return replace(area_set, populations=pd.concat([people, sums[people.columns]], ignore_index=True))


def _without_own(area_set: AreaSet) -> AreaSet:
    is_own = area_set.areas["level"].str.startswith(OWN)
    gone = set(area_set.areas.loc[is_own, "area_code"])
    links = area_set.links
    return replace(
        area_set,
        areas=area_set.areas[~is_own],
        links=links[~links["child_code"].isin(gone) & ~links["parent_code"].isin(gone)],
        populations=area_set.populations[~area_set.populations["area_code"].isin(gone)],
        boundaries=area_set.boundaries[~area_set.boundaries["area_code"].isin(gone)],
        layers=area_set.layers[~area_set.layers["level"].str.startswith(OWN)],
    )


def _with_layer(area_set: AreaSet, layer: OwnLayerRecord) -> AreaSet:
    codes = [own_area_code(layer.layer_id, area.name) for area in layer.areas]
    areas = pd.DataFrame(
        {
            "area_code": codes,
            "area_name": [area.name for area in layer.areas],
            "level": layer.level,
            "vintage": OWN_VINTAGE,
            "is_approximate": False,
            "source": layer.source,
        }
    )
    row = {"level": layer.level, "layer_name": layer.name, "basis": layer.basis, "source": layer.source}
    known = replace(
        area_set,
        areas=pd.concat([area_set.areas, undated(areas)[[*area_set.areas.columns]]], ignore_index=True),
        layers=pd.concat([area_set.layers, pd.DataFrame([row])], ignore_index=True),
    )
    drawn = [(code, area.wkt) for code, area in zip(codes, layer.areas, strict=True) if area.wkt]
    if drawn:
        shapes = gpd.GeoDataFrame(
            {"area_code": [code for code, _ in drawn], "vintage": OWN_VINTAGE},
            geometry=gpd.GeoSeries.from_wkt([wkt for _, wkt in drawn]),
            crs=27700,
        )
        known = replace(
            known,
            boundaries=gpd.GeoDataFrame(pd.concat([known.boundaries, shapes], ignore_index=True), crs=27700),
        )
    return _of_members(known, layer) if layer.basis == "areas" else known


def _of_members(area_set: AreaSet, layer: OwnLayerRecord) -> AreaSet:
    """The areas of a list: what is listed lies within them."""
    pairs = [
        (member, own_area_code(layer.layer_id, area.name)) for area in layer.areas for member in area.members
    ]
    links = pd.DataFrame(pairs, columns=["child_code", "parent_code"])
    links = undated(links.assign(parent_level=layer.level, relation="within", source=layer.source))
    linked = replace(area_set, links=pd.concat([area_set.links, links[LINK_COLUMNS]], ignore_index=True))
    shares = _members(linked, layer.level)
    if shares.empty:
        return linked
    small = undated(
        shares[["child_code", "parent_code"]].assign(
            parent_level=layer.level, relation="within", source=layer.source
        )
    )
    every = pd.concat([linked.links, small[LINK_COLUMNS]], ignore_index=True)
    every = every.drop_duplicates(["child_code", "parent_code"])
    return _linked_upwards(replace(linked, links=every), layer.level)


def _members(area_set: AreaSet, level: str) -> pd.DataFrame:
    """The small areas in force that lie whole in an area of a level: child_code, parent_code, share."""
    closure = level_closure(area_set)
    held = closure[closure["level"] == level]
    is_small = area_set.areas["level"] == "lsoa"
    small = set(area_set.areas.loc[is_small, "area_code"]) & areas_in_force(area_set)
    found = held[held["area_code"].isin(small)]
    return found.rename(columns={"area_code": "child_code", "ancestor_code": "parent_code"}).assign(share=1.0)
