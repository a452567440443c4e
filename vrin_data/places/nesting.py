"""What the rows of official files say of areas: which there are, which lies in which, how many live there."""

from collections.abc import Iterator, Sequence

import geopandas as gpd
import pandas as pd

from vrin_data.contract.codes import LEVELS
from vrin_data.places.area_set import AreaSet, Finding, level_closure
from vrin_data.places.columns import CodeColumn, population_columns
from vrin_data.places.reading import Layer

LINK_COLUMNS = ["child_code", "parent_code", "parent_level", "relation", "valid_from", "valid_to", "source"]
IRREGULAR = "X"
"""Change code of an area whose residents went to several that others went to as well."""


def stated_areas(layers: Sequence[Layer]) -> pd.DataFrame:
    """One row per code and vintage: area_code, area_name, level, vintage, source."""
    parts = [_areas_of(layer, column) for layer in layers for column in layer.columns if column.level]
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
    an older vintage is the `same` as the newer one it went into, or was `split` into several.
    """
    parts = [frame for layer in layers for frame in _links_of(layer)]
    empty = pd.DataFrame(columns=[*LINK_COLUMNS, "parent_vintage"])
    if not parts:
        return empty
    frame = pd.concat(parts, ignore_index=True)
    frame = frame.sort_values(["child_code", "parent_level", "parent_code", "parent_vintage", "relation"])
    frame = frame.drop_duplicates(["child_code", "parent_code"], keep="last").reset_index(drop=True)
    return undated(frame)


def undated(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with valid_from and valid_to, both empty: no first and no last day is stated."""
    empty = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[ns]")
    return frame.assign(valid_from=empty, valid_to=empty)


def _links_of(layer: Layer) -> Iterator[pd.DataFrame]:
    columns = [column for column in layer.columns if column.level]
    for child in columns:
        for parent in columns:
            if child is not parent and _can_hold(child, parent):
                yield _link_pairs(layer, child, parent)


def _can_hold(child: CodeColumn, parent: CodeColumn) -> bool:
    """Whether a child of the one column can lie in a parent of the other.

    Partnerships and districts hold each other: a district in Nottinghamshire lies in a partnership,
    a partnership in Northamptonshire in a district.
    """
    if child.level == parent.level:
        return child.vintage < parent.vintage
    if (child.level, parent.level) == ("csp", "district"):
        return child.vintage <= parent.vintage
    return LEVELS.index(str(child.level)) > LEVELS.index(str(parent.level))


def _link_pairs(layer: Layer, child: CodeColumn, parent: CodeColumn) -> pd.DataFrame:
    pairs = layer.frame[[child.column, parent.column]].set_axis(["child_code", "parent_code"], axis=1)
    pairs = pairs[(pairs["child_code"] != "") & (pairs["parent_code"] != "")].drop_duplicates()
    is_alone = pairs.groupby("child_code")["parent_code"].transform("size") == 1
    words = _words(child, parent)
    pairs["relation"] = is_alone.map({True: words[0], False: words[1]})
    if child.level == parent.level and "change_code" in layer.frame:
        irregular = layer.frame.loc[layer.frame["change_code"] == IRREGULAR, child.column]
        pairs.loc[pairs["child_code"].isin(set(irregular)), "relation"] = "part"
    pairs = pairs[pairs["child_code"] != pairs["parent_code"]]
    return pairs.assign(parent_level=parent.level, parent_vintage=parent.vintage, source=imported_from(layer))


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


def stated_populations(layers: Sequence[Layer]) -> tuple[pd.DataFrame, list[Finding]]:
    """Residents that layers with one row an area state: area_code, year, person_count, basis, source."""
    parts = [pd.DataFrame(columns=["area_code", "year", "person_count", "basis", "source"])]
    findings = []
    for layer in layers:
        if layer.key is None or layer.key.level is None:
            continue
        for column, year, basis in population_columns([str(name) for name in layer.frame.columns]):
            given = layer.frame[column].notna() & (layer.frame[column].astype(str).str.strip() != "")
            counts = pd.to_numeric(layer.frame.loc[given, column], errors="coerce")
            wrong = counts.isna() | (counts < 0) | (counts % 1 != 0)
            if wrong.any():
                row = int(given.to_numpy().nonzero()[0][wrong.to_numpy().argmax()]) + 1
                message = f"row {row:,}, {column}: no whole number of residents ({int(wrong.sum()):,} rows)."
                findings.append(Finding("error", layer.file, message))
                continue
            frame = pd.DataFrame({"area_code": layer.codes[given], "person_count": counts.astype("int64")})
            parts.append(frame.assign(year=year, basis=basis, source=imported_from(layer)))
    stated = pd.concat(parts[1:] or parts, ignore_index=True)
    return stated.drop_duplicates(["area_code", "year", "basis"], keep="last"), findings
