"""What a control chart draws for each month, and the same in words: no chart and no screen in here."""

from datetime import date

import numpy as np
import pandas as pd

from vrin_data.methods.chart_settings import ChartSettings
from vrin_data.report.trend_words import cause_words
from vrin_ui.trend_months import IN_PART, NO_SUBMISSION
from vrin_ui.trends.point_looks import look
from vrin_ui.wording import number, period_words, span

DIGITS = {"incidents": 0, "incidents-rate": 2, "harm": 0, "harm-rate": 1}
LINE_DIGITS = {**{figure: digits + 1 for figure, digits in DIGITS.items()}, "harm": 0}
"""Decimals of means and limits: one more than those of the figure, but none of days."""
NAMES = {
    "incidents": "Incidents",
    "incidents-rate": "Incidents per 1,000 residents",
    "harm": "Harm (days)",
    "harm-rate": "Harm per 1,000 residents",
}
UNITS = {
    "incidents": "incidents",
    "incidents-rate": "incidents per 1,000 residents",
    "harm": "days",
    "harm-rate": "days per 1,000 residents",
}
LINES = ("mean", "lower", "upper", "near_lower", "near_upper")
HALF_MONTH_DAYS = 15
MONTHS_PER_YEAR = 12


def points(frame: pd.DataFrame, figure: str, settings: ChartSettings) -> pd.DataFrame:
    """What one series draws, a row a month, oldest first.

    Columns: month, from, to (ISO days, a band around the month), value (of a month that stands in the limits, NaN
    else), part (of one that came in part), low and high (of one without a single figure), is_gap, is_partial,
    is_open, is_left_out (whole and yet in no limit), point (the class it is drawn in), segment, LINES, label, words.
    """
    state, month = frame["state"], frame["month"]
    value = frame["value"].astype("Float64")
    is_whole = state == "whole"
    half = pd.Timedelta(days=HALF_MONTH_DAYS) * width_of(frame)
    drawn = pd.DataFrame(
        {
            "month": month.dt.strftime("%Y-%m-%d"),
            "from": (month - half).dt.strftime("%Y-%m-%d"),
            "to": (month + half).dt.strftime("%Y-%m-%d"),
            "value": _floats(value.where(is_whole)),
            "part": _floats(value.where(state == "partial")),
            "low": _floats(frame["value_low"].where(state == "untold")),
            "high": _floats(frame["value_high"].where(state == "untold")),
            "is_gap": state == "missing",
            "is_partial": state == "partial",
            "is_open": state == "untold",
            "is_left_out": is_whole & ~frame["is_used"].astype(bool),
            "point": [look(*one).name for one in zip(frame["reading"], frame["direction"], strict=True)],
            "segment": frame["segment"],
            # Nothing that is counted falls below 0, whatever the limits come to.
            **{name: np.maximum(_floats(frame[name]), 0.0) for name in LINES},
            "label": labels(frame),
            "words": [point_words(one, figure, settings) for one in frame.itertuples(index=False)],
        }
    )
    return drawn.reset_index(drop=True)


def _floats(values: pd.Series) -> np.ndarray:
    return values.astype("Float64").to_numpy(dtype="float64", na_value=np.nan)


def width_of(frame: pd.DataFrame) -> int:
    """Months from one point of a series to the next: 1, 3 and 12 of a feed that counts by quarter or year."""
    if (frame["kind"] == "rare").any():
        return MONTHS_PER_YEAR
    months = frame["month"]
    numbers = (months.dt.year * MONTHS_PER_YEAR + months.dt.month).drop_duplicates().sort_values()
    steps = numbers.diff().dropna()
    return int(steps.min()) if len(steps) else 1


def labels(frame: pd.DataFrame) -> list[str]:
    """Each point's period in words: a month, or the months of a quarter or year."""
    width = width_of(frame)
    firsts = [one.date() for one in frame["month"]]
    return [period_words(one, _later(one, width - 1)) for one in firsts]


def _later(month: date, months: int) -> date:
    number = month.year * MONTHS_PER_YEAR + month.month - 1 + months
    return date(number // MONTHS_PER_YEAR, number % MONTHS_PER_YEAR + 1, 1)


def point_words(row: object, figure: str, settings: ChartSettings) -> str:
    """A point in words: its figure, and why it is more than usual variation."""
    state, digits, unit = row.state, DIGITS[figure], UNITS[figure]  # type: ignore[attr-defined]
    if state == "missing":
        return NO_SUBMISSION
    if state == "untold":
        low, high = row.value_low, row.value_high  # type: ignore[attr-defined]
        return f"{span(low, high, digits)} {unit}: no single figure can be told"
    told = f"{number(row.value, digits)} {unit}"  # type: ignore[attr-defined]
    if state == "partial":
        return f"{told} {IN_PART}, left out of the limits"
    cause = cause_words(row.cause, row.direction, settings)  # type: ignore[attr-defined]
    return f"{told}: {class_words(row)} ({cause})" if cause else told


def class_words(row: object) -> str:
    """The class of a point as it stands inside a sentence: 'concern, high'."""
    return look(str(row.reading), str(row.direction)).name.lower()  # type: ignore[attr-defined]


def trend_alt(drawn: pd.DataFrame, *, title: str, figure: str) -> str:
    """The chart in words: its span, the level and limits now, what stands out, and what did not come."""
    if not len(drawn):
        return f"{title}. No month has come in."
    fine, told = LINE_DIGITS[figure], drawn[drawn["value"].notna()]
    parts = [f"Control chart. {title}. {drawn['label'].iloc[0]} to {drawn['label'].iloc[-1]}."]
    if len(told):
        last = told.iloc[-1]
        parts.append(f"Last whole month {last['label']}: {last['words']}.")
    lines = drawn[drawn["mean"].notna()]
    if len(lines):
        now = lines.iloc[-1]
        limits = "" if np.isnan(now["lower"]) else f", limits {span(now['lower'], now['upper'], fine)}"
        parts.append(f"Middle line {number(now['mean'], fine)}{limits}.")
    out = told[~told["point"].isin(["Usual variation"])]
    if len(out):
        parts.append(f"{len(out)} of {len(told)} points are more than usual variation.")
    for flag, words in (
        ("is_gap", "no submission"),
        ("is_partial", "in part"),
        ("is_open", "without a figure"),
    ):
        if drawn[flag].any():
            parts.append(f"{int(drawn[flag].sum())} {words}.")
    return " ".join([*parts, "The figures are in the table below."])


def gap_runs(drawn: pd.DataFrame) -> pd.DataFrame:
    """Months that did not come, those that follow each other as one: month (the middle one), from, to, label, words."""
    gaps = drawn[drawn["is_gap"]]
    if not len(gaps):
        return gaps[["month", "from", "to", "label", "words"]]
    run = (gaps.index.to_series().diff() != 1).cumsum()
    rows = [own.iloc[len(own) // 2].to_dict() | _ends(own) for _, own in gaps.groupby(run)]
    return pd.DataFrame(rows)[["month", "from", "to", "label", "words"]]


def _ends(own: pd.DataFrame) -> dict[str, str]:
    first, last = own.iloc[0], own.iloc[-1]
    label = first["label"] if len(own) == 1 else f"{first['label']} to {last['label']}"
    return {"from": first["from"], "to": last["to"], "label": label}
