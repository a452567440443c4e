"""`suppliers`: who hands data in, and adding one, from the command line."""

import argparse

from vrin_data.cli.options import SubCommands, add_actions, add_command, add_format, add_person, as_json, now
from vrin_data.contract.suppliers import Supplier
from vrin_data.records import add_supplier, all_suppliers
from vrin_data.store import Store


def add_parser(commands: SubCommands) -> None:
    """Add the command and its actions."""
    actions = add_actions(add_command(commands, "suppliers", "Suppliers: who hands data in."))
    shown = add_command(actions, "list", "Suppliers that are known, by id.")
    shown.add_argument("--kind", help="only of this kind, such as police")
    add_format(shown)
    added = add_command(actions, "add", "Add a supplier of this partnership's own.")
    added.add_argument("supplier_id", metavar="ID", help="small letters, digits and hyphens: royal-infirmary")
    added.add_argument("--name", required=True, help="its full name")
    added.add_argument("--kind", required=True, help="kind of supplier, as the feeds name it")
    added.add_argument("--area", metavar="CODE", help="the area it answers for")
    added.add_argument("--level", help="level of that area, such as force or district")
    added.add_argument("--alias", action="append", default=[], help="another spelling; may be repeated")
    add_person(added)


def run(options: argparse.Namespace, store: Store) -> int:
    """Do the action that was asked for and print what came of it."""
    print(_add(options, store) if options.action == "add" else _list(options, store))
    return 0


def _list(options: argparse.Namespace, store: Store) -> str:
    listed = sorted(all_suppliers(store.path).values(), key=lambda one: one.supplier_id)
    found = [one for one in listed if options.kind in (None, one.kind)]
    if options.format == "json":
        return as_json(found)
    return "\n".join(f"{one.supplier_id}  {one.kind}  {one.supplier_name}" for one in found)


def _add(options: argparse.Namespace, store: Store) -> str:
    one = Supplier(
        supplier_id=options.supplier_id,
        supplier_name=options.name,
        kind=options.kind,
        home_area_code=options.area,
        home_area_level=options.level,
        aliases=tuple(options.alias),
    )
    add_supplier(store.path, one, recorded_by=options.by, recorded_at=now())
    return f"{one.supplier_id} is added: {one.supplier_name}, {one.kind}."
