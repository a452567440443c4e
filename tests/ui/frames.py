"""Small answers of harm, as frames, written by hand."""

from datetime import datetime

import pandas as pd

from vrin_data.measures import Stamp

STAMP = Stamp(
    build="000007", built_at=datetime(2026, 4, 1), data_to=None, definition="violence-with-injury v1",
    definition_name="Violence with injury", edition="cchi-2020", edition_name="CCHI", feed="police-offences",
    period="", level="district", is_simulated=True,
)  # fmt: skip
KNOWN = (4, 4, 40.0, 40.0, 40.0)
RANGED = (2, 6, 20.0, 30.0, 90.0)
DOUBTED = (0, 5, 0.0, None, 50.0)
NOTHING = (0, 0, 0.0, 0.0, 0.0)
GAP = ()
FIGURES = ("incident_count_low", "incident_count_high", "harm_days_low", "harm_days", "harm_days_high")


def harm_frame(rows: list[tuple[object, ...]], *, population: int = 2000) -> pd.DataFrame:
    """Rows of (the five FIGURES), or of () for a gap, with rates per 1,000 and months received."""
    cells = [row or (pd.NA,) * len(FIGURES) for row in rows]
    frame = pd.DataFrame(cells, columns=list(FIGURES))
    for name in FIGURES:
        frame[name] = frame[name].astype("Int64" if name.startswith("incident") else "Float64")
        frame[f"{name}_per_1000"] = frame[name].astype("Float64") * 1000 / population
    frame["population"] = pd.array([population] * len(rows), dtype="Int64")
    frame["is_gap"] = [not row for row in rows]
    frame["is_partial"] = False
    frame["months_expected"] = 1
    frame["months_covered"] = [int(bool(row)) for row in rows]
    return frame


def by_month(first: str, rows: list[tuple[object, ...]]) -> pd.DataFrame:
    """An answer by month that begins with the month `first` (yyyy-mm)."""
    frame = harm_frame(rows)
    frame.insert(0, "month", pd.date_range(f"{first}-01", periods=len(rows), freq="MS"))
    return frame


def by_area(names: list[str], rows: list[tuple[object, ...]], *, unplaced: bool = False) -> pd.DataFrame:
    """An answer by area with codes A0, A1 ...; with `unplaced`, the last row is what was not placed."""
    frame = harm_frame(rows)
    frame.insert(0, "area_code", [f"A{number}" for number in range(len(rows))])
    frame.insert(1, "area_name", names)
    frame["is_placed"] = True
    if unplaced:
        frame.loc[frame.index[-1], ["area_code", "is_placed"]] = ["not-placed", False]
    return frame
