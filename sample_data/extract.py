"""A force's simulated extract: the events with their planted faults, in the force's own spelling."""

import csv
from collections.abc import Iterator

import geopandas
import numpy as np
import pandas

from sample_data.describe_events import add_attributes, add_times, move_far_back
from sample_data.files import as_csv, gzipped
from sample_data.forces import LAST_MONTH, Delivery, Force
from sample_data.simulate import FOLDER, draw_events, draw_points, of_force, offence_mix, streams
from sample_data.workbook import as_workbook

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

    Beside the columns of the mix: `number` (of its crime reference), month, area_code, district_code
    (the neighbourhood drawn), easting and northing in metres (NULL where the place is left out), and
    `is_unmapped`.
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
    planted = in_file_order(move_far_back(planted, force, random["historic"]))
    return planted.assign(number=np.arange(1, len(planted) + 1))


def in_file_order(events: pandas.DataFrame) -> pandas.DataFrame:
    """The events as an extract lists them: by day of recording, then by when they began."""
    return events.sort_values(["recorded_date", "occurred_from"], kind="stable").reset_index(drop=True)


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
    """The extract in the force's words under the usual headings; times, ages and metres stay what they are."""
    rows = events.copy()
    prefix = f"SIM-{force.slug[:4].upper()}"
    rows["crime_reference"] = [f"{prefix}-{number:06d}" for number in rows["number"]]
    rows["simulated"] = SIMULATED
    rows["force"] = force.name
    if not force.classification_until:
        rows["offence"] = rows["short_offence"]
    rows = _spell_codes(rows, force)
    for column, words in _spellings(force).items():
        rows[column] = rows[column].map(words)
    return rows[list(HEADER)]


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


def headings_of(delivery: Delivery) -> dict[str, str]:
    """A delivery's own heading of each usual one."""
    with (FOLDER / "headings.csv").open(encoding="utf-8", newline="") as file:
        return {row["column"]: row[delivery.headings] for row in csv.DictReader(file)}


def deliveries(events: pandas.DataFrame, force: Force) -> Iterator[tuple[Delivery, pandas.DataFrame]]:
    """Each file of a force with the events in it."""
    for delivery in force.deliveries:
        yield delivery, events[events["month"].between(delivery.from_month, delivery.to_month)]


def as_file(extract: pandas.DataFrame, delivery: Delivery) -> bytes:
    """The extract as the file that the force hands in."""
    named = (extract if delivery.form == "xlsx" else as_text(extract, delivery)).rename(
        columns=headings_of(delivery)
    )
    if delivery.form == "xlsx":
        return as_workbook(named)
    return gzipped(as_csv(named, encoding=delivery.encoding, line_end=delivery.line_end))


def as_text(extract: pandas.DataFrame, delivery: Delivery) -> pandas.DataFrame:
    """The extract as text only, days and times in the delivery's form, blanks for what is not recorded."""
    rows = extract.copy()
    for column in ("occurred_from", "occurred_to"):
        rows[column] = rows[column].dt.strftime(f"{delivery.day_form} %H:%M")
    rows["recorded_date"] = rows["recorded_date"].dt.strftime(delivery.day_form)
    return rows.astype("string").fillna("")


def file_name(force: Force, delivery: Delivery) -> str:
    """Path of a file of a force's extract under the sample's folder, with the months in it."""
    months = (
        delivery.from_month
        if delivery.from_month == delivery.to_month == LAST_MONTH
        else f"{delivery.from_month}-to-{delivery.to_month}"
    )
    return f"extracts/{force.slug}-offences-{months}-simulated.{delivery.form}"
