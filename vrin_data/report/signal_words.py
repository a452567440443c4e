"""Signals in words, for the Overview and the command line: how many series stand out, and each in one sentence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from vrin_data.methods.chart_settings import ChartSettings
from vrin_data.report.trend_words import cause_words

FIGURES = {"incidents": "incidents", "harm": "harm without homicide"}
UNITS = {"incidents": "", "harm": " days"}
DIRECTIONS = {"high": "higher than usual", "low": "lower than usual"}
MOVED = {"high": "rose", "low": "fell"}
NAMED = 4
"""Further definitions that are named; of more, how many there are."""
NONE_STAND_OUT = "No watched series stands out"
NOT_SEARCHED = "The series of this build were not searched for signals yet."
HOW_TO_READ = (
    "A series stands out where its last months differ from its own earlier ones by more than chance explains, its "
    "season allowed for, and a rule of its control chart says the same. So many series are looked at that some "
    "would stand out by chance alone; of those listed at most the share named below are expected to be such. A "
    "signal says that something changed, not what: new ways of recording look the same as new violence."
)


@dataclass(frozen=True)
class SignalLine:
    """The signals of one area, figure and direction as one: the strongest in words, and what to open for it.

    `head` names the series and `tail` says what it did; `beside` what else happened; `row` is the strongest's.
    """

    head: str
    tail: str
    beside: str
    row: Mapping[str, Any]


def headline(search: Mapping[str, Any]) -> str:
    """How many of the searched series stand out, from a row of `signal_search`; or why that is not known."""
    if search["state"] == "not searched":
        return NOT_SEARCHED
    if search["state"] == "failed":
        return f"The search for signals did not end: {search['failure']}."
    found, searched = int(search["found_count"]), int(search["searched_count"])
    of = f"{searched:,} series searched" if searched != 1 else "1 series searched"
    if not found:
        return f"{NONE_STAND_OUT}, of {of}."
    since = pd.Timestamp(search["since_month"])
    verb = "stands" if found == 1 else "stand"
    return f"{found:,} of {of} {verb} out; the earliest since {since:%B %Y}."


def searched_words(search: Mapping[str, Any]) -> str:
    """How many of the watched series were searched, and that signals overlap; '' where no search ended."""
    if search["state"] != "searched":
        return ""
    watched, searched = int(search["watched_count"]), int(search["searched_count"])
    left = watched - searched
    some = f" The other {left:,} are too rare, too short or told only as ranges." if left else ""
    return (
        f"{watched:,} series are watched, whatever is chosen above, and {searched:,} of them could be searched.{some} "
        "Signals overlap: definitions share incidents, and a force holds its districts."
    )


def signal_lines(frame: pd.DataFrame) -> list[SignalLine]:
    """The signals an area, figure and direction at a time, in the order of the frame."""
    keys = ["level", "area_code", "figure", "direction"]
    return [_line(rows.to_dict("records")) for _, rows in frame.groupby(keys, sort=False)]


def _line(rows: list[dict[Any, Any]]) -> SignalLine:
    first = rows[0]
    return SignalLine(
        head=f"{first['area_name']}: {FIGURES[first['figure']]}, {first['definition_name']}",
        tail=f"{sentence(first)}{_others([str(one['definition_name']) for one in rows[1:]])}",
        beside=_once(part for one in rows for part in str(one["beside"]).split("; ")),
        row=first,
    )


def sentence(row: Mapping[str, Any]) -> str:
    """What one series did, as in "higher than usual since April 2025: 86.4 a month, 63.0 before (part of ...)".

    A series that only moves one way has no new level yet: "rose for some months running, from ...".
    """
    unit = UNITS[row["figure"]]
    since = f"{DIRECTIONS[row['direction']]} since {row['since_month']:%B %Y}"
    if row["cause"] == "trend":
        since = f"{MOVED[row['direction']]} for some months running, from {row['since_month']:%B %Y}"
    before = "" if pd.isna(row["usual_mean"]) else f", {_number(row['usual_mean'])} before"
    why = cause_words(row["cause"], row["direction"], ChartSettings())
    return f"{since}: {_number(row['recent_mean'])}{unit} a month on average since{before} ({why})"


def _others(names: list[str]) -> str:
    if not names:
        return ""
    if len(names) > NAMED:
        return f". The same of {len(names)} more definitions"
    return f". The same of {' and of '.join(names)}"


def _once(parts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(one for one in parts if one))


def _number(value: float) -> str:
    return f"{value:,.1f}" if value < 1000 else f"{value:,.0f}"
