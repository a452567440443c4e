"""Lists of comparators: for each area those most like it, in order, as somebody published or chose them."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vrin_data.errors import RefusedInput

ID = re.compile(r"[a-z][a-z0-9-]{0,39}")
AREA_CODE = re.compile(r"[A-Z]\d{8}")
MOST_NEIGHBOURS = 100
LONGEST_NAME = 80
SHOWN = 8

Neighbours = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class ComparatorList:
    """A list: its short name, its name, and by code of an area the codes of those most like it, the nearest first."""

    list_id: str
    name: str
    neighbours: tuple[tuple[str, tuple[str, ...]], ...]
    source: str

    @property
    def of_areas(self) -> dict[str, tuple[str, ...]]:
        """The comparators by code of the area that they are of."""
        return dict(self.neighbours)

    def with_area(self, area_code: str, comparators: Iterable[str]) -> "ComparatorList":
        """The same list with other comparators of one area; without any the area leaves the list."""
        changed = {**self.of_areas, area_code: tuple(comparators)}
        return ComparatorList(self.list_id, self.name, in_order(changed), self.source)


def in_order(neighbours: Neighbours) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Areas by code with their comparators; those without any are left out."""
    return tuple((code, tuple(own)) for code, own in sorted(neighbours.items()) if own)


def list_faults(one: ComparatorList) -> list[str]:
    """What is wrong with a list, in words."""
    faults = []
    if not ID.fullmatch(one.list_id):
        faults.append(
            f"id: {one.list_id!r} is no short name; small letters, digits and hyphens, such as ons-2024"
        )
    if not one.name.strip() or len(one.name) > LONGEST_NAME:
        faults.append(f"name: needs 1 to {LONGEST_NAME} characters")
    if not one.source.strip():
        faults.append("source: is empty; say who published the list, or whose choice it is")
    if not one.neighbours:
        faults.append("areas: none has a comparator")
    found = [words for code, own in one.neighbours for words in _area_faults(code, own)]
    more = [f"and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    return [*faults, *found[:SHOWN], *more]


def _area_faults(code: str, own: tuple[str, ...]) -> list[str]:
    strange = [one for one in (code, *own) if not AREA_CODE.fullmatch(one)]
    faults = [f"{code}: {one!r} is not an area code such as E07000130" for one in strange]
    if code in own:
        faults.append(f"{code}: is among its own comparators")
    if len(set(own)) < len(own):
        faults.append(f"{code}: has a comparator twice")
    if len(own) > MOST_NEIGHBOURS:
        faults.append(f"{code}: has {len(own)} comparators; at most {MOST_NEIGHBOURS} are kept")
    return faults


def neighbours_as_json(one: ComparatorList) -> str:
    """The comparators as JSON, as they are recorded."""
    return json.dumps(one.of_areas)


def neighbours_from_json(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The comparators of such a text. Raises RefusedInput where it is none."""
    try:
        found = json.loads(text)
        return in_order({str(code): tuple(map(str, own)) for code, own in found.items()})
    except (json.JSONDecodeError, AttributeError, TypeError):
        raise RefusedInput("The list of comparators is not written as VRIN writes one.") from None
