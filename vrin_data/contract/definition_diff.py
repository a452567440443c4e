"""What has to change in one definition to make it mean another: clause by clause, each change in words."""

from collections.abc import Iterable, Iterator
from functools import reduce

from vrin_data.contract.clause_changes import ClauseChange, Place, narrowing_changes, offence_changes
from vrin_data.contract.definition_clauses import Part
from vrin_data.contract.definition_model import Definition
from vrin_data.contract.definition_normal import checked, items, meaning, normal
from vrin_data.contract.definition_words import UNKNOWN_WORDS, part_words

_TEXTS = {
    "number": "number",
    "name": "name",
    "summary": "summary",
    "status": "status",
    "source": "source",
    "author": "author",
    "valid_from": "in use from",
    "valid_to": "in use to",
    "reason": "reason",
    "cannot_say": "what it cannot say",
    "approval": "approval",
    "is_universe": "only a list of candidates",
}
"""What is said of a definition and moves no figure."""


def clause_changes(first: Definition, second: Definition) -> list[ClauseChange]:
    """The changes that make the first mean the second; none where they mean the same already.

    Each can be made alone (`apply`), and all of them together (`changed`).
    """
    before, after = normal(first), normal(second)
    matched = _matched(before, after)
    found = [*_whole_changes(before, after)]
    for own, other in matched:
        shown = own.name if len(before.parts) > 1 else other.name if len(after.parts) > 1 else ""
        place = Place(shown, own.name)
        found += [*offence_changes(place, own, other), *narrowing_changes(place, own, other)]
    found += _parts_added(after, {other.name for _, other in matched})
    found += _parts_taken_out(before, {own.name for own, _ in matched})
    return found


def changed(definition: Definition, changes: Iterable[ClauseChange]) -> Definition | None:
    """The definition with all these changes made, None where the language refuses what comes of it."""
    return checked(reduce(lambda so_far, change: change.edit(so_far), changes, normal(definition)))


def text_changes(first: Definition, second: Definition) -> list[str]:
    """What is said differently of the two, a line each, such as their name, source or reason."""
    return [
        f"{words}: {_said(getattr(first, name))} becomes {_said(getattr(second, name))}"
        for name, words in _TEXTS.items()
        if getattr(first, name) != getattr(second, name)
    ]


def _whole_changes(before: Definition, after: Definition) -> Iterator[ClauseChange]:
    if before.unit != after.unit:
        words = f"Counts {after.unit}s and not {before.unit}s"
        yield ClauseChange("unit", words, lambda one: one.model_copy(update={"unit": after.unit}))
    if before.unknown != after.unknown:
        now, then = UNKNOWN_WORDS[after.unknown], UNKNOWN_WORDS[before.unknown]
        words = f"What cannot be told {now}; before, it {then}"
        yield ClauseChange("unknown", words, lambda one: one.model_copy(update={"unknown": after.unknown}))
    yield from narrowing_changes(Place(), before, after)


def _matched(before: Definition, after: Definition) -> list[tuple[Part, Part]]:
    """Parts of the same name, then those that share most of what they take in; single parts in any case."""
    if len(before.parts) == len(after.parts) == 1:
        return [(before.parts[0], after.parts[0])]
    left = {part.name: part for part in before.parts}
    found, others = [], []
    for part in after.parts:
        found += [(left.pop(part.name), part)] if part.name in left else []
        others += [] if found and found[-1][1] is part else [part]
    for part in others:
        likeness, name = max(((_likeness(one, part), one.name) for one in left.values()), default=(0.0, ""))
        if likeness > 0.5:
            found.append((left.pop(name), part))
    return found


def _likeness(one: Part, other: Part) -> float:
    """The share of what either names that both name."""
    mine, yours = meaning(items(one.include)), meaning(items(other.include))
    return len(mine & yours) / max(len(mine | yours), 1)


def _parts_added(after: Definition, kept: set[str]) -> list[ClauseChange]:
    def adding(part: Part) -> ClauseChange:
        words = f"Adds the part “{part.name}”: {part_words(after, part)}"
        return ClauseChange(
            f"parts.{part.name}",
            words,
            lambda one: one.model_copy(update={"parts": (*one.parts, part)}),
        )

    return [adding(part) for part in after.parts if part.name not in kept]


def _parts_taken_out(before: Definition, kept: set[str]) -> list[ClauseChange]:
    def taking_out(part: Part) -> ClauseChange:
        words = f"Takes out the part “{part.name}”: {part_words(before, part)}"
        return ClauseChange(
            f"parts.{part.name}",
            words,
            lambda one: one.model_copy(
                update={"parts": tuple(each for each in one.parts if each.name != part.name)}
            ),
        )

    return [taking_out(part) for part in before.parts if part.name not in kept]


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(f"“{one}”" for one in value) or "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"“{value}”" if value not in (None, "") else "nothing"
