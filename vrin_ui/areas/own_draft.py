"""A layer of own areas while a person edits it: each change gives a new draft, so that the last one can be undone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from vrin_data.contract.own_layers import OwnAreaRecord, OwnLayerRecord, slug
from vrin_data.errors import RefusedInput
from vrin_ui.areas.nesting import Nesting

LEFT_OVER = ""
"""The place of what is in no area."""
SCREEN = "the screen Areas"


@dataclass(frozen=True)
class Draft:
    """Areas by name in order, each with the codes it holds; `base` is the version that it began from, 0 for none."""

    layer_id: str = ""
    name: str = ""
    areas: tuple[tuple[str, tuple[str, ...]], ...] = ()
    base: int = 0

    @property
    def names(self) -> list[str]:
        """The names of its areas."""
        return [name for name, _ in self.areas]

    def members(self, name: str) -> tuple[str, ...]:
        """The codes that an area holds; none for one that is not there."""
        return dict(self.areas).get(name, ())

    def record(self) -> OwnLayerRecord:
        """The layer as it goes on record."""
        areas = tuple(OwnAreaRecord(name, members) for name, members in self.areas)
        return OwnLayerRecord(self.layer_id, self.name, areas, SCREEN)


def of_record(layer: OwnLayerRecord, version: int) -> Draft:
    """A draft that begins from a layer on record that is made of lists."""
    return Draft(layer.layer_id, layer.name, tuple((one.name, one.members) for one in layer.areas), version)


def of_level(level: str, name: str, nesting: Nesting) -> Draft:
    """A draft in which every area of a level is an area of its own, as districts where it is made of them."""
    taken: dict[str, tuple[str, ...]] = {}
    for code in nesting.of_level(level):
        members = (code,) if level in ("district", "force") else _as_districts(code, nesting)
        own = nesting.names[code]
        taken[own if own not in taken else f"{own} ({code})"] = members
    return Draft(slug(name)[:40], name, tuple(taken.items()))


def _as_districts(code: str, nesting: Nesting) -> tuple[str, ...]:
    districts = nesting.parts(code, "district")
    return (code,) if any(nesting.levels[one] != "district" for one in districts) else tuple(districts)


def merged(draft: Draft, names: Sequence[str], into: str) -> Draft:
    """The draft with several areas as one, in the place of the first of them."""
    if len(names) < 2:
        raise RefusedInput("Choose two areas or more to merge.")
    _name_is_free(draft, into, among=names)
    held = tuple(dict.fromkeys(code for name in names for code in draft.members(name)))
    areas = [
        (into, held) if name == names[0] else (name, members)
        for name, members in draft.areas
        if name == names[0] or name not in names
    ]
    return replace(draft, areas=tuple(areas))


def renamed(draft: Draft, name: str, to: str) -> Draft:
    """The draft with an area under another name."""
    _name_is_free(draft, to, among=[name])
    return replace(draft, areas=tuple((to if one == name else one, held) for one, held in draft.areas))


def added(draft: Draft, name: str) -> Draft:
    """The draft with one more area, which holds nothing yet."""
    _name_is_free(draft, name, among=())
    return replace(draft, areas=(*draft.areas, (name, ())))


def removed(draft: Draft, names: Iterable[str]) -> Draft:
    """The draft without some areas; what they held is left over."""
    gone = set(names)
    if not gone:
        raise RefusedInput("Choose an area to remove.")
    return replace(draft, areas=tuple(one for one in draft.areas if one[0] not in gone))


def moved(draft: Draft, codes: Sequence[str], to: str, nesting: Nesting) -> Draft:
    """The draft with official areas in another own area, or in none (LEFT_OVER), and in no other."""
    if not codes:
        raise RefusedInput("Choose what to move.")
    areas = {name: _without(members, codes, nesting) for name, members in draft.areas}
    if to != LEFT_OVER:
        areas[to] = (*areas.get(to, ()), *codes)
    return replace(draft, areas=tuple(areas.items()))


def _without(members: tuple[str, ...], codes: Sequence[str], nesting: Nesting) -> tuple[str, ...]:
    """Codes that hold what the members hold, without some areas: a district that loses a part is split up."""
    kept = list(members)
    for code in codes:
        gone = nesting.small(code)
        parts: list[str] = []
        for member in kept:
            if member == code or code in nesting.above.get(member, ()):
                continue
            if not nesting.small(member) & gone:
                parts.append(member)
                continue
            rest = nesting.parts(member, nesting.levels[code])
            if any(nesting.small(one) & gone and not nesting.small(one) <= gone for one in rest):
                rest = sorted(nesting.small(member))
            parts += [one for one in rest if not nesting.small(one) & gone]
        kept = parts
    return tuple(dict.fromkeys(kept))


def _name_is_free(draft: Draft, name: str, *, among: Sequence[str]) -> None:
    if not slug(name):
        raise RefusedInput("Give the area a name with a letter or a digit.")
    others = [one for one in draft.names if one not in among]
    if slug(name) in {slug(one) for one in others}:
        raise RefusedInput(f"There is an area called {name} already. Choose another name, or merge the two.")
