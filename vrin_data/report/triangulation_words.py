"""What police and health figures side by side say, and what they cannot say, in words for a board."""

from typing import Any

import pandas as pd

POLICE = "police"
EVENTS = {
    "attendance": ("emergency department attendance", "emergency department attendances"),
    "admission": ("admission", "admissions"),
    "call": ("ambulance call", "ambulance calls"),
    "offence": ("recorded crime", "recorded crimes"),
}
"""One event of a grain, and several."""
CANNOT_SAY = (
    "Side by side, these feeds are not linked. They cannot say how many of the patients are unknown to the police, nor "
    "what share of violence goes unreported. Only rates and how they move can be read."
)
ON_CHART = "Feeds not linked: they cannot say how many patients are unknown to the police."
"""The same, short enough to stand on every chart."""
LINKED_STUDY = (
    "Where persons were linked, in South Wales, 59.0% of those who came to an emergency department after an assault "
    "were unknown to the police (Gray and others 2017). That is a figure of linked persons in one place, and no "
    "rate to be read off these charts."
)
HOW_TO_READ = (
    "**How to read this.** Each figure says how many events the health side counted for every crime that the police "
    "recorded, in the months that came whole from both. The line is its exact 95% interval: how far chance "
    "alone could move it. A ratio above 1 does not mean that crimes are hidden, nor one below 1 that none are: one "
    "assault may bring several calls, an attendance and an admission, or none; departments have patients of other "
    "areas; and where a person lives is not where the assault was. What can be read is a ratio that moves "
    "in one area over time, while nothing changed in how either side counts."
)
HOW_TO_READ_INDEX = (
    "**How to read this.** Each line is one source's count against its own mean of the first twelve months on end that "
    "came whole from all of them, which is 100. Lines that part say that the sources move unlike each other. "
    "Where the police's line falls and those of health do not, ask whether recording changed before saying that "
    "violence did."
)
NO_INDEX = "There is no year that came whole from every source, so the lines cannot be set to 100."
RELIABILITY = {
    "attendance": (
        "Departments say that what they share can depend on the patient's consent; ask each whether it does, and "
        "since when: a change of that rule moves the counts and no violence has changed."
    ),
    "admission": "Only those hurt enough to be kept in. Figures of the current year are provisional and rise.",
    "call": "Told by what the caller said. Several calls may be about one assault.",
}
REASONS = {
    "not_sent": "this feed did not come for the area",
    "not_placed": "its rows are known by the supplier's own area alone, no finer than a police force area",
    "no_months": "no month came whole from both",
}


def events(count: Any, grain: str) -> str:
    """'1,023 emergency department attendances'; with a range where a count has one."""
    one, many = EVENTS[grain]
    return f"{float(count):,.0f} {one if float(count) == 1 else many}"


def ratio_number(value: Any) -> str:
    """A ratio to two decimals, or to one from 10 on; what has no end is 'no upper limit'."""
    if pd.isna(value):
        return "–"
    number = float(value)
    if number == float("inf"):
        return "no upper limit"
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}"


def ratio_words(row: Any) -> str:
    """'0.31 for each recorded crime (0.29 to 0.33)', or why there is none."""
    if not row.is_comparable:
        return f"not compared: {REASONS[row.reason]}"
    if pd.isna(row.ratio):
        return "no ratio: the police recorded none"
    ends = f"{ratio_number(row.ratio_low)} to {ratio_number(row.ratio_high)}"
    least = "at least " if row.health_count_high > row.health_count_low else ""
    return f"{least}{ratio_number(row.ratio)} for each recorded crime ({ends})"


def compared_words(row: Any) -> str:
    """'1,023 emergency department attendances beside 3,330 recorded crimes in 23 months that are whole in both: ...'"""
    if not row.is_comparable:
        return f"{row.source_name}: {ratio_words(row)}."
    left = f"; {row.months_left_out} left out" if row.months_left_out else ""
    months = f"{row.months_compared} month{'' if row.months_compared == 1 else 's'}"
    return (
        f"{row.source_name}: {events(row.health_count_low, row.grain)}{_up_to(row)} beside "
        f"{events(row.police_count_low, 'offence')} in {months} that came whole from both{left}. "
        f"That is {ratio_words(row)}."
    )


def _up_to(row: Any) -> str:
    if row.health_count_high > row.health_count_low:
        return f" (up to {float(row.health_count_high):,.0f}, small counts being hidden by the supplier)"
    return ""


NO_KEYS = (
    "No persons can be matched here: no two feeds hold person keys made with the same secret. To bring them: "
)
HOW_TO_BRING_KEYS = (
    "agree it first: an agreement of the kind 'personal' with each supplier, whose data items name person keys, on a "
    "power that allows it (the ISTV standard and section 17A do not carry personal health data);",
    "one supplier makes a secret with `python -m vrin_data pseudonyms --make-key k1 --key-file FILE` and gives it to "
    "the other by a safe way, and never to the partnership;",
    "each runs `python -m vrin_data pseudonyms FILE --key-file KEY --columns surname=... forename=... birth_date=... "
    "--out FILE` at home: names and dates leave the file, and the column `vrin person key` stands in their place;",
    "both files come in as always, and the matched, police-only and health-only persons stand here.",
)
HOW_TO_READ_MATCHED = (
    "**How to read this.** An event of the health side is matched where the police recorded a crime against the same "
    "person within so many days. Seen by health alone are those without one: not every one of them is unknown to the "
    "police, for a name written otherwise makes another key, and a crime may be recorded later or elsewhere. "
    "Read the two windows together: where they say much the same, the match is steady. Events without a key stand "
    "in no share, and may be unlike those that have one."
)
ESTIMATE_FOR_ANALYSTS = (
    "**A lower bound, for analysts alone.** From how many are on both lists one can reckon how many may be on neither "
    "(Chapman). It asks that the lists are independent, the group closed and every link found. None of the three "
    "holds here: departments call the police and the police take people to hospital, which makes it too low; missed "
    "links make it too high. It is no count of victims, and no board should be shown it."
)


def matched_words(row: Any) -> str:
    """'Within 7 days: 3 of 4 attendances with a key (75%, 19% to 99%) are of persons without a crime recorded.'"""
    share, low, high = (
        f"{float(getattr(row, f'health_only_share{end}')):.0%}" for end in ("", "_low", "_high")
    )
    with_key = f"{float(row.health_keyed_count):,.0f} of {float(row.health_count):,.0f}"
    return (
        f"{row.source_name}, within {window_words(row.window_days)}: {float(row.health_only_count):,.0f} of "
        f"{events(row.health_keyed_count, row.grain)} with a person key ({share}; 95% interval {low} to {high}) have "
        f"no recorded crime against the same person. {with_key} have such a key."
    )


def window_words(days: Any) -> str:
    """'7 days', 'the same day'."""
    return "the same day" if int(days) == 0 else f"{int(days)} day{'' if int(days) == 1 else 's'}"
