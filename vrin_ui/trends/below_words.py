"""What the further questions about a series came to, in words."""

import pandas as pd

from vrin_ui.trends.trend_points import DIGITS, UNITS
from vrin_ui.wording import counted, month_words, number, plain

SEASON_REFUSED = {
    "short": "A season needs at least 24 whole months, and there are {points}.",
    "gaps": "Too many months between the first and the last did not come whole for a season to be told.",
    "rare": "The events are too rare for a season to be told.",
    "empty_month": "One month of the year never came whole, so that there is nothing to tell its season from.",
    "constant": "The figure never changes, so that it has no season.",
    "not_monthly": "This feed does not count by month, and has no season.",
}
OUTLOOK_REFUSED = {
    "short": "No outlook is offered: it needs 36 months from the first whole one to the last; {points} came whole.",
    "gaps": "No outlook is offered: too many months did not come whole.",
    "rare": "No outlook is offered: the events are too rare.",
    "not_better": "No outlook is offered: made at earlier months, it came no nearer than the same month of the year "
    "before would have.",
    "too_narrow": "No outlook is offered: made at earlier months, its bands held far fewer of the months that came "
    "than they should. The level may have changed: see whether something did.",
    "not_monthly": "No outlook is offered: this feed does not count by month.",
}
SEASON_HOW = (
    "**How to read this.** A series is taken apart into a trend, a season that is the same every year, and what is "
    "left to chance. The blue line is the trend. Where it moves, the level moved; where only the grey one does, it was "
    "the time of the year or chance. The second chart lays the same months of three years over each other: a "
    "month is compared with itself, as a board does."
)
OUTLOOK_HOW = (
    "**How to read this.** The dashed line is what would come if all went on as before; four of five months should be "
    "in the darker band and nineteen of twenty in the paler one; how many were is said above. It "
    "knows of no plan and no change to come. It is "
    "shown only where the same method, used at earlier months, came nearer than the same month of the year before."
)
CHANGE_HOW = (
    "**How to read this.** The search asks where two levels fit the months better than one. It asks a question and "
    "answers none: of a hundred series of pure chance it asks about some five. If something did change, put it on "
    "record under Breaks on record with its reason; limits begin anew only where a person says so."
)
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
STRONG, WEAK = 0.64, 0.3


def season_words(row: pd.Series, figure: str) -> str:
    """What the season is, or why none can be told."""
    if not row["is_offered"]:
        return SEASON_REFUSED.get(row["reason"], "No season can be told.").format(points=row["points"])
    digits, unit = DIGITS[figure] + 1, UNITS[figure]
    strength = float(row["strength"])
    kind = "strong" if strength >= STRONG else "weak" if strength < WEAK else "moderate"
    told = (
        f"The season is **{kind}** (strength {strength:.2f} of 1): highest in {MONTH_NAMES[row['peak_month'] - 1]}, "
        f"{number(row['peak'], digits)} {unit} above the trend, and lowest in {MONTH_NAMES[row['trough_month'] - 1]}, "
        f"{number(abs(row['trough']), digits)} below it."
    )
    filled = int(row["filled_count"])
    were = "was" if filled == 1 else "were"
    some = f" {counted(filled, 'month')} that did not come whole {were} filled for this alone."
    return told + (some if filled else "")


def outlook_words(row: pd.Series, figure: str) -> str:
    """Whether an outlook is offered, and the back-test beside it."""
    refused = OUTLOOK_REFUSED.get(row["reason"], "No outlook is offered.").format(points=row["points"])
    return " ".join(filter(None, ["" if row["is_offered"] else refused, _back_test(row, figure)]))


def _back_test(row: pd.Series, figure: str) -> str:
    if pd.isna(row["error_own"]):
        return ""
    digits, unit = DIGITS[figure] + 1, UNITS[figure]
    made, months = int(row["origins"]), int(row["forecasts"])
    own, naive = (number(row[f"error_{whose}"], digits) for whose in ("own", "naive"))
    return (
        f"Back-test: made at {counted(made, 'earlier month')} and held against the {counted(months, 'month')} that "
        f"came, it was off by {own} {unit} on average; the same month of the year before was off by {naive}. "
        f"{_percent(row['coverage80'])} of the months were in the 80% band and {_percent(row['coverage95'])} in the "
        "95% band."
    )


def _percent(share: object) -> str:
    return f"{float(share):.0%}"  # type: ignore[arg-type]


def change_words(frame: pd.DataFrame, figure: str) -> str:
    """The questions of the search as a list, or that it has none."""
    if not len(frame):
        return "The search has no question about this series: one level fits its months as well as two."
    return "\n".join(_question(row, figure) for row in frame.itertuples())


def _question(row: object, figure: str) -> str:
    digits, unit = DIGITS[figure] + 1, UNITS[figure]
    season = ", the season taken out" if row.is_season_out else ""  # type: ignore[attr-defined]
    near = row.breaks_near  # type: ignore[attr-defined]
    known = f" On record near it: {plain(near)}." if near else ""
    anew = " The limits begin anew there already." if row.is_rebased else ""  # type: ignore[attr-defined]
    return (
        f"- **Did something change in {month_words(row.month)}?** "  # type: ignore[attr-defined]
        f"Before it {number(row.level_before, digits)} {unit} a month on average, from then on "  # type: ignore[attr-defined]
        f"{number(row.level_after, digits)}{season}.{known}{anew}"  # type: ignore[attr-defined]
    )
