"""One key for a person whom two files spell differently: both files leave with keys that meet."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from vrin_data.errors import RefusedInput
from vrin_data.protect.alike_persons import (
    NEEDED,
    STRICTER,
    USUAL_THRESHOLD,
    Person,
    alike_persons,
    person_of,
)
from vrin_data.protect.pseudonyms import Made, Secret, pseudonymise, read_table


class Side(NamedTuple):
    """A file with its persons' particulars, their headings, what else to leave out, and the file to send."""

    source: Path
    columns: Mapping[str, str]
    drop: Sequence[str]
    out: Path


class Common(NamedTuple):
    """What came of both files; how many persons are in both, spelt otherwise, and at a stricter threshold."""

    first: Made
    second: Made
    matched: int
    matched_alike: int
    matched_stricter: int


def common_keys(first: Side, second: Side, secret: Secret, *, threshold: float = USUAL_THRESHOLD) -> Common:
    """Write both files with person keys; who is likely a person of the first file has the key of that one.

    Raises RefusedInput where a file lacks a part that the match needs, and what `alike_persons` raises.
    """
    persons = [_persons(side) for side in (first, second)]
    alike = alike_persons(*persons, threshold=threshold)

    def as_in_the_first(parts: dict[str, str]) -> dict[str, str]:
        person = person_of(parts)
        known = alike.first_of.get(person) if person else None
        return dict(zip(NEEDED, known, strict=True)) if known else parts

    made = pseudonymise(first.source, first.out, secret, first.columns, drop=first.drop)
    other = pseudonymise(
        second.source, second.out, secret, second.columns, drop=second.drop, spelt=as_in_the_first
    )
    exact = sum(one == of for one, of in alike.first_of.items())
    return Common(made, other, len(alike.first_of), len(alike.first_of) - exact, alike.stricter_count)


def words(found: Common, *, threshold: float) -> str:
    """What came of it, without any value of the files: with the second threshold, to see how steady the match is."""
    return (
        f"First file: {found.first.rows:,} rows, {found.first.with_key:,} with a person key. Second file: "
        f"{found.second.rows:,} rows, {found.second.with_key:,} with one. {found.matched:,} persons are in both at a "
        f"probability of {threshold:g} ({found.matched_alike:,} of them spelt otherwise); at {STRICTER:g} it would be "
        f"{found.matched_stricter:,}. Look at some pairs before believing the rest."
    )


def _persons(side: Side) -> list[Person]:
    if set(side.columns) != set(NEEDED):
        raise RefusedInput(
            f"{side.source}: persons are matched by {', '.join(NEEDED)}, each with its heading; name all three."
        )
    table = read_table(side.source)
    headings = table[0] if table else []
    absent = [heading for heading in side.columns.values() if heading not in headings]
    if absent:
        raise RefusedInput(
            f"{side.source}: has no column {', '.join(map(repr, absent))}. Its headings stand in its first line."
        )
    at = {part: headings.index(heading) for part, heading in side.columns.items()}
    cells = [[*row, *[""] * (len(headings) - len(row))] for row in table[1:]]
    found = (person_of({part: row[number] for part, number in at.items()}) for row in cells)
    return sorted({person for person in found if person})
