"""Definition versions: each text that was ever in force, never changed once recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from vrin_data.contract.definitions import Definition
from vrin_data.errors import VrinError
from vrin_data.records.database import TABLES, engine_of


@dataclass(frozen=True)
class DefinitionVersion:
    """One version of one definition as it was recorded."""

    definition_id: str
    version: int
    name: str
    state: str
    toml: str
    author: str
    recorded_at: datetime


def record_definitions(
    store_path: Path, built_in: Iterable[tuple[Definition, str]], *, recorded_at: datetime
) -> int:
    """Record versions that are new; how many were. `built_in` gives each definition with its TOML text.

    Raises VrinError where a version that stands on record has another text now: a change needs a
    new version, or a figure of last year could not be made again.
    """
    known = {(one.definition_id, one.version): one.toml for one in definition_versions(store_path)}
    fresh = []
    for one, text in built_in:
        recorded = known.get((one.id, one.version))
        if recorded is None:
            fresh.append(_row(one, text, recorded_at))
        elif recorded != text:
            raise VrinError(
                f"The definition {one.label} stands on record with another text. "
                "Give the changed definition a new version number."
            )
    if fresh:
        with engine_of(store_path).begin() as connection:
            connection.execute(sa.insert(TABLES["definition_version"]), fresh)
    return len(fresh)


def definition_versions(store_path: Path) -> list[DefinitionVersion]:
    """All versions on record, by id and version."""
    table = TABLES["definition_version"]
    with engine_of(store_path).connect() as connection:
        rows = connection.execute(
            sa.select(table).order_by(table.c.definition_id, table.c.version)
        ).mappings()
        return [DefinitionVersion(**row) for row in rows]


def _row(one: Definition, text: str, recorded_at: datetime) -> dict[str, object]:
    return {
        "definition_id": one.id,
        "version": one.version,
        "name": one.name,
        "state": "built-in",
        "toml": text,
        "author": one.author,
        "recorded_at": recorded_at,
    }
