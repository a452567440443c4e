"""A definition as TOML text, and a text with another version in it."""

import re
import tomllib

from vrin_data.contract.definitions import (
    Definition,
    DefinitionError,
    check_definition,
    definition_from_toml,
)
from vrin_data.contract.toml_text import toml_lines

_TABLE = re.compile(r"^\[", re.MULTILINE)
_VERSION = re.compile(r"^version[ \t]*=[ \t]*[^#\n]*?(?=[ \t]*(#|$))", re.MULTILINE)


def as_toml(definition: Definition) -> str:
    """The definition as TOML that reads back as the same; what says no more than the default is left out."""
    values = definition.model_dump(by_alias=True, exclude_defaults=True)
    return "\n".join(toml_lines(values)) + "\n"


def read_draft(text: str, where: str) -> Definition:
    """The definition of a text that may leave its version open, which is 1 then. Raises DefinitionError."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(f"{where}: not a TOML file: {error}. Correct the file.") from error
    return check_definition({"version": 1, **values}, where)


def with_version(text: str, definition: Definition) -> str:
    """The text with this definition's version in it, comments kept; written anew where that is not possible."""
    line = f"version = {definition.version}"
    first_table = _TABLE.search(text)
    end = first_table.start() if first_table else len(text)
    changed, count = _VERSION.subn(line, text[:end], count=1)
    candidate = (changed if count else f"{line}\n{changed}") + text[end:]
    return candidate if _says(candidate, definition) else as_toml(definition)


def _says(text: str, definition: Definition) -> bool:
    try:
        return definition_from_toml(text, "text") == definition
    except DefinitionError:
        return False
