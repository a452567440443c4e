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
    "check_definition",
    "decide_offences",
    "definition",
    "definition_texts",
    "definitions",
    "read_definition",
]


class DefinitionError(VrinError):
    """A definition cannot be read. The message lists everything that is wrong with it."""


def check_definition(values: Mapping[str, Any], where: str) -> Definition:
    """A definition from a TOML table. Raises DefinitionError with every error, each with its place."""
    try:
        return Definition.model_validate(values)
    except ValidationError as error:
        lines = [_error_line(each["loc"], each["msg"]) for each in error.errors()]
        raise DefinitionError(
            "\n".join([f"{where}: the definition has {len(lines)} error(s):", *lines])
        ) from error


def read_definition(path: Path) -> Definition:
    """A definition from a TOML file. Raises DefinitionError."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DefinitionError(f"{path.name}: not a TOML file: {error}. Correct the file.") from error
    return check_definition(values, path.name)


@lru_cache(maxsize=1)
def definitions() -> dict[str, Definition]:
    """The built-in definitions by id. Raises DefinitionError where one cannot be read."""
    folder = reference.FOLDER / "definitions"
    found = [read_definition(path) for path in sorted(folder.glob("*.toml"))]
    return {each.id: each for each in found}


def definition_texts() -> dict[str, tuple[Definition, str]]:
    """The built-in definitions by id, each with its TOML text, for the records."""
    folder = reference.FOLDER / "definitions"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.toml"))]
    return {one.id: (one, text) for one, text in zip(definitions().values(), texts, strict=True)}


def definition(definition_id: str) -> Definition:
    """A built-in definition by its id. Raises UnknownDefinition."""
    if definition_id not in definitions():
        known = ", ".join(definitions())
        raise UnknownDefinition(f"No definition is called '{definition_id}'. There is: {known}.")
    return definitions()[definition_id]


def _error_line(place: tuple[int | str, ...], message: str) -> str:
    where = ".".join(str(part) for part in place) or "whole definition"
    return f"  {where}: {message.removeprefix('Value error, ')}"
