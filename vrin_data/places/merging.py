"""Takes what official files state into the areas already known."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import geopandas as gpd
import pandas as pd

from vrin_data.places.area_set import AreaSet, Finding
from vrin_data.places.checking import shown
from vrin_data.places.nesting import LINK_COLUMNS, undated
from vrin_data.places.register import AREA_COLUMNS, SAMPLE

SMALL_LEVELS = ("lsoa", "msoa")
POPULATION_COLUMNS = ["area_code", "year", "person_count", "basis", "source"]


@dataclass(frozen=True)
class Stated:
    """What files state: areas (a row per code and vintage), links, populations and boundaries."""

    areas: pd.DataFrame
    links: pd.DataFrame
    populations: pd.DataFrame
    boundaries: gpd.GeoDataFrame


def merged(onto: AreaSet, stated: Stated) -> AreaSet:
    """The known areas with the stated ones; the findings say what was added and what was left out."""
    findings: list[Finding] = []
    areas, found = _areas_taken(onto, stated)
    findings += found
    if (areas["level"] == "lsoa").any():
        onto = _without_sample(onto)
    known = _areas(onto.areas, areas)
    codes = set(known["area_code"])
    links = stated.links[stated.links["child_code"].isin(codes) & stated.links["parent_code"].isin(codes)]
    populations = stated.populations[stated.populations["area_code"].isin(codes)]
    return replace(
        onto,
        areas=known,
        links=_links(onto, links, known),
        populations=_populations(onto, populations, known),
        boundaries=_boundaries(onto.boundaries, stated.boundaries, known),
        findings=findings,
    )


def _areas_taken(onto: AreaSet, stated: Stated) -> tuple[pd.DataFrame, list[Finding]]:
    """The stated areas that can be used, a row per code in its newest usable vintage."""
    is_small = stated.areas["level"].isin(SMALL_LEVELS)
    upper = stated.areas[~is_small].drop_duplicates("area_code", keep="last")
    small = stated.areas[is_small]
    usable = _usable_small_areas(onto, stated, small)
    findings = list(_left_out(small, usable))
    new = upper[~upper["area_code"].isin(set(onto.areas["area_code"]))]
    for level, rows in new.groupby("level"):
        codes = shown(list(rows["area_code"]))
        message = f"{len(rows):,} areas of level {level} were not known and were added: {codes}."
        findings.append(Finding("note", _files_of(rows), message))
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


def _left_out(small: pd.DataFrame, usable: pd.DataFrame) -> Iterator[Finding]:
    """Notes on small areas left out; a warning where no boundary at all makes them usable."""
    rest = small[~small["area_code"].isin(set(usable["area_code"]))].drop_duplicates("area_code", keep="last")
    for (level, vintage), rows in rest.groupby(["level", "vintage"]):
        label = f"{str(level).upper()} {vintage}"
        if len(usable):
            message = (
                f"{len(rows):,} codes of {label} lie outside the LSOA boundaries known and were left out."
            )
            yield Finding("note", _files_of(rows), message)
        else:
            message = f"{len(rows):,} codes of {label} were left out: no LSOA boundaries are known."
            yield Finding("warning", _files_of(rows), f"{message} Import those too.")


def _files_of(rows: pd.DataFrame) -> str:
    return ", ".join(sorted({str(source).removeprefix("Imported from ") for source in rows["source"]}))


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
    newer = frame["area_code"].map(facts["vintage"]).fillna("") > frame["vintage"].astype(str)
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
    old = onto.links.assign(old_vintage=onto.links["parent_code"].map(facts["vintage"]).fillna(""))
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


def _populations(onto: AreaSet, stated: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Known and stated residents; published figures of larger areas stay, for sums of small areas differ."""
    level = areas.set_index("area_code")["level"]
    key = ["area_code", "year"]
    is_small = stated["area_code"].map(level).isin(SMALL_LEVELS)
    known = pd.MultiIndex.from_frame(onto.populations[key])
    added = stated[is_small | ~pd.MultiIndex.from_frame(stated[key]).isin(known)]
    kept = onto.populations[~known.isin(pd.MultiIndex.from_frame(added[key]))]
    return _joined(kept, added, POPULATION_COLUMNS)


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
