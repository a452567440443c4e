"""The library of definitions as a table, and which of it is shown."""

import re
from collections.abc import Iterable

import pandas as pd

from vrin_data.contract.definitions import Definition
from vrin_data.records import DefinitionVersion
from vrin_ui.definitions.definition_wording import ACTIONS, EARLIER, KINDS, STATES, UNIVERSE, kind_of, unit_of
from vrin_ui.wording import day_words, sentence

STANDING = {
    "": "Current versions",
    "open": "Being written or waiting for approval",
    "past": "Earlier and retired versions",
    "every": "Every version",
}
ALL_KINDS = "All kinds"
KIND_CHOICES = {"": ALL_KINDS, **KINDS, "universe": UNIVERSE}
_NUMBER = re.compile(r"([A-Z]*)(\d*)(.*)")


def in_force_refs(versions: Iterable[DefinitionVersion]) -> dict[str, str]:
    """By id the version in force, as id@version."""
    standing = [one for one in versions if one.state in ("built-in", "approved")]
    latest: dict[str, DefinitionVersion] = {}
    for one in standing:
        if one.definition_id not in latest or one.version > latest[one.definition_id].version:
            latest[one.definition_id] = one
    return {name: one.ref for name, one in latest.items()}


def state_words(one: DefinitionVersion, in_force: dict[str, str]) -> str:
    """The state of a version; one that a later version stands before is an earlier one."""
    if one.state in ("built-in", "approved") and in_force.get(one.definition_id) != one.ref:
        return EARLIER
    return STATES[one.state]


def shown(versions: list[DefinitionVersion], standing: str, kind: str) -> list[DefinitionVersion]:
    """The versions that a choice leaves, in the order of the list: by number, those without one last."""
    in_force = in_force_refs(versions)
    left = [
        one
        for one in versions
        if _stands(one, standing, in_force) and (not kind or _is_kind(one.definition, kind))
    ]
    return sorted(
        left, key=lambda one: (_order(one.definition.number), one.name, one.definition_id, one.version)
    )


def _stands(one: DefinitionVersion, standing: str, in_force: dict[str, str]) -> bool:
    words = state_words(one, in_force)
    of_choice = {
        "": in_force.get(one.definition_id) == one.ref,
        "open": one.state in ("draft", "submitted"),
        "past": words == EARLIER or one.state in ("retired", "discarded"),
    }
    return of_choice.get(standing, True)


def _is_kind(one: Definition, kind: str) -> bool:
    return one.is_universe if kind == "universe" else one.status == kind and not one.is_universe


def _order(number: str) -> tuple[bool, str, int, str]:
    found = _NUMBER.fullmatch(number)
    letters, digits, rest = found.groups() if found else ("", "", number)
    return not number, letters, int(digits or 0), rest


def library_table(rows: Iterable[DefinitionVersion], in_force: dict[str, str]) -> pd.DataFrame:
    """One row a version: Number, Definition, What it is, Counts, Version, State, In use."""
    return pd.DataFrame(
        [
            {
                "Number": one.definition.number,
                "Definition": one.name,
                "What it is": kind_of(one.definition),
                "Counts": sentence(unit_of(one.definition)),
                "Version": one.version,
                "State": sentence(state_words(one, in_force)),
                "In use": in_use(one.definition),
            }
            for one in rows
        ],
        columns=["Number", "Definition", "What it is", "Counts", "Version", "State", "In use"],
    )


def in_use(one: Definition) -> str:
    """From when to when it was in use."""
    first = day_words(one.valid_from)
    return f"from {first}" if one.valid_to is None else f"{first} to {day_words(one.valid_to)}"


def versions_table(versions: Iterable[DefinitionVersion], in_force: dict[str, str]) -> pd.DataFrame:
    """The versions of one definition, newest first: Version, Name, State, In use, Written by, On record."""
    return pd.DataFrame(
        [
            {
                "Version": one.version,
                "Name": one.name,
                "State": sentence(state_words(one, in_force)),
                "In use": in_use(one.definition),
                "Written by": one.author,
                "On record": pd.Timestamp(one.recorded_at) if one.recorded_at else pd.NaT,
            }
            for one in sorted(versions, key=lambda each: -each.version)
        ]
    )


def steps_table(versions: Iterable[DefinitionVersion]) -> pd.DataFrame:
    """What was done to these versions, newest first: On, Version, What, By, Why."""
    steps = [(step, one.version) for one in versions for step in one.steps]
    return pd.DataFrame(
        [
            {
                "On": pd.Timestamp(step.recorded_at),
                "Version": version,
                "What": ACTIONS.get(step.action, step.action),
                "By": step.person,
                "Why": " ".join(filter(None, (step.reason, _alone(step.alone_reason)))),
            }
            for step, version in sorted(steps, key=lambda each: each[0].recorded_at)[::-1]
        ]
    )


def _alone(reason: str | None) -> str:
    return f"Decided alone, because: {reason}" if reason else ""


def option_words(one: DefinitionVersion, in_force: dict[str, str]) -> str:
    """A version as a choice in a box: number, name, version, and its state where it is not in force."""
    number = f"{one.definition.number} " if one.definition.number else ""
    state = "" if in_force.get(one.definition_id) == one.ref else f", {state_words(one, in_force)}"
    return f"{number}{one.name} (v{one.version}{state})"
