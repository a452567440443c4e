"""Suppliers that a partnership added itself, beside those that VRIN knows already."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from vrin_data.contract.codes import LEVELS
from vrin_data.contract.feeds import feeds
from vrin_data.contract.suppliers import Supplier, by_spelling, plain, suppliers
from vrin_data.records.checks import blank, refuse
from vrin_data.records.database import TABLES, rows, writing
from vrin_data.records.events import add_event

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def added_suppliers(store_path: Path) -> list[Supplier]:
    """Suppliers the partnership added, by id."""
    table = TABLES["added_supplier"]
    return [_supplier(row) for row in rows(store_path, sa.select(table).order_by(table.c.supplier_id))]


def all_suppliers(store_path: Path) -> dict[str, Supplier]:
    """Every supplier by id: those that VRIN knows and those added."""
    return {**suppliers(), **{one.supplier_id: one for one in added_suppliers(store_path)}}


def supplier_named(store_path: Path, text: str) -> Supplier | None:
    """The supplier of an id, name or alias, whatever its case and punctuation; None where nobody is."""
    return by_spelling(all_suppliers(store_path).values()).get(plain(text))


def unknown_supplier(store_path: Path, supplier_id: str) -> list[str]:
    """A fault in words where no supplier has this id."""
    if supplier_id in all_suppliers(store_path):
        return []
    return [
        f"supplier: there is no {supplier_id!r}; `suppliers list` shows the ids, `suppliers add` adds one"
    ]


def add_supplier(
    store_path: Path, supplier: Supplier, *, recorded_by: str, recorded_at: datetime
) -> Supplier:
    """Record a new supplier and give it back. Raises RefusedInput with every fault."""
    refuse(
        f"The supplier {supplier.supplier_id!r}",
        [
            *blank({"by": recorded_by, "name": supplier.supplier_name}),
            *_own_faults(supplier),
            *_taken(supplier, all_suppliers(store_path)),
        ],
    )
    with writing(store_path, f"The supplier {supplier.supplier_id}") as connection:
        entry = {**_entry(supplier), "recorded_by": recorded_by, "recorded_at": recorded_at}
        connection.execute(sa.insert(TABLES["added_supplier"]).values(**entry))
        add_event(
            connection, "add supplier", supplier.supplier_id, happened_at=recorded_at, actor=recorded_by
        )
    return supplier


def _own_faults(supplier: Supplier) -> list[str]:
    faults = []
    if not _ID.fullmatch(supplier.supplier_id):
        faults.append("id: use small letters, digits and single hyphens, such as royal-infirmary")
    kinds = sorted(
        {one.kind for one in suppliers().values()}.union(*(one.supplier_kinds for one in feeds().values()))
    )
    if supplier.kind not in kinds:
        faults.append(f"kind: no feed comes from a {supplier.kind!r}; there is: {', '.join(kinds)}")
    if (supplier.home_area_code is None) != (supplier.home_area_level is None):
        faults.append("area: give both its code and its level, or neither")
    if supplier.home_area_level is not None and supplier.home_area_level not in LEVELS:
        faults.append(f"level: there is no {supplier.home_area_level!r}; there is: {', '.join(LEVELS)}")
    return faults


def _taken(supplier: Supplier, known: dict[str, Supplier]) -> list[str]:
    spellings = by_spelling(known.values())
    said = (supplier.supplier_id, supplier.supplier_name, *supplier.aliases)
    return [
        f"{text!r} already stands for {spellings[plain(text)].supplier_id}"
        for text in dict.fromkeys(said)
        if plain(text) in spellings
    ]


def _entry(supplier: Supplier) -> dict[str, Any]:
    return {
        "supplier_id": supplier.supplier_id,
        "supplier_name": supplier.supplier_name,
        "kind": supplier.kind,
        "home_area_code": supplier.home_area_code,
        "home_area_level": supplier.home_area_level,
        "aliases_json": json.dumps(supplier.aliases, ensure_ascii=False),
    }


def _supplier(row: dict[str, Any]) -> Supplier:
    return Supplier(
        supplier_id=row["supplier_id"],
        supplier_name=row["supplier_name"],
        kind=row["kind"],
        home_area_code=row["home_area_code"],
        home_area_level=row["home_area_level"],
        aliases=tuple(json.loads(row["aliases_json"])),
    )
