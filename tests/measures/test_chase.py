"""The chase list: who is asked for what, in words that blame nobody."""

from datetime import date, datetime
from typing import Any

import pandas as pd

from tests.measures.builds import LEICS_POLICE, NOTTS_POLICE, Build
from vrin_data import protect
from vrin_data.measures import LedgerRequest, chase
from vrin_data.records import declare
from vrin_data.store import Store

AS_OF = date(2025, 7, 10)

MESSAGE = """\
Dear Head of Performance,

On our side the following does not show as complete. It may be on its way, or may have gone astray here: if so, \
please tell us. This is how it stood on 10 July 2025.

Police recorded offences, under the agreement Sharing with leicestershire-police \
(leicestershire-police-police-offences):
- April 2025, due by 15 May 2025: received on 12 May 2025, and it does not look whole (rows up to 14 April only; \
45% of the usual number). Could you check it and send the whole period again?
- May 2025, due by 15 June 2025: we have not received it.

Where there was nothing to report, a file with its heading line and no rows says so. Where something cannot be \
sent, or not by the agreed day, a line in reply is enough and we will note it.

Please answer to the data lead of the partnership, data@example.org.

Thank you."""


def asked(store: Store, **terms: Any) -> pd.DataFrame:
    answer = chase(store, LedgerRequest(as_of=AS_OF, **terms))
    return protect.present(answer, protect.Viewer.analyst()).frame


def april_in_part() -> Build:
    build = Build()
    april = build.sent(LEICS_POLICE, "2025-04", received_at=datetime(2025, 5, 12), is_partial=True)
    build.found(april, "last_day", "partial", "rows up to 14 April only")
    build.found(april, "volume", "partial", "45% of the usual number")
    return build


def test_one_entry_a_supplier_with_a_message_to_send(stores: Any, agree: Any) -> None:
    store = stores(april_in_part())
    agree(
        store,
        LEICS_POLICE,
        start_day=date(2025, 4, 1),
        supplier_lead="Head of Performance",
        own_lead="the data lead of the partnership, data@example.org",
    )
    entry = asked(store).iloc[0]
    assert entry["message"] == MESSAGE
    assert entry["subject"] == "Data for the partnership: Leicestershire Police, 2 periods"
    assert entry[["item_count", "overdue_count", "partial_count", "days_late_most"]].tolist() == [2, 1, 1, 25]
    assert entry["oldest_due_on"] == pd.Timestamp("2025-05-15")
    assert entry["agreement_ids"] == "leicestershire-police-police-offences"


def test_the_statute_is_named_where_it_sets_the_day_and_a_power_never_is(stores: Any, agree: Any) -> None:
    store = stores(Build())
    agree(store, LEICS_POLICE, cadence_every=None, due_rule="")
    agree(store, NOTTS_POLICE, legal_power="cda-115")
    by_supplier = asked(store).set_index("supplier_id")["message"]
    assert "Section 17A" in by_supplier[LEICS_POLICE]
    assert "Section" not in by_supplier[NOTTS_POLICE]
    assert "January 2025, due by 15 February 2025: we have not received it." in by_supplier[NOTTS_POLICE]


def test_no_message_accuses(stores: Any, agree: Any) -> None:
    store = stores(april_in_part())
    agree(store, LEICS_POLICE)
    text = asked(store).iloc[0]["message"].lower()
    assert not [word for word in ("overdue", "fail", "late", "breach", "must", "wrong") if word in text]


def test_nobody_is_asked_for_what_was_declared_or_is_open_or_backlog(stores: Any, agree: Any) -> None:
    build = Build()
    build.sent(NOTTS_POLICE, "2024-01", feed_id="police-uk", received_at=datetime(2024, 3, 1))
    build.sent(NOTTS_POLICE, "2024-05", is_partial=True, received_at=datetime(2025, 5, 2))
    store = stores(build)
    agree(store, LEICS_POLICE, start_day=date(2025, 4, 1))
    agree(store, NOTTS_POLICE, start_day=date(2025, 7, 1))
    for state, first, last in (("withheld", 4, 4), ("held_by_partner", 5, None)):
        declare(
            store.path,
            LEICS_POLICE,
            "police-offences",
            state=state,
            from_month=date(2025, first, 1),
            to_month=date(2025, last, 1) if last else None,
            reason="said so",
            recorded_by="lead",
            recorded_at=datetime(2025, 6, 1),
        )
    assert asked(store).empty
    assert "message" in asked(store).columns


def test_a_long_list_is_cut_and_says_so(stores: Any, agree: Any) -> None:
    store = stores(Build())
    agree(store, LEICS_POLICE, start_day=date(2024, 1, 1))
    message = asked(store).iloc[0]["message"]
    assert "- 5 earlier periods, from January 2024 on" in message
    assert message.count("we have not received it") == 12
    assert "Dear colleague," in message
    assert "Please answer to the partnership's data lead." in message


def test_suppliers_stand_by_name(stores: Any, agree: Any) -> None:
    store = stores(Build())
    for supplier in (NOTTS_POLICE, LEICS_POLICE):
        agree(store, supplier)
    assert asked(store)["supplier_id"].tolist() == [LEICS_POLICE, NOTTS_POLICE]
    assert asked(store, supplier=NOTTS_POLICE)["supplier_id"].tolist() == [NOTTS_POLICE]
