"""The tables behind the charts of the screen Police and health."""

import pandas as pd

from vrin_data.report.triangulation_words import EVENTS, REASONS, ratio_number
from vrin_ui.wording import DASH, sentence, span

CAME = {"whole": "whole", "partial": "in part", "missing": "no submission", "untold": "cannot be told"}


def summary_table(summary: pd.DataFrame) -> pd.DataFrame:
    """A row an area and feed, areas by name: months, counts, rates a year, ratio and its limits."""
    rows = summary.sort_values(
        ["area_code", "area_name"], key=lambda of: of if of.name == "area_name" else of != ""
    )
    return pd.DataFrame(
        {
            "Area": rows["area_name"],
            "Health feed": rows["source_name"],
            "Counts": [sentence(EVENTS[one][1]) for one in rows["grain"]],
            "Months compared": rows["months_compared"],
            "Left out": rows["months_left_out"],
            "Police": _counts(rows, "police"),
            "Health": _counts(rows, "health"),
            "Police per 1,000 a year": _rates(rows, "police"),
            "Health per 1,000 a year": _rates(rows, "health"),
            "Health for each crime": _ratios(rows),
            "Not compared because": [REASONS.get(one, None) for one in rows["reason"]],
        }
    ).reset_index(drop=True)


def month_table(rows: pd.DataFrame) -> pd.DataFrame:
    """A row a source and month, newest first."""
    rows = rows.sort_values(["month"], ascending=False, kind="stable")
    return pd.DataFrame(
        {
            "Month": rows["month"].dt.strftime("%B %Y"),
            "Source": rows["source_name"],
            "Received": rows["state"].map(CAME),
            "Count": _spans(rows, "value"),
            "Per 1,000 a month": rows["rate_per_1000"].astype("Float64").round(3),
            "Index": rows["index"].astype("Float64").round(0),
            "Health for each crime": _ratios(rows),
        }
    ).reset_index(drop=True)


def _counts(rows: pd.DataFrame, side: str) -> list[str]:
    return _spans(rows, f"{side}_count")


def _spans(rows: pd.DataFrame, name: str) -> list[str]:
    ends = zip(rows[f"{name}_low"], rows[f"{name}_high"], strict=True)
    return [DASH if pd.isna(low) else span(low, high) for low, high in ends]


def _rates(rows: pd.DataFrame, side: str) -> list[str]:
    found = zip(*(rows[f"{side}_rate{end}"] for end in ("", "_low", "_high")), strict=True)
    return [DASH if pd.isna(rate) else f"{rate:.2f} ({low:.2f} to {high:.2f})" for rate, low, high in found]


def _ratios(rows: pd.DataFrame) -> list[str]:
    found = zip(*(rows[f"ratio{end}"] for end in ("", "_low", "_high")), strict=True)
    return [
        DASH if pd.isna(ratio) else f"{ratio_number(ratio)} ({ratio_number(low)} to {ratio_number(high)})"
        for ratio, low, high in found
    ]
