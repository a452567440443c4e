"""What the screen Compare areas puts on record: lists of comparators, each act giving what to say of it."""

import secrets
import shutil
from collections.abc import Sequence

from vrin_data import records
from vrin_data.contract.comparator_files import ReadComparators, read_comparators
from vrin_data.contract.comparators import ComparatorList
from vrin_ui import clock
from vrin_ui.ask import ask, open_store
from vrin_ui.upload.upload_files import FOLDER, safe_name


def lists_on_record() -> dict[str, records.ComparatorVersion]:
    """The lists that stand, by id."""
    return records.comparator_lists(open_store().path)


def earlier_versions() -> list[records.ComparatorVersion]:
    """The versions that can be brought back, the newest first: those whose words do not stand."""
    standing = lists_on_record()
    return [
        one
        for one in reversed(records.comparator_versions(open_store().path))
        if one.list_id not in standing or standing[one.list_id].comparators != one.comparators
    ]


def look(
    file_name: str, content: bytes, *, list_id: str, name: str, source: str, level: str
) -> ReadComparators:
    """The list of a file; nothing is recorded. Raises RefusedInput."""
    folder = open_store().path / FOLDER / f"comparators-{secrets.token_hex(4)}"
    folder.mkdir(parents=True)
    held = ask("area nesting", None).frame
    held = held[held["level"] == level]
    try:
        file = folder / safe_name(file_name)
        file.write_bytes(content)
        return read_comparators(
            file,
            list_id=list_id,
            name=name,
            source=source or file_name,
            codes=dict(zip(held["area_name"], held["area_code"], strict=True)),
            file_name=file_name,
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def save(one: ComparatorList, *, by: str, reason: str) -> str:
    """Put a list on record."""
    saved = records.save_comparators(
        open_store().path, one, recorded_by=by, recorded_at=clock.now(), reason=reason
    )
    return f"{saved.name} stands on record as version {saved.version}, of {len(one.neighbours):,} areas."


def set_area(list_id: str, area_code: str, comparators: Sequence[str], *, by: str, reason: str) -> str:
    """Record other comparators of one area, nearest first."""
    standing = records.comparator_list(open_store().path, list_id).comparators
    return save(standing.with_area(area_code, comparators), by=by, reason=reason)


def restore(list_id: str, version: int, *, by: str, reason: str) -> str:
    """Bring an earlier version of a list back."""
    saved = records.restore_comparators(
        open_store().path, list_id, version, recorded_by=by, recorded_at=clock.now(), reason=reason
    )
    return f"What version {version} says stands again, as version {saved.version}."


def retire(list_id: str, *, by: str, reason: str) -> str:
    """Take a list out of use."""
    saved = records.retire_comparators(
        open_store().path, list_id, recorded_by=by, recorded_at=clock.now(), reason=reason
    )
    return f"{saved.name} is out of use. It stays on record."
