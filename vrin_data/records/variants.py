"""Suppliers' own headings and codes for a feed, as a person confirmed them."""

import tomllib
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from vrin_data.errors import RefusedInput
from vrin_data.records.checks import blank, refuse, unknown_feed
from vrin_data.records.database import TABLES, insert, rows, writing
from vrin_data.records.events import add_event
from vrin_data.records.suppliers import unknown_supplier


@dataclass(frozen=True)
class Variant:
    """One version of what a supplier does differently in a feed."""

    variant_id: int
    supplier_id: str
    feed_id: str
    version: int
    toml: str
    recorded_by: str
    recorded_at: datetime
    retired_at: datetime | None = None


def variants(
    store_path: Path,
    *,
    supplier_id: str | None = None,
    feed_id: str | None = None,
    with_retired: bool = False,
) -> list[Variant]:
    """Variants in use, newest first, of one supplier or feed or of all; with those retired on request.

    A supplier may have several in use: older files keep coming in under older headings.
    """
    table = TABLES["feed_variant"]
    question = sa.select(table).order_by(table.c.variant_id.desc())
    for column, wanted in ((table.c.supplier_id, supplier_id), (table.c.feed_id, feed_id)):
        question = question if wanted is None else question.where(column == wanted)
    if not with_retired:
        question = question.where(table.c.retired_at.is_(None))
    return [Variant(**row) for row in rows(store_path, question)]


def save_variant(
    store_path: Path, supplier_id: str, feed_id: str, toml: str, *, recorded_by: str, recorded_at: datetime
) -> Variant:
    """Record a variant as the next version and give it back; a text in use already adds nothing.

    Raises RefusedInput with every fault. What the text means is checked by those who read it.
    """
    what = f"The variant of {supplier_id} for {feed_id}"
    faults = [*unknown_supplier(store_path, supplier_id), *unknown_feed(feed_id)]
    refuse(what, [*faults, *blank({"by": recorded_by, "text": toml}), *_not_toml(toml)])
    earlier = variants(store_path, supplier_id=supplier_id, feed_id=feed_id, with_retired=True)
    for one in earlier:
        if one.toml == toml and one.retired_at is None:
            return one
    version = max((one.version for one in earlier), default=0) + 1
    made = Variant(0, supplier_id, feed_id, version, toml, recorded_by, recorded_at)
    with writing(store_path, what) as connection:
        entry = {name: value for name, value in vars(made).items() if name != "variant_id"}
        number = insert(connection, "feed_variant", entry)
        add_event(
            connection,
            "record variant",
            f"{supplier_id} {feed_id}",
            happened_at=recorded_at,
            detail={"version": version},
            actor=recorded_by,
        )
    return replace(made, variant_id=number)


def retire_variant(store_path: Path, variant_id: int, *, retired_by: str, retired_at: datetime) -> None:
    """Take a variant out of use; it stays on record. Raises RefusedInput where none of this number is in use."""
    refuse(f"The end of variant {variant_id}", blank({"by": retired_by}))
    table = TABLES["feed_variant"]
    in_use = (table.c.variant_id == variant_id) & table.c.retired_at.is_(None)
    with writing(store_path, f"The end of variant {variant_id}") as connection:
        if not connection.execute(sa.update(table).where(in_use).values(retired_at=retired_at)).rowcount:
            raise RefusedInput(f"No variant {variant_id} is in use; it may have been retired already.")
        add_event(
            connection, "retire variant", f"variant {variant_id}", happened_at=retired_at, actor=retired_by
        )


def _not_toml(text: str) -> list[str]:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return [f"text: not TOML: {error}"]
    return []
