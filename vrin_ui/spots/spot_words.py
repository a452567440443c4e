"""What concentration and spots are in words that a board can read aloud."""

import pandas as pd

from vrin_ui.spots.concentration_chart import FIGURES
from vrin_ui.wording import counted, listed, sentence

LEAST_HALVED = 20
"""Incidents below which half of them are too few to speak of."""
HOW_TO_READ = (
    "**How to read this.** Places are put in order, those that hold most first. The curve says which share of all is "
    "held by which share of the places: the further it bends to the upper left, the fewer places hold most. Few "
    "incidents over many places bend it by chance alone, so each figure stands beside what chance would give: "
    "the same incidents, each fallen in any place alike. Gini is 0 where all places hold the same and near 1 where "
    "one holds all. The generalised Gini allows for there being fewer incidents than places, and is the one to "
    "compare between areas."
)
METHOD = {
    "gi_star": (
        "**How to read this.** A place stands out where it and those that touch it have a rate clearly above that "
        "of all places in view (Getis-Ord Gi*). Rates are drawn towards the average the fewer people live there, "
        "and of harm the logarithm is tested, so that one homicide does not make a spot. Of thousands of places "
        "some stand out by chance: only so many are shown that at most one in twenty of them is expected to be "
        "false (Benjamini and Hochberg). Places that stand out and touch are one spot."
    ),
    "two_sd": (
        "**How to read this.** A place stands out where what it holds is more than two standard deviations above "
        "the average of all places in view, the rule of much of the literature. It takes no account of chance: "
        "where incidents are few, many such places are not there again the next year. Read the column that says "
        "in how many years each stood out."
    ),
}
ABOUT_PLACES = (
    "A spot is about a place and what happens there. It says nothing about the people who live there."
)
NO_STREETS = (
    "Spots are not looked for along streets. The points of public police data are moved to one of a few fixed "
    "places, each with at least eight addresses or none, so that a spot at street level would be a spot of that "
    "moving. Small areas are the finest level at which these data can be believed."
)


def share(value: object) -> str:
    """A share as words: 8.3%, 12%."""
    percent = float(value) * 100  # type: ignore[arg-type]
    return f"{percent:.1f}%" if percent < 10 else f"{percent:.0f}%"


def without_twin(summary: pd.DataFrame) -> pd.DataFrame:
    """The figures of concentration, harm without homicide only where it is another than harm."""
    totals = summary.set_index("figure")["total"].astype("float64")
    is_alike = totals.get("harm", 0.0) == totals.get("harm without homicide", 0.0)
    return summary[summary["figure"] != "harm without homicide"] if is_alike else summary


def half_words(row: pd.Series, places: str) -> str:
    """'Half of the harm falls in 237 of 2,848 small areas (8.3%); by chance alone it would be 10% to 12%.'"""
    name = FIGURES[str(row["figure"])][0].lower()
    if pd.isna(row["share_of_places_half"]):
        return f"There is no figure of {name} here."
    held = round(float(row["share_of_places_half"]) * int(row["place_count"]))
    what = "the incidents fall" if name == "incidents" else f"the {name} falls"
    low, high = (share(row[f"random_share_of_places_half_{end}"]) for end in ("low", "high"))
    chance = low if low == high else f"{low} to {high}"
    told = (
        f"Half of {what} in **{held:,} of {int(row['place_count']):,}** {places} "
        f"({share(row['share_of_places_half'])}). "
    )
    few = name == "incidents" and float(row["total"]) < LEAST_HALVED
    return told + (
        "There are too few incidents to read anything into that."
        if few
        else f"Fallen by chance, it would be {chance}: {_against_chance(row)}."
    )


def _against_chance(row: pd.Series) -> str:
    own = float(row["share_of_places_half"])
    if own < float(row["random_share_of_places_half_low"]):
        return "more concentrated than chance makes it"
    if own > float(row["random_share_of_places_half_high"]):
        return "more evenly spread than chance makes it"
    return "no more concentrated than chance makes it"


def found_words(by_count: pd.DataFrame, by_harm: pd.DataFrame, places: str) -> str:
    """How many places are hot spots, harm spots, and both."""
    hot, harm = (set(frame.loc[frame["is_spot"], "area_code"]) for frame in (by_count, by_harm))
    if not hot and not harm:
        return f"No {places} stand out, neither by incidents nor by harm."
    return (
        f"Of {len(by_count):,} {places}, **{_stand(len(hot))}** by incidents and **{_stand(len(harm))}** by harm. "
        f"{_both(len(hot & harm), len(hot), len(harm))}"
    )


def _stand(count: int) -> str:
    if not count:
        return "none stands out"
    return f"{count:,} {'stands' if count == 1 else 'stand'} out"


def _both(both: int, hot: int, harm: int) -> str:
    if both and both == hot == harm:
        return "They are the same places."
    return f"{sentence(_stand(both))} by both."


def years_words(as_spot: object, judged: object) -> str:
    """'2 of 3 years'; where no year came whole enough, that none could be judged."""
    if pd.isna(judged) or not int(judged):  # type: ignore[call-overload]
        return "no year could be judged"
    return f"{int(as_spot)} of {counted(int(judged), 'year')}"  # type: ignore[call-overload]


def spot_alt(frame: pd.DataFrame, heading: str) -> str:
    """A map of spots in words."""
    spots = frame[frame["is_spot"]].sort_values(["spot_number", "area_name"])
    gaps = int(frame["is_gap"].sum())
    named = listed([*spots["area_name"].head(5)]) if len(spots) else ""
    rest = f" and {len(spots) - 5} more" if len(spots) > 5 else ""
    parts = [
        f"Map of {len(frame):,} areas. {heading}.",
        f"Standing out: {named}{rest}." if named else "No area stands out.",
        f"{gaps:,} without a submission." if gaps else "",
        "The same areas are in the table.",
    ]
    return " ".join(filter(None, parts))
