"""The figures behind a control chart as a table, newest first."""

import pandas as pd

from vrin_data.methods.chart_settings import ChartSettings
from vrin_data.report.trend_words import cause_words
from vrin_ui.trends.point_looks import look
from vrin_ui.trends.trend_points import DIGITS, LINE_DIGITS, NAMES, labels
from vrin_ui.wording import DASH, month_words, number, sentence, span

RECEIVED = {
    "whole": "whole",
    "partial": "in part",
    "missing": "no submission",
    "untold": "whole, no single figure",
}


def trend_table(frame: pd.DataFrame, figure: str, settings: ChartSettings) -> pd.DataFrame:
    """The rows of a trend for reading: its figure, what came, its class and why, middle line and limits."""
    digits, fine = DIGITS[figure], LINE_DIGITS[figure]
    value = frame["value"].astype("Float64").round(digits)
    table = pd.DataFrame(
        {
            "Month": labels(frame),
            NAMES[figure]: value,
            "Figure range": [
                DASH if pd.isna(low) else span(low, high, digits)
                for low, high in zip(frame["value_low"], frame["value_high"], strict=True)
            ],
            "Received": frame["state"].map(RECEIVED),
            "In the limits": ["yes" if used else "no" for used in frame["is_used"]],
            "Class": [_class(one) for one in frame.itertuples(index=False)],
            "Why": [
                sentence(cause_words(*one, settings)) or DASH
                for one in zip(frame["cause"], frame["direction"], strict=True)
            ],
            "Middle": [number(one, fine) for one in frame["mean"]],
            "Limits": [
                DASH if pd.isna(low) else span(max(low, 0), high, fine)
                for low, high in zip(frame["lower"], frame["upper"], strict=True)
            ],
        }
    )
    return table.iloc[::-1].reset_index(drop=True)


def _class(row: object) -> str:
    if not row.is_used or not row.reading:  # type: ignore[attr-defined]
        return DASH
    return look(str(row.reading), str(row.direction)).name  # type: ignore[attr-defined]


def summary_table(summary: pd.DataFrame, figure: str) -> pd.DataFrame:
    """The series of many charts for reading, a row each in the order of their names."""
    digits, fine = DIGITS[figure], LINE_DIGITS[figure]
    return pd.DataFrame(
        {
            "Area": summary["area_name"],
            "Now": [_now(one) for one in summary.itertuples(index=False)],
            "Since": _months(summary["first_signal_month"]),
            "Last whole month": _months(summary["last_month"]),
            NAMES[figure]: summary["last_value"].astype("Float64").round(digits),
            "Middle": [number(one, fine) for one in summary["mean"]],
            "Limits": [
                DASH if pd.isna(low) else span(max(low, 0), high, fine)
                for low, high in zip(summary["lower"], summary["upper"], strict=True)
            ],
            "Months used": summary["points"],
            "Left out": summary["left_out_count"],
        }
    )


def _now(row: object) -> str:
    if row.variation == "none":  # type: ignore[attr-defined]
        return "cannot be told"
    return look(str(row.variation), str(row.variation_direction)).name  # type: ignore[attr-defined]


def _months(months: pd.Series) -> list[str]:
    return [DASH if pd.isna(one) else month_words(one) for one in months]
