"""The dated events that a series must be read with, which of them change what is counted, and its re-basings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from vrin_data.contract.breaks import BASES, Break, national_breaks
from vrin_data.errors import UnknownArea
from vrin_data.measures.answer import Answer
from vrin_data.measures.break_concerns import concerned_areas
from vrin_data.measures.build_facts import areas_of_level, build_facts
from vrin_data.measures.derived_breaks import derived_breaks
from vrin_data.measures.known import known_definition
from vrin_data.measures.monthly import ALL_AREAS
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.received import feed_of
from vrin_data.measures.selection import Selection
from vrin_data.measures.stamps import question_stamp
from vrin_data.records import recorded_breaks
from vrin_data.records.rebases import months_by_area
from vrin_data.store import Store

COLUMNS = (
    "area_code",
    "break_id",
    "happened_on",
    "month",
    "kind",
    "title",
    "concerns",
    "basis",
    "is_definition_change",
    "recorded_by",
    "reason",
)


@dataclass(frozen=True)
class BreaksRequest:
    """The series whose breaks are asked for: those of a selection, one, or one an area where it is by area."""

    selection: Selection


def breaks(store: Store, request: BreaksRequest) -> Answer:
    """The breaks that concern the series of a selection within its months, oldest first.

    One row per series and break: area_code (that of the series, '' for all areas), break_id, happened_on (date),
    month (its first day), kind (of contract.breaks.KINDS), title, concerns (in ids), basis (national, recorded or
    derived), is_definition_change (figures before and after count different things), recorded_by ('' where nobody
    did), reason. A break in the first month is among them. Raises what `question_of` raises.
    """
    question = question_of(store, request.selection)
    found = breaks_of(store, question)
    rows = [
        _row(code, one) for one in found for code in concerned_areas(question, one, series_codes(question))
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return Answer(frame, question_stamp(question, tuple(f"{name}: {words}" for name, words in BASES.items())))


def breaks_of(store: Store, question: Question) -> list[Break]:
    """Every break that concerns the feed and the definition of a question within its months, by day."""
    first, last = question.asked[0].start, question.asked[-1].months()[-1]
    every = [
        *national_breaks(),
        *(one.what for one in recorded_breaks(store.path)),
        *derived_breaks(store, question),
    ]
    fitting = [one for one in every if _concerns(one, question) and first <= one.month <= last]
    return sorted(fitting, key=lambda one: (one.happened_on, one.break_id))


def definition_changes(store: Store, question: Question, first: date, last: date) -> list[Break]:
    """The breaks after which a question's figures count different things, after the month `first` up to `last`.

    `first` is the earliest month of what is compared, `last` the latest; they may lie outside the question's own.
    """
    every = [
        *national_breaks(),
        *(one.what for one in recorded_breaks(store.path)),
        *derived_breaks(store, question),
    ]
    return [
        one
        for one in sorted(every, key=lambda one: (one.happened_on, one.break_id))
        if one.is_definition_change
        and _concerns(one, question)
        and _falls_between(one.happened_on, first, last)
        and concerned_areas(question, one, series_codes(question))
    ]


def rebase_months(
    store: Store, question: Question, figure: str, area_codes: Iterable[str]
) -> dict[str, list[date]]:
    """The months at which the limits of a figure begin anew, by area, oldest first; areas without one are left out."""
    return months_by_area(
        store.path, question.known.definition.id, question.feed_id, figure, map(str, area_codes)
    )


def require_area(store: Store, code: str) -> None:
    """Nothing where the build has an area of this code. Raises UnknownArea."""
    if code not in set(build_facts(store).areas["area_code"]):
        raise UnknownArea(f"There is no area {code!r} in this build. `areas list` shows those there are.")


def usual_feed(store: Store, definition_id: str) -> str:
    """The feed that a definition is asked of where none is named. Raises what `feed_of` raises."""
    known = known_definition(store, definition_id)
    return feed_of(build_facts(store), Selection(definition_id), known.definition)


def series_codes(question: Question) -> list[str]:
    """The area codes of a question's series: those of its level where it is by area, else its own or ''."""
    if "area" in question.selection.by:
        return [*areas_of_level(question.facts, question.selection.level)["area_code"]]
    return [question.selection.area_code or ALL_AREAS]


def _falls_between(day: date, first: date, last: date) -> bool:
    # What happened on the first day of the earliest month lies before all of it, and changes nothing within.
    return first.replace(day=1) < day and day.replace(day=1) <= last


def _concerns(one: Break, question: Question) -> bool:
    wanted = one.concern.definition_id
    return one.concern.is_about_feed(question.feed_id) and wanted in ("", question.known.definition.id)


def _row(code: str, one: Break) -> dict[str, object]:
    return {
        "area_code": code,
        "break_id": one.break_id,
        "happened_on": one.happened_on,
        "month": one.month,
        "kind": one.kind,
        "title": one.title,
        "concerns": one.concern.words,
        "basis": one.basis,
        "is_definition_change": one.is_definition_change,
        "recorded_by": one.recorded_by,
        "reason": one.reason,
    }
