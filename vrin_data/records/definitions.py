"""Definitions on record: every version that anyone wrote, what state it is in, and how it came there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from vrin_data.contract.definitions import (
    Definition,
    DefinitionError,
    built_in_versions,
    definition_from_toml,
)
from vrin_data.errors import UnknownDefinition, VrinError
from vrin_data.records.database import TABLES, rows, writing

BUILT_IN, DRAFT, SUBMITTED, APPROVED, RETIRED, DISCARDED = (
    "built-in",
    "draft",
    "submitted",
    "approved",
    "retired",
    "discarded",
)
STATES = {
    BUILT_IN: "comes with VRIN",
    DRAFT: "being written; its text may still change",
    SUBMITTED: "waits for a second person to approve it or send it back",
    APPROVED: "adopted; its text never changes again",
    RETIRED: "no longer in force; still runs when asked for by its version",
    DISCARDED: "a draft that was given up; its number is not used again",
}
"""What each state of a version means."""


@dataclass(frozen=True)
class DefinitionStep:
    """One thing that was done to a version: save, submit, approve, send back, retire or discard."""

    action: str
    person: str
    reason: str
    alone_reason: str | None
    recorded_at: datetime


@dataclass(frozen=True)
class DefinitionVersion:
    """One version of one definition, with all that was done to it, oldest first.

    `recorded_at` is None for a built-in version of a store that took nothing in since it came.
    """

    definition_id: str
    version: int
    name: str
    state: str
    toml: str
    author: str
    recorded_at: datetime | None
    steps: tuple[DefinitionStep, ...] = ()

    @property
    def ref(self) -> str:
        """Id and version as they are asked for."""
        return f"{self.definition_id}@{self.version}"

    @property
    def label(self) -> str:
        """Id and version as a stamp prints them."""
        return f"{self.definition_id} v{self.version}"

    @property
    def is_local(self) -> bool:
        """Whether somebody of the partnership wrote it."""
        return any(step.action == "save" for step in self.steps)

    @property
    def definition(self) -> Definition:
        """The definition itself. Raises DefinitionError where the language has moved on from an old text."""
        return _read(self.toml, self.label)

    @property
    def fault(self) -> str:
        """Why the text cannot be read any more, '' where it can: offences and sets may have been renamed since."""
        try:
            _read(self.toml, self.label)
        except DefinitionError as error:
            return str(error)
        return ""


def definition_register(store_path: Path, *, with_discarded: bool = False) -> list[DefinitionVersion]:
    """Every version there is, built-in or on record, by id and version.

    A built-in version that this store has not recorded yet is among them.
    """
    found = {(one.id, one.version): _built_in(one, text, None) for one, text in built_in_versions()} | {
        (one.definition_id, one.version): one for one in definition_versions(store_path)
    }
    return [one for _, one in sorted(found.items()) if with_discarded or one.state != DISCARDED]


def definition_versions(store_path: Path) -> list[DefinitionVersion]:
    """The versions on record, by id and version, discarded ones included."""
    table = TABLES["definition_version"]
    found = rows(store_path, sa.select(table).order_by(table.c.definition_id, table.c.version))
    steps = _steps(store_path)
    return [DefinitionVersion(**row, steps=steps[row["definition_id"], row["version"]]) for row in found]


def in_force(store_path: Path) -> dict[str, DefinitionVersion]:
    """By id the highest version that is built-in or approved, in the order of the ids."""
    standing = [one for one in definition_register(store_path) if one.state in (BUILT_IN, APPROVED)]
    return {one.definition_id: one for one in standing}


def definition_version(store_path: Path, ref: str) -> DefinitionVersion:
    """The version in force of an id, or the one that `id@version` names, whatever its state.

    Raises UnknownDefinition, which says what there is instead.
    """
    register = definition_register(store_path, with_discarded=True)
    definition_id, _, number = ref.partition("@")
    own = [one for one in register if one.definition_id == definition_id]
    if not own:
        known = ", ".join(dict.fromkeys(one.definition_id for one in register if one.state != DISCARDED))
        raise UnknownDefinition(f"No definition is called '{definition_id}'. There is: {known}.")
    fitting = [
        one
        for one in own
        if (one.state in (BUILT_IN, APPROVED) if not number else str(one.version) == number)
    ]
    if not fitting:
        raise UnknownDefinition(_no_such_version(ref, own))
    return fitting[-1]


def record_definitions(
    store_path: Path, built_in: Iterable[tuple[Definition, str]], *, recorded_at: datetime
) -> int:
    """Record built-in versions that are new, each given with its TOML text; how many were.

    Raises VrinError where a version that stands on record says something else now: a change needs a
    new version, or a figure of last year could not be made again. What merely describes it (number and
    summary) may be put better. A number that the partnership has
    given to a version of its own stays with that version.
    """
    known = {(one.definition_id, one.version): one for one in definition_versions(store_path)}
    fresh = []
    for one, text in built_in:
        recorded = known.get((one.id, one.version))
        if recorded is None:
            fresh.append(_built_in(one, text, recorded_at))
        elif not recorded.is_local and not _says_the_same(recorded, one, text):
            raise VrinError(
                f"The definition {one.label} stands on record and says something else. "
                "Give the changed definition a new version number."
            )
    if fresh:
        with writing(store_path, "The built-in definitions") as connection:
            connection.execute(sa.insert(TABLES["definition_version"]), [entry(one) for one in fresh])
    return len(fresh)


def set_aside(store_path: Path) -> list[str]:
    """Labels of built-in versions whose number the partnership gave to a version of its own before they came."""
    own = {(one.definition_id, one.version) for one in definition_versions(store_path) if one.is_local}
    return [one.label for one, _ in built_in_versions() if (one.id, one.version) in own]


def _says_the_same(recorded: DefinitionVersion, one: Definition, text: str) -> bool:
    if recorded.toml == text:
        return True
    if recorded.fault:
        return False
    described = {"number": "", "summary": ""}
    return recorded.definition.model_copy(update=described) == one.model_copy(update=described)


def entry(one: DefinitionVersion) -> dict[str, Any]:
    """A version as the row of its table."""
    return {name: value for name, value in vars(one).items() if name != "steps"}


def _built_in(one: Definition, text: str, recorded_at: datetime | None) -> DefinitionVersion:
    return DefinitionVersion(one.id, one.version, one.name, BUILT_IN, text, one.author, recorded_at)


def _steps(store_path: Path) -> dict[tuple[str, int], tuple[DefinitionStep, ...]]:
    table = TABLES["definition_step"]
    found: dict[tuple[str, int], tuple[DefinitionStep, ...]] = defaultdict(tuple)
    for row in rows(store_path, sa.select(table).order_by(table.c.step_id)):
        step = DefinitionStep(
            row["action"], row["person"], row["reason"], row["alone_reason"], row["recorded_at"]
        )
        found[row["definition_id"], row["version"]] += (step,)
    return found


def _no_such_version(ref: str, own: list[DefinitionVersion]) -> str:
    listed = ", ".join(f"{one.ref} ({one.state})" for one in own)
    if "@" in ref:
        return f"No version is called '{ref}'. Versions: {listed}."
    return f"No version of '{ref}' is in force. Ask for one by its version: {listed}."


@lru_cache(maxsize=256)
def _read(toml: str, label: str) -> Definition:
    return definition_from_toml(toml, label)
