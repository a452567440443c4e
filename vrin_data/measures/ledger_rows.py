"""Rows of the ledger: each period that was expected or came, beside what was handed in of it."""

from datetime import date

import numpy as np
import pandas as pd

from vrin_data.measures.expected import expected_months
from vrin_data.measures.received import month_runs
from vrin_data.measures.selection import month_of
from vrin_data.measures.spans import Pair, Span

KEY = [*Pair._fields, "month"]
COUNTS = ("row_count", "incident_count", "rejected_count", "version_count")
WORDS = ("evidence", "check_ids", "came_under")


def ledger_rows(spans: list[Span], units: pd.DataFrame) -> pd.DataFrame:
    """One row per supplier, feed and period, with what came of it.

    Columns: supplier_id, feed_id, span, period_start and period_end (month numbers, half-open), due_on,
    month_count, came_count (months of it that came), received_on (first version of the month that came
    last, NaT where nothing came), is_partial, is_nil, is_simulated, the counts of COUNTS (NULL where
    nothing came), the texts of WORDS, missing (months that did not come, in words, where some did).
    """
    months = expected_months(spans).merge(_by_month(units), how="left", on=KEY)
    months["came"] = months["is_current"].eq(True)
    for name in ("is_partial", "is_nil", "is_simulated"):
        months[name] = months[name].eq(True)
    months["row"] = months.groupby(["span", "period_start"], sort=False).ngroup()
    grouped = months.groupby("row", sort=True)
    rows = grouped[[*Pair._fields, "span", "period_start", "period_end", "due_on"]].first()
    rows["month_count"] = grouped.size()
    rows["came_count"] = grouped["came"].sum()
    rows["received_on"] = months["received_on"].where(months["came"]).groupby(months["row"]).max()
    rows["is_partial"] = (months["is_partial"] & months["came"]).groupby(months["row"]).any()
    rows["is_nil"] = (months["is_nil"] & months["came"]).groupby(months["row"]).all()
    rows["is_simulated"] = months["is_simulated"].groupby(months["row"]).any()
    for name in COUNTS:
        rows[name] = grouped[name].sum(min_count=1).astype("Int64")
    for name in WORDS:
        rows[name] = _joined(months, name, len(rows))
    rows["missing"] = _missing(months, rows)
    return rows.reset_index(drop=True)


def _by_month(units: pd.DataFrame) -> pd.DataFrame:
    """Units by every month they cover; their counts and words stand at the first one alone."""
    width = (units["last_month"] - units["first_month"] + 1).to_numpy()
    spread = units.loc[units.index.repeat(width)].reset_index(drop=True)
    within = np.arange(len(spread)) - np.repeat(np.cumsum(width) - width, width)
    spread["month"] = (spread["first_month"] + within).astype("int64")
    later = within > 0
    spread[list(COUNTS)] = spread[list(COUNTS)].astype("float64")
    spread.loc[later, list(COUNTS)] = np.nan
    spread.loc[later, list(WORDS)] = None
    if not spread.duplicated(KEY).any():
        return spread
    sums = {name: (name, lambda values: values.sum(min_count=1)) for name in COUNTS}
    texts = {name: (name, lambda values: "; ".join(values.dropna().unique()) or None) for name in WORDS}
    return spread.groupby(KEY, as_index=False).agg(
        received_on=("received_on", "min"),
        is_current=("is_current", "any"),
        is_partial=("is_partial", "any"),
        is_nil=("is_nil", "all"),
        is_simulated=("is_simulated", "any"),
        **sums,
        **texts,
    )


def _joined(months: pd.DataFrame, name: str, count: int) -> list[str]:
    """The texts of each row's months, each once, in order."""
    told = months[months[name].notna() & (months[name] != "")]
    texts: dict[int, list[str]] = {}
    for row, text in zip(told["row"], told[name], strict=True):
        texts.setdefault(row, []).append(text)
    return ["; ".join(dict.fromkeys(texts.get(row, ()))) for row in range(count)]


def _missing(months: pd.DataFrame, rows: pd.DataFrame) -> list[str]:
    """Which months of a longer period did not come, where some of it did."""
    some = rows.index[(rows["came_count"] > 0) & (rows["came_count"] < rows["month_count"])]
    gaps = months[months["row"].isin(some) & ~months["came"]]
    lacking: dict[int, list[date]] = {}
    for row, month in zip(gaps["row"], gaps["month"], strict=True):
        lacking.setdefault(row, []).append(month_of(int(month)))
    return [", ".join(month_runs(sorted(lacking.get(row, ())))) for row in range(len(rows))]
