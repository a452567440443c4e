"""Definitions put to one selection, side by side: what every comparison begins with, and its stamp."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from vrin_data.contract.definitions import Definition
from vrin_data.errors import UsageError
from vrin_data.measures.definition_notes import coding_notes, definition_notes, term_notes
from vrin_data.measures.doubts import doubt_notes
from vrin_data.measures.harm_notes import population_note
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.ruling import ruling_of
from vrin_data.measures.selection import Selection
from vrin_data.measures.stamp import STANDING, Stamp
from vrin_data.measures.stamps import question_stamp
from vrin_data.measures.tally import tally_of_whole_periods
from vrin_data.measures.weight_kinds import require_kind
from vrin_data.store import Store

FEW = 2
"""Definitions whose notes are all printed; of more, what each cannot say is left to the definition's own page."""


@dataclass(frozen=True)
class CompareRequest:
    """Definitions to be run beside each other: an id, for the version in force, or id@version.

    `one_figure` asks for single figures, and is refused with the reason where there are none.
    """

    selection: Selection
    definitions: tuple[str, ...]
    one_figure: bool = False


def questions_of(store: Store, request: CompareRequest) -> list[Question]:
    """The selection put under each definition, in the order given.

    Raises UsageError where there is none, or where they count different things.
    """
    refs = [*dict.fromkeys(request.definitions)]
    if not refs:
        raise UsageError("Name the definitions to compare: --definition ID, once for each of them.")
    asked = [question_of(store, replace(request.selection, definition=ref)) for ref in refs]
    require_same_feed(asked)
    require_kind(asked[0].edition, "days")
    return asked


def two_questions(store: Store, request: CompareRequest) -> tuple[Question, Question]:
    """The two questions of a comparison that takes exactly two. Raises UsageError for more or fewer."""
    asked = questions_of(store, request)
    if len(asked) != 2:
        raise UsageError(f"This sets two definitions beside each other, and {len(asked)} were given.")
    return asked[0], asked[1]


def require_same_feed(asked: Sequence[Question]) -> None:
    """Raise UsageError where the questions are answered from different feeds: those are never set side by side."""
    feeds = {one.feed_id: one.known.definition for one in asked}
    if len(feeds) > 1:
        words = ", ".join(f"{chosen.label} ({chosen.unit}s, {feed})" for feed, chosen in feeds.items())
        raise UsageError(
            f"These definitions count different things, so they cannot be compared: {words}. "
            "Compare definitions of one unit."
        )


def comparison_stamp(store: Store, asked: Sequence[Question], notes: Sequence[str] = ()) -> Stamp:
    """The stamp of a comparison: every definition by id and version, and what must be said of each."""
    stamp = question_stamp(asked[0])
    told = [[f"{_chosen(one).label}: {note}" for note in _notes(store, one, len(asked))] for one in asked]
    common = [
        note for note in stamp.notes if note not in definition_notes(asked[0].selection, _chosen(asked[0]))
    ]
    return replace(
        stamp,
        definition=", ".join(_chosen(one).label for one in asked),
        definition_name="; ".join(_chosen(one).name for one in asked),
        definition_state="",
        notes=tuple(dict.fromkeys([*notes, *chain.from_iterable(told), *_terms(asked), *common])),
    )


def _notes(store: Store, question: Question, beside: int) -> list[str]:
    """What must be said of one definition; of many at once only what bears on the figures themselves."""
    standing = STANDING.get(question.known.state, "").lstrip(", ")
    tally = tally_of_whole_periods(store, question)
    notes = [f"it is {standing}"] if standing else []
    notes += doubt_notes(store, question, ruling_of(store, question), tally)
    return notes if beside > FEW else [*notes, *coding_notes(question.selection, _chosen(question))]


def _terms(asked: Sequence[Question]) -> list[str]:
    few = len(asked) <= FEW
    return [
        *term_notes(asked[0].selection),
        *([] if few else ["what a definition cannot say stands with the definition itself"]),
        *population_note(asked[0]),
    ]


def _chosen(question: Question) -> Definition:
    return question.known.definition
