"""What a map says of itself: its heading, its text alternative, and what stands below it."""

import pandas as pd

from vrin_data.measures import Catalogue
from vrin_data.protect import Presented
from vrin_ui.classes import NO_SUBMISSION, Scale
from vrin_ui.filters import SMOOTHED
from vrin_ui.map.bivariate import NAMES, Bivariate
from vrin_ui.map.change import Change
from vrin_ui.map.map_figures import Figures
from vrin_ui.screens import area_name
from vrin_ui.wording import by, counted, level_words, listed, number, span

HIGHEST, NAMED = 3, 12
SMALL = "In small areas few incidents make a rate, so chance alone lets them differ: see the 95% interval of each area."
SMOOTHING = (
    "Smoothed: each rate is drawn towards that of its police force area, the more so the fewer people live there "
    "(empirical Bayes, Marshall 1991). The rate as counted stands beside it."
)
BUSY = (
    "Residents are no measure of who is there: in a town centre, at a hospital or a station most people are visitors. "
    "More than three times the rate of its force, even at the lower limit of chance:"
)
CHANGE = (
    "Coloured are the areas whose change is more than chance would make, at 5% after allowing for how many areas "
    "are looked at (Benjamini and Hochberg). All others are pale: no rise or fall can be told there."
)


def heading(title: str, level: str, scope: str | None, choices: Catalogue, period: str) -> str:
    """Harm per 1,000 residents by district, Leicestershire, April 2025 to March 2026."""
    where = f", {area_name(choices, scope)}" if scope else ""
    return f"{by(title)} {level_words(level, choices.levels)[0]}{where}, {period}"


def map_alt(figures: Figures, scale: Scale, *, heading: str) -> str:
    """The map in words: how many areas, the three highest, and how many are gaps."""
    rows = figures.placed
    top = rows[rows["state"] == ""].dropna(subset=["shown"])
    top = top[top["shown"] > 0].nlargest(HIGHEST, "shown")
    named = [f"{row.area_name} {number(row.shown, figures.digits)}" for row in top.itertuples()]
    gaps = sum(label == NO_SUBMISSION for label in scale.of_values)
    parts = [
        f"Map of {counted(len(rows), 'area')}. {heading}.",
        f"Highest: {'; '.join(named)}." if named else "",
        f"{gaps} without a submission." if gaps else "",
        "The same figures are in the table.",
    ]
    return " ".join(filter(None, parts))


def unlike_words(names: list[str], of: int) -> str:
    """That some areas stand on unlike months on two maps, so that no difference is given; '' where none do."""
    if not names:
        return ""
    which = listed(names) if len(names) <= NAMED else f"{len(names):,} of {of:,} areas"
    return (
        f"**Not the same months:** {which} came whole for more months on one map than on the other, so that the higher "
        "or lower figure may be the missing month. No difference is given for them. The measure *Change in "
        "incidents on the year before* compares the same months only."
    )


ON_THE_MAP = "of this map, and in the table in a row of their own"


def not_placed_words(areas: Presented, level_name: str, *, where: str = ON_THE_MAP) -> str:
    """How many incidents stand at no area of the level, and `where` that leaves them; '' where all stand at one."""
    rest = areas.frame[~areas.frame["is_placed"].astype(bool)]
    if rest.empty or not (rest["incident_count_high"].fillna(0) > 0).any():
        return ""
    low, high = rest["incident_count_low"].sum(), rest["incident_count_high"].sum()
    every = areas.frame["incident_count_high"].sum()
    return f"**{span(low, high)} of {number(every)} incidents** stand at no {level_name} {where}."


def not_placed_label(areas: Presented) -> str:
    """The entry of the legend for what stands at no area; '' where there is none."""
    rest = areas.frame[~areas.frame["is_placed"].astype(bool)]
    low, high = (rest[f"incident_count_{end}"].fillna(0).sum() for end in ("low", "high"))
    return f"Not placed: {span(low, high)}" if high > 0 else ""


def caveats(measure: str, is_small: bool, figures: Figures | None) -> list[str]:
    """What a reader must know of these figures before taking them for more than they are."""
    told = []
    if measure == "change":
        told.append(CHANGE)
    if measure in SMOOTHED:
        told.append(SMOOTHING)
    if is_small and measure.startswith(("harm-", "incidents-")):
        told.append(SMALL)
    rows = figures.placed if figures else pd.DataFrame()
    if "is_busy" in rows and rows["is_busy"].any():
        names = sorted(rows.loc[rows["is_busy"], "area_name"])
        more = f" and {len(names) - HIGHEST} more" if len(names) > HIGHEST else ""
        told.append(f"{BUSY} {', '.join(names[:HIGHEST])}{more}.")
    return told


def change_alt(found: Change, *, heading: str) -> str:
    """The map of changes in words: how many areas are in each class."""
    areas = counted(len(found.rows), "area")
    return f"Map of {areas}. {heading}. {_each(found.scale)} The same figures are in the table."


def thirds_alt(found: Bivariate, *, heading: str) -> str:
    """The map of incidents against harm in words: how many areas are in each class, and which are high in both."""
    both = found.rows["area_name"][found.scale.codes == len(NAMES) - 1]
    most = f" {NAMES[-1]}: {listed(sorted(both))}." if 0 < len(both) <= NAMED else ""
    return (
        f"Map of {counted(len(found.rows), 'area')}. {heading}. {_each(found.scale)}{most} "
        "The same figures are in the table."
    )


def _each(scale: Scale) -> str:
    pairs = zip(scale.labels, scale.counts, strict=True)
    return f"Areas by class: {'; '.join(f'{label}: {count:,}' for label, count in pairs if count)}."
