"""What the rows of official files say of areas: which there are, which lies in which, how many live there."""

from collections.abc import Iterator, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd

from vrin_data.contract.codes import LEVELS
from vrin_data.places.area_set import AreaSet, level_closure
from vrin_data.places.columns import CodeColumn
from vrin_data.places.reading import Layer

LINK_COLUMNS = ["child_code", "parent_code", "parent_level", "relation", "valid_from", "valid_to", "source"]
WHOLE_SHARE = 0.98
"""Share of a small area that lies in an area of a layer from which on it counts as wholly in it: official
layers are generalised one by one, so that their borders differ by slivers."""
IRREGULAR = "X"
"""Change code of an area whose residents went to several that others went to as well."""


def stated_areas(layers: Sequence[Layer]) -> pd.DataFrame:
    """One row per code and vintage: area_code, area_name, level, vintage, source."""
    parts = [_areas_of(layer, column) for layer in layers for column in layer.columns if column.level]
    if not parts:
        return pd.DataFrame(columns=["area_code", "area_name", "level", "vintage", "source"])
    frame = pd.concat(parts, ignore_index=True)
    frame["is_named"] = frame["area_name"] != frame["area_code"]
    frame = frame.sort_values(["area_code", "vintage", "is_named", "source"], kind="stable")
    frame = frame.drop_duplicates(["area_code", "vintage"], keep="last")
    return frame.drop(columns="is_named").reset_index(drop=True)


def _areas_of(layer: Layer, column: CodeColumn) -> pd.DataFrame:
    codes = layer.frame[column.column]
    names = layer.frame[column.name_column] if column.name_column else codes
    frame = pd.DataFrame({"area_code": codes, "area_name": names.where(names != "", codes)})
    frame = frame[codes != ""].drop_duplicates("area_code")
    return frame.assign(level=column.level, vintage=column.vintage, source=imported_from(layer))


def imported_from(layer: Layer) -> str:
    """The source that areas, links and residents of a layer carry."""
    return f"Imported from {layer.file}"


def stated_links(layers: Sequence[Layer]) -> pd.DataFrame:
    """Links between codes of the same row, in the columns of area_link, with parent_vintage.

    A child with one parent of a column lies `within` it, with several `part` in each. An area of
    an older vintage is the `same` as the newer one it went into, or was `split` into several. A small
    area is in a ward by `best_fit`. Where a lookup through wards names another area above than one that
    goes straight there, the straight one holds: the other says where the ward lies.
    """
    parts = [frame for layer in layers for frame in _links_of(layer)]
    empty = pd.DataFrame(columns=[*LINK_COLUMNS, "parent_vintage"])
    if not parts:
        return empty
    frame = _straight(pd.concat(parts, ignore_index=True))
    frame = frame.sort_values(["child_code", "parent_level", "parent_code", "parent_vintage", "relation"])
    frame = frame.drop_duplicates(["child_code", "parent_code"], keep="last").reset_index(drop=True)
    return undated(frame.drop(columns="is_through_wards"))


def _straight(frame: pd.DataFrame) -> pd.DataFrame:
    """The links without those through wards where a straight one is known."""
    key = ["child_code", "parent_level", "parent_vintage"]
    straight = pd.MultiIndex.from_frame(frame.loc[~frame["is_through_wards"], key].drop_duplicates())
    return frame[~frame["is_through_wards"] | ~pd.MultiIndex.from_frame(frame[key]).isin(straight)]


def undated(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with valid_from and valid_to, both empty: no first and no last day is stated."""
    empty = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[ns]")
    return frame.assign(valid_from=empty, valid_to=empty)


def _links_of(layer: Layer) -> Iterator[pd.DataFrame]:
    columns = [column for column in layer.columns if column.level]
    has_wards = any(column.level == "ward" for column in columns)
    for child in columns:
        for parent in columns:
            if child is not parent and _can_hold(child, parent) and not _is_past(child, parent, columns):
                is_upwards = child.level in _BESIDE_WARDS and parent.level not in _BESIDE_WARDS
                is_wards_own = child.level == "ward" and layer.key is child
                through = has_wards and is_upwards and not is_wards_own
                yield _link_pairs(layer, child, parent).assign(is_through_wards=through)


def _is_past(child: CodeColumn, parent: CodeColumn, columns: list[CodeColumn]) -> bool:
    """Whether a ward is asked for an area of an older year than the table has: it need not lie in one of those."""
    return child.level == "ward" and any(
        one.kind == parent.kind and one.vintage > parent.vintage for one in columns
    )


_BESIDE_WARDS = ("ward", "msoa", "lsoa")


def _can_hold(child: CodeColumn, parent: CodeColumn) -> bool:
    """Whether a child of the one column can lie in a parent of the other.

    Partnerships and districts hold each other: a district in Nottinghamshire lies in a partnership,
    a partnership in Northamptonshire in a district. Wards hold small areas alone, and not quite.
    """
    if parent.level == "ward":
        return child.level == "lsoa"
    if child.level == parent.level:
        return child.vintage < parent.vintage
    if (child.level, parent.level) == ("csp", "district"):
        return child.vintage <= parent.vintage
    return LEVELS.index(str(child.level)) > LEVELS.index(str(parent.level))


def _link_pairs(layer: Layer, child: CodeColumn, parent: CodeColumn) -> pd.DataFrame:
    pairs = layer.frame[[child.column, parent.column]].set_axis(["child_code", "parent_code"], axis=1)
    is_given = (pairs["child_code"] != "") & (pairs["parent_code"] != "")
    if parent.level == "ward":
        pairs = _best_fits(layer, pairs[is_given], parent)
    elif child.level == "ward" and layer.key is not child:
        pairs = _homes(pairs[is_given], is_every=parent.level == "csp")
    else:
        pairs = pairs[is_given].drop_duplicates()
        is_alone = pairs.groupby("child_code")["parent_code"].transform("size") == 1
        words = _words(child, parent)
        pairs["relation"] = is_alone.map({True: words[0], False: words[1]})
    if child.level == parent.level and "change_code" in layer.frame:
        irregular = layer.frame.loc[layer.frame["change_code"] == IRREGULAR, child.column]
        pairs.loc[pairs["child_code"].isin(set(irregular)), "relation"] = "part"
    pairs = pairs[pairs["child_code"] != pairs["parent_code"]]
    return pairs.assign(parent_level=parent.level, parent_vintage=parent.vintage, source=imported_from(layer))


def _best_fits(layer: Layer, pairs: pd.DataFrame, ward: CodeColumn) -> pd.DataFrame:
    """Small areas with the ward they fit best: within it where the file says that as good as all of it is."""
    share = layer.frame[ward.share_column][pairs.index] if ward.share_column else None
    is_whole = pd.to_numeric(share, errors="coerce") >= WHOLE_SHARE if share is not None else False
    pairs = pairs.assign(relation=np.where(is_whole, "within", "best_fit"))
    return pairs.drop_duplicates(["child_code", "parent_code"])


def _homes(pairs: pd.DataFrame, *, is_every: bool) -> pd.DataFrame:
    """Each ward with the larger area of most of the small areas that fit it best, or of every one.

    Wards do not cross districts, whatever a best fit says; partnerships smaller than a district they may.
    """
    counts = pairs.groupby(["child_code", "parent_code"]).size().rename("count").reset_index()
    counts = counts.sort_values(["child_code", "count", "parent_code"], ascending=[True, False, True])
    most = counts.groupby("child_code")["count"].transform("max")
    counts = counts[counts["count"] == most]
    alone = counts.groupby("child_code")["parent_code"].transform("size") == 1
    if is_every:
        alone &= (
            pairs.groupby("child_code")["parent_code"].nunique().reindex(counts["child_code"]).to_numpy() == 1
        )
    return counts.loc[alone, ["child_code", "parent_code"]].assign(relation="within")


def _words(child: CodeColumn, parent: CodeColumn) -> tuple[str, str]:
    """The relation of a child with one parent and of a child with several."""
    if child.level != parent.level:
        return "within", "part"
    return ("same", "split") if child.level in ("lsoa", "msoa") else ("within", "part")


def agreed_links(area_set: AreaSet) -> pd.DataFrame:
    """Links of each split area to the areas above that all of its successors lie in."""
    split = area_set.links[area_set.links["relation"] == "split"]
    closure = level_closure(area_set).rename(columns={"area_code": "parent_code"})
    above = split[["child_code", "parent_code"]].merge(closure[closure["level"] != "lsoa"], on="parent_code")
    successors = split.groupby("child_code").size()
    counted = above.groupby(["child_code", "level"])["ancestor_code"].agg(["nunique", "size", "first"])
    counted = counted.reset_index()
    is_agreed = (counted["nunique"] == 1) & (counted["size"] == counted["child_code"].map(successors))
    agreed = counted.loc[is_agreed, ["child_code", "first", "level"]]
    agreed = agreed.set_axis(["child_code", "parent_code", "parent_level"], axis=1)
    return undated(agreed.assign(relation="within", source="All areas it was split into agree"))


def stated_boundaries(layers: Sequence[Layer]) -> gpd.GeoDataFrame:
    """Shapes of the layers that have them, one per area_code and vintage: the later file's, if two."""
    parts = [
        gpd.GeoDataFrame({"area_code": layer.codes, "vintage": layer.key.vintage}, geometry=layer.geometry)
        for layer in layers
        if layer.geometry is not None and layer.key and layer.key.level
    ]
    if not parts:
        nothing = pd.DataFrame({"area_code": [], "vintage": []}, dtype=str)
        return gpd.GeoDataFrame(nothing, geometry=gpd.GeoSeries([], crs=27700))
    frame = gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=27700)
    return frame.drop_duplicates(["area_code", "vintage"], keep="last").reset_index(drop=True)
