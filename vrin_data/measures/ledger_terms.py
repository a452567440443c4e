"""What the ledger is made of beside submissions: agreements, declarations, files that wait, names."""

from datetime import date

from vrin_data.contract.feeds import feeds
from vrin_data.measures.handed_in import HandedIn
from vrin_data.measures.ledger_states import Decisions, held_months
from vrin_data.measures.selection import month_of
from vrin_data.measures.spans import Known, Pair
from vrin_data.records import agreements, all_suppliers, expectations, held_files
from vrin_data.store import Store


def decisions_of(store: Store, as_of: date) -> Decisions:
    """What people declared, and the files that wait for one of them and had come by a day."""
    held = [one for one in held_files(store.path) if one.held_at.date() <= as_of]
    return Decisions(tuple(expectations(store.path)), tuple(held))


def known_of(store: Store, had: HandedIn, decisions: Decisions, as_of: date) -> Known:
    """What spans are made of. A supplier is of the kind the build has, else of the one registered."""
    registered = {one.supplier_id: one.kind for one in all_suppliers(store.path).values()}
    in_build = dict(zip(had.suppliers["supplier_id"], had.suppliers["kind"], strict=True))
    return Known(
        agreements=tuple(agreements(store.path)),
        declarations=decisions.declarations,
        kinds=registered | in_build,
        came=_waiting(decisions) | _came(had),
        feeds=feeds(),
        as_of=as_of,
    )


def names_of(store: Store, had: HandedIn) -> dict[str, str]:
    """Names of suppliers: as the build has them, and of those that never sent as they are registered."""
    registered = {one.supplier_id: one.supplier_name for one in all_suppliers(store.path).values()}
    in_build = dict(zip(had.suppliers["supplier_id"], had.suppliers["supplier_name"], strict=True))
    return {one: one for one in had.units["supplier_id"].unique()} | registered | in_build


def _came(had: HandedIn) -> dict[Pair, tuple[date, date, date]]:
    ends = had.units.groupby(list(Pair._fields), as_index=False).agg(
        {"first_month": "min", "last_month": "max", "received_on": "min"}
    )
    return {
        Pair(row.supplier_id, row.feed_id): (
            month_of(int(row.first_month)),
            month_of(int(row.last_month)),
            row.received_on.date(),
        )
        for row in ends.itertuples(index=False)
    }


def _waiting(decisions: Decisions) -> dict[Pair, tuple[date, date, date]]:
    """What was stopped did come, so that a feed of which nothing else came stands in the ledger too."""
    found: dict[Pair, tuple[date, date, date]] = {}
    for one in decisions.held:
        if one.supplier_id is not None:
            first, last = held_months(one)
            months = month_of(first), month_of(last), one.held_at.date()
            found.setdefault(Pair(one.supplier_id, one.feed_id), months)
    return found
