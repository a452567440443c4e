"""A harm total as cards of words: the figure, its range, its limits of chance, and what is exact in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from vrin_data.measures.change_request import SMALL_BASE
from vrin_ui.wording import DASH, number, of_months, sentence, span

DOUBT = "At least those that are certainly within the definition, at most with those that may be."
_OF_SURENESS = (
    "exact",
    "to tell whether",
    "cannot be told:",
    "does not carry",
    "does not weigh",
    "(unmapped)",
)


@dataclass(frozen=True)
class Card:
    """One figure with what must be said of it."""

    label: str
    figure: str
    words: tuple[str, ...]


def total_cards(
    total: pd.Series, sureness: pd.DataFrame, without: pd.Series, *, has_left: bool
) -> list[Card]:
    """The cards of a total of harm; `without` is the same total with homicide the other way.

    `has_left` says that the total itself already leaves homicide out.
    """
    return [
        _harm(total),
        _incidents(total),
        _exact(total, sureness),
        _rate(total),
        _each(total, sureness),
        _homicide(total, without, has_left=has_left),
    ]


def _harm(total: pd.Series) -> Card:
    words = [_range(total, "harm_days", "days"), _chance(total, "harm_days"), _months(total)]
    return Card("Harm", _figure(total, "harm_days", "days"), _said(words))


def _incidents(total: pd.Series) -> Card:
    low, high = total["incident_count_low"], total["incident_count_high"]
    doubt = DOUBT if low != high else ""
    bare = int(total["unweighted_count"])
    many = (
        "1 of them has no weight and adds" if bare == 1 else f"{number(bare)} of them have no weight and add"
    )
    unweighted = f"{many} no harm." if bare else ""
    return Card("Incidents", span(low, high), _said([doubt, _chance(total, "incident_count"), unweighted]))


def _exact(total: pd.Series, sureness: pd.DataFrame) -> Card:
    exact = sureness.set_index("sureness").loc["exact", "harm_days_low"]
    if total["harm_days_low"] == total["harm_days_high"]:
        return Card("Of this, exact", "All of it", ("Every incident is surely counted and has one weight.",))
    words = []
    if total["incident_count_high"] >= SMALL_BASE:
        if pd.notna(total["harm_days"]) and total["harm_days"] > 0:
            words.append(f"{share_words(exact, total['harm_days'])} of {number(total['harm_days'])} days")
        words.append(f"{share_words(exact, total['harm_days_high'])} of the highest reading")
    said = [
        f"{sentence(' and '.join(words))}." if words else "",
        "The rest is a range: see “How sure is this total”.",
    ]
    return Card("Of this, exact", f"{number(exact)} days", _said(said))


def _rate(total: pd.Series) -> Card:
    rate = {end: total[f"harm_days{end}_per_1000"] for end in ("_low", "", "_high")}
    if pd.isna(rate["_high"]):
        return Card("Harm per 1,000 residents", DASH, ("There is no number of residents for this area.",))
    ends = span(rate["_low"], rate["_high"], 1)
    shown = ends if pd.isna(rate[""]) else number(rate[""], 1)
    words = f"Range {ends} days." if shown != ends else ""
    return Card("Harm per 1,000 residents", f"{shown} days", _said([words]))


def _each(total: pd.Series, sureness: pd.DataFrame) -> Card:
    """Days for each incident that is weighed; where it is in doubt which are counted, of the certain ones alone."""
    label = "Harm for each incident"
    bare = sureness.set_index("sureness").loc["not_weighed"]
    count = total["incident_count_low"] - bare["incident_count_low"]
    most = total["incident_count_high"] - bare["incident_count_high"]
    if pd.isna(most) or most <= 0:
        return Card(label, DASH, ("No incident here has a weight.",))
    central = _over(total["harm_days"], count)
    if count != most:
        if central is None:
            return Card(label, DASH, ("Which incidents are counted is in doubt, so it cannot be told.",))
        return Card(label, f"{number(central, 1)} days", ("Of the incidents that are certainly counted.",))
    ends = span(_over(total["harm_days_low"], count), _over(total["harm_days_high"], count), 1)
    shown = ends if central is None else number(central, 1)
    words = f"{ends} days on the lowest and the highest reading." if shown != ends else ""
    return Card(label, f"{shown} days", _said([words]))


def _homicide(total: pd.Series, other: pd.Series, *, has_left: bool) -> Card:
    label = "With homicide" if has_left else "Without homicide"
    if all(total[name] == other[name] for name in ("incident_count_high", "harm_days_low", "harm_days_high")):
        return Card(label, "The same", ("No homicide is counted here.",))
    count = abs(int(total["incident_count_high"] - other["incident_count_high"]))
    fewer = f"{sentence(_people(count))} {'more' if has_left else 'fewer'}."
    words = [
        _range(other, "harm_days", "days"),
        fewer if count else "Which of them are homicides cannot be told.",
    ]
    return Card(label, _figure(other, "harm_days", "days"), _said(words))


def _people(count: int) -> str:
    return "one incident" if count == 1 else f"{count:,} incidents"


def _figure(total: pd.Series, name: str, unit: str) -> str:
    if pd.isna(total[f"{name}_high"]):
        return "No weight"
    central = total[name]
    return f"{number(central) if pd.notna(central) else span(total[f'{name}_low'], total[f'{name}_high'])} {unit}"


def _range(total: pd.Series, name: str, unit: str) -> str:
    if pd.isna(total[f"{name}_high"]):
        return ""
    ends = span(total[f"{name}_low"], total[f"{name}_high"])
    if pd.isna(total[name]):
        return "No single figure can be given: the extract does not say enough."
    if " to " not in ends:
        return ""
    return f"Range {ends} {unit}: the lightest and the heaviest reading. The figure takes the weights that were chosen."


def _chance(total: pd.Series, name: str) -> str:
    """The 95% limits of chance, which say nothing of what an extract leaves open."""
    low, high = total.get(f"{name}_interval_low"), total.get(f"{name}_interval_high")
    if low is None or pd.isna(low) or pd.isna(high):
        return "No limits of chance can be given for this feed." if name == "incident_count" else ""
    ends = f"{number(low)} and {number(high)}"
    if total[f"{name}_low"] == total[f"{name}_high"]:
        return f"Chance alone could move it to between {ends} (95% limits)."
    return f"Chance alone could widen this range to between {ends} (95% limits)."


def _months(total: pd.Series) -> str:
    had, due = int(total["months_covered"]), int(total["months_expected"])
    return f"Stands on {of_months(had, due)}." if had < due else ""


def sure_lines(notes: Iterable[str]) -> list[str]:
    """The notes of a stamp that say how sure a total is and why it is no surer, as sentences."""
    return [f"{sentence(note)}." for note in notes if any(words in note for words in _OF_SURENESS)]


def share_words(part: Any, whole: Any) -> str:
    """A share in whole percent; what is none of these ends is not said to be."""
    if not whole:
        return DASH
    share = float(part) / float(whole)
    if 0 < share < 0.01:
        return "less than 1%"
    return "more than 99%" if 0.99 < share < 1 else f"{share:.0%}"


def _over(days: Any, incidents: Any) -> float | None:
    return float(days) / float(incidents) if pd.notna(days) and incidents > 0 else None


def _said(words: list[str]) -> tuple[str, ...]:
    return tuple(filter(None, words))
