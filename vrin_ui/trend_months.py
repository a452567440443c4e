"""What a trend draws for each month, and the same in words: no chart and no screen in here."""

import pandas as pd

from vrin_ui.readings import month_reading
from vrin_ui.wording import counted, listed, month_words, number

BAND_SHARE = 2.5
LEAST_BAND = 0.02
NO_SUBMISSION, IN_PART, UNTOLD = "no submission", "in part", "cannot be told"
UNITS = {"harm": "days", "incidents": "incidents"}


def trend_data(by_month: pd.DataFrame, measure: str) -> tuple[pd.DataFrame, str]:
    """What a trend draws, and what it is called.

    Columns: month, from, to (ISO days, a band around the month), low, central, high, is_gap, is_partial,
    part, is_untold, is_open, label, words. Months before the first submission are left off. A month that came in part
    is no point of the line: its figure stands in `part` and low, central and high are empty. A month
    `is_open` where no single figure can be given, and then has no central one; it `is_untold` where there
    is none at all, since what came in has no weight.
    """
    rows = by_month.loc[(~by_month["is_gap"].astype(bool)).cummax()]
    read = month_reading(rows, measure)
    month, half = rows["month"], pd.Timedelta(days=15)
    partial = rows["is_partial"].astype(bool)
    # That something came in, and what it weighs is not known.
    untold = read.high.isna() & ~rows["is_gap"].astype(bool)
    words = zip(rows["is_gap"], partial, untold, read.words(), strict=True)
    data = pd.DataFrame(
        {
            "month": month.dt.strftime("%Y-%m-%d"),
            "from": (month - half).dt.strftime("%Y-%m-%d"),
            "to": (month + half).dt.strftime("%Y-%m-%d"),
            "low": read.low.mask(partial),
            "central": read.shown.mask(partial),
            "high": read.high.mask(partial),
            "is_gap": rows["is_gap"].astype(bool),
            "is_partial": partial,
            "part": read.shown.where(partial),
            "is_untold": (untold & ~partial).astype(bool),
            "is_open": (read.shown.isna() & read.high.notna() & ~partial).astype(bool),
            "label": [month_words(one) for one in month],
            "words": [_month_words(*one, measure=measure) for one in words],
        }
    )
    return data.reset_index(drop=True), read.title


def _month_words(is_gap: bool, is_partial: bool, is_untold: bool, text: str, *, measure: str) -> str:
    if is_gap:
        return NO_SUBMISSION
    if is_untold:
        return UNTOLD
    return f"{text} {UNITS[measure]}{' in the part that came' if is_partial else ''}"


def has_range(data: pd.DataFrame) -> bool:
    """Whether low and high differ in any month by enough to be seen."""
    return bool((data["high"] - data["low"] > LEAST_BAND * top_of(data)).fillna(False).any())


def top_of(data: pd.DataFrame) -> float:
    """Where the scale ends: at the highest reading, but no further than the line stays readable."""
    high = float(data["high"].max() or 1) if data["high"].notna().any() else 1.0
    central = float(data["central"].max()) if data["central"].notna().any() else 0.0
    return max(min(high, central * BAND_SHARE) if central > 0 else high, 1.0)


def is_beyond(data: pd.DataFrame) -> bool:
    """Whether the highest reading of a month lies well above the end of the scale."""
    return bool(has_range(data) and float(data["high"].max()) > top_of(data) * 1.05)


def band_words(data: pd.DataFrame) -> str:
    """What the band and the upright lines of a trend mean; empty where it has none."""
    words = []
    if has_range(data):
        beyond = f"; it fades where it goes on beyond the chart, to {number(data['high'].max())}"
        words.append(f"Blue band: lowest to highest reading{beyond if is_beyond(data) else ''}.")
    return " ".join([*words, _open_words(data)]).strip()


def _open_words(data: pd.DataFrame) -> str:
    """That months have no single figure, and what stands for them."""
    if not data["is_open"].any():
        return ""
    if data["central"].isna().all():
        return "Upright lines: the same for each month. No month has a single figure, so there is no line."
    return "Upright line: a month without a single figure."


def trend_alt(data: pd.DataFrame, measure: str, *, title: str) -> str:
    """The trend in words: span, highest and lowest month, and the months that did not come."""
    unit = UNITS[measure]
    come = data[~data["is_gap"] & data["central"].notna()]
    unknown = data[data["is_open"]]
    words = [f"Line chart. {title}."]
    if len(come):
        ranked = come.sort_values("central", kind="stable")
        top, low = ranked.iloc[-1], ranked.iloc[0]
        words.append(
            f"Highest {number(top['central'])} {unit} in {top['label']}, "
            f"lowest {number(low['central'])} in {low['label']}."
        )
    if len(unknown):
        words.append(
            f"{counted(len(unknown), 'month')} without a single figure, "
            f"from {number(unknown['low'].min())} to {number(unknown['high'].max())} {unit}."
        )
    gaps = list(data.loc[data["is_gap"], "label"])
    if gaps:
        words.append(f"No submission: {listed(gaps[:6])}{' and more' if len(gaps) > 6 else ''}.")
    untold = list(data.loc[data["is_untold"], "label"])
    if untold:
        words.append(f"Cannot be told: {listed(untold[:6])}.")
    parts = list(data.loc[data["is_partial"], "label"])
    if parts:
        words.append(f"Only a part came, left out of the line and of totals: {listed(parts[:6])}.")
    return " ".join([*words, "The figures are in the table below the chart."])
