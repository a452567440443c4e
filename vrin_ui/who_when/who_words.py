"""Times, persons and places in words that a board can read aloud."""

import pandas as pd

from vrin_ui.wording import listed, number, sentence, span

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NOT_RECORDED_WORDS = "Not recorded"
LABELS = {
    "location_type": {
        "dwelling": "Home",
        "street": "Street",
        "licensed": "Pub, club",
        "shop": "Shop",
        "school": "School, college",
        "transport": "Public transport",
        "park": "Park, sports ground",
        "hospital": "Hospital, care",
        "custody": "Custody",
        "workplace": "Workplace",
        "other": "Another place",
    },
    "weapon": {
        "none": "No weapon",
        "sharp": "Knife, sharp",
        "firearm": "Firearm",
        "blunt": "Blunt object",
        "corrosive": "Corrosive",
        "other": "Another weapon",
    },
    "weapon_use": {"used": "Used to injure", "threatened": "Threatened", "possessed": "Carried only"},
    "injury": {"none": "None", "minor": "Minor", "serious": "Serious", "fatal": "Death"},
    "reported_by": {
        "victim": "Victim",
        "witness": "Witness, public",
        "agency": "Partner agency",
        "police": "Police activity",
        "company": "Company's security",
    },
}
YES_NO = {"no": "No", "yes": "Yes"}
MUCH = 0.01
"""Share of all from which what is in doubt is said beside what is not recorded."""
SEX_LABELS = {
    "female": "Female",
    "male": "Male",
    "other": "Otherwise",
    "not_recorded": NOT_RECORDED_WORDS,
}
ROLE_WORDS = {
    "victim": ("victim", "victims"),
    "suspect": ("suspect", "suspects"),
    "patient": ("patient", "patients"),
    "young_person": ("young person", "young persons"),
    "offender": ("person under supervision", "persons under supervision"),
    "searched": ("person searched", "persons searched"),
    "pupil": ("pupil", "pupils"),
    "child": ("child", "children"),
}
HOW_TO_READ = {
    "when": (
        "**How to read this.** Each figure stands at the hour and day on which incidents happened, by the clock on the "
        "wall; the darker, the more. Only times told to the hour stand here. An event that began and ended within an "
        "hour stands at its start. Of one that may have happened at any time of a night each hour gets an equal part, "
        "which is why figures may be no whole numbers. Exactly 00:00 or 12:00, where a supplier's times heap there, is "
        "a time that was filled in: the day counts, the hour does not. Read a pattern, not a cell: a few incidents "
        "more or less in one cell are chance."
    ),
    "who": (
        "**How to read this.** Persons are counted here and not incidents: an incident with two victims counts two. "
        "What is not recorded has bars of its own, and shares are of all persons, so that they add up to 100%. "
        "Groups of ages are not equally wide and not equally many people live in each, so that a longer bar is no "
        "higher risk. Ethnicity is shown in the words of each recording scheme: the words of one are not those of "
        "another, and who records it, the officer or the person, makes a difference."
    ),
    "rates": (
        "**How to read this.** Each bar divides the persons of an age by the residents of that age. In brackets stands "
        "what chance alone leaves open (95% limits); where two such ranges overlap widely, do not call one higher. "
        "Persons whose age is not recorded stand in no bar, so that every rate is a little too low. People are "
        "counted where it happened and residents where they live, which makes city centres look riskier than they "
        "are for those who live there."
    ),
    "where": (
        "**How to read this.** Shares are of all incidents, those of which it is not recorded among them, so that they "
        "add up to 100%. A share that may be more, because some are not recorded, is a range. By month a growing grey "
        "foot says that recording has changed, and then the other shares cannot be compared over time. Months that "
        "did not come whole are left out."
    ),
}


def label_of(of: str, code: str) -> str:
    """A code in a word or two."""
    if code == "not_recorded":
        return NOT_RECORDED_WORDS
    return LABELS.get(of, YES_NO).get(code, code)


def percent(share: object) -> str:
    """'36%', and below 1% '0.4%'; what is less than a thousandth is no 0."""
    value = float(share)  # type: ignore[arg-type]
    if 0 < value < 0.0005:
        return "less than 0.1%"
    return f"{value:.1%}" if 0 < value < 0.0095 else f"{value:.0%}"


def percent_span(low: object, high: object) -> str:
    """'31% to 47%', one figure where both are the same."""
    first, last = percent(low), percent(high)
    return first if first == last else f"{first} to {last}"


def figure(value: object) -> str:
    """A figure for a cell: whole above 10, one decimal below where there is one, nothing for none."""
    amount = float(value)  # type: ignore[arg-type]
    if amount == 0:
        return ""
    return number(amount, 0 if amount >= 10 or amount == round(amount) else 1)


def told_words(basis: pd.DataFrame) -> str:
    """Of how many incidents the hour is told, and why not of the others."""
    if basis.empty:
        return "There are no incidents here."
    rows = basis[basis["incident_count_high"] > 0]
    counted, others = rows[rows["is_counted"]], rows[~rows["is_counted"]]
    of_all = span(rows["incident_count_low"].sum(), rows["incident_count_high"].sum())
    told = span(counted["incident_count_low"].sum(), counted["incident_count_high"].sum())
    words = f"The hour is told of **{told}** of {of_all} incidents."
    if others.empty:
        return words
    why = [
        f"{span(one.incident_count_low, one.incident_count_high)} ({one.words})"
        for one in others.itertuples()
    ]
    return f"{words} Left out here: {listed(why)}."


def busiest_words(cells: pd.DataFrame, hours: int = 24) -> str:
    """Which share of all falls in the busiest hours of the week; '' where that is chance or nothing."""
    values = cells["value"]
    total = float(values.sum())
    if total < 100:
        return ""
    held = float(values.nlargest(hours).sum()) / total
    top = cells.loc[values.idxmax()]
    even = hours / len(cells)
    return (
        f"The busiest {hours} of the week's {len(cells)} hours hold {percent(held)}; spread evenly they would hold "
        f"{percent(even)}. The single busiest begins at {top['hour']} on {top['day_name']}."
    )


def basis_words(basis: pd.DataFrame, role: str) -> str:
    """How many persons of a part there are, in how many incidents, and how many incidents have none on record."""
    own = basis[basis["role"] == role]
    if own.empty:
        return "No incident here has a person on record: nothing is known of who they were."
    row = own.iloc[0]
    one, several = ROLE_WORDS[role]
    persons = span(row["person_count_low"], row["person_count_high"])
    incidents = span(row["incident_count_low"], row["incident_count_high"])
    words = f"**{persons}** {several} in {incidents} incidents."
    if row["without_count_high"] <= 0:
        return f"{words} Every incident has a {one} on record."
    without = span(row["without_count_low"], row["without_count_high"])
    return f"{words} {without} incidents have no {one} on record: they stand in no bar."


def unknown_words(rows: pd.DataFrame, what: str) -> str:
    """Of how many something is not recorded, as a share of all."""
    unknown = rows[~rows["is_recorded"].astype(bool)]
    share = unknown["share"].sum(min_count=1)
    if pd.isna(share):
        return f"Fewer than 10 are certain, so that no share is given of those whose {what} is not recorded."
    low, high = (float(unknown.filter(regex=f"count_{end}$").sum().sum()) for end in ("low", "high"))
    if high <= 0:
        return f"{sentence(what)} is recorded for all."
    words = f"{sentence(what)} is not recorded for {'any' if share == 1 else percent(share)}"
    if high - low <= MUCH * float(rows.filter(regex="count_high$").sum().sum()):
        return f"{words}."
    return f"{words} of those certain, and for {number(high - low)} more that are in doubt."


def public_words(row: pd.Series) -> str:
    """'In public space: 31% to 47%, depending on the 22% of which the place is not recorded.'"""
    if pd.isna(row["share_low"]):
        return "There are fewer than 10 incidents: no share in public space is given."
    share = percent_span(row["share_low"], row["share_high"])
    reasons = []
    if row["not_recorded_count_high"] > 0:
        reasons.append(f"the {percent(row['not_recorded_share'])} of which the place is not recorded")
    if row["total_high"] > row["total_low"]:
        reasons.append("whether those in doubt are in the definition")
    depends = f", depending on {listed(reasons)}" if reasons and " to " in share else ""
    return f"In public space (street, park, public transport): **{share}**{depends}."


def drift_words(months: pd.DataFrame, of: str) -> str:
    """How much was not recorded in the first and the last three whole months; '' where there are not six, or none."""
    told = months[(months["code"] == "not_recorded") & months["share"].notna()].sort_values("month")
    if len(told) < 6 or not (told["share"] > 0).any():
        return ""
    first, last = float(told["share"].head(3).mean()), float(told["share"].tail(3).mean())
    words = (
        f"Not recorded: {percent(first)} in the first three whole months, {percent(last)} in the last three."
    )
    if abs(last - first) >= 0.1:
        words += f" **What is recorded of {of} has changed**: the other shares are not comparable over this period."
    return words
