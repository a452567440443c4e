"""What the tests of measures share: stores of hand-made builds, and agreements on record."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.measures.builds import Build
from vrin_data.contract.agreements import Agreement
from vrin_data.records import save_agreement
from vrin_data.store import Store

RECORDED = datetime(2025, 1, 1, 9, 0)


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Callable[[Build], Store]]:
    """A function that publishes a build into a new store."""
    opened: list[Store] = []

    def publish(build: Build) -> Store:
        opened.append(build.publish(tmp_path / f"store{len(opened)}"))
        return opened[-1]

    yield publish
    for store in opened:
        store.close()


@pytest.fixture
def agree() -> Callable[..., Agreement]:
    """A function that puts a live agreement of one supplier and feed on record."""

    def save(store: Store, supplier: str, feed: str = "police-offences", **fields: Any) -> Agreement:
        values: dict[str, Any] = {
            "agreement_id": f"{supplier}-{feed}",
            "name": f"Sharing with {supplier}",
            "supplier_ids": (supplier,),
            "feed_ids": (feed,),
            "data_items": "as the feed says",
            "data_kind": "depersonalised",
            "purpose": "the serious violence duty",
            "legal_power": "cda-17a",
            "cadence_every": "month",
            "due_rule": "days:15",
            "retention_months": 84,
            "review_day": date(2027, 3, 31),
            "start_day": date(2025, 1, 1),
            "signatories": ("Head of Performance",),
            "status": "live",
        }
        one = Agreement(**{**values, **fields})
        return save_agreement(store.path, one, recorded_by="data lead", recorded_at=RECORDED)

    return save
