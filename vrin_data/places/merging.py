"""Takes what official files state into the areas already known."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd

from vrin_data.places.area_set import INDICATOR_COLUMNS, AreaSet, Finding
from vrin_data.places.messages import shown, sources_of
from vrin_data.places.nesting import LINK_COLUMNS, undated
from vrin_data.places.official_indicators import carried_to_newer
from vrin_data.places.register import AREA_COLUMNS, SAMPLE
from vrin_data.places.residents import POPULATION_COLUMNS, latest_release, release_rank
from vrin_data.places.wards import fitting_links, of_other_districts, usable_wards, with_ward_layer

SMALL_LEVELS = ("lsoa", "msoa")


@dataclass(frozen=True)
class Stated:
    """What files state: areas (a row per code and vintage), links, populations, boundaries, indicators, hexagons."""

    areas: pd.DataFrame
    links: pd.DataFrame
    populations: pd.DataFrame
    boundaries: gpd.GeoDataFrame
    indicators: pd.DataFrame
    hexes: pd.DataFrame


def merged(onto: AreaSet, stated: Stated) -> AreaSet:
    """The known areas with the stated ones; the findings say what was added and what was left out."""
    areas, findings = _areas_taken(onto, stated)
    if (areas["level"] == "lsoa").any():
        onto = _without_sample(onto)
    found = _with_links(_with_areas(onto, areas, stated), stated.links)
    wards, told = _wards_taken(found, stated)
    findings += told
    if len(wards):
        found = _with_links(_with_areas(found, wards, stated), _of_wards(stated.links))
    links, told = of_other_districts(found.links)
    findings += told
    found = replace(found, links=links.reset_index(drop=True))
    found, told = _with_residents(found, stated.populations)
    findings += told
    found, told = _with_indicators(found, stated.indicators)
    findings += told
    hexes = stated.hexes if len(stated.hexes) else onto.hexes
    return replace(with_ward_layer(found), hexes=hexes, findings=findings)


def _with_areas(onto: AreaSet, areas: pd.DataFrame, stated: Stated) -> AreaSet:
    known = _areas(onto.areas, areas)
    return replace(onto, areas=known, boundaries=_boundaries(onto.boundaries, stated.boundaries, known))


def _with_links(onto: AreaSet, stated: pd.DataFrame) -> AreaSet:
    codes = set(onto.areas["area_code"])
    links = stated[stated["child_code"].isin(codes) & stated["parent_code"].isin(codes)]
    return replace(onto, links=_links(onto, fitting_links(links, onto.areas), onto.areas))


def _of_wards(links: pd.DataFrame) -> pd.DataFrame:
    """The links that have a ward at one end; the others were taken in before the wards were."""
    wards = set(links.loc[links["parent_level"] == "ward", "parent_code"])
    return links[(links["parent_level"] == "ward") | links["child_code"].isin(wards)]


def _wards_taken(found: AreaSet, stated: Stated) -> tuple[pd.DataFrame, list[Finding]]:
    """The stated wards that the small areas now known make usable."""
    small = set(found.areas.loc[found.areas["level"] == "lsoa", "area_code"])
    fits = stated.links[(stated.links["parent_level"] != "ward") | stated.links["child_code"].isin(small)]
    fits, _ = of_other_districts(fits)
    links = pd.concat([fits, found.links], ignore_index=True)
    shapes = pd.concat([found.boundaries, stated.boundaries], ignore_index=True)
    return usable_wards(found, stated.areas, links, gpd.GeoDataFrame(shapes, crs=27700))


def _areas_taken(onto: AreaSet, stated: Stated) -> tuple[pd.DataFrame, list[Finding]]:
    """The stated areas but wards that can be used, a row per code in its newest usable vintage."""
    is_small = stated.areas["level"].isin(SMALL_LEVELS)
    upper = stated.areas[~is_small & (stated.areas["level"] != "ward")]
    upper = upper.drop_duplicates("area_code", keep="last")
    small = stated.areas[is_small]
    usable = _usable_small_areas(onto, stated, small)
    findings = [*_left_out(small, usable, stated.links)]
    new = upper[~upper["area_code"].isin(set(onto.areas["area_code"]))]
    for level, rows in new.groupby("level"):
        codes = shown(list(rows["area_code"]))
        message = f"{len(rows):,} areas of level {level} were not known and were added: {codes}."
        findings.append(Finding("note", sources_of(rows), message))
    return pd.concat([upper, usable], ignore_index=True), findings


def _usable_small_areas(onto: AreaSet, stated: Stated, small: pd.DataFrame) -> pd.DataFrame:
    """Small areas that have a boundary, that went into such an area, or that hold one.

    Codes without any boundary would be areas nobody can place a point in or see on a map: lookups
    often cover a whole country and boundaries the part of it that is wanted.
    """
    official = onto.areas[(onto.areas["level"] == "lsoa") & (onto.areas["vintage"] != SAMPLE)]
    keys = small[["area_code", "vintage", "level"]].merge(stated.boundaries[["area_code", "vintage"]])
    vintages = [*keys.loc[keys["level"] == "lsoa", "vintage"], *official["vintage"]]
    if not vintages:
        return small.iloc[:0]
    newest = max(vintages)
    in_time = small[(small["level"] == "msoa") | (small["vintage"] <= newest)]
    in_time = in_time.drop_duplicates("area_code", keep="last")
    drawn = set(keys.loc[(keys["level"] == "lsoa") & (keys["vintage"] == newest), "area_code"])
    drawn |= set(official["area_code"])
    links = pd.concat([stated.links, onto.links], ignore_index=True)
    near = set(links.loc[links["child_code"].isin(drawn), "parent_code"])
    older = set(
        links.loc[links["parent_code"].isin(drawn | near) & (links["parent_level"] != "force"), "child_code"]
    )
    is_lsoa = in_time["level"] == "lsoa"
    is_older = is_lsoa & (in_time["vintage"] < newest) & in_time["area_code"].isin(older)
    lsoa = in_time[(is_lsoa & in_time["area_code"].isin(drawn)) | is_older]
    held = set(links.loc[links["child_code"].isin(set(lsoa["area_code"])), "parent_code"])
    msoa = in_time[~is_lsoa & in_time["area_code"].isin(held)]
    return pd.concat([lsoa, msoa], ignore_index=True)


def _left_out(small: pd.DataFrame, usable: pd.DataFrame, links: pd.DataFrame) -> Iterator[Finding]:
    """What is said of small areas left out: missing ones, those elsewhere, and all where no boundary is known."""
    rest = small[~small["area_code"].isin(set(usable["area_code"]))].drop_duplicates("area_code", keep="last")
    missing = _missing(rest, usable, links)
    if len(missing):
        codes = shown(list(missing["area_code"]))
        message = (
            f"{len(missing):,} LSOAs have no boundary, though others of their district have one: {codes}. "
            "Nothing can be placed in them; import boundaries that hold them."
        )
        yield Finding("warning", sources_of(missing), message)
    rest = rest[~rest["area_code"].isin(set(missing["area_code"]))]
    for (level, vintage), rows in rest.groupby(["level", "vintage"]):
        label = f"{str(level).upper()} {vintage}"
        if len(usable):
            message = (
                f"{len(rows):,} codes of {label} lie outside the LSOA boundaries known and were left out."
            )
            yield Finding("note", sources_of(rows), message)
        else:
            message = f"{len(rows):,} codes of {label} were left out: no LSOA boundaries are known."
            yield Finding("warning", sources_of(rows), f"{message} Import those too.")


def _missing(rest: pd.DataFrame, usable: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """LSOAs left out of the newest vintage, in districts of which other LSOAs are used."""
    newest = usable.loc[usable["level"] == "lsoa", "vintage"].max()
    up = links[links["parent_level"] == "district"]
    drawn = set(up.loc[up["child_code"].isin(set(usable["area_code"])), "parent_code"])
    here = set(up.loc[up["parent_code"].isin(drawn), "child_code"])
    return rest[(rest["level"] == "lsoa") & (rest["vintage"] == newest) & rest["area_code"].isin(here)]


def _without_sample(area_set: AreaSet) -> AreaSet:
    """The area set less everything of the sample's own areas."""
    gone = set(area_set.areas.loc[area_set.areas["vintage"] == SAMPLE, "area_code"])
    links = area_set.links
    return replace(
        area_set,
        areas=area_set.areas[~area_set.areas["area_code"].isin(gone)],
        links=links[~links["child_code"].isin(gone) & ~links["parent_code"].isin(gone)],
        populations=area_set.populations[~area_set.populations["area_code"].isin(gone)],
        boundaries=area_set.boundaries[~area_set.boundaries["area_code"].isin(gone)],
    )


def _areas(known: pd.DataFrame, stated: pd.DataFrame) -> pd.DataFrame:
    """The known rows, brought to a newer vintage where one is stated, then the new ones by code."""
    frame = known.reset_index(drop=True).copy()
    facts = stated.set_index("area_code")
    newer = frame["area_code"].map(facts["vintage"]).astype(object).fillna("") > frame["vintage"].astype(str)
    for column in ("area_name", "vintage", "source"):
        frame.loc[newer, column] = frame.loc[newer, "area_code"].map(facts[column]).astype(object)
    new = stated[~stated["area_code"].isin(set(frame["area_code"]))].sort_values("area_code")
    if new.empty:
        return frame
    new = undated(new.assign(is_approximate=False))
    return _joined(frame, new, list(AREA_COLUMNS))


def _links(onto: AreaSet, stated: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Known links, and the stated ones where nothing as new is known of that child and level.

    A small area's links are renewed by every import; the register's links between larger areas,
    which are dated, only by links to a newer vintage.
    """
    facts = areas.set_index("area_code")
    key = ["child_code", "parent_level"]
    old = onto.links.assign(
        old_vintage=onto.links["parent_code"].map(facts["vintage"]).astype(object).fillna("")
    )
    newest_old = old.groupby(key)["old_vintage"].max()
    newest_new = stated.groupby(key)["parent_vintage"].max()
    both = pd.concat([newest_new.rename("new"), newest_old.rename("old")], axis=1, join="inner").reset_index()
    is_small = both["child_code"].map(facts["level"]).isin(SMALL_LEVELS)
    is_renewed = (both["new"] > both["old"]) | (is_small & (both["new"] >= both["old"]))
    renewed = pd.MultiIndex.from_frame(both.loc[is_renewed, key])
    settled = pd.MultiIndex.from_frame(both.loc[~is_renewed, key])
    kept = onto.links[~pd.MultiIndex.from_frame(onto.links[key]).isin(renewed)]
    added = stated[~pd.MultiIndex.from_frame(stated[key]).isin(settled)]
    return _joined(kept, added, LINK_COLUMNS)


def _with_residents(onto: AreaSet, stated: pd.DataFrame) -> tuple[AreaSet, list[Finding]]:
    """The area set with the stated residents, and which figures gave way to a later release.

    Published figures of larger areas stay unless a later release is stated: sums of small areas differ.
    """
    level = onto.areas.drop_duplicates("area_code", keep="last").set_index("area_code")["level"]
    stated = stated[stated["area_code"].isin(set(level.index))]
    key = ["area_code", "year"]
    basis = latest_release(onto.populations).set_index(key)["basis"]
    before = basis.reindex(pd.MultiIndex.from_frame(stated[key])).to_numpy()
    is_small = stated["area_code"].map(level).isin(SMALL_LEVELS)
    is_known = pd.notna(before)
    ranks = zip(stated["basis"], before, is_known, strict=True)
    later = [not known or release_rank(new) > release_rank(old) for new, old, known in ranks]
    earlier = [
        known and release_rank(new) < release_rank(old)
        for new, old, known in zip(stated["basis"], before, is_known, strict=True)
    ]
    taken = stated[
        pd.Series(later, index=stated.index, dtype=bool) | (is_small & ~np.array(earlier, dtype=bool))
    ]
    is_replaced = pd.MultiIndex.from_frame(onto.populations[key]).isin(pd.MultiIndex.from_frame(taken[key]))
    people = _joined(onto.populations[~is_replaced], taken, POPULATION_COLUMNS)
    old = pd.Series(before, index=stated.index, dtype=object).loc[taken.index]
    return replace(onto, populations=people), _release_notes(taken.assign(before=old))


def _release_notes(taken: pd.DataFrame) -> list[Finding]:
    """That a later release of a year took the place of an earlier one."""
    changed = taken[taken["before"].notna() & (taken["before"] != taken["basis"])]
    return [
        Finding("note", sources_of(rows), f"residents of {len(rows):,} areas: {new} took the place of {old}.")
        for (old, new), rows in changed.groupby(["before", "basis"])
    ]


def _with_indicators(onto: AreaSet, stated: pd.DataFrame) -> tuple[AreaSet, list[Finding]]:
    """The area set with the stated indicators on its newest small areas, and how many could not be carried there."""
    carried, lost = carried_to_newer(stated, onto.areas, onto.links)
    findings = []
    if lost:
        message = (
            f"figures of {lost:,} areas of an older vintage were left out: these were split or merged, "
            "and what a part has is not known."
        )
        findings.append(Finding("note", "indicators", message))
    if len(carried):
        told = carried[["year", "indicator_id"]].drop_duplicates().sort_values(["year", "indicator_id"])
        names = "; ".join(f"{year}: {', '.join(rows)}" for year, rows in told.groupby("year")["indicator_id"])
        message = f"{carried['area_code'].nunique():,} small areas have indicators of {names}."
        findings.append(Finding("note", "indicators", message))
    key = ["area_code", "indicator_id", "year"]
    known = onto.indicators[onto.indicators["area_code"].isin(set(onto.areas["area_code"]))]
    kept = known[~pd.MultiIndex.from_frame(known[key]).isin(pd.MultiIndex.from_frame(carried[key]))]
    return replace(onto, indicators=_joined(kept, carried, [*INDICATOR_COLUMNS])), findings


def _boundaries(known: gpd.GeoDataFrame, stated: gpd.GeoDataFrame, areas: pd.DataFrame) -> gpd.GeoDataFrame:
    """Known and stated shapes of known areas, of every vintage; of two of one vintage the stated one."""
    frame = pd.concat([known, stated], ignore_index=True) if len(stated) and len(known) else None
    if frame is None:
        frame = stated if len(stated) else known
    frame = frame.drop_duplicates(["area_code", "vintage"], keep="last")
    chosen = frame.loc[frame["area_code"].isin(set(areas["area_code"])), ["area_code", "vintage", "geometry"]]
    return gpd.GeoDataFrame(chosen.sort_values(["area_code", "vintage"]).reset_index(drop=True), crs=27700)


def _joined(first: pd.DataFrame, second: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    if second.empty:
        return first[columns].reset_index(drop=True)
    if first.empty:
        return second[columns].reset_index(drop=True)
    return pd.concat([first[columns], second[columns]], ignore_index=True)
