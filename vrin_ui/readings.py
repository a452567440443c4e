"""Which reading of a range is drawn as the figure, and what it is then called.

Map, trend and table take it from here, so that they agree.
"""

from dataclasses import dataclass

import pandas as pd

from vrin_ui.filters import MEASURES
from vrin_ui.wording import DASH, number, span

COLUMNS = {
    "harm": ("harm_days", "", 0),
    "harm-rate": ("harm_days", "_per_1000", 1),
    "incidents": ("incident_count", "", 0),
    "incidents-rate": ("incident_count", "_per_1000", 1),
}


@dataclass(frozen=True)
class Reading:
    """A measure of every row: the figure shown, its lowest and highest reading, and its title."""

    shown: pd.Series
    low: pd.Series
    high: pd.Series
    title: str
    digits: int

    def words(self) -> list[str]:
        """Each figure with its range where it has one, the range alone where none is single; a dash for a gap."""
        rows = zip(self.shown, self.low, self.high, strict=True)
        return [self._words(*row) for row in rows]

    def _words(self, shown: object, low: object, high: object) -> str:
        ends, own = span(low, high, self.digits), number(shown, self.digits)
        return ends if own in (ends, DASH) else f"{own} (range {ends})"

    @property
    def has_range(self) -> bool:
        """Whether the lowest and the highest reading differ anywhere."""
        return bool((self.low < self.high).fillna(False).any())


def reading(rows: pd.DataFrame, measure: str) -> Reading:
    """The reading of a measure over the rows of an answer of harm.

    Harm is the central reading and incidents are those that are certainly in the definition. Where
    no row has either above zero, or for most rows it cannot be told, the highest reading is shown, and the title
    says "at most".
    """
    stem, rate, digits = COLUMNS[measure]
    low, high = (rows[f"{stem}_{end}{rate}"].astype("Float64") for end in ("low", "high"))
    shown = rows[f"{stem}{rate}"].astype("Float64") if stem == "harm_days" else low
    title = MEASURES[measure]
    is_untold = shown.notna().sum() * 2 < high.notna().sum()
    if (is_untold or not (shown > 0).any()) and (high > 0).any():
        shown, title = high, f"{title}, at most"
    elif stem == "incident_count" and (low < high).any():
        title = f"{title}, at least"
    return Reading(shown, low, high, title, digits)


def month_reading(rows: pd.DataFrame, measure: str) -> Reading:
    """The reading of a measure over months, as a line draws it: a month without a single figure has none.

    Where the harm of a month cannot be told, its incidents are left as a range too: one chart at the
    lowest and the other at the highest reading would look like two opposite changes.
    """
    stem, rate, digits = COLUMNS[measure]
    low, high = (rows[f"{stem}_{end}{rate}"].astype("Float64") for end in ("low", "high"))
    of_harm = rows["harm_days"].notna() | (low == high).fillna(False)
    shown = rows[f"{stem}{rate}"].astype("Float64") if stem == "harm_days" else low.where(of_harm)
    at_least = stem == "incident_count" and bool(((low < high) & shown.notna()).any())
    return Reading(shown, low, high, f"{MEASURES[measure]}{', at least' if at_least else ''}", digits)
