"""What the card of an area says, as words from the frames: no query and no screen in here."""

from collections.abc import Sequence

import pandas as pd

from vrin_data.measures import Catalogue
from vrin_data.measures.change_request import SMALL_BASE
from vrin_data.measures.period_verdicts import FEWEST_FOR_HARM
from vrin_ui.breakdown.breakdown_words import share_words
from vrin_ui.readings import reading
from vrin_ui.wording import counted, level_words, listed, number, plain, sentence, span

TOP = 5
ABOVE = {
    "in_district": "district",
    "in_csp": "community safety partnership",
    "in_force": "police force area",
    "in_region": "region",
}
NO_OFFENCE = "No month of this period came in whole for this area, so nothing can be told apart."
NO_INCIDENT = "No incident of this definition was recorded here in this period."
NO_CONTEXT = (
    "No context figures for areas of this level are in the store. Take them in under Areas, Context data, or with "
    "`python -m vrin_data indicators import FILE`."
)
SHARE = "share of "
GRADE_WORDS = {
    "exact": "at the place itself",
    "snapped": "at an anonymous point near the place, as data.police.uk publishes them",
    "postcode": "at the point of the postcode",
    "lsoa": "by the code of the small area",
    "ward": "by the code of the ward",
    "outward": "by the first half of the postcode, so no more closely than that",
    "district": "by the code of the district, so no more closely than that",
    "place_name": "by the name of a place, so no more closely than that",
    "force": "without a place, so in the police force area alone",
    "unknown_code": "with a code of an area that is not known, so in the police force area alone",
    "outside": "with a place outside of its own police force area",
}
ALONE = "No other area of this level touches this one."


def place_words(area: str, choices: Catalogue) -> str:
    """What an area is, and what it lies in: 'Small area in Leicester, Leicestershire and East Midlands'."""
    names = choices.areas.set_index("area_code")["area_name"]
    row = choices.areas.set_index("area_code").loc[area]
    above = [row[column] for column in ABOVE if column in row.index]
    codes = [code for code in above if isinstance(code, str) and code != area and code in names.index]
    # A partnership of one district has its name: said once, it is said.
    own = str(row["area_name"])
    named = [plain(name) for name in dict.fromkeys(str(names[code]) for code in codes) if name != own]
    what = sentence(plain(level_words(str(row["level"]), choices.levels)[0]))
    return f"{what} in {listed(named)}." if named else f"{what}."


def top_by_harm(offences: pd.DataFrame) -> list[str]:
    """The offences that add most harm, with their days and their share where the base is large enough."""
    rows = offences[offences["harm_days_high"].fillna(0) > 0].head(TOP)
    return [f"{plain(row.offence_label)}: {_days(row)}{_share(row, offences)}" for row in rows.itertuples()]


def top_by_count(offences: pd.DataFrame) -> list[str]:
    """The offences that are recorded most often, with their incidents."""
    rows = offences[offences["incident_count_high"] > 0]
    rows = rows.sort_values(["incident_count_high", "offence_label"], ascending=[False, True]).head(TOP)
    return [
        f"{plain(row.offence_label)}: {span(row.incident_count_low, row.incident_count_high)}"
        for row in rows.itertuples()
    ]


def _days(row: object) -> str:
    central, ends = row.harm_days, span(row.harm_days_low, row.harm_days_high)  # type: ignore[attr-defined]
    shown = number(central)
    if pd.isna(central):
        return f"{ends} days"
    return f"{shown} days" if shown == ends else f"{shown} days (range {ends})"


def _share(row: object, offences: pd.DataFrame) -> str:
    share = row.share_of_harm  # type: ignore[attr-defined]
    if pd.isna(share) or offences["incident_count_high"].sum() < SMALL_BASE:
        return ""
    # Where the total has no single figure, the shares are of its highest reading.
    of = "" if offences["harm_days"].notna().any() else " of the highest reading"
    return f", {share_words(share, 1)}{of}"


def neighbour_words(around: pd.DataFrame, measure: str) -> str:
    """An area's figure, and from where to where those of its neighbours reach."""
    read = reading(around, measure)
    own = around["is_own"].to_numpy(dtype=bool)
    mine, others = read.shown[own].iloc[0], read.shown[~own]
    if not len(others):
        return ALONE
    told = others.dropna()
    if pd.isna(mine) or not len(told):
        return f"{read.title}: cannot be compared, since no single figure is known here or next door."
    ends = dict.fromkeys((told.idxmin(), told.idxmax()))
    reach = " to ".join(
        f"{number(told[one], read.digits)} ({plain(around.at[one, 'area_name'])})" for one in ends
    )
    left = (
        f" {counted(len(others) - len(told), 'neighbour')} without a figure."
        if len(told) < len(others)
        else ""
    )
    return f"**{read.title}: {number(mine, read.digits)}.** {_standing(mine, told)}: {reach}.{left}"


def _standing(mine: float, others: pd.Series) -> str:
    which = "its one neighbour" if len(others) == 1 else f"all of its {len(others)} neighbours"
    if mine > others.max():
        return f"Above {which}"
    if mine < others.min():
        return f"Below {which}"
    return (
        "The same as its one neighbour"
        if len(others) == 1
        else f"Within the range of its {len(others)} neighbours"
    )


def few_words(around: pd.DataFrame) -> str:
    """That an area's harm stands on few incidents; '' where it does not."""
    count = around.loc[around["is_own"].astype(bool), "incident_count_high"].iloc[0]
    if pd.isna(count) or not 0 < count < FEWEST_FOR_HARM:
        return ""
    return f"This harm is that of {counted(int(count), 'incident')}: one serious case more or less would move it far."


def chance_words(around: pd.DataFrame) -> str:
    """The 95% limits of chance of an area's rate of incidents; '' where they are not known."""
    own = around[around["is_own"].astype(bool)].iloc[0]
    ends = [own.get(f"incident_count_interval_{end}") for end in ("low", "high")]
    if any(pd.isna(one) for one in ends) or pd.isna(own["population"]) or not own["population"]:
        return ""
    low, high = (1000 * float(one) / float(own["population"]) for one in ends)
    return (
        f"Chance alone lets the incidents of such an area lie between {number(low, 1)} and {number(high, 1)} per "
        "1,000 residents (95% interval)."
    )


def grade_lines(grades: pd.DataFrame) -> list[str]:
    """How many of the incidents are placed by what."""
    every = number(grades["incident_count_high"].sum())
    return [
        f"{span(row.incident_count_low, row.incident_count_high)} of {every}: "
        f"{GRADE_WORDS.get(row.place_precision, row.words)}"
        for row in grades.itertuples()
    ]


def indicator_line(name: str, frame: pd.DataFrame) -> str:
    """One context figure of an area: 'Income deprivation (2025): 21.3% of residents'; '' where it has none."""
    if frame.empty:
        return ""
    row = frame.iloc[0]
    if isinstance(row["class_name"], str) and row["class_name"]:
        return f"{plain(name)} ({row['year']}): {plain(row['class_name'])}"
    if pd.isna(row["value"]):
        return ""
    return f"{plain(name)} ({row['year']}): {_with_unit(float(row['value']), str(row['unit']))}"


def _with_unit(value: float, unit: str) -> str:
    """A figure with its unit; a share as per cent, a unit of several words behind in brackets."""
    if unit.startswith(SHARE):
        return f"{_figure(100 * value)}% of {plain(unit.removeprefix(SHARE))}"
    if unit.startswith("%"):
        return f"{_figure(value)}{plain(unit)}"
    return _figure(value) if unit in ("", "score") else f"{_figure(value)} ({plain(unit)})"


def _figure(value: float) -> str:
    """A context figure with the digits that it needs."""
    return number(value, 0 if value == round(value) else 1 if abs(value) >= 10 else 2)


def in_list(lines: Sequence[str]) -> str:
    """The lines as a list in Markdown."""
    return "\n".join(f"- {line}" for line in lines)
