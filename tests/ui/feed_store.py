"""A store made by hand that has every state of the ledger once, as it stood on AS_OF, and its page."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from tests.measures.builds import LEICS_POLICE, NOTTS_POLICE, Build
from vrin_data.contract.agreements import Agreement
from vrin_data.records import declare, hold_file, save_agreement
from vrin_data.store import Store

AS_OF = date(2025, 7, 10)
NOW = datetime(2025, 7, 10, 9, 0)
SHELL = Path(__file__).parents[2] / "vrin_ui" / "shell.py"
POLICE, YOUTH, ADMISSIONS = "police-offences", "youth-justice", "hospital-admissions"
LEICS_YOUTH, DERBY_ICB = "leicester-youth-justice", "derbyshire-icb"


def whole_ledger(folder: Path) -> Store:
    """Leicestershire Police has January twice, no February, March in part, April late, no crimes in May and
    June stopped; Nottinghamshire Police has May past its agreed day; youth justice comes by quarter.
    """
    store = _build().publish(folder / "store")
    agree(store, LEICS_POLICE)
    agree(store, NOTTS_POLICE, legal_power="cda-115", start_day=date(2025, 5, 1))
    terms = {"cadence_every": "quarter", "due_rule": "days:30", "legal_power": "other"}
    agree(store, LEICS_YOUTH, YOUTH, **terms, legal_power_words="Section 39 of the Act of 1998")
    june = folder / "june.csv"
    june.write_text("x\n1\n", encoding="utf-8")
    found = [{"period": "2025-06", "findings": ["3 where about 80 are usual (stop)"]}]
    of = {"feed_id": POLICE, "supplier_id": LEICS_POLICE, "period": "2025-06"}
    hold_file(store.path, june, **of, findings=found, held_at=NOW)
    _declare(store, "held_by_partner", "public health has it", date(2025, 1, 1), date(2025, 3, 1))
    _declare(store, "withheld", "asked in writing", date(2025, 4, 1), date(2025, 4, 1))
    return store


def _declare(store: Store, state: str, reason: str, first: date, last: date) -> None:
    of = {"from_month": first, "to_month": last, "recorded_by": "lead", "recorded_at": NOW}
    declare(store.path, DERBY_ICB, ADMISSIONS, state=state, reason=reason, **of)


def _build() -> Build:
    build = Build()
    first = build.sent(LEICS_POLICE, "2025-01", status="superseded")
    again = build.sent(LEICS_POLICE, "2025-01", received_at=datetime(2025, 6, 1), replaces_id=first)
    build.changes = [_change(again, first)]
    march = build.sent(LEICS_POLICE, "2025-03", is_partial=True)
    build.found(march, "volume_low", "partial", "4 where about 10 are usual")
    build.sent(LEICS_POLICE, "2025-04", received_at=datetime(2025, 5, 27))
    build.sent(LEICS_POLICE, "2025-05", is_nil=True, rows_in_count=0, rows_kept_count=0, incident_count=0)
    build.sent(LEICS_YOUTH, "2025-01", months=3, feed_id=YOUTH)
    return build


def _change(later: int, earlier: int) -> dict[str, Any]:
    counts = {"added_count": 2, "vanished_count": 1, "changed_count": 0, "same_count": 3}
    events = {"quantity_before_count": 4, "quantity_after_count": 5}
    of = {
        "submission_id": later,
        "replaces_id": earlier,
        "month": date(2025, 1, 1),
        "offence_group": "Robbery",
    }
    return {**of, **counts, **events}


def agree(store: Store, supplier: str, feed: str = POLICE, **fields: Any) -> Agreement:
    """Put a live agreement on record."""
    values: dict[str, Any] = {
        "agreement_id": f"{supplier}-agreement",
        "name": f"Sharing with {supplier}",
        "supplier_ids": (supplier,),
        "feed_ids": (feed,),
        "data_items": "Rows as the feed says.",
        "data_kind": "depersonalised",
        "purpose": "The serious violence duty.",
        "legal_power": "cda-17a",
        "cadence_every": "month",
        "due_rule": "days:15",
        "retention_months": 84,
        "review_day": date(2027, 3, 31),
        "start_day": date(2025, 1, 1),
        "signatories": ("Head of Performance",),
        "supplier_lead": "Head of Performance",
        "status": "live",
    }
    one = Agreement(**{**values, **fields})
    return save_agreement(store.path, one, recorded_by="data lead", recorded_at=NOW)


def opened(app: AppTest, page: str, **params: str) -> AppTest:
    """A page of the data lead's, opened through the shell without an error."""
    # By its address, as a link opens it: before switch_page the overview would have to be drawn, for nothing.
    app._page_hash = calc_hash(page.replace("_", "-"))
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, app.exception
    return app


def words(app: AppTest) -> str:
    """All that a page says outside its charts and tables, without the signs that keep Markdown off."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error", "success")
    return "\n".join(str(one.value).replace("\\", "") for kind in kinds for one in app.get(kind))


def table(app: AppTest, column: str) -> Any:
    """The first table that has a column of this name."""
    return next(one.value for one in app.dataframe if column in one.value.columns)
