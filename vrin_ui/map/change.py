"""The change on the year before: coloured only where it is more than chance, from fell by half to rose by half."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.measures.change_request import SMALL_BASE
from vrin_ui.classes import NO_SUBMISSION, Look, Scale, scale_of_labels
from vrin_ui.map.map_figures import states
from vrin_ui.map.map_values import class_line, figure
from vrin_ui.wording import DASH

UNCLEAR = "No change that can be told from chance"
LARGE, SOME = 0.5, 0.2
# Falls are blue with broken borders and rises orange with whole ones, so that grey keeps them apart as well.
FALL, RISE = (3.0, 1.5), (1.0, 0.0)
LOOKS = {
    "Fell by 50% or more": Look("#1f5a94", "#0b0c0c", FALL),
    "Fell by 20% to under 50%": Look("#6ba3d6", "#0b0c0c", FALL),
    "Fell by under 20%": Look("#bfd9ee", "#0b0c0c", FALL),
    "Fell, from under 10": Look("#bfd9ee", "#1f5a94", (1.0, 2.0)),
    UNCLEAR: Look("#f5f5f3", "#b1b4b6"),
    "Rose, from under 10": Look("#fbd3a0", "#a3490a", (6.0, 2.0)),
    "Rose by under 20%": Look("#fbd3a0", "#a3490a", RISE),
    "Rose by 20% to under 50%": Look("#e8923a", "#0b0c0c", RISE),
    "Rose by 50% or more": Look("#a3490a", "#0b0c0c", RISE),
    NO_SUBMISSION: Look("#8a8f92", "#0b0c0c", (4.0, 3.0)),
}


@dataclass(frozen=True)
class Change:
    """The classes of the placed areas, and their rows of the answer."""

    scale: Scale
    rows: pd.DataFrame


def change_of(frame: pd.DataFrame) -> Change:
    """The placed areas of an answer on change with their classes."""
    rows = frame[frame["is_placed"].astype(bool)].reset_index(drop=True)
    return Change(scale_of_labels(_labels(rows), LOOKS), rows)


def _labels(rows: pd.DataFrame) -> npt.NDArray[np.object_]:
    before, now = (_numbers(rows[f"incident_count_{when}"]) for when in ("before", "now"))
    share = np.divide(now - before, before, out=np.zeros_like(before), where=before >= SMALL_BASE)
    size = np.select(
        [np.abs(share) >= LARGE, np.abs(share) >= SOME],
        ["by 50% or more", "by 20% to under 50%"],
        "by under 20%",
    )
    size = np.where(before < SMALL_BASE, ", from under 10", np.char.add(" ", size))
    moved = np.char.add(np.where(now < before, "Fell", "Rose"), size)
    is_clear = rows["is_significant"].fillna(False).to_numpy(dtype=bool) & (now != before)
    state = states(rows).to_numpy(dtype=object)
    return np.where(state != "", state, np.where(is_clear, moved, UNCLEAR)).astype(object)


def _numbers(figures: pd.Series) -> npt.NDArray[np.float64]:
    return figures.astype("Float64").to_numpy(dtype="float64", na_value=0.0)


def change_values(found: Change) -> pd.DataFrame:
    """The data set of the map: id, band, before and now."""
    rows = found.rows
    counts = {
        when: rows[f"incident_count_{when}"].astype("Float64").astype("float32") for when in ("before", "now")
    }
    return pd.DataFrame({"id": rows["area_code"], "band": found.scale.codes, **counts})


def change_tooltip(found: Change) -> list[tuple[str, str]]:
    """The lines of a tooltip: area, incidents before and now, and the change in words."""
    by = (
        "isValid(datum.before) && isValid(datum.now) ? format(datum.now - datum.before, '+,.0f') : '"
        + DASH
        + "'"
    )
    return [
        ("Area", "datum.properties.name"),
        ("The year before", figure("before")),
        ("Now", figure("now")),
        ("Change", by),
        class_line(found.scale),
    ]


def change_table(frame: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    """Every area's incidents before and now, the change and what can be told of it; unplaced incidents last."""
    placed = frame["is_placed"].astype(bool)
    words = pd.Series(DASH, index=frame.index, dtype=object)
    words[placed] = [*scale.of_values]
    rows = frame.assign(words=words, last=~placed).sort_values(["last", "area_name"])
    return pd.DataFrame(
        {
            "Area": rows["area_name"],
            "Incidents before": rows["incident_count_before"],
            "Incidents now": rows["incident_count_now"],
            "Change": rows["incident_count_change"],
            # A percentage is read as a finding, so only a change beyond chance has one.
            "Change (%)": (rows["change_share"].astype("Float64") * 100).where(
                rows["is_significant"].fillna(False).astype(bool)
            ),
            "What can be told": rows["words"],
            "Harm (days) before": rows["harm_days_before"],
            "Harm (days) now": rows["harm_days_now"],
        }
    ).reset_index(drop=True)
