"""A definition's way from draft to approved: each step in a transaction, with the person and the reason."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from vrin_data.contract.definition_text import read_draft, with_version
from vrin_data.contract.definitions import Definition
from vrin_data.errors import RefusedInput
from vrin_data.records.checks import blank, refuse
from vrin_data.records.database import TABLES, insert, writing
from vrin_data.records.definitions import (
    APPROVED,
    BUILT_IN,
    DISCARDED,
    DRAFT,
    RETIRED,
    SUBMITTED,
    DefinitionVersion,
    definition_register,
    definition_version,
    entry,
)
from vrin_data.records.events import add_event


class _Move(NamedTuple):
    """One kind of step: its name, the states it may start from, the state it leads to, what to do else."""

    action: str
    noun: str
    before: tuple[str, ...]
    after: str
    otherwise: str


_SUBMIT = _Move("submit", "The hand-in of", (DRAFT,), SUBMITTED, "only a draft can be submitted")
_APPROVE = _Move(
    "approve",
    "The approval of",
    (SUBMITTED,),
    APPROVED,
    "only a submitted version can be approved; submit it first",
)
_SEND_BACK = _Move(
    "send back", "The answer to", (SUBMITTED,), DRAFT, "only a submitted version can be sent back"
)
_RETIRE = _Move(
    "retire",
    "The end of",
    (APPROVED, BUILT_IN),
    RETIRED,
    "only an approved or built-in version can be retired; a draft is discarded",
)
_DISCARD = _Move(
    "discard",
    "The end of",
    (DRAFT,),
    DISCARDED,
    "only a draft can be discarded; a submitted one is sent back first",
)


def save_draft(store_path: Path, toml: str, *, by: str, at: datetime) -> DefinitionVersion:
    """Record a definition as the draft of its id, and give that version back.

    An open draft of the id is replaced, its earlier text staying among the steps; without one the next
    version begins. The version in the text is set by the record. The same text again adds nothing.
    Raises DefinitionError, or RefusedInput where a submitted version waits or nothing would be new.
    """
    read = read_draft(toml, "The draft")
    own = [
        one for one in definition_register(store_path, with_discarded=True) if one.definition_id == read.id
    ]
    opened = next((one for one in own if one.state == DRAFT), None)
    version = opened.version if opened else max((one.version for one in own), default=0) + 1
    refuse(f"The draft of {read.id}", [*blank({"by": by}), *_draft_faults(read, own, opened)])
    one = read.model_copy(update={"version": version})
    made = DefinitionVersion(read.id, version, read.name, DRAFT, with_version(toml, one), by, at)
    if opened and opened.toml == made.toml:
        return opened
    return _write_draft(store_path, made, opened, at=at)


def submit(
    store_path: Path, definition_id: str, version: int, *, by: str, at: datetime, reason: str = ""
) -> DefinitionVersion:
    """Hand a draft in for approval. From then on its text does not change. Raises RefusedInput."""
    _known(store_path, definition_id, version).definition  # noqa: B018 - a text that cannot be read is refused here
    return _move(store_path, _SUBMIT, definition_id, version, by=by, at=at, reason=reason)


def approve(
    store_path: Path,
    definition_id: str,
    version: int,
    *,
    by: str,
    at: datetime,
    reason: str,
    alone_reason: str | None = None,
    toml: str | None = None,
) -> DefinitionVersion:
    """Adopt a submitted version. Raises RefusedInput.

    Whoever wrote or submitted it cannot approve it, unless `alone_reason` says why nobody else does;
    that goes on record. `toml` is the text that the person has read: another one is not approved.
    """
    one = _known(store_path, definition_id, version)
    faults = blank({"reason": reason})
    if toml is not None and toml != one.toml:
        faults.append("it was changed after you had read it; read it again")
    hands = sorted({step.person for step in one.steps if step.action in ("save", "submit")})
    if _same_person(by, hands) and not (alone_reason or "").strip():
        faults.append(
            f"by: {by} wrote or submitted {one.label}, and a second person is needed; "
            "where there is none, say why you decide alone"
        )
    refuse(f"The approval of {one.label}", faults)
    said = alone_reason if _same_person(by, hands) else None
    return _move(store_path, _APPROVE, definition_id, version, by=by, at=at, reason=reason, alone_reason=said)


def send_back(
    store_path: Path, definition_id: str, version: int, *, by: str, at: datetime, reason: str
) -> DefinitionVersion:
    """Make a submitted version a draft again, with the reason for its author. Raises RefusedInput."""
    refuse(f"The answer to {definition_id} v{version}", blank({"reason": reason}))
    return _move(store_path, _SEND_BACK, definition_id, version, by=by, at=at, reason=reason)


def retire(
    store_path: Path, definition_id: str, version: int, *, by: str, at: datetime, reason: str
) -> DefinitionVersion:
    """Take a version out of force; it stays runnable by its version. Raises RefusedInput."""
    refuse(f"The end of {definition_id} v{version}", blank({"reason": reason}))
    return _move(store_path, _RETIRE, definition_id, version, by=by, at=at, reason=reason)


def discard_draft(
    store_path: Path, definition_id: str, version: int, *, by: str, at: datetime, reason: str
) -> DefinitionVersion:
    """Give a draft up; its text stays on record and its number is not used again. Raises RefusedInput."""
    return _move(store_path, _DISCARD, definition_id, version, by=by, at=at, reason=reason)


def _known(store_path: Path, definition_id: str, version: int) -> DefinitionVersion:
    return definition_version(store_path, f"{definition_id}@{version}")


def _draft_faults(
    read: Definition, own: list[DefinitionVersion], opened: DefinitionVersion | None
) -> list[str]:
    waiting = [one.label for one in own if one.state == SUBMITTED]
    if waiting:
        return [f"{waiting[0]} waits for a decision; have it sent back to change it, or approved first"]
    alike = [
        one.label
        for one in own
        if one.state in (BUILT_IN, APPROVED)
        and not one.fault
        and one.definition == read.model_copy(update={"version": one.version})
    ]
    # A draft may be brought back to what is in force, and then be discarded.
    return [f"it says the same as {alike[-1]}; there is nothing new in it"] if alike and not opened else []


def _write_draft(
    store_path: Path, made: DefinitionVersion, opened: DefinitionVersion | None, *, at: datetime
) -> DefinitionVersion:
    table = TABLES["definition_version"]
    with writing(store_path, f"The draft {made.label}") as connection:
        if opened is None:
            insert(connection, "definition_version", entry(made))
        elif not connection.execute(
            sa.update(table)
            .where(_is(made.definition_id, made.version), table.c.state == DRAFT)
            .values(**entry(made))
        ).rowcount:
            raise RefusedInput(f"{made.label} is no longer a draft. Look, and try again.")
        _add_step(connection, made, "save", by=made.author, at=at, toml=made.toml)
    return _known(store_path, made.definition_id, made.version)


def _move(
    store_path: Path,
    move: _Move,
    definition_id: str,
    version: int,
    *,
    by: str,
    at: datetime,
    reason: str,
    alone_reason: str | None = None,
) -> DefinitionVersion:
    one = _known(store_path, definition_id, version)
    what = f"{move.noun} {one.label}"
    wrong_state = [] if one.state in move.before else [f"it is {one.state}: {move.otherwise}"]
    refuse(what, [*blank({"by": by}), *wrong_state])
    table = TABLES["definition_version"]
    with writing(store_path, what) as connection:
        if one.recorded_at is None:
            # A built-in version of which this store has no row yet.
            insert(connection, "definition_version", entry(replace(one, recorded_at=at)))
        # Whoever was quicker has changed the state, or the text that was read a moment ago.
        unchanged = (_is(definition_id, version), table.c.state == one.state, table.c.toml == one.toml)
        changed = connection.execute(sa.update(table).where(*unchanged).values(state=move.after))
        if not changed.rowcount:
            raise RefusedInput(
                f"{one.label} was changed by somebody else at the same time. Look, and try again."
            )
        _add_step(connection, one, move.action, by=by, at=at, reason=reason, alone_reason=alone_reason)
    return _known(store_path, definition_id, version)


def _add_step(
    connection: sa.Connection,
    one: DefinitionVersion,
    action: str,
    *,
    by: str,
    at: datetime,
    reason: str = "",
    toml: str | None = None,
    alone_reason: str | None = None,
) -> None:
    key = {"definition_id": one.definition_id, "version": one.version}
    said = {"toml": toml, "reason": reason, "alone_reason": alone_reason}
    insert(connection, "definition_step", {**key, **said, "action": action, "person": by, "recorded_at": at})
    detail = {"version": one.version, **({"decided_alone": True} if alone_reason else {})}
    add_event(connection, f"{action} definition", one.definition_id, happened_at=at, detail=detail, actor=by)


def _is(definition_id: str, version: int) -> sa.ColumnElement[bool]:
    table = TABLES["definition_version"]
    return (table.c.definition_id == definition_id) & (table.c.version == version)


def _same_person(name: str, others: list[str]) -> bool:
    return _plain(name) in {_plain(one) for one in others}


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
