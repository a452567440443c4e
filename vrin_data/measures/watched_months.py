"""The figures by month of every series that is watched, from one scan of a feed for each level."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd

from vrin_data.contract.definition_model import HEALTH_UNITS
from vrin_data.contract.periods import later
from vrin_data.errors import UsageError
from vrin_data.measures.areas_came import areas_asked
from vrin_data.measures.catalogue import Catalogue, catalogue
from vrin_data.measures.chart_kinds import counts_homicide
from vrin_data.measures.figure_frames import Rows, area_month_rows, figures
from vrin_data.measures.monthly import Monthly, series_of
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.selection import Selection
from vrin_data.measures.tally_together import Together, together
from vrin_data.records.signals import HARM, Watch
from vrin_data.store import Store

MONTHS = 36
LEAST_POINTS = 12
SHORT, REFUSED = "short", "refused"
MOST_ROWS = 60_000
"""Rows that are made into figures at once: of more the tables of several questions would crowd the memory."""


@dataclass(frozen=True, eq=False)
class Asked:
    """Questions to one feed over the same months, by level; and how many series cannot be asked for, by reason."""

    by_terms: dict[tuple[str, date, date], dict[str, list[Question]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    left_out: Counter[str] = field(default_factory=Counter)

    def add(self, question: Question) -> None:
        """Put a question beside those that its scan can answer too."""
        terms = (question.feed_id, question.asked[0].start, question.asked[-1].start)
        self.by_terms[terms][question.selection.level].append(question)


def asked_of(store: Store, watch: Watch) -> Asked:
    """What a choice of series asks of the current build. Raises EmptyStore where it holds no feed of crimes."""
    choices, found = catalogue(store), Asked()
    for definition in watch.definitions or tuple(choices.definitions):
        is_health = choices.units.get(definition) in HEALTH_UNITS
        wanted = [one for one in watch.figures if one != HARM or not is_health]
        for level in watch.levels:
            _ask(store, choices, Selection(definition, level, ("area", "month")), wanted, found)
    return found


def _ask(store: Store, choices: Catalogue, terms: Selection, wanted: Sequence[str], found: Asked) -> None:
    """Add the questions of one definition and level."""
    feeds = choices.feeds_for(terms.definition)
    if not feeds:
        return
    feed = next(iter(feeds))
    first, last = choices.months_of_feed[feed]
    over = replace(terms, from_month=max(first, later(last, 1 - MONTHS)), to_month=last, feed=feed)
    for figure in wanted:
        try:
            question = question_of(store, replace(over, without_homicide=figure == HARM))
            areas = len(areas_asked(question))
        except UsageError:
            found.left_out[REFUSED] += 1
            continue
        if len(question.asked) < LEAST_POINTS:
            found.left_out[SHORT] += areas
        else:
            found.add(question)


def months_of(store: Store, asked: Asked) -> Iterator[Monthly]:
    """The series of every question: harm of those that leave homicide out, incidents of the others."""
    for by_level in asked.by_terms.values():
        # Levels are ruled on alike, and where there is no homicide to leave out both figures come of one count.
        keys = {id(one): _counted_as(one) for questions in by_level.values() for one in questions}
        first = {keys[id(one)]: one for questions in by_level.values() for one in questions}
        one, place = together(store, [*first.values()]), {key: at for at, key in enumerate(first)}
        for questions in by_level.values():
            counted = [replace(each, selection=questions[0].selection) for each in first.values()]
            frames = frames_of(store, counted, one)
            at = [place[keys[id(each)]] for each in questions]
            yield from _series(questions, at, frames)


def _counted_as(question: Question) -> tuple[str, int, bool]:
    """What questions have in common that a count answers for both."""
    known = question.known.definition
    whole = replace(question, selection=replace(question.selection, without_homicide=False))
    leaves_out = question.selection.without_homicide and counts_homicide(whole)
    return known.id, known.version, leaves_out


def _series(
    questions: Sequence[Question], at: Sequence[int], frames: Iterator[pd.DataFrame]
) -> Iterator[Monthly]:
    """The series of each question from the frame that `at` says."""
    by_frame: dict[int, list[Question]] = defaultdict(list)
    for question, number in zip(questions, at, strict=True):
        by_frame[number].append(question)
    for number, frame in enumerate(frames):
        for question in by_frame[number]:
            yield series_of(question, "harm" if question.selection.without_homicide else "incidents", frame)


def frames_of(store: Store, questions: Sequence[Question], one: Together) -> Iterator[pd.DataFrame]:
    """By question the figures of every area and month, as `harm` has them; the questions are of one selection."""
    rows = area_month_rows(store, questions, one)
    height = len(rows.about)
    at_once = max(1, MOST_ROWS // max(height, 1))
    for first in range(0, len(questions), at_once):
        some = slice(first, first + at_once)
        told = figures(Rows(rows.about, rows.residents, rows.sums[some], rows.gaps[some]))
        for start in range(0, len(told), height):
            yield told.iloc[start : start + height].reset_index(drop=True)
