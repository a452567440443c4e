"""Lists of comparators on record: every version, who recorded it and why. Nothing is deleted.

To retire a list is a version of it, and to bring an earlier version back is another.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from vrin_data.contract.comparators import (
    ComparatorList,
    list_faults,
    neighbours_as_json,
    neighbours_from_json,
)
from vrin_data.errors import RefusedInput
from vrin_data.records.checks import blank, refuse
from vrin_data.records.database import TABLES, insert, rows, writing
from vrin_data.records.events import add_event

SAVE, RETIRE, RESTORE = "save", "retire", "restore"


@dataclass(frozen=True)
class ComparatorVersion:
    """One version of a list, with who recorded it and why."""

    list_id: str
    version: int
    name: str
    action: str
    neighbours_json: str
    source: str
    reason: str
    recorded_by: str
    recorded_at: datetime

    @property
    def comparators(self) -> ComparatorList:
        """The list itself."""
        return ComparatorList(
            self.list_id, self.name, neighbours_from_json(self.neighbours_json), self.source
        )

    @property
    def label(self) -> str:
        """List and version as people say it."""
        return f"{self.list_id} v{self.version}"


def comparator_lists(store_path: Path) -> dict[str, ComparatorVersion]:
    """By id the version of each list that stands; those retired are left out."""
    last = {one.list_id: one for one in comparator_versions(store_path)}
    return {list_id: one for list_id, one in last.items() if one.action != RETIRE}


def comparator_versions(store_path: Path, list_id: str | None = None) -> list[ComparatorVersion]:
    """Every version on record, of one list or of all, by list and version."""
    table = TABLES["comparator_list"]
    question = sa.select(table).order_by(table.c.list_id, table.c.version)
    if list_id is not None:
        question = question.where(table.c.list_id == list_id)
    return [ComparatorVersion(**row) for row in rows(store_path, question)]


def comparator_list(store_path: Path, list_id: str, version: int | None = None) -> ComparatorVersion:
    """One version of a list, the last where none is named. Raises RefusedInput, which says what there is."""
    own = comparator_versions(store_path, list_id)
    if not own:
        known = ", ".join(dict.fromkeys(one.list_id for one in comparator_versions(store_path))) or "none"
        raise RefusedInput(
            f"No list of comparators is called {list_id!r}. On record: {known}. "
            "`comparators import FILE --id ID --name NAME` brings one in."
        )
    found = [one for one in own if version is None or one.version == version]
    if not found:
        listed = ", ".join(str(one.version) for one in own)
        raise RefusedInput(f"{list_id} has no version {version}. Versions: {listed}.")
    return found[-1]


def save_comparators(
    store_path: Path, one: ComparatorList, *, recorded_by: str, recorded_at: datetime, reason: str
) -> ComparatorVersion:
    """Record a list as the next version of its id. Raises RefusedInput with every fault.

    That what stands says the same already is a fault too.
    """
    faults = [*list_faults(one), *blank({"by": recorded_by, "reason": reason})]
    standing = comparator_lists(store_path).get(one.list_id)
    if standing and standing.comparators == one:
        faults.append(f"it says the same as version {standing.version}, which stands")
    refuse(f"The list {one.list_id}", faults)
    return _add(store_path, one, SAVE, by=recorded_by, at=recorded_at, reason=reason)


def retire_comparators(
    store_path: Path, list_id: str, *, recorded_by: str, recorded_at: datetime, reason: str
) -> ComparatorVersion:
    """Record that a list goes out of use. Raises RefusedInput."""
    refuse(f"The end of {list_id}", blank({"by": recorded_by, "reason": reason}))
    last = comparator_list(store_path, list_id)
    if last.action == RETIRE:
        raise RefusedInput(f"{list_id} is out of use already.")
    return _add(store_path, last.comparators, RETIRE, by=recorded_by, at=recorded_at, reason=reason)


def restore_comparators(
    store_path: Path, list_id: str, version: int, *, recorded_by: str, recorded_at: datetime, reason: str
) -> ComparatorVersion:
    """Record an earlier version again as the last. Raises RefusedInput, also where it stands already."""
    refuse(f"The return to {list_id} v{version}", blank({"by": recorded_by, "reason": reason}))
    wanted = comparator_list(store_path, list_id, version).comparators
    standing = comparator_lists(store_path).get(list_id)
    if standing and standing.comparators == wanted:
        raise RefusedInput(f"What version {version} of {list_id} says stands already.")
    return _add(store_path, wanted, RESTORE, by=recorded_by, at=recorded_at, reason=reason)


def _add(
    store_path: Path, one: ComparatorList, action: str, *, by: str, at: datetime, reason: str
) -> ComparatorVersion:
    version = max((each.version for each in comparator_versions(store_path, one.list_id)), default=0) + 1
    made = ComparatorVersion(
        list_id=one.list_id,
        version=version,
        name=one.name.strip(),
        action=action,
        neighbours_json=neighbours_as_json(one),
        source=one.source.strip(),
        reason=reason.strip(),
        recorded_by=by.strip(),
        recorded_at=at,
    )
    with writing(store_path, f"The version {made.label}") as connection:
        insert(connection, "comparator_list", dict(vars(made)))
        add_event(
            connection,
            f"{action} comparators",
            made.list_id,
            happened_at=at,
            detail={"version": version, "areas": len(one.neighbours)},
            actor=made.recorded_by,
        )
    return made
