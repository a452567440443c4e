"""The definitions of serious violence there are: read from TOML, checked whole, all errors at once."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from vrin_data.contract import reference
from vrin_data.contract.decisions import decide_offences
from vrin_data.contract.definition_model import Definition
from vrin_data.errors import UnknownDefinition, VrinError

__all__ = [
    "Definition",
    "DefinitionError",
    "built_in_versions",
    "check_definition",
    "decide_offences",
    "definition",
    "definition_from_toml",
    "definitions",
    "read_definition",
]


class DefinitionError(VrinError):
    """A definition cannot be read. The message lists everything that is wrong with it."""


PLAIN_WORDS = {
    "Field required": "is missing",
    "Extra inputs are not permitted": "is no key of a definition here",
    "String should have at least 1 character": "is missing",
    "String should match pattern '^[a-z0-9]+(-[a-z0-9]+)*$'": "use small letters, numbers and hyphens, such as "
    "our-area-2026",
    "String should match pattern '^[A-Z][A-Z0-9_-]*$'": "use capitals, numbers and hyphens, such as OUR-SET",
}
"""What the checks of single fields say, in plainer words."""


def check_definition(values: Mapping[str, Any], where: str) -> Definition:
    """A definition from a TOML table. Raises DefinitionError with every error, each with its place."""
    own = values.get("sets") if isinstance(values.get("sets"), list) else []
    context = {"sets": frozenset(one["id"] for one in own or () if isinstance(one, Mapping) and "id" in one)}
    try:
        return Definition.model_validate(values, context=context)
    except ValidationError as error:
        lines = [_error_line(each["loc"], each["msg"]) for each in error.errors()]
        if not {"include", "parts"} & set(values):
            lines.append(_error_line(("include",), "is missing: say what is counted, by include or by parts"))
        raise DefinitionError(
            "\n".join([f"{where}: the definition has {len(lines)} error(s):", *lines])
        ) from error


def definition_from_toml(text: str, where: str) -> Definition:
    """A definition from TOML text. Raises DefinitionError."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(f"{where}: not a TOML file: {error}. Correct the file.") from error
    return check_definition(values, where)


def read_definition(path: Path) -> Definition:
    """A definition from a TOML file. Raises DefinitionError."""
    return definition_from_toml(_text(path), path.name)


@lru_cache(maxsize=1)
def built_in_versions() -> tuple[tuple[Definition, str], ...]:
    """Every built-in version with its TOML text, by id and version. Raises DefinitionError."""
    folder = reference.FOLDER / "definitions"
    found = [(read_definition(path), _text(path)) for path in folder.glob("*.toml")]
    return tuple(sorted(found, key=lambda one: (one[0].id, one[0].version)))


def definitions() -> dict[str, Definition]:
    """The built-in definitions by id, each in its latest version."""
    return {one.id: one for one, _ in built_in_versions()}


def definition(ref: str) -> Definition:
    """A built-in definition by its id, in its latest version, or by id@version. Raises UnknownDefinition."""
    if "@" in ref:
        known = {one.ref: one for one, _ in built_in_versions()}
        if ref not in known:
            raise UnknownDefinition(f"No version is called '{ref}'. Versions: {', '.join(known)}.")
        return known[ref]
    if ref not in definitions():
        raise UnknownDefinition(f"No definition is called '{ref}'. There is: {', '.join(definitions())}.")
    return definitions()[ref]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DefinitionError(f"{path.name}: not a TOML file: {error}. Correct the file.") from error


def _error_line(place: tuple[int | str, ...], message: str) -> str:
    where = ".".join(str(part) for part in place) or "whole definition"
    return f"  {where}: {PLAIN_WORDS.get(message, message.removeprefix('Value error, '))}"
