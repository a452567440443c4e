"""The ways in which a clause of a definition can change, each as an edit of a definition in normal form."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from vrin_data.contract.condition_words import age_words, filter_words, harm_words
from vrin_data.contract.definition_clauses import Clause, Filters, OffenceClause, Part
from vrin_data.contract.definition_model import Definition
from vrin_data.contract.definition_normal import (
    Item,
    checked,
    clause_of,
    items,
    meaning,
    normal,
)
from vrin_data.contract.offence_words import clause_words, listed

Edit = Callable[[Definition], Definition]
MOST = 12
"""How many things of one clause are added or taken out one by one; more are one change."""


@dataclass(frozen=True)
class ClauseChange:
    """One change of one clause, in words; `edit` makes it in a definition in normal form."""

    clause: str
    words: str
    edit: Edit

    def apply(self, definition: Definition) -> Definition | None:
        """A definition with this change alone, None where it cannot stand alone."""
        return checked(self.edit(normal(definition)))


class Place(NamedTuple):
    """Where a clause stands: in the whole definition, or in one of its parts; `shown` where it must be said."""

    shown: str = ""
    part: str | None = None

    def path(self, clause: str) -> str:
        """The clause with its part."""
        return f"parts.{self.shown}.{clause}" if self.shown else clause

    def words(self, said: str) -> str:
        """A sentence, with its part before it."""
        return f"In “{self.shown}”: {said[:1].lower()}{said[1:]}" if self.shown else said


def offence_changes(place: Place, before: Part, after: Part) -> Iterator[ClauseChange]:
    """What a part counts and did not, and the other way round; nothing where both amount to the same."""
    if _inside(before) == _inside(after):
        return
    unlimited = before.within is None and after.within is None
    alike = before.include.names_injuries == after.include.names_injuries
    dropping = _limiting(place, before, after) if unlimited and alike else None
    words = ("Adds {}", "Takes out {}")
    yield from _item_changes(place, "include", before.include, after.include, words=words, dropping=dropping)
    if before.within is not None and after.within is not None:
        words = ("Counts of what is named also what is {}", "Counts of what is named no longer what is {}")
        yield from _item_changes(place, "within", before.within, after.within, words=words)
    elif not unlimited:
        said = _within_words(before.within, after.within)
        yield ClauseChange(place.path("within"), place.words(said), _putting(place, "within", after.within))


def narrowing_changes(
    place: Place, before: Part | Definition, after: Part | Definition
) -> Iterator[ClauseChange]:
    """What narrows a part or a whole definition and did not, or narrows it otherwise."""
    words = ("Leaves out {}", "No longer leaves out {}")
    yield from _item_changes(place, "exclude", before.exclude, after.exclude, words=words)
    yield from _filter_changes(place, before.filters, after.filters)
    if {(one.whose, one.bands()) for one in before.ages} != {(one.whose, one.bands()) for one in after.ages}:
        said = _instead([age_words(one) for one in after.ages], [age_words(one) for one in before.ages])
        yield ClauseChange(place.path("ages"), place.words(said), _putting(place, "ages", after.ages))
    if before.harm != after.harm:
        now, then = ([harm_words(one.harm)] if one.harm else [] for one in (after, before))
        yield ClauseChange(
            place.path("harm"), place.words(_instead(now, then)), _putting(place, "harm", after.harm)
        )


def _filter_changes(place: Place, before: Filters, after: Filters) -> Iterator[ClauseChange]:
    for name in Filters.model_fields:
        then, now = getattr(before, name), getattr(after, name)
        if set(then) == set(now):
            continue
        said = _instead(*([filter_words(name, values)] if values else [] for values in (now, then)))
        yield ClauseChange(place.path(f"filters.{name}"), place.words(said), _filtering(place, name, now))


def _item_changes(
    place: Place,
    field: str,
    before: OffenceClause,
    after: OffenceClause,
    *,
    words: tuple[str, str],
    dropping: Callable[[Sequence[Item]], Edit] | None = None,
) -> Iterator[ClauseChange]:
    """What one clause names and the other does not, by meaning: a set and its codes are the same.

    What is taken out leaves behind what the other clause names of it. `dropping` gives another edit for
    taking things out than striking them from the clause.
    """
    then, now = meaning(items(before)), meaning(items(after))
    added = [one for one in items(after) if not meaning([one]) <= then]
    gone = [one for one in items(before) if not meaning([one]) <= now]
    kept = [one for one in items(after) if meaning([one]) <= then]
    for some in _few(added):
        said = words[0].format(_named(some))
        yield ClauseChange(place.path(field), place.words(said), _editing(place, field, adding=some))
    for some in _few(gone):
        rest = [one for one in items(after) if meaning([one]) & meaning(some)]
        said = words[1].format(_named(some)) + (f", all but {_named(rest)}" if rest else "")
        edit = dropping(some) if dropping else _editing(place, field, adding=kept, dropping=some)
        yield ClauseChange(place.path(field), place.words(said), edit)


def _inside(part: Part) -> frozenset[tuple[str, str]]:
    inside = meaning(items(part.include))
    if part.within is None:
        return inside
    return inside & meaning(items(part.within))


def _limiting(place: Place, before: Part, after: Part) -> Callable[[Sequence[Item]], Edit]:
    """Edits that take things out but for what the other part names: all that is named becomes the limit first."""
    everything = [*items(before.include), *items(after.include)]

    def dropping(some: Sequence[Item]) -> Edit:
        def limited(part: Part) -> Part:
            named = everything if part.within is None else items(part.within)
            left = clause_of(one for one in named if one not in some)
            return part.model_copy(update={"within": left})

        return _at(place, limited)

    return dropping


def _few(found: Sequence[Item]) -> list[list[Item]]:
    return [[one] for one in found] if len(found) <= MOST else [list(found)]


def _named(found: Iterable[Item]) -> str:
    return listed(clause_words(clause_of(found)))


def _within_words(before: OffenceClause | None, after: OffenceClause | None) -> str:
    limit, opening = (before, "No longer only") if after is None else (after, "Only")
    return f"{opening} what is also {listed(clause_words(limit or OffenceClause()), last='or')}"


def _instead(now: list[str], then: list[str]) -> str:
    """What is asked for now, and what was, as a sentence."""
    if not now:
        return f"No longer only where {' and '.join(then)}"
    return f"Only where {' and '.join(now)}" + (f"; before, only where {' and '.join(then)}" if then else "")


def _editing(place: Place, field: str, *, adding: Sequence[Item] = (), dropping: Sequence[Item] = ()) -> Edit:
    def edited(holder: Any) -> Clause:
        named = [one for one in (*items(getattr(holder, field)), *adding) if one not in dropping]
        return holder.model_copy(update={field: clause_of(named)})

    return _at(place, edited)


def _filtering(place: Place, name: str, values: tuple[str, ...]) -> Edit:
    return _at(
        place,
        lambda holder: holder.model_copy(
            update={"filters": holder.filters.model_copy(update={name: values})}
        ),
    )


def _putting(place: Place, field: str, value: Any) -> Edit:
    return _at(place, lambda holder: holder.model_copy(update={field: value}))


def _at(place: Place, edited: Callable[[Any], Any]) -> Edit:
    """An edit of the whole definition, or of one of its parts."""
    if place.part is None:
        return edited
    return lambda one: one.model_copy(
        update={"parts": tuple(edited(each) if each.name == place.part else each for each in one.parts)}
    )
