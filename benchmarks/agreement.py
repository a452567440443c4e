"""An agreement for a benchmark's supplier, without which nothing of it is taken in or expected."""

from datetime import date, datetime

from vrin_data.contract.agreements import Agreement
from vrin_data.records import save_agreement
from vrin_data.store import Store


def agree(store: Store, supplier: str, feed: str, *, start: date) -> None:
    """Put a live agreement on record under which the supplier sends the feed from `start` on."""
    one = Agreement(
        agreement_id=f"{supplier}-{feed}",
        name=f"{supplier} {feed}",
        supplier_ids=(supplier,),
        feed_ids=(feed,),
        data_items="as the feed says",
        data_kind="depersonalised",
        purpose="to measure",
        legal_power="cda-17a",
        retention_months=1200,
        review_day=date(2090, 1, 1),
        start_day=start,
        signatories=("Head of Performance",),
        status="live",
    )
    save_agreement(store.path, one, recorded_by="data lead", recorded_at=datetime(2026, 4, 1))
