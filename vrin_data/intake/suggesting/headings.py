"""For each heading of a file the column of a feed that it is likely to be, by its name and its values."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import numpy as np

from vrin_data.contract.feeds import Feed, FeedColumn, fold
from vrin_data.contract.identifiers import (
    forbidden_headings,
    identifier_in,
    identifier_of_column,
    what_is_forbidden,
)
from vrin_data.intake.reading.any_table import AnyTable, ColumnValues
from vrin_data.intake.suggesting.assignment import best_pairs
from vrin_data.intake.suggesting.date_forms import mean_times
from vrin_data.intake.suggesting.names import name_likeness
from vrin_data.intake.suggesting.value_kinds import ValueKinds
from vrin_data.intake.suggesting.values import evidence_of

LEAST_CONFIDENCE = 0.35
SURE_FROM = 0.85
LIKELY_FROM = 0.6
MOSTLY = 0.5
LONG_AGO_S = 8 * 366 * 86_400
TIE_BREAK = 1e-4
SHOWN_SAMPLES = 3
LONGEST_SAMPLE = 40
HIDDEN = "(not shown)"
NOT_MAPPED = "no column of the feed is like it"
TWICE = "stands more than once in the file; rename all but one"
BLANK_HEADING = "has no heading with a letter or a digit"


@dataclass(frozen=True)
class Proposal:
    """What is proposed for one heading: a column of the feed or none, how surely, and why.

    `runners_up` are the next likely columns with their confidence. Of a heading that would tell who
    a person is (`is_forbidden`) no value is shown and none is ever used.
    """

    heading: str
    column: str | None
    confidence: float
    why: str
    runners_up: tuple[tuple[str, float], ...] = ()
    samples: tuple[str, ...] = ()
    is_forbidden: bool = False

    @property
    def how_sure(self) -> str:
        """The confidence in a word."""
        if self.column is None:
            return "none"
        return (
            "sure"
            if self.confidence >= SURE_FROM
            else "likely"
            if self.confidence >= LIKELY_FROM
            else "guess"
        )


@dataclass(frozen=True)
class _Weighed:
    column: str
    confidence: float
    why: str


def with_roles(
    connection: duckdb.DuckDBPyConnection, feed: Feed, table: AnyTable, values: Sequence[ColumnValues]
) -> list[ValueKinds]:
    """The values of each column; of dates that stand side by side which is likely the event, which the record."""
    kinds = [ValueKinds(one) for one in values]
    dated = {
        position: one.dates
        for position, one in enumerate(kinds)
        if one.dates is not None and one.dates.share >= MOSTLY
    }
    means = mean_times(connection, table.table, dated)
    newest = max(means.values(), default=0.0)
    # What lies decades before all other dates is no event of the row.
    ranked = sorted(means, key=lambda position: (means[position] > newest - LONG_AGO_S, means[position]))
    recent = [position for position in ranked if means[position] > newest - LONG_AGO_S]
    roles = dict(zip(recent, _roles(feed, len(recent)), strict=False))
    return [
        ValueKinds(one, roles.get(position, ""), position in means and position not in recent)
        for position, one in enumerate(values)
    ]


def _roles(feed: Feed, count: int) -> list[str]:
    """The columns of times that so many columns of dates are likely to be, the earliest first."""
    # What happened comes before its record; a feed without it is recorded as it begins (a call to a fire).
    order = ["event_start_at", "event_end_at", "recorded_at"]
    order = order if feed.column("event_start_at") else ["recorded_at", "event_end_at"]
    times = [name for name in order if feed.column(name)]
    needed = [name for name in times if (column := feed.column(name)) and column.required]
    if count == 1:
        return (needed or times)[-1:]
    return [times[0], times[-1]] if count == 2 and times else times


def proposals_of(feed: Feed, table: AnyTable, kinds: Sequence[ValueKinds]) -> list[Proposal]:
    hidden = _forbidden(feed, table, kinds)
    folded = [fold(heading) for heading in table.headings]
    unusable = {
        position: BLANK_HEADING if not words else TWICE
        for position, words in enumerate(folded)
        if not words or folded.count(words) > 1
    }
    weighed = [
        []
        if position in hidden or position in unusable
        else [_weighed(feed, column, heading, kinds[position]) for column in feed.columns]
        for position, heading in enumerate(table.headings)
    ]
    chosen = _chosen(weighed, len(feed.columns))
    return [
        Proposal(heading, None, 0.0, hidden[position], is_forbidden=True)
        if position in hidden
        else _proposal(heading, weighed[position], chosen.get(position), kinds[position].values)
        if position not in unusable
        else Proposal(heading, None, 0.0, unusable[position], samples=_samples(kinds[position].values))
        for position, heading in enumerate(table.headings)
    ]


def _chosen(weighed: Sequence[Sequence[_Weighed]], columns: int) -> dict[int, int]:
    """The column given to each heading; of equal choices the one that keeps the file's order.

    Squares, so that one sure pair goes before two weak ones.
    """
    scores = np.array([[one.confidence for one in row] or [0.0] * columns for row in weighed])
    places = np.linspace(0, 1, len(weighed))[:, None] - np.linspace(0, 1, columns)[None, :]
    return best_pairs(np.where(scores >= LEAST_CONFIDENCE, scores**2 - TIE_BREAK * places**2, 0.0))


def _proposal(
    heading: str, weighed: Sequence[_Weighed], chosen: int | None, values: ColumnValues
) -> Proposal:
    best = weighed[chosen] if chosen is not None else _Weighed("", 0.0, NOT_MAPPED)
    return Proposal(
        heading=heading,
        column=best.column or None,
        confidence=round(best.confidence, 2),
        why=best.why,
        runners_up=_runners_up(weighed, best.column),
        samples=_samples(values),
    )


def _weighed(feed: Feed, column: FeedColumn, heading: str, kinds: ValueKinds) -> _Weighed:
    """How likely a heading is to be a column: its name and its values taken together, and why."""
    name = name_likeness(heading, feed, column)
    by_name = _certainty(name.share)
    said = f"named like {name.known!r}" if by_name else "the name says nothing"
    values = evidence_of(feed, column, kinds)
    if values is None:
        return _Weighed(
            column.name, 0.95 * by_name, f"{said}; {'no values' if kinds.is_blank else 'any text'}"
        )
    told = f"{values.share:.0%} of the values are {values.words}"
    if values.share >= 0.5:
        sure = 1 - (1 - by_name) * (1 - values.strength * values.share)
        return _Weighed(column.name, min(sure, 0.99), f"{said}; {told}")
    unsure = by_name * (values.share if values.must_suit else 0.6 + 0.4 * values.share)
    return _Weighed(column.name, unsure, f"{said}, but only {told}")


def _certainty(likeness: float) -> float:
    """How sure a likeness of names alone makes: nothing below half, nearly all where they are equal."""
    return max(0.0, min(0.97, (likeness - 0.5) * 1.9)) if likeness < 1 else 0.97


def _forbidden(feed: Feed, table: AnyTable, kinds: Sequence[ValueKinds]) -> dict[int, str]:
    """Positions of columns that would tell who a person is, by heading or by values, with the reason."""
    named = set(forbidden_headings(feed, table.headings))
    found = {}
    for position, heading in enumerate(table.headings):
        what = (
            what_is_forbidden(heading)
            if heading in named
            else identifier_of_column(kinds[position].values.counts)
        )
        if what is None and kinds[position].is_long_ago:
            what = "dates of birth"
        if what is not None:
            found[position] = f"looks like {what}: never used, never shown"
    return found


def _runners_up(weighed: Sequence[_Weighed], chosen: str) -> tuple[tuple[str, float], ...]:
    others = sorted(weighed, key=lambda one: -one.confidence)
    likely = [one for one in others if one.column != chosen and one.confidence >= LEAST_CONFIDENCE]
    return tuple((one.column, round(one.confidence, 2)) for one in likely[:2])


def _samples(values: ColumnValues) -> tuple[str, ...]:
    """A few values as they stand, without any that would tell who a person is."""
    shown = list(values.counts)[:SHOWN_SAMPLES]
    return tuple(HIDDEN if identifier_in(value) else value.strip()[:LONGEST_SAMPLE] for value in shown)
