"""Who hands data in: suppliers with the area they answer for and the spellings of their names."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from vrin_data.contract import reference


@dataclass(frozen=True)
class Supplier:
    """One row of `reference/suppliers.csv`; the home area is None for a supplier without one.

    The home area is a district, a community safety partnership or a police force area, as
    `home_area_level` says: the smallest of these in which all that the supplier answers for lies.
    """

    supplier_id: str
    supplier_name: str
    kind: str
    home_area_code: str | None
    home_area_level: str | None
    aliases: tuple[str, ...]


@lru_cache(maxsize=1)
def suppliers() -> dict[str, Supplier]:
    """Every supplier that VRIN brings with it, by its id; police forces first."""
    found = [
        Supplier(
            supplier_id=row["supplier_id"],
            supplier_name=row["supplier_name"],
            kind=row["kind"],
            home_area_code=row["home_area_code"] or None,
            home_area_level=row["home_area_level"] or None,
            aliases=tuple(filter(None, row["aliases"].split("|"))),
        )
        for row in reference.rows("suppliers.csv")
    ]
    return {supplier.supplier_id: supplier for supplier in found}


def register(added: Iterable[Supplier] = ()) -> dict[str, Supplier]:
    """Every supplier by its id: those that VRIN brings with it and those that a partnership added."""
    return {**suppliers(), **{supplier.supplier_id: supplier for supplier in added}}


def of_kinds(known: Mapping[str, Supplier], kinds: Iterable[str]) -> dict[str, Supplier]:
    """The suppliers of these kinds: those from whom a feed may come."""
    wanted = frozenset(kinds)
    return {supplier_id: supplier for supplier_id, supplier in known.items() if supplier.kind in wanted}


def find_supplier(text: str, among: Mapping[str, Supplier] | None = None) -> Supplier | None:
    """The supplier of an id, name or alias, whatever its case and punctuation; None where nobody is.

    A county's bare name belongs to its police force, its fire service and others at once: the one is
    meant that stands among the suppliers asked for, and the first of several.
    """
    spellings = _known_spellings() if among is None else by_spelling(among.values())
    return spellings.get(plain(text))


def by_spelling(known: Iterable[Supplier]) -> dict[str, Supplier]:
    """The suppliers by every spelling of their ids, names and aliases, each made plain."""
    found: dict[str, Supplier] = {}
    for supplier in known:
        for spelling in (supplier.supplier_id, supplier.supplier_name, *supplier.aliases):
            found.setdefault(plain(spelling), supplier)
    return found


def plain(text: str) -> str:
    """A name without case and punctuation, for comparison only."""
    return " ".join(re.findall(r"[a-z0-9]+", text.casefold().replace("&", " and ")))


@lru_cache(maxsize=1)
def _known_spellings() -> dict[str, Supplier]:
    return by_spelling(suppliers().values())
