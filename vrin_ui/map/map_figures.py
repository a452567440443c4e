"""What a measure is in every area of an answer: the figure, what is known of its range, and what stands instead."""

from dataclasses import dataclass
from math import floor, log10

import pandas as pd

from vrin_ui.classes import NO_SUBMISSION, SUPPRESSED
from vrin_ui.filters import KIN, MAP_MEASURES, SMOOTHED
from vrin_ui.readings import COLUMNS, Reading, reading

PERCENT = 100
BUSY = "is_busy_centre"
NOT_ALL_TOLD = "Share of the harm that can be told (%)"


@dataclass(frozen=True)
class Figures:
    """A measure of every row of an answer by area, the row of what is not placed among them.

    `rows` has area_code, area_name, is_placed, state (what is drawn instead of a figure, else ''), shown, low
    and high (the ends of its range), and where they are known interval_low and interval_high (95% limits of
    chance), raw (the unsmoothed rate), is_busy, had and due (months). `whole` figures have no fraction.
    """

    rows: pd.DataFrame
    title: str
    digits: int
    whole: bool

    @property
    def placed(self) -> pd.DataFrame:
        """The rows that are areas."""
        return self.rows[self.rows["is_placed"]].reset_index(drop=True)


def figures_of(frame: pd.DataFrame, measure: str) -> Figures:
    """A measure over the rows of an answer of harm by area, or for smoothed rates of one about small areas."""
    if measure in SMOOTHED:
        return _smoothed(frame, measure)
    read = {"share": _share, "per-offence": _per_offence}.get(measure)
    # Which reading is shown is decided by the areas alone, as in the table.
    placed = frame[frame["is_placed"].astype(bool)]
    found = read(frame) if read else reading(placed, measure)
    rows = _rows(frame, found)
    stem, rate, _ = COLUMNS.get(measure, ("", "", 0))
    if f"{stem}_interval_low" in frame and stem:
        per = frame["population"].astype("Float64") / 1000 if rate else 1
        for end in ("low", "high"):
            rows[f"interval_{end}"] = frame[f"{stem}_interval_{end}"].astype("Float64") / per
    if rate and BUSY in frame:
        rows["is_busy"] = frame[BUSY].fillna(False).astype(bool)
    return Figures(rows, found.title, found.digits, measure == "incidents")


def states(frame: pd.DataFrame) -> pd.Series:
    """For every row what is drawn instead of its figure: nothing came, or it is suppressed; else ''."""
    state = pd.Series("", index=frame.index, dtype=object)
    state[frame["is_gap"].astype(bool)] = NO_SUBMISSION
    if "is_suppressed" in frame:
        state[frame["is_suppressed"].fillna(False).astype(bool)] = SUPPRESSED
    return state


def _rows(frame: pd.DataFrame, found: Reading) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "area_code": frame["area_code"],
            "area_name": frame["area_name"],
            "is_placed": frame["is_placed"].astype(bool),
            "state": states(frame),
            "shown": found.shown.reindex(frame.index),
            "low": found.low.reindex(frame.index),
            "high": found.high.reindex(frame.index),
            "had": frame["months_covered"],
            "due": frame["months_expected"],
        }
    )


def _smoothed(frame: pd.DataFrame, measure: str) -> Figures:
    """The rate drawn towards that of all areas, the more so the fewer people live there; the raw one beside it."""
    raw = reading(frame[frame["is_placed"].astype(bool)], KIN[measure])
    stem = COLUMNS[KIN[measure]][0]
    shown = frame[f"{stem}_per_1000_smoothed"].astype("Float64")
    rows = _rows(frame, Reading(shown, shown, shown, MAP_MEASURES[measure], 1))
    rows["raw"] = raw.shown.reindex(frame.index)
    for end in ("low", "high"):
        rows[f"interval_{end}"] = frame[f"{stem}_per_1000_interval_{end}"].astype("Float64")
    rows["is_busy"] = frame[BUSY].fillna(False).astype(bool)
    return Figures(rows, MAP_MEASURES[measure], 1, whole=False)


def _share(frame: pd.DataFrame) -> Reading:
    """Every row's share of the harm of all rows, the unplaced included, in per cent."""
    harm = reading(frame, "harm")
    shown = harm.shown * PERCENT / harm.shown.sum()
    is_told = harm.shown.notna() | frame["is_gap"].astype(bool)
    title = MAP_MEASURES["share"] if is_told.all() else NOT_ALL_TOLD
    title = f"{title}, at most" if harm.title.endswith("at most") else title
    return Reading(shown, shown, shown, title, _share_digits(shown))


def _share_digits(shares: pd.Series) -> int:
    """The decimals at which the middle one of the shares has two figures."""
    middle = shares[shares > 0].median()
    return 1 if pd.isna(middle) else min(max(1, 1 - floor(log10(float(middle)))), 4)


def _per_offence(frame: pd.DataFrame) -> Reading:
    """Days of harm for each incident that was weighed; none where there was no such incident."""
    harm, incidents = reading(frame, "harm"), reading(frame, "incidents")
    of = "high" if harm.title.endswith("at most") else "low"
    counted = frame[f"incident_count_{of}"].astype("Float64")
    weighed = (
        counted - frame["unweighted_count"].astype("Float64") if "unweighted_count" in frame else counted
    )
    shown = (harm.shown / weighed.where(weighed > 0)).where(incidents.shown.notna())
    # Where nothing was recorded there is no offence to weigh, and nothing is unknown.
    shown = shown.mask((frame["incident_count_high"] == 0).fillna(False), 0.0)
    ending = ", at most" if of == "high" else ""
    return Reading(shown, shown, shown, f"{MAP_MEASURES['per-offence']}{ending}", 1)
