"""Codes that betray a wrong label: those of one list of small areas alone, and districts that no longer exist."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from vrin_data.places.area_set import AreaSet, Finding
from vrin_data.places.columns import CodeColumn
from vrin_data.places.messages import shown
from vrin_data.places.reading import Layer

SMALL = ("LSOA", "MSOA")
LAST_OF_2011 = {"LSOA": "E01033768", "MSOA": "E02006934"}
"""The last codes of England in the lists of 2011; the census of 2021 gave new areas the numbers after them."""
NEW_EXPECTED_FROM = 300
"""About one small area in twenty is new in 2021: this many without a new one are no list of 2021."""


@dataclass(frozen=True)
class CodeLists:
    """What codes are known to be in one list of small areas alone, and which larger areas have ended."""

    known: AreaSet
    layers: Sequence[Layer]

    @cached_property
    def alone(self) -> dict[tuple[str, str], set[str]]:
        """By kind and vintage the codes that no other vintage has."""
        found: dict[tuple[str, str], set[str]] = {}
        for kind, old, new, older, newer in self._changes():
            found.setdefault((kind, old), set()).update(older - newer)
            found.setdefault((kind, new), set()).update(newer - older)
        return found

    @cached_property
    def ended(self) -> pd.DataFrame:
        """Larger areas with a last day, by code: valid_to, and the one that took their place (NULL if several)."""
        areas = self.known.areas[self.known.areas["valid_to"].notna()]
        links = self.known.links.merge(
            areas[["area_code", "level"]], left_on="child_code", right_on="area_code"
        )
        links = links[(links["parent_level"] == links["level"]) & (links["relation"] == "within")]
        successor = links.drop_duplicates("child_code", keep=False).set_index("child_code")["parent_code"]
        frame = areas.set_index("area_code")[["area_name", "valid_to"]]
        return frame.assign(successor=successor.reindex(frame.index))

    def _changes(self) -> Iterator[tuple[str, str, str, set[str], set[str]]]:
        """Kind, older and newer vintage, and the two lists as far as one table holds both."""
        for layer in self.layers:
            for newer in layer.columns:
                for older in layer.columns:
                    if newer.kind == older.kind and newer.kind in SMALL and older.vintage < newer.vintage:
                        was, now = (set(layer.frame[one.column]) - {""} for one in (older, newer))
                        yield newer.kind, older.vintage, newer.vintage, was, now
        vintage = self.known.areas.drop_duplicates("area_code", keep="last").set_index("area_code")["vintage"]
        links = self.known.links
        went = links[links["relation"].isin(["same", "split"]) & links["parent_level"].isin(["lsoa", "msoa"])]
        for level, rows in went.groupby("parent_level"):
            olds, news = rows["child_code"].map(vintage).max(), rows["parent_code"].map(vintage).max()
            yield str(level).upper(), olds, news, set(rows["child_code"]), set(rows["parent_code"])


def label_faults(layer: Layer, lists: CodeLists) -> Iterator[Finding]:
    """An error for each column of small areas whose codes are those of another year's list."""
    for column in layer.columns:
        if column.kind not in SMALL:
            continue
        codes = set(layer.frame[column.column]) - {""}
        vintage, told = _true_vintage(column, codes, lists)
        if vintage:
            message = (
                f"{column.column}: the codes are those of {vintage}, not of {column.vintage}: {told}. "
                f"Rename the column to {column.kind}{vintage[2:]}CD, or take the file of {column.vintage}."
            )
            yield Finding("error", layer.file, message)


def _true_vintage(column: CodeColumn, codes: set[str], lists: CodeLists) -> tuple[str, str]:
    """The vintage whose codes these are where it is another than the column says, and what tells it."""
    new = sorted(code for code in codes if code.startswith("E") and code > LAST_OF_2011[column.kind])
    if column.vintage == "2011" and new:
        return "2021", f"{shown(new)} came in 2021"
    own = codes & lists.alone.get((column.kind, column.vintage), set())
    for (kind, vintage), alone in sorted(lists.alone.items()):
        others = sorted(codes & alone)
        if kind == column.kind and vintage != column.vintage and len(others) > len(own):
            return vintage, f"{shown(others)} {'is' if len(others) == 1 else 'are'} in that list alone"
    english = [code for code in codes if code.startswith("E")]
    if column.vintage == "2021" and not new and len(english) >= NEW_EXPECTED_FROM:
        return "2011", f"none of {len(english):,} codes is one that came in 2021"
    return "", ""


def with_successors(layer: Layer, lists: CodeLists) -> tuple[Layer, list[Finding]]:
    """The layer with codes of areas that had ended by its year brought to the areas that took their place.

    Boundaries are refused in that case, and codes that several areas took the place of.
    """
    findings: list[Finding] = []
    frame = layer.frame
    for column in layer.columns:
        ended = lists.ended[lists.ended["valid_to"].dt.year < int(column.vintage)]
        is_gone = frame[column.column].isin(set(ended.index))
        if column.level is None or not is_gone.any():
            continue
        gone = frame.loc[is_gone, column.column]
        findings.append(_ended(layer, column, gone, ended))
        if findings[-1].level != "error":
            frame = frame.copy()
            frame.loc[is_gone, column.column] = gone.map(ended["successor"])
            if column.name_column:
                frame.loc[is_gone, column.name_column] = ""
    return replace(layer, frame=frame), findings


def _ended(layer: Layer, column: CodeColumn, gone: pd.Series, ended: pd.DataFrame) -> Finding:
    codes = sorted(gone.unique())
    day = ended.loc[codes[0], "valid_to"]
    words = f"{column.column}: {shown([f'{code} ({name})' for code, name in ended.loc[codes, 'area_name'].items()])}"
    is_plural = len(codes) > 1
    words += f" {'have' if is_plural else 'has'} not existed since {day:%-d %B %Y}"
    is_key = layer.key is not None and layer.key.column == column.column
    if is_key or ended.loc[codes, "successor"].isna().any():
        message = (
            f"{words}. Expected areas of {column.vintage}: take a file of that year, or rename the column to the "
            "year that it is of."
        )
        return Finding("error", layer.file, message)
    into = shown(sorted(ended.loc[codes, "successor"].unique()))
    message = f"{words}; {len(gone):,} rows were read as {into}, which took {'their' if is_plural else 'its'} place."
    return Finding("warning", layer.file, message)
