"""What a series' chart found, in words that stand beside its icons and under the chart."""

import pandas as pd

from vrin_data.methods.chart_settings import ChartSettings
from vrin_data.report.trend_words import (
    assurance_words,
    earlier_words,
    how_to_read,
    kind_words,
    variation_words,
)
from vrin_ui.trends.trend_points import DIGITS, LINE_DIGITS, UNITS
from vrin_ui.wording import counted, month_words, months_in_words, number, sentence, span

MIDDLES = {"run": "median"}
MOSTLY_CERTAIN = 0.98
BY_YEAR = "Too rare for a chart by month: read the twelve months as a whole."
GAPS = (
    "A month that did not come is a grey band, and one that came in part a hollow point in stripes; neither stands in "
    "the limits, and neither counts as zero."
)


def variation(row: pd.Series, settings: ChartSettings) -> str:
    """How the series varies now, and since when, in a sentence."""
    if row["kind"] == "rare":
        return BY_YEAR
    told = variation_words(row["variation"], row["variation_direction"], row["last_cause"], settings)
    since = row["first_signal_month"]
    began = f"; it began with {month_words(since)}" if pd.notna(since) and since != row["last_month"] else ""
    return f"{sentence(told)}{began}.{_earlier(row)}"


def _earlier(row: pd.Series) -> str:
    """That the series stood out within the last year, where its latest month does not; '' where it did not."""
    if pd.isna(row["earlier_from"]):
        return ""
    first, last = month_words(row["earlier_from"]), month_words(row["earlier_to"])
    when = first if first == last else f"{first} to {last}"
    told = earlier_words(row["earlier_reading"], row["earlier_direction"])
    return f" But it stood out not long ago: {told}, {when}."


def assurance(row: pd.Series, figure: str) -> str:
    """Whether the target is met, in a sentence; '' without a target or limits."""
    if row["assurance"] == "none":
        return ""
    target = float(row["target"])
    return f"{sentence(assurance_words(row['assurance'], f'{target:,g} {UNITS[figure]}'))}."


def chart(row: pd.Series) -> str:
    """Which chart it is, and why where it is not the usual one."""
    return f"{sentence(kind_words(row['kind'], row['kind_reason']))}."


def level(row: pd.Series, figure: str, *, is_calm: bool = False) -> str:
    """Where the series stands: its last whole month, its middle line and limits; '' without a whole month."""
    if pd.isna(row["last_value"]) or row["kind"] == "rare":
        return ""
    digits = DIGITS[figure]
    calm = ", the season taken out" if is_calm else ""
    last = number(row["last_value"], digits)
    if is_at_least(row, figure) and row["last_value_high"] > row["last_value"]:
        last = f"at least {last}, at most {number(row['last_value_high'], digits)}"
    told = f"{month_words(row['last_month'])}: {last} {UNITS[figure]}{calm}."
    if pd.isna(row["mean"]):
        return told
    middle = MIDDLES.get(row["kind"], "mean").capitalize()
    limits = (
        "" if pd.isna(row["lower"]) else f", limits {span(max(row['lower'], 0), row['upper'], LINE_DIGITS[figure])}"
    )
    return f"{told} {middle} {number(row['mean'], LINE_DIGITS[figure])}{limits}."


def is_at_least(row: pd.Series, figure: str) -> bool:
    """Whether what is charted is only the certain part of what there may be, by enough to say so."""
    return figure.startswith("incidents") and bool(row["certain_share"] < MOSTLY_CERTAIN)


def certain_words(row: pd.Series, figure: str) -> str:
    """That a chart is of the certain part alone, and how much that is; '' where it is nearly all."""
    if not is_at_least(row, figure):
        return ""
    return (
        f"Charted are the incidents that are certainly in the definition, {row['certain_share']:.0%} of those that may "
        "be. Whether the others rose or fell, the chart cannot say."
    )


def basis(row: pd.Series) -> str:
    """On how many months the chart stands, and where its limits begin anew."""
    unit = "period" if row["kind"] == "rare" else "month"
    parts = [f"{counted(int(row['points']), f'whole {unit}')} in the chart"]
    if row["left_out_count"]:
        parts.append(f"{int(row['left_out_count'])} left out")
    if row["screened_count"]:
        parts.append(f"{counted(int(row['screened_count']), 'extreme moving range')} left out of the limits")
    if row["rebased_months"]:
        parts.append(f"limits begin anew at {months_in_words(row['rebased_months'].replace(',', ', '))}")
    return f"{'; '.join(parts)}."


def reading_words(kind: str, settings: ChartSettings) -> str:
    """How to read a chart, in one paragraph."""
    return f"**How to read this.** {how_to_read(kind, settings)} {'' if kind == 'rare' else GAPS}".strip()
