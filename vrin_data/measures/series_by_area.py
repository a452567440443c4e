"""The series of a chart over time as arrays: one an area, NaN for every month that did not come whole."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.measures.monthly import WHOLE, monthly
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.trend_request import TrendRequest
from vrin_data.measures.weight_kinds import require_kind
from vrin_data.store import Store

Floats = npt.NDArray[np.float64]

NOT_MONTHLY = "not_monthly"
NOT_MONTHLY_WORDS = "the feed does not count by month"


@dataclass(frozen=True, eq=False)
class Series:
    """One area's months, from the first that came on, and its whole months' values."""

    area_code: str
    area_name: str
    rows: pd.DataFrame
    values: Floats

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """The months that came whole."""
        return ~np.isnan(self.values)

    @property
    def told(self) -> dict[str, str]:
        """The columns that say whose series it is."""
        return {"area_code": self.area_code, "area_name": self.area_name}


def series_of(store: Store, request: TrendRequest) -> tuple[Question, list[Series]]:
    """The question of a chart over time and its series, areas by name. Raises what `monthly` raises."""
    question = question_of(store, request.selection)
    if request.figure.startswith("harm"):
        require_kind(question.edition, "days")
    return question, [*_series(monthly(store, question, request.figure).frame)]


def _series(frame: pd.DataFrame) -> Iterator[Series]:
    for code, rows in frame.groupby("area_code", sort=False):
        values = rows["value"].astype("Float64").to_numpy(dtype="float64", na_value=np.nan)
        whole = (rows["state"] == WHOLE).to_numpy()
        own = rows.reset_index(drop=True)
        yield Series(str(code), str(rows["area_name"].iloc[0]), own, np.where(whole, values, np.nan))
