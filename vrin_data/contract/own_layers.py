"""A partnership's own areas as they stand on record: a layer's areas, by the codes of what they hold or by polygon."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vrin_data.contract.codes import OWN
from vrin_data.errors import RefusedInput

ID = re.compile(r"[a-z][a-z0-9-]{0,39}")
LONGEST_NAME = 80
SHOWN = 5
"""How many names or codes a message lists at most."""


@dataclass(frozen=True)
class OwnAreaRecord:
    """One area: its name, and the codes of the areas it holds (members) or its polygon as WKT, EPSG:27700."""

    name: str
    members: tuple[str, ...] = ()
    wkt: str = ""


@dataclass(frozen=True)
class OwnLayerRecord:
    """A layer of own areas, such as beats: its short name, its name in the plural, its areas, and whence they came."""

    layer_id: str
    name: str
    areas: tuple[OwnAreaRecord, ...]
    source: str

    @property
    def level(self) -> str:
        """The level at which its areas stand."""
        return OWN + self.layer_id

    @property
    def basis(self) -> str:
        """What it is made of: boundaries, or lists of areas."""
        return "boundaries" if any(area.wkt for area in self.areas) else "areas"

    @property
    def owners(self) -> dict[str, str]:
        """The name of the area that each listed code is in; of several, the first."""
        found: dict[str, str] = {}
        for area in self.areas:
            for code in area.members:
                found.setdefault(code, area.name)
        return found


def own_area_code(layer_id: str, name: str) -> str:
    """The code of an own area, made of its layer's short name and its own name."""
    return f"{layer_id}:{slug(name)}"


def slug(name: str) -> str:
    """A name in small letters, digits and hyphens; '' where it has no letter or digit of the alphabet."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")


def areas_as_json(areas: Iterable[OwnAreaRecord]) -> str:
    """The areas as JSON, as they are recorded."""
    listed = [
        {"name": area.name, **({"wkt": area.wkt} if area.wkt else {"members": [*area.members]})}
        for area in areas
    ]
    return json.dumps(listed, ensure_ascii=False)


def areas_from_json(text: str) -> tuple[OwnAreaRecord, ...]:
    """The areas of such a JSON text. Raises RefusedInput where it is none."""
    try:
        listed = json.loads(text)
        return tuple(_area(one) for one in listed)
    except (ValueError, TypeError, AttributeError, KeyError):
        raise RefusedInput(
            'The areas are not such a list: [{"name": "...", "members": ["E06000016"]}, ...], or "wkt" in '
            "place of members."
        ) from None


def _area(one: Mapping[str, Any]) -> OwnAreaRecord:
    members = one.get("members", [])
    if isinstance(members, str):
        raise TypeError
    return OwnAreaRecord(str(one["name"]), tuple(str(code) for code in members), str(one.get("wkt", "")))


def layer_faults(layer: OwnLayerRecord) -> list[str]:
    """All that is wrong with a layer whatever areas there are: names, and codes that are listed twice."""
    faults = []
    if not ID.fullmatch(layer.layer_id):
        faults.append(
            f"short name: {layer.layer_id[:45]!r} is none (expected small letters, digits and hyphens, beginning "
            "with a letter, 40 at most, such as beats)"
        )
    elif layer.layer_id.startswith(OWN):
        faults.append(
            f"short name: {layer.layer_id!r} begins with {OWN!r}, as its level does in any case; leave that out"
        )
    if not layer.name.strip():
        faults.append("name: is empty; say what the areas are called, such as Beats")
    if not layer.areas:
        faults.append("areas: there is none; a layer needs one at least")
    return [*faults, *_name_faults(layer), *_content_faults(layer), *_listed_twice(layer)]


def _name_faults(layer: OwnLayerRecord) -> Iterator[str]:
    nameless = [number for number, area in enumerate(layer.areas, start=1) if not slug(area.name)]
    if nameless:
        yield (
            f"names: area {_shown(map(str, nameless))} has no name (expected one letter or digit at least); "
            "name it"
        )
    for area in layer.areas:
        if len(area.name) > LONGEST_NAME:
            yield f"names: {area.name[:20]!r}... is longer than {LONGEST_NAME} letters; shorten it"
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for area in layer.areas:
        alike[slug(area.name)].append(area.name)
    for key, names in alike.items():
        if key and len(names) > 1:
            yield f"names: {len(names)} areas are called {names[0]}; give each a name of its own, or merge them"


def _content_faults(layer: OwnLayerRecord) -> Iterator[str]:
    named = [area for area in layer.areas if slug(area.name)]
    empty = [area.name for area in named if not area.members and not area.wkt]
    if empty:
        yield f"areas: {_shown(empty)} holds nothing; give it areas, or remove it"
    both = [area.name for area in named if area.members and area.wkt]
    kinds = Counter(bool(area.wkt) for area in layer.areas)
    if both or len(kinds) > 1:
        yield "areas: some are lists of codes and some are polygons; make two layers of them"


def _listed_twice(layer: OwnLayerRecord) -> Iterator[str]:
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for area in layer.areas:
        for code in area.members:
            holders[code].append(area.name)
    for code, names in holders.items():
        several = [*dict.fromkeys(names)]
        if len(several) > 1:
            yield f"{code}: is listed in {_shown(several)}; leave it in one of them"
        elif len(names) > 1:
            yield f"{code}: is listed {len(names)} times in {names[0]}; list it once"


def _shown(words: Iterable[str]) -> str:
    listed = [*words]
    more = f" and {len(listed) - SHOWN:,} more" if len(listed) > SHOWN else ""
    return ", ".join(listed[:SHOWN]) + more
