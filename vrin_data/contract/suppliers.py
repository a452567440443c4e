"""Who hands data in: suppliers with the area they answer for and the spellings of their names."""

import re
from dataclasses import dataclass
from functools import lru_cache

from vrin_data.contract import reference


@dataclass(frozen=True)
class Supplier:
    """One row of `reference/suppliers.csv`; the home area is None for a supplier without one."""

    supplier_id: str
    supplier_name: str
    kind: str
    home_area_code: str | None
    home_area_level: str | None
    aliases: tuple[str, ...]


@lru_cache(maxsize=1)
def suppliers() -> dict[str, Supplier]:
    """Every supplier by its id."""
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


def find_supplier(text: str) -> Supplier | None:
    """The supplier of an id, name or alias, whatever its case and punctuation; None where nobody is."""
    supplier_id = _spellings().get(_plain(text))
    return suppliers()[supplier_id] if supplier_id else None


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    return {
        _plain(spelling): supplier.supplier_id
        for supplier in suppliers().values()
        for spelling in (supplier.supplier_id, supplier.supplier_name, *supplier.aliases)
    }


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.casefold().replace("&", " and ")))
