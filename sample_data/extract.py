"""A force's simulated extract: the events with their planted faults, in the force's own spelling."""

import csv
import gzip
import io
from pathlib import Path

import geopandas
import numpy as np
import pandas

from sample_data.describe_events import add_attributes, add_times
from sample_data.simulate import FOLDER, Force, draw_events, draw_points, of_force, offence_mix, streams

COORDINATES_MISSING_SHARE = 0.01
SIMULATED = "SIMULATED"

HEADER = (
    *("crime_reference", "simulated", "force", "ho_code", "ho_classification", "offence"),
    *("occurred_from", "occurred_to", "recorded_date", "easting", "northing", "location_type"),
    *("weapon", "domestic", "hate", "victim_age", "victim_sex", "suspect_age", "status", "reported_by"),
)
SPELT_COLUMNS = ("weapon", "domestic", "hate", "location_type", "status", "reported_by", "victim_sex")


def simulate_force(neighbourhoods: geopandas.GeoDataFrame, force: Force) -> pandas.DataFrame:
    """Every offence of a force with what is true of it, in VRIN's codes, in the order of the file.

    Beside the columns of the mix: month, area_code, district_code (the neighbourhood drawn),
    easting and northing in metres (NULL where the place is left out), and `is_unmapped`.
    """
    random = streams(force)
    places = of_force(neighbourhoods, force)
    events = draw_events(places, force)
    events = events.join(offence_mix(), on="kind")
    events = add_attributes(add_times(events, force, random["times"]), random["attributes"])
    points = draw_points(places, events["place"].to_numpy(), random["points"])
    events["easting"] = pandas.array(points[:, 0], dtype="Int64")
    events["northing"] = pandas.array(points[:, 1], dtype="Int64")
    for column in ("area_code", "district_code"):
        events[column] = places[column].to_numpy()[events["place"]]
    planted = plant_faults(events, force, random["faults"])
    return planted.sort_values(["recorded_date", "occurred_from"], kind="stable").reset_index(drop=True)


def plant_faults(events: pandas.DataFrame, force: Force, rng: np.random.Generator) -> pandas.DataFrame:
    """The events with rows without a place, codes nobody knows, cancelled crimes and equal rows."""
    planted = events.assign(is_unmapped=False)
    placeless = rng.random(len(events)) < COORDINATES_MISSING_SHARE
    planted.loc[placeless, ["easting", "northing"]] = pandas.NA
    planted.loc[_pick(planted, "other_theft", force.unknown_rows, rng), "is_unmapped"] = True
    planted.loc[_pick(planted, "harassment", force.cancelled_rows, rng), "status"] = "cancelled"
    twins = planted.loc[_pick(planted, "shoplifting", force.equal_pairs, rng)]
    return pandas.concat([planted, twins], ignore_index=True)


def _pick(events: pandas.DataFrame, group: str, count: int, rng: np.random.Generator) -> np.ndarray:
    """Labels of `count` placed rows of one kind, all recorded before the codes drift."""
    eligible = events.index[
        (events["offence_group"] == group) & (events["month"] < "2025-09") & events["easting"].notna()
    ]
    return np.sort(rng.choice(eligible.to_numpy(), size=count, replace=False))


def spell(events: pandas.DataFrame, force: Force) -> pandas.DataFrame:
    """The extract as the force writes it: text only, blanks for what it does not record."""
    rows = events.copy()
    prefix = f"SIM-{force.slug[:4].upper()}"
    rows["crime_reference"] = [f"{prefix}-{number:06d}" for number in range(1, len(rows) + 1)]
    rows["simulated"] = SIMULATED
    rows["force"] = force.name
    if not force.classification_until:
        rows["offence"] = rows["short_offence"]
    rows = _spell_codes(rows, force)
    for column, words in _spellings(force).items():
        rows[column] = rows[column].map(words)
    for column in ("occurred_from", "occurred_to"):
        rows[column] = rows[column].dt.strftime("%d/%m/%Y %H:%M")
    rows["recorded_date"] = rows["recorded_date"].dt.strftime("%d/%m/%Y")
    return rows[list(HEADER)].astype("string").fillna("")


def _spell_codes(rows: pandas.DataFrame, force: Force) -> pandas.DataFrame:
    """Code and classification as the force gives them, with the drift and the unknown codes."""
    gives_both = rows["month"] <= force.classification_until
    rows["ho_classification"] = rows["ho_classification"].where(gives_both, "")
    unknown = rows["is_unmapped"]
    rows.loc[unknown, "ho_code"] = "" if force.classification_until else force.unknown_code
    rows.loc[unknown, "ho_classification"] = force.unknown_code if force.classification_until else ""
    rows.loc[unknown, "offence"] = "Local code"
    return rows


def _spellings(force: Force) -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = {column: {} for column in SPELT_COLUMNS}
    with (FOLDER / "spellings.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            words[row["column"]][row["meaning"]] = row[force.slug]
    return words


def as_csv(extract: pandas.DataFrame) -> bytes:
    """The extract as UTF-8 CSV with a header line and line feeds."""
    return extract.to_csv(index=False, lineterminator="\n").encode("utf-8")


def write_gzip(content: bytes, path: Path) -> None:
    """Writes a gzip file without name and time, so that equal content gives equal bytes."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=buffer, mtime=0) as file:
        file.write(content)
    path.write_bytes(buffer.getvalue())
