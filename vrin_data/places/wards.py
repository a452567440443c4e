"""Wards: which of those that files state are used, what small areas fit them, and how many live in them.

Wards are drawn anew by elections and are not built of small areas. Where boundaries are known, points are
placed in them; else each small area counts whole in the ward that it fits best.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import geopandas as gpd
import pandas as pd
import shapely

from vrin_data.places.area_set import AreaSet, Finding, areas_in_force, level_closure
from vrin_data.places.layers import BY_SHARE, boundaries_in_force
from vrin_data.places.messages import counted, shown, sources_of
from vrin_data.places.placing import place_points
from vrin_data.places.reading import Layer

BY_FIT = "Small areas by the ward that they fit best"
DERIVED = (BY_SHARE, BY_FIT)


def usable_wards(
    known: AreaSet, stated: pd.DataFrame, links: pd.DataFrame, shapes: gpd.GeoDataFrame
) -> tuple[pd.DataFrame, list[Finding]]:
    """The stated wards (a row per code and vintage) that can be used, a row per code, and what was left out.

    `known` has the small areas; `links` and `shapes` are all that is known of wards. With boundaries, these
    are the wards on the ground of the small areas, of the boundaries' vintage at the latest; without any,
    those that a small area fits best.
    """
    wards = stated[stated["level"] == "ward"]
    if wards.empty:
        return wards, []
    drawn = shapes[shapes["area_code"].isin(set(wards["area_code"]) | _codes(known, "ward"))]
    newest = (drawn if len(drawn) else wards)["vintage"].max()
    wards = wards[wards["vintage"] <= newest]
    fitted = set(links.loc[links["parent_level"] == "ward", "parent_code"])
    near = _on_the_ground(known, drawn[drawn["vintage"] == newest]) if len(drawn) else fitted
    is_newest = wards["vintage"] == newest
    used = (is_newest & wards["area_code"].isin(near)) | (~is_newest & wards["area_code"].isin(fitted))
    taken = wards[used].drop_duplicates("area_code", keep="last")
    findings = _left_out(known, wards, taken, links.iloc[:0] if len(drawn) else links) + _too_new(
        stated, newest
    )
    return taken, findings


def fitting_links(links: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """The links with one ward for each small area: of the newest vintage that it has one of.

    Links to wards that no newer vintage has stay beside it: they say how the older wards lay.
    """
    is_ward = links["parent_level"] == "ward"
    vintage = areas.drop_duplicates("area_code", keep="last").set_index("area_code")["vintage"]
    newest_ward = vintage[areas.loc[areas["level"] == "ward", "area_code"].unique()].max()
    newest = links[is_ward].groupby("child_code")["parent_vintage"].max()
    is_last = links["parent_vintage"] == links["child_code"].map(newest)
    is_old = links["parent_code"].map(vintage) != newest_ward
    return links[~is_ward | is_last | is_old]


def without_foreign_wards(layers: Sequence[Layer]) -> tuple[list[Layer], list[Finding]]:
    """The layers without wards that a file itself says lie in another district than the small area."""
    foreign = {pair: layer.file for layer in layers for pair in _foreign_pairs(layer)}
    if not foreign:
        return list(layers), []
    pairs = [f"{small} (ward {ward})" for small, ward in sorted(foreign)]
    return [_blanked(layer, set(foreign)) for layer in layers], [
        _foreign(pairs, next(iter(foreign.values())))
    ]


def _foreign_pairs(layer: Layer) -> Iterator[tuple[str, str]]:
    small = next((column for column in layer.columns if column.level == "lsoa"), None)
    for ward in layer.columns:
        name = f"{ward.kind}{ward.vintage[2:]}_outside_LAD"
        if ward.level == "ward" and small is not None and name in layer.frame:
            is_said = layer.frame[name].astype(str).str.upper().isin(["Y", "YES", "TRUE", "1"])
            yield from layer.frame.loc[is_said, [small.column, ward.column]].itertuples(
                index=False, name=None
            )


def _blanked(layer: Layer, pairs: set[tuple[str, str]]) -> Layer:
    small = next((column for column in layer.columns if column.level == "lsoa"), None)
    frame = layer.frame
    for ward in layer.columns:
        if ward.level == "ward" and small is not None:
            own = pd.MultiIndex.from_frame(frame[[small.column, ward.column]]).isin(pairs)
            frame = frame.assign(**{ward.column: frame[ward.column].mask(own, "")})
    return replace(layer, frame=frame)


def _foreign(pairs: list[str], file: str) -> Finding:
    message = (
        f"{counted(len(pairs), 'small area')} {'was' if len(pairs) == 1 else 'were'} not put into the ward of best "
        f"fit, since it lies in another "
        f"district: {shown(pairs)}."
    )
    return Finding("note", file, message)


def of_other_districts(links: pd.DataFrame) -> tuple[pd.DataFrame, list[Finding]]:
    """The links without wards that lie in another district than the small area, and which these were."""
    held = links[(links["parent_level"] == "district") & (links["relation"] == "within")]
    districts = held.groupby("child_code")["parent_code"].agg(set)
    fits = links[links["parent_level"] == "ward"]
    own, theirs = fits["child_code"].map(districts), fits["parent_code"].map(districts)
    apart = [
        isinstance(one, set) and isinstance(other, set) and not one & other
        for one, other in zip(own, theirs, strict=True)
    ]
    if not any(apart):
        return links, []
    gone = fits[apart]
    pairs = [f"{row.child_code} (ward {row.parent_code})" for row in gone.itertuples(index=False)]
    return links.drop(gone.index), [_foreign(pairs, sources_of(gone))]


def with_ward_layer(area_set: AreaSet) -> AreaSet:
    """The area set with its row for the level ward, and residents of wards that no boundaries are known of."""
    rows = area_set.layers[area_set.layers["level"] != "ward"]
    people = area_set.populations
    is_derived = people["area_code"].isin(_codes(area_set, "ward")) & people["source"].isin(DERIVED)
    bare = replace(area_set, layers=rows, populations=people[~is_derived])
    wards = area_set.areas[
        (area_set.areas["level"] == "ward") & area_set.areas["area_code"].isin(areas_in_force(area_set))
    ]
    if wards.empty:
        return bare
    basis = "boundaries" if len(boundaries_in_force(area_set, "ward")) else "best_fit"
    source = "; ".join(sorted(wards["source"].unique()))[:300]
    row = {"level": "ward", "layer_name": "Wards", "basis": basis, "source": source}
    known = replace(bare, layers=pd.concat([pd.DataFrame([row]), rows], ignore_index=True))
    return _with_residents(known) if basis == "best_fit" else known


def _with_residents(area_set: AreaSet) -> AreaSet:
    closure = level_closure(area_set)
    small = set(_codes(area_set, "lsoa")) & areas_in_force(area_set)
    fits = closure[(closure["level"] == "ward") & closure["area_code"].isin(small)]
    people = fits.merge(area_set.populations, on="area_code")
    sums = (
        people.groupby(["ancestor_code", "year", "basis"])["person_count"].agg(["sum", "size"]).reset_index()
    )
    sizes = fits.groupby("ancestor_code").size()
    # A year in which some of its small areas had another code would leave their residents out.
    sums = sums[sums["size"] == sums["ancestor_code"].map(sizes)].rename(columns={"sum": "person_count"})
    sums = sums.rename(columns={"ancestor_code": "area_code"}).assign(source=BY_FIT)
    known = pd.MultiIndex.from_frame(area_set.populations[["area_code", "year"]])
    sums = sums[~pd.MultiIndex.from_frame(sums[["area_code", "year"]]).isin(known)]
    if sums.empty:
        return area_set
    columns = area_set.populations.columns
    return replace(area_set, populations=pd.concat([area_set.populations, sums[columns]], ignore_index=True))


def _codes(area_set: AreaSet, level: str) -> set[str]:
    return set(area_set.areas.loc[area_set.areas["level"] == level, "area_code"])


def _on_the_ground(known: AreaSet, drawn: gpd.GeoDataFrame) -> set[str]:
    """The wards a point of whose inside lies in a small area that has boundaries."""
    base = boundaries_in_force(known, "lsoa")
    if drawn.empty or base.empty:
        return set()
    points = shapely.get_coordinates(shapely.point_on_surface(drawn.geometry.to_numpy()))
    inside = pd.notna(place_points(base, points[:, 0], points[:, 1]))
    return set(drawn.loc[inside, "area_code"])


def _left_out(known: AreaSet, wards: pd.DataFrame, taken: pd.DataFrame, links: pd.DataFrame) -> list[Finding]:
    """What is said of wards that were not taken: those elsewhere, and those here that have no small area."""
    rest = wards[~wards["area_code"].isin(set(taken["area_code"]))].drop_duplicates("area_code", keep="last")
    if rest.empty:
        return []
    small = _codes(known, "lsoa")
    districts = links[links["parent_level"] == "district"]
    here = set(districts.loc[districts["child_code"].isin(small), "parent_code"])
    bare = set(districts.loc[districts["parent_code"].isin(here), "child_code"]) & set(rest["area_code"])
    findings = []
    if bare:
        message = (
            f"{len(bare):,} wards are the best fit of no small area, and no boundaries of them are known: "
            f"{shown(sorted(bare))}. They were left out; import ward boundaries to have them."
        )
        findings.append(Finding("note", sources_of(rest), message))
    if len(rest) > len(bare):
        message = f"{len(rest) - len(bare):,} wards lie outside the small areas known and were left out."
        findings.append(Finding("note", sources_of(rest), message))
    return findings


def _too_new(stated: pd.DataFrame, newest: str) -> list[Finding]:
    newer = stated[(stated["level"] == "ward") & (stated["vintage"] > str(newest))]
    if newer.empty:
        return []
    vintage = newer["vintage"].max()
    message = (
        f"wards of {vintage} were not used: the newest ward boundaries known are of {newest}. "
        f"Import the ward boundaries of {vintage}."
    )
    return [Finding("note", sources_of(newer), message)]
