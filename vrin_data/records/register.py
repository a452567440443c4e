"""The register: every agreement, and beside them the licences under which open data stand by themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from vrin_data.contract.agreement_checks import ALL
from vrin_data.contract.agreements import Agreement, expiry_words
from vrin_data.contract.feeds import Feed
from vrin_data.records.agreements import agreements


@dataclass(frozen=True)
class RegisterRow:
    """One line of the register; days are None for a licence, which does not end by itself."""

    id: str
    kind: Literal["agreement", "licence"]
    name: str
    version: int
    supplier_ids: tuple[str, ...]
    feed_ids: tuple[str, ...]
    legal_power: str
    status: str
    start_day: date | None
    review_day: date | None
    end_day: date | None
    warnings: tuple[str, ...]


def register(store_path: Path, feeds: Iterable[Feed], *, today: date) -> list[RegisterRow]:
    """Agreements by id, then the licence of every feed that has one, with the warnings of the day."""
    found = [_agreement_row(one, today) for one in agreements(store_path)]
    return found + [_licence_row(one) for one in feeds if one.licence]


def _agreement_row(one: Agreement, today: date) -> RegisterRow:
    return RegisterRow(
        id=one.agreement_id,
        kind="agreement",
        name=one.name,
        version=one.version,
        supplier_ids=one.supplier_ids,
        feed_ids=one.feed_ids,
        legal_power=one.legal_power,
        status=one.status,
        start_day=one.start_day,
        review_day=one.review_day,
        end_day=one.end_day,
        warnings=tuple(expiry_words(one, today)),
    )


def _licence_row(one: Feed) -> RegisterRow:
    return RegisterRow(
        id=one.licence,
        kind="licence",
        name=one.name,
        version=1,
        supplier_ids=(ALL,),
        feed_ids=(one.id,),
        legal_power="open-licence",
        status="live",
        start_day=None,
        review_day=None,
        end_day=None,
        warnings=(),
    )
