"""Charts over time of the groups of offences that a definition takes in, each by the chart that suits it."""

from typing import NamedTuple

import pandas as pd

from vrin_data.errors import UsageError
from vrin_data.measures.answer import Answer
from vrin_data.measures.charted import SeriesFacts, charted
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.monthly import UNTOLD, WHOLE, Monthly, monthly
from vrin_data.measures.offence_groups import group_names, groups_of
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.rare_harm import with_harm_limits
from vrin_data.measures.stamps import question_stamp
from vrin_data.measures.trend import SUMMARY, summary_line
from vrin_data.measures.trend_notes import trend_notes
from vrin_data.measures.trend_request import TrendRequest
from vrin_data.measures.weight_kinds import require_kind
from vrin_data.store import Store

MOST_OPEN = 0.2
"""The share of a group that the codes of a month may leave open, beyond what the whole leaves open."""
FEW_OPEN = 3
"""Incidents left open that change nothing to speak of."""
NOTE = (
    "by group of offences: each incident stands in one group, and one whose code leaves open which stands in none for "
    "certain, so that groups may add up to less than the whole; a month in which codes leave more "
    "than a fifth of a group open has a range and no figure"
)


class _Group(NamedTuple):
    frame: pd.DataFrame
    facts: SeriesFacts
    notes: tuple[str, ...]


def trend_offences(store: Store, request: TrendRequest) -> Answer:
    """The rows of `trend` for each group of offences in the definition, groups by kind of offence.

    `area_code` and `area_name` are the id and the name of the group. A group of which nothing came has no rows.
    Limits begin anew nowhere, since re-basings stand on record for whole definitions. Raises what `trend` raises,
    and UsageError for a definition of what hospitals count and for a selection by area.
    """
    question, found, notes = _groups(store, request)
    frames = [one.frame for one in found]
    frame = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=["area_code"])
    return Answer(frame, question_stamp(question, notes))


def trend_offences_summary(store: Store, request: TrendRequest) -> Answer:
    """The line of `trend_summary` for each group of `trend_offences`, in its order. Raises what that raises."""
    question, found, notes = _groups(store, request)
    rows = [summary_line(one.frame, one.facts, request) for one in found]
    return Answer(pd.DataFrame(rows, columns=list(SUMMARY)), question_stamp(question, notes))


def _groups(store: Store, request: TrendRequest) -> tuple[Question, list[_Group], tuple[str, ...]]:
    question = question_of(store, request.selection)
    _require_offences(question, request)
    whole = monthly(store, question, request.figure)
    found = []
    for group, definition in groups_of(question.counted).items():
        one = _charted(store, request, question_of(store, request.selection, chosen=definition), group, whole)
        if one is not None:
            found.append(one)
    rules = found[0].notes if found else ()
    return question, found, (*rules, NOTE, *harm_notes(store, question))


def _require_offences(question: Question, request: TrendRequest) -> None:
    if not question.counted.counts_crimes:
        raise UsageError(
            f"The definition {question.counted.label} counts {question.counted.unit}s, which have no offences. "
            "Choose a definition of recorded crimes, or show it by area."
        )
    if request.selection.by != ("month",):
        raise UsageError("Groups of offences are charted for one area at a time: ask by month alone.")
    if request.figure.startswith("harm"):
        require_kind(question.edition, "days")


def _sure(found: Monthly, whole: Monthly) -> Monthly:
    """The series with a range in place of a figure in months whose codes leave too much of the group open.

    Such codes come and go with the systems that write them, and what is certain would fall and rise with them. What
    is as open in the whole, for want of a weapon or an age, is the definition's own doubt.
    """
    frame = found.frame.set_index("month", drop=False)
    least = (1 - MOST_OPEN) * _certain_share(whole.frame).reindex(frame.index, fill_value=1.0)
    is_open = (
        (frame["state"] == WHOLE)
        & (_certain_share(frame) < least)
        & (_open_incidents(frame, found.figure) >= FEW_OPEN)
    )
    frame.loc[is_open, "value"] = pd.NA
    frame.loc[is_open, "state"] = UNTOLD
    return Monthly(found.question, found.figure, frame.reset_index(drop=True))


def _certain_share(frame: pd.DataFrame) -> pd.Series:
    """The lowest reading of every month as a share of the highest, by month; 1 where there is none."""
    low, high = (
        pd.Series(frame[name].astype("float64").to_numpy(), index=frame["month"])
        for name in ("value_low", "value_high")
    )
    return (low / high.where(high > 0)).fillna(1.0)


def _open_incidents(frame: pd.DataFrame, figure: str) -> pd.Series:
    """By how much the two readings differ: in incidents, or in the days of harm."""
    people = frame["population"].astype("float64") / 1000 if figure.endswith("rate") else 1.0
    return (frame["value_high"] - frame["value_low"]).astype("float64").fillna(0.0) * people


def _charted(
    store: Store, request: TrendRequest, question: Question, group: str, whole: Monthly
) -> _Group | None:
    """The chart of one group; None where nothing of it came in any month."""
    found = _sure(monthly(store, question, request.figure), whole)
    if not (found.frame["value_high"].fillna(0) > 0).any():
        return None
    made = charted(found, settings=request.settings, kind=request.kind, without_season=request.without_season)
    made = with_harm_limits(store, question, request.figure, made)
    name = group_names()[group]
    facts = made.series[0]._replace(area_code=group, area_name=name)
    return _Group(made.frame.assign(area_code=group, area_name=name), facts, trend_notes(request, made))
