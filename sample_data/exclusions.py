"""Suspensions and permanent exclusions of four authorities by academic year and reason.

Small numbers are `x`; a reason that a year's list did not have is `:`, not applicable.
"""

import numpy as np
import pandas

from sample_data.drawing import months_from, stream
from sample_data.files import as_csv
from sample_data.handed_in import SIMULATED, Extract, Handed, Made, received

FEED = "school-exclusions"
AUTHORITIES = {
    "derby-city-council": ("E06000015", "Derby", 1.0),
    "leicester-city-council": ("E06000016", "Leicester", 1.2),
    "nottingham-city-council": ("E06000018", "Nottingham", 1.3),
    "rutland-county-council": ("E06000017", "Rutland", 0.09),
}
"""An authority's code, its name in the table, and its size beside Derby's."""

FIRST_YEAR, LAST_YEAR = "2023-09", "2024-09"
REASONS = {
    "Physical assault against a pupil": (560, 14),
    "Physical assault against an adult": (310, 12),
    "Verbal abuse or threatening behaviour against a pupil": (210, 4),
    "Verbal abuse or threatening behaviour against an adult": (590, 5),
    "Use or threat of use of an offensive weapon or prohibited item": (70, 6),
    "Persistent disruptive behaviour": (1400, 22),
    "Abuse against sexual orientation and gender identity": (14, 0),
}
"""Suspensions and permanent exclusions a year in Derby."""

TYPES = ("Suspension", "Permanent exclusion")
FROM_A_YEAR_ON = {"Abuse against sexual orientation and gender identity": "2024-09"}
HIDDEN_TO = 4


def made(_: object = None) -> Made:
    """One table of all authorities, as such tables are published: each row names its authority."""
    tables: list[pandas.DataFrame] = []
    handed: list[Handed] = []
    for supplier_id in AUTHORITIES:
        rng = stream(supplier_id, FEED)
        days = received(supplier_id, FEED, months_from(FIRST_YEAR, LAST_YEAR, step=12), length=12)
        for month, day in days.items():
            rows = counts(supplier_id, month, rng)
            tables.append(rows)
            handed.append(Handed(supplier_id, month, len(rows), day, _told(rows)))
    name = f"extracts/four-authorities-exclusions-{_label(FIRST_YEAR)}-to-{_label(LAST_YEAR)}-simulated.csv"
    return Made((Extract(FEED, name, as_csv(pandas.concat(tables, ignore_index=True)), tuple(handed)),))


def counts(supplier_id: str, month: str, rng: np.random.Generator) -> pandas.DataFrame:
    """An academic year's counts, a row for each type and reason."""
    code, name, size = AUTHORITIES[supplier_id]
    rows = [
        {
            "simulated": SIMULATED,
            "time_period": _label(month),
            "time_identifier": "Academic year",
            "geographic_level": "Local authority",
            "new_la_code": code,
            "la_name": name,
            "exclusion type": kind,
            "reason": reason,
            "count": _shown(reason, month, int(rng.poisson(REASONS[reason][place] * size))),
        }
        for place, kind in enumerate(TYPES)
        for reason in REASONS
    ]
    return pandas.DataFrame(rows)


def _shown(reason: str, month: str, count: int) -> str:
    if month < FROM_A_YEAR_ON.get(reason, ""):
        return ":"
    return "x" if 0 < count <= HIDDEN_TO else str(count)


def _label(month: str) -> str:
    """An academic year as the tables name it: 202324."""
    return f"{month[:4]}{(int(month[:4]) + 1) % 100:02d}"


def _told(rows: pandas.DataFrame) -> dict[str, int]:
    """What the counts say: how many are hidden or not applicable, and the sum of the others."""
    shown = rows.loc[~rows["count"].isin(["x", ":"]), "count"]
    return {
        "hidden": int((rows["count"] == "x").sum()),
        "not_applicable": int((rows["count"] == ":").sum()),
        "counted": int(shown.astype(int).sum()),
    }
