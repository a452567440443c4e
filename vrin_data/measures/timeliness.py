"""How well each feed keeps its days: lag, completeness and punctuality, in all or over time."""

from typing import Literal

import pandas as pd

from vrin_data.measures.answer import Answer
from vrin_data.measures.ledger import LedgerRequest, ledger_frame
from vrin_data.store import Store

WHOLE = ("received", "nil", "late")
NOT_ASKED = ("not_due", "withheld", "held_by_partner")
OF = ["supplier_id", "supplier_name", "feed_id", "feed_name"]


def timeliness(
    store: Store, request: LedgerRequest, *, by: Literal["year", "due_month", "all"] = "year"
) -> Answer:
    """Lag, completeness and punctuality of every supplier's feed, over time or in all.

    One row per supplier, feed and what it is asked by, oldest first: the calendar year of the period (year),
    or the month in which its due day lies (due_month, its first day). Columns: supplier_id, supplier_name,
    feed_id, feed_name, year or due_month, due_count (periods past their day, and those that came before it),
    whole_count, on_time_count, completeness_share, on_time_share (of due_count), lag_days_median,
    lag_days_most (receipt after the period's last day). Backlog, and what nobody asks for, is left out; a feed of which
    nothing was due yet has no row. The lag of every period stands in the ledger.
    """
    frame, stamp = ledger_frame(store, request)
    due = _due(frame, request)
    keys = OF if by == "all" else [*OF, by]
    grouped = due.groupby(keys, sort=False)
    found = grouped.agg(
        due_count=("is_whole", "size"),
        whole_count=("is_whole", "sum"),
        on_time_count=("is_on_time", "sum"),
        lag_days_median=("lag_days", "median"),
        lag_days_most=("lag_days", "max"),
    ).reset_index()
    for name in ("whole", "on_time"):
        share = "completeness" if name == "whole" else name
        found[f"{share}_share"] = found[f"{name}_count"] / found["due_count"]
    return Answer(found, stamp)


def _due(frame: pd.DataFrame, request: LedgerRequest) -> pd.DataFrame:
    """Rows that somebody could have sent by now, with whether they came whole and in time."""
    whole = frame["state"].isin(WHOLE)
    past = frame["due_on"] < pd.Timestamp(request.as_of)
    asked = frame["due_on"].notna() & ~frame["state"].isin(NOT_ASKED) & ~frame["is_backlog"]
    rows = frame[asked & (whole | past)].copy()
    rows["is_whole"] = rows["state"].isin(WHOLE)
    rows["is_on_time"] = rows["is_whole"] & (rows["days_late"] == 0)
    rows["lag_days"] = rows["lag_days"].astype("Float64")
    rows["year"] = rows["period_start"].dt.year
    rows["due_month"] = rows["due_on"].dt.to_period("M").dt.to_timestamp().astype("datetime64[s]")
    return rows
