"""The figures behind the charts of season and outlook, for reading."""

import pandas as pd

from vrin_ui.trends.trend_points import DIGITS
from vrin_ui.trends.trend_table import RECEIVED
from vrin_ui.wording import DASH, month_words, number, span


def season_table(frame: pd.DataFrame, figure: str) -> pd.DataFrame:
    """A row a month, newest first: as it came, trend, what the season adds, what is left, without season."""
    digits = DIGITS[figure]
    parts = {"Trend": "trend", "Season": "seasonal", "Chance": "remainder", "Without season": "adjusted"}
    table = pd.DataFrame(
        {
            "Month": [month_words(one) for one in frame["month"]],
            "Received": frame["state"].map(RECEIVED),
            "As it came": [number(one, digits) for one in frame["value"]],
            **{name: [number(one, digits + 1) for one in frame[part]] for name, part in parts.items()},
        }
    )
    return table.iloc[::-1].reset_index(drop=True)


def same_month_table(frame: pd.DataFrame, figure: str) -> pd.DataFrame:
    """A row for each month of the year, a column a year; a month that did not come whole says so."""
    cells = frame.assign(
        text=[
            number(value, DIGITS[figure]) if state == "whole" else RECEIVED[state]
            for value, state in zip(frame["value"], frame["state"], strict=True)
        ],
        year=[f"Year to {month_words(one)}" for one in frame["year_ending"]],
        name=[f"{one:%B}" for one in frame["month"]],
    )
    wide = cells.pivot_table(index=["position", "name"], columns="year", values="text", aggfunc="first")
    order = [*cells.sort_values("years_ago", ascending=False)["year"].drop_duplicates()]
    wide = wide[order].fillna(DASH).reset_index().rename(columns={"name": "Month"})
    return wide.drop(columns="position").rename_axis(columns=None)


def outlook_table(frame: pd.DataFrame, figure: str) -> pd.DataFrame:
    """A row for each month to come: its middle and its two bands."""
    ahead, digits = frame[frame["kind"] == "outlook"], DIGITS[figure]
    bands = {
        f"{width}% band": [
            span(low, high, digits)
            for low, high in zip(ahead[f"lower{width}"], ahead[f"upper{width}"], strict=True)
        ]
        for width in (80, 95)
    }
    middle = {"Middle": [number(one, digits) for one in ahead["value"]]}
    return pd.DataFrame({"Month": [month_words(one) for one in ahead["month"]], **middle, **bands})
