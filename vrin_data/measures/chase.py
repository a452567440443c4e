"""What to ask suppliers for now: one entry each, with a message that can be sent as it stands."""

from typing import Any

import pandas as pd

from vrin_data.measures.answer import Answer
from vrin_data.measures.chase_words import message, subject
from vrin_data.measures.ledger import LedgerRequest, ledger_frame
from vrin_data.records import agreements
from vrin_data.store import Store

CHASED = ("overdue", "due", "partial")
COLUMNS = [
    "supplier_id",
    "supplier_name",
    "item_count",
    "overdue_count",
    "partial_count",
    "oldest_due_on",
    "days_late_most",
    "agreement_ids",
    "subject",
    "message",
]


def chase(store: Store, request: LedgerRequest) -> Answer:
    """One entry per supplier of whom something is overdue, past an agreed day, or partial; by name.

    Columns: supplier_id, supplier_name, item_count (periods), overdue_count (did not come),
    partial_count, oldest_due_on, days_late_most, agreement_ids, subject and message (plain text).
    Nobody is asked for what was declared withheld or held by a partner, for backlog, for what waits here
    for a decision, or for open data, which their publisher owes nobody.
    """
    frame, stamp = ledger_frame(store, request)
    wanted = frame[
        frame["is_problem"] & frame["is_owed"] & ~frame["is_backlog"] & frame["state"].isin(CHASED)
    ]
    agreed = {one.agreement_id: one for one in agreements(store.path)}
    of_supplier: dict[str, list[Any]] = {}
    for row in wanted.itertuples(index=False):
        of_supplier.setdefault(row.supplier_id, []).append(row)
    entries = [_entry(items, message(items, agreed, request.as_of)) for items in of_supplier.values()]
    return Answer(pd.DataFrame(entries, columns=COLUMNS), stamp)


def _entry(items: list[Any], text: str) -> dict[str, object]:
    partial = sum(one.state == "partial" for one in items)
    return {
        "supplier_id": items[0].supplier_id,
        "supplier_name": items[0].supplier_name,
        "item_count": len(items),
        "overdue_count": len(items) - partial,
        "partial_count": partial,
        "oldest_due_on": min(one.due_on for one in items),
        "days_late_most": max(one.days_late for one in items),
        "agreement_ids": ", ".join(sorted({one.agreement_id for one in items} - {""})),
        "subject": subject(items),
        "message": text,
    }
