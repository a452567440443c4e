"""What chance allows around the harm of twelve months, for series whose harm is not charted by month."""

from dataclasses import replace
from datetime import date

import pandas as pd

from vrin_data.measures.charted import Charted
from vrin_data.measures.harm import figures
from vrin_data.measures.monthly import ALL_AREAS
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.selection import month_number, month_of
from vrin_data.measures.trend_request import RARE
from vrin_data.store import Store

MONTHS = 12


def with_harm_limits(store: Store, question: Question, figure: str, made: Charted) -> Charted:
    """The charts with the limits of Fay and Feuer around every whole twelve months of harm; others as they are."""
    rows = made.frame
    wanted = (rows["kind"] == RARE) & rows["is_used"]
    if not figure.startswith("harm") or not wanted.any():
        return made
    for month in rows.loc[wanted, "month"].unique():
        limits = _limits(store, question, pd.Timestamp(month).date(), figure)
        at = wanted & (rows["month"] == month)
        for name in ("lower", "upper"):
            rows.loc[at, name] = rows.loc[at, "area_code"].map(limits[name])
    return made


def _limits(store: Store, question: Question, first: date, figure: str) -> pd.DataFrame:
    """Lower and upper limit of the twelve months from `first`, by area code."""
    by = tuple(one for one in question.selection.by if one != "month")
    last = month_of(month_number(first) + MONTHS - 1)
    found = figures(
        store, question_of(store, replace(question.selection, by=by, from_month=first, to_month=last))
    )
    per = found["population"].astype("float64") / 1000 if figure.endswith("rate") else 1.0
    codes = found["area_code"] if by else [question.selection.area_code or ALL_AREAS]
    ends = {"lower": "harm_days_interval_low", "upper": "harm_days_interval_high"}
    # A feed whose counts corrections take back has no limits of chance.
    return pd.DataFrame(
        {
            name: found[of].astype("float64") / per if of in found else float("nan")
            for name, of in ends.items()
        },
        index=found.index,
    ).set_axis(codes, axis=0)
