"""Worksheets on record: what partners judged of a version of a definition; every filling in is kept."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from vrin_data.contract.worksheet import Worksheet, read_worksheet, worksheet_faults, worksheet_json
from vrin_data.records.checks import blank, refuse
from vrin_data.records.database import TABLES, insert, rows, writing
from vrin_data.records.definitions import DISCARDED, RETIRED, definition_version
from vrin_data.records.events import add_event


@dataclass(frozen=True)
class RecordedWorksheet:
    """One filling in of a worksheet, by whom and when."""

    worksheet: Worksheet
    recorded_by: str
    recorded_at: datetime


def worksheet(store_path: Path, definition_id: str, version: int) -> RecordedWorksheet | None:
    """The worksheet of a version as it was filled in last, None where nobody has."""
    found = worksheets(store_path, definition_id, version)
    return found[-1] if found else None


def worksheets(store_path: Path, definition_id: str, version: int) -> list[RecordedWorksheet]:
    """Every filling in of a version's worksheet, oldest first."""
    table = TABLES["worksheet"]
    of_version = (table.c.definition_id == definition_id) & (table.c.version == version)
    return [
        RecordedWorksheet(read_worksheet(row["considerations_json"]), row["recorded_by"], row["recorded_at"])
        for row in rows(store_path, sa.select(table).where(of_version).order_by(table.c.worksheet_id))
    ]


def save_worksheet(
    store_path: Path, definition_id: str, version: int, filled_in: Worksheet, *, by: str, at: datetime
) -> RecordedWorksheet:
    """Record a worksheet with a version of a definition; earlier ones stay. The same again adds nothing.

    Raises UnknownDefinition, or RefusedInput with every fault.
    """
    one = definition_version(store_path, f"{definition_id}@{version}")
    faults = [*blank({"by": by}), *worksheet_faults(filled_in)]
    if one.state in (RETIRED, DISCARDED):
        faults.append(f"{one.label} is {one.state}; judge a version that is in use or being written")
    refuse(f"The worksheet of {one.label}", faults)
    last = worksheet(store_path, definition_id, version)
    if last and last.worksheet == filled_in:
        return last
    row = {
        "definition_id": definition_id,
        "version": version,
        "considerations_json": worksheet_json(filled_in),
    }
    with writing(store_path, f"The worksheet of {one.label}") as connection:
        insert(connection, "worksheet", {**row, "recorded_by": by, "recorded_at": at})
        detail = {
            "version": version,
            **{name: each.judgement for name, each in filled_in.considerations().items()},
        }
        add_event(connection, "save worksheet", definition_id, happened_at=at, detail=detail, actor=by)
    return RecordedWorksheet(filled_in, by, at)
