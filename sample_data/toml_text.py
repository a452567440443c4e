"""Arrays of tables as TOML text; the standard library reads TOML and does not write it."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any


def as_toml(tables: Mapping[str, Iterable[Mapping[str, Any]]]) -> str:
    """Arrays of tables as TOML text, in the order given, one blank line between tables."""
    blocks = [
        "\n".join([f"[[{name}]]", *(f"{key} = {_value(value)}" for key, value in table.items())])
        for name, rows in tables.items()
        for table in rows
    ]
    return "\n\n".join(blocks) + "\n"


def _value(value: Any) -> str:
    """A TOML value: text, number, boolean, day, array, or an inline table of numbers."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)
