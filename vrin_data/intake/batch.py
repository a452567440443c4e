"""What a call hands in: files of a feed with what is said of them, and the terms under which they come in."""

from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path

from vrin_data.contract.suppliers import Supplier
from vrin_data.contract.variant_text import read_variant
from vrin_data.contract.variants import Variant
from vrin_data.errors import UsageError
from vrin_data.intake.gate import gate_of
from vrin_data.intake.terms import Acceptance, Receipts, Terms
from vrin_data.records import agreements, all_suppliers, supplier_named, variants
from vrin_data.store import Store

AUTOMATIC = "auto"
"""In place of a feed: each file is of the one that it is recognised as."""


@dataclass(frozen=True)
class Batch:
    """Files of one feed (or `auto`: each of the feed it is recognised as), and what is said of them.

    `period` is the first day and the first day after; `received_at` (UTC) is when they came, where that
    is not the time of the call, and `receipts` the same by supplier, feed and period;
    `without_agreement` and `accepted` name a person who lets the files in against the rules.
    """

    feed_id: str
    paths: tuple[Path, ...]
    supplier: str | None = None
    period: tuple[date, date] | None = None
    extracted_at: datetime | None = None
    received_at: datetime | None = None
    variant: Variant | None = None
    receipts: Receipts = field(default_factory=dict)
    without_agreement: Acceptance | None = None
    accepted: Acceptance | None = None


def terms_of(store: Store, batch: Batch, received_at: datetime, *, is_dry_run: bool = False) -> Terms:
    """The terms of a batch. Raises UsageError for an unknown supplier."""
    held = agreements(store.path)
    return Terms(
        received_at=batch.received_at or received_at,
        register=all_suppliers(store.path),
        gate=gate_of(
            store.path, override=batch.without_agreement, received_at=received_at, is_dry_run=is_dry_run
        ),
        sender=named_supplier(store, batch.supplier),
        period=batch.period,
        extracted_at=batch.extracted_at,
        receipts=batch.receipts,
        variants=(batch.variant,) if batch.variant else recorded_variants(store),
        dropped={one.agreement_id: frozenset(one.identifiers_to_drop) for one in held},
        accepted=batch.accepted,
        with_person_keys=frozenset(one.agreement_id for one in held if one.covers_person_keys),
    )


def recorded_variants(store: Store) -> tuple[Variant, ...]:
    """The variants in use, newest first."""
    return tuple(
        read_variant(one.toml, f"variant {one.variant_id}").model_copy(update={"supplier": one.supplier_id})
        for one in variants(store.path)
    )


def named_supplier(store: Store, name: str | None) -> Supplier | None:
    """The supplier that a call names, None where it names none. Raises UsageError for an unknown one."""
    if name is None:
        return None
    found = supplier_named(store.path, name)
    if found is None:
        alike = get_close_matches(name, all_suppliers(store.path), n=4, cutoff=0.4)
        words = f" Did you mean {', '.join(alike)}?" if alike else ""
        raise UsageError(
            f"There is no supplier {name!r}.{words} `suppliers list` shows all, `suppliers add` adds one."
        )
    return found
