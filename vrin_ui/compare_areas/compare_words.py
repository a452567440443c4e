"""What a comparison says, in words that a board can read aloud and cannot take for a league table."""

import pandas as pd

from vrin_data.measures.comparison_notes import FEW_AREAS
from vrin_ui.wording import counted, listed, number

CLASSES = {
    "high998": "Above the 99.8% limits",
    "high95": "Above the 95% limits",
    "within": "Within the limits",
    "low95": "Below the 95% limits",
    "low998": "Below the 99.8% limits",
    "open": "Cannot be told: the range crosses a limit",
    "none": "No point",
}
HOW_TO_READ = (
    "**How to read this.** Each point is an area: how many live there to the right, its rate upwards. The level line "
    "is the rate of all these areas together. Small areas move further by chance, so the limits are wide on the left. "
    "If all areas had the same risk, 19 in 20 would lie within the dashed limits and all but one in 500 within the "
    "solid ones. Areas differ in more than chance, in who lives there, in town centres, in how crime is recorded; "
    "limits widened for over-dispersion allow for how much these areas differ anyway. An area outside of them is one "
    "to ask about, not one that is worse. One within them cannot be told from the others, so its place among them "
    "means nothing."
)
HOW_TO_READ_MONTHS = (
    "**How to read this.** The bold line is the area; where its comparators are few, each has a thin line. The pale "
    "band reaches from the lowest to the highest of those that came whole in a month, the dashed line is the one in "
    "their middle. If the area moves as the band does, something moved all; if it moves against it, look at the area "
    "itself. Rates of a single month move by chance: judge a change under **Trends**. A month that did not come is a "
    "gap."
)
NO_LIST = (
    "No list of comparators stands on record, so the areas of its force, its region and all in view are offered. The "
    "statistical nearest neighbours of the Office for National Statistics and the most similar forces of the Home "
    "Office are published lists: bring one in as CSV or XLSX below, with a row for each pair (area code, neighbour "
    "code, rank) or for each area. VRIN makes none up."
)
BUSY = (
    "Residents are no measure of who is there: in a town centre, at a hospital or a station most people are visitors. "
    "More than three times the rate of all, even at the lower limit of chance:"
)
TREATED = {
    "winsorise": "the furthest tenth at either end drawn in",
    "trim": "the furthest tenth at either end left out",
    "none": "all areas counted alike",
}


UNITS = {"incidents-rate": "incidents", "harm-rate": "days of harm"}


def digits_of(rate: float) -> int:
    """Decimals of rates around this one: about three figures are told."""
    if not rate < 100:
        return 0
    return 1 if rate >= 10 else 2


def result_words(rows: pd.DataFrame, summary: pd.Series, areas: str) -> str:
    """How many areas lie outside of the limits, and which, in name order."""
    told = rows[rows["class"] != "none"]
    if told.empty:
        return f"**None of these {areas} can be compared**: none has a single figure from a whole month."
    digits = digits_of(summary["target"])
    parts = [
        f"Together these {len(told):,} {areas} have **{number(summary['target'], digits)} "
        f"{UNITS[summary['figure']]}** per 1,000 residents a year."
    ]
    for names, words in ((("high95", "high998"), "above"), (("low95", "low998"), "below")):
        out = told[told["class"].isin(names)]
        if len(out):
            parts.append(
                f"**{_lie(len(out))} {words} the 95% limits**: {listed(map(_named, out.to_dict('records')))}."
            )
    unsure = told[told["class"] == "open"]
    if len(unsure):
        parts.append(_open_words(unsure))
    inside = int((told["class"] == "within").sum())
    if inside == len(told):
        parts.append("**None lies outside of the limits**: they cannot be told apart.")
    else:
        parts.append(f"{_lie(inside)} within them and cannot be told apart." if inside else "")
    return " ".join(filter(None, parts))


def _open_words(unsure: pd.DataFrame) -> str:
    it = "it" if len(unsure) == 1 else "they"
    return (
        f"**Of {_few([*unsure['area_name']])} it cannot be told** where {it} {_lie(len(unsure)).partition(' ')[2]}: "
        "from what is certain to what may be in at most, the range crosses a limit."
    )


def _lie(count: int) -> str:
    return f"{count:,} {'lies' if count == 1 else 'lie'}"


def _named(row: dict[str, object]) -> str:
    return f"{row['area_name']}{' (above 99.8% too)' if row['class'] == 'high998' else ''}" + (
        " (below 99.8% too)" if row["class"] == "low998" else ""
    )


def chosen_words(rows: pd.DataFrame, summary: pd.Series) -> str:
    """Where the area compared lies; '' where none is, or it is no point."""
    own = rows[rows["is_chosen"]]
    if own.empty:
        return ""
    row, digits = own.iloc[0], digits_of(summary["target"])
    if row["class"] == "none":
        return f"**{row['area_name']}** is no point here: {_why(row)}."
    if row["class"] == "open":
        return _open_chosen(row, summary, digits)
    lies = {"high": "above", "low": "below"}.get(str(row["class"]).rstrip("895"), "within")
    limits = f"{number(row['lower95'], digits)} to {number(row['upper95'], digits)}"
    beyond = f" and {lies} the 99.8% limits" if str(row["class"]).endswith("998") else ""
    rate = f"{number(row['value'], digits)} {UNITS[summary['figure']]} per 1,000 residents a year"
    return f"**{row['area_name']}**: {rate}, {lies} the 95% limits for as many residents ({limits}){beyond}."


def _open_chosen(row: pd.Series, summary: pd.Series, digits: int) -> str:
    limits = f"{number(row['lower95'], digits)} to {number(row['upper95'], digits)}"
    rates = f"{number(row['value'], digits)} to {number(row['value_most'], digits)}"
    return (
        f"**{row['area_name']}**: from {rates} {UNITS[summary['figure']]} per 1,000 residents a year, by what may be "
        f"in or not. The 95% limits for as many residents are {limits}: where it lies cannot be told."
    )


def not_held_words(summary: pd.Series) -> str:
    """How many areas of the list have no figures here."""
    count, listed_count = int(summary["not_held_count"]), int(summary["listed_count"])
    has = "has" if count == 1 else "have"
    return (
        f"{count} of the {listed_count} areas of the list {has} no figures in this hub, and "
        f"{'is' if count == 1 else 'are'} left out."
    )


def left_out_words(rows: pd.DataFrame) -> str:
    """Which areas are no points, and why; '' where all are."""
    left = rows[rows["class"] == "none"]
    if left.empty:
        return ""
    by_reason = left.assign(why=[_why(row) for _, row in left.iterrows()]).groupby("why")["area_name"]
    told = [f"{_few([*names])} ({why})" for why, names in by_reason]
    return f"**No points, and in no limit:** {'; '.join(told)}."


def _few(names: list[str], most: int = 12) -> str:
    return listed(names) if len(names) <= most else f"{', '.join(names[:most])} and {len(names) - most} more"


def _why(row: pd.Series) -> str:
    if row["is_gap"]:
        return "no whole month came, or nothing is placed so finely"
    if row["is_untold"]:
        return "more than half of what its extract holds may or may not be in, so there is no single figure"
    return "its residents are not known"


def spread_words(summary: pd.Series) -> str:
    """The over-dispersion that was found and what was done about it, for below the chart."""
    made = f"from {counted(int(summary['used_count']), 'area')}, {TREATED[summary['outliers']]}"
    told = f"φ {summary['phi']:.2f}, τ² {summary['tau2']:.4f} ({made})"
    if summary["is_adjusted"]:
        return f"Over-dispersion: {told}. Limits are widened by it; the thin dotted lines are those of chance alone."
    if summary["tau2"] > 0:
        return f"Over-dispersion: {told}. Limits are those of chance alone and leave it out."
    return f"No over-dispersion was found: {told}. Limits are those of chance alone."


def short_limits(summary: pd.Series) -> str:
    """The lines in a few words, for below a chart's title."""
    kind = "widened for over-dispersion" if summary["is_adjusted"] else "of chance alone"
    return f"Dashed: 95% limits, solid: 99.8%, {kind}. Level: rate of all."


def funnel_alt(rows: pd.DataFrame, summary: pd.Series, title: str) -> str:
    """The funnel in words."""
    told = rows[rows["class"] != "none"]
    counts = told["class"].value_counts()
    where = listed(f"{counts[name]} {words.lower()}" for name, words in CLASSES.items() if name in counts)
    return f"Funnel plot of {len(told)} areas. {title}. {where}. The same areas are in the table, by name."


def few_words(count: int, areas: str) -> str:
    """That so few areas say little; '' where there are enough, or none at all."""
    if count >= FEW_AREAS or not count:
        return ""
    return (
        f"**A funnel of {count} {areas} says little.** How much areas differ can hardly be told from so few, so the "
        "limits are a rough guide."
    )


def busy_words(rows: pd.DataFrame) -> str:
    """Areas whose rate may be that of visitors; '' where there is none."""
    busy = rows.loc[rows["is_busy_centre"].astype(bool), "area_name"]
    return f"{BUSY} {_few([*busy])}." if len(busy) else ""
