"""Official boundary and lookup files into a set of areas, whole or not at all."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from vrin_data.errors import RefusedInput
from vrin_data.places.area_set import AreaSet, Finding, level_closure
from vrin_data.places.checking import checked
from vrin_data.places.hexjson import is_layout, read_layouts
from vrin_data.places.merging import Stated, merged
from vrin_data.places.messages import shown
from vrin_data.places.nesting import (
    LINK_COLUMNS,
    agreed_links,
    stated_areas,
    stated_boundaries,
    stated_links,
)
from vrin_data.places.official_indicators import stated_indicators
from vrin_data.places.reading import Layer, files_of, read_layers
from vrin_data.places.register import SAMPLE
from vrin_data.places.reorganising import is_reorganisation, reorganised
from vrin_data.places.residents import stated_populations
from vrin_data.places.residents_by_age import band_notes, stated_bands, with_bands
from vrin_data.places.vintages import CodeLists
from vrin_data.places.wards import without_foreign_wards

NESTED_IN = ("msoa", "district", "csp", "force")


def import_files(paths: Sequence[Path], *, onto: AreaSet) -> AreaSet:
    """The area set with everything taken in that the files and folders hold.

    Takes GeoJSON, GeoPackage, GeoParquet, shapefiles (zipped or not), worksheets and CSV lookups with the code
    columns of ONS, layouts of hexagons, and plans of a reorganisation. Official small areas take the place of
    the sample's. The findings are of this import alone: what was read, repaired, added, or not used and why.
    Raises RefusedInput with every fault of every file; nothing is taken in then.
    """
    files = list(files_of(paths))
    plans = [path for path, _ in files if is_reorganisation(path)]
    layouts = [path for path, _ in files if is_layout(path)]
    layers, findings = read_layers([(path, named) for path, named in files if path not in [*plans, *layouts]])
    hexes, found = read_layouts(layouts)
    findings += found
    sound: list[Layer] = []
    lists = CodeLists(onto, layers)
    for layer in layers:
        passed, found = checked(layer, lists)
        findings += found
        if passed:
            sound.append(passed)
            findings.append(_read_note(passed))
    if not (layers or plans or len(hexes)) and not any(finding.level == "error" for finding in findings):
        names = ", ".join(path.name for path in paths)
        message = "holds no official areas (expected boundaries or lookups with a column such as LSOA21CD)."
        findings.append(Finding("error", names, message))
    sound, found = without_foreign_wards(sound)
    findings += found
    populations, found = stated_populations(sound)
    findings += found
    bands, found = stated_bands(sound)
    findings += [*found, *band_notes(bands)]
    _refuse_faults(findings)
    stated = Stated(
        stated_areas(sound),
        stated_links(sound),
        populations,
        stated_boundaries(sound),
        stated_indicators(sound),
        hexes,
    )
    area_set = _with_agreed_links(merged(onto, stated)) if sound or len(hexes) else onto
    findings += area_set.findings if sound or len(hexes) else []
    for plan in plans:
        area_set, found = reorganised(area_set, plan)
        findings += found
    if sound:
        area_set = with_bands(area_set, bands)
    if sound or plans:
        findings += _nesting_findings(area_set)
    _refuse_faults(findings)
    return replace(area_set, findings=findings)


def _read_note(layer: Layer) -> Finding:
    rows = len(layer.frame)
    if layer.geometry is None or layer.key is None:
        labels = ", ".join(column.label for column in layer.columns)
        return Finding("note", layer.file, f"read as a lookup of {labels}: {rows:,} rows.")
    if layer.key.level is None:
        message = f"{rows:,} boundaries of {layer.key.label} were not used: no level here. Its codes were."
        return Finding("note", layer.file, message)
    return Finding("note", layer.file, f"read as {layer.key.label}: {rows:,} boundaries.")


def _with_agreed_links(area_set: AreaSet) -> AreaSet:
    """The area set with a split area linked to what all its successors lie in, where no link says it yet."""
    agreed = agreed_links(area_set)
    key = ["child_code", "parent_code"]
    whole = area_set.links[area_set.links["relation"] == "within"]
    is_new = ~pd.MultiIndex.from_frame(agreed[key]).isin(pd.MultiIndex.from_frame(whole[key]))
    if not is_new.any():
        return area_set
    links = pd.concat([area_set.links, agreed.loc[is_new, LINK_COLUMNS]], ignore_index=True)
    return replace(area_set, links=links)


def _nesting_findings(area_set: AreaSet) -> list[Finding]:
    """Whether every official LSOA lies in one area of each level above; without a force it is an error."""
    closure = level_closure(area_set)
    own = closure[(closure["level"] == "lsoa") & (closure["area_code"] == closure["ancestor_code"])]
    vintage = area_set.areas.set_index("area_code")["vintage"]
    codes = sorted(code for code in own["area_code"] if vintage[code] != SAMPLE)
    findings = []
    for level in NESTED_IN:
        held = set(closure.loc[closure["level"] == level, "area_code"])
        loose = [code for code in codes if code not in held]
        if loose:
            message = (
                f"{len(loose):,} of {len(codes):,} LSOAs lie in no one area of level {level}: "
                f"{shown(loose)}. Import the lookup that says where they lie."
            )
            findings.append(Finding("error" if level == "force" else "warning", "LSOA", message))
    findings += _older_notes(area_set)
    if codes and all(finding.level == "note" for finding in findings):
        held = set(closure.loc[closure["level"] == "ward", "area_code"])
        wards = f"; {len(held & set(codes)):,} lie or fit in a ward" if held & set(codes) else ""
        message = f"all {len(codes):,} LSOAs nest in {', '.join(NESTED_IN)}{wards}."
        findings.append(Finding("note", "LSOA", message))
    return findings


def _older_notes(area_set: AreaSet) -> list[Finding]:
    """What became of small areas of an older vintage."""
    small = area_set.areas[area_set.areas["level"].isin(["lsoa", "msoa"])].set_index("area_code")
    newer = area_set.links[area_set.links["relation"].isin(["same", "split"])]
    newer = newer[newer["child_code"].isin(set(small.index))].drop_duplicates("child_code")
    counts = newer.groupby(
        [newer["child_code"].map(small["level"]), newer["child_code"].map(small["vintage"])]
    )
    findings = []
    for (level, vintage), rows in counts:
        whole, split = (int((rows["relation"] == word).sum()) for word in ("same", "split"))
        message = (
            f"{len(rows):,} codes of {vintage} are no longer used: {whole:,} went whole into a newer area, "
            f"{split:,} were split, so that only a point can tell which newer area is meant."
        )
        findings.append(Finding("note", str(level).upper(), message))
    return findings


def _refuse_faults(findings: list[Finding]) -> None:
    faults = [f"{finding.file}: {finding.message}" for finding in findings if finding.level == "error"]
    if faults:
        raise RefusedInput("Nothing was imported.\n" + "\n".join(faults))
