"""Values, keys and tables as TOML text: what the writers of definitions, variants and agreements share."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_LINE = 100


def toml_key(text: str) -> str:
    """A key, in quotes where TOML wants them."""
    return text if _BARE_KEY.fullmatch(text) else toml_string(text)


def toml_string(text: str) -> str:
    """A TOML basic string. JSON escapes all that TOML forbids in one but the character DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def toml_value(value: Any) -> str:
    """A string, number, day, truth value or list of them, on one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float | date):
        return str(value)
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(toml_value, value))}]"
    return toml_string(value)


def toml_lines(values: Mapping[str, Any], *, path: str = "") -> list[str]:
    """A table as lines: its plain values first, then its tables, each under its heading and a blank line.

    A list of mappings becomes an array of tables. Long lists run over several lines.
    """
    inner = {name: value for name, value in values.items() if _is_table(value) or _is_tables(value)}
    plain = [line for name, value in values.items() if name not in inner for line in _entry(name, value)]
    lines = list(plain)
    for name, value in inner.items():
        inside = f"{path}.{toml_key(name)}" if path else toml_key(name)
        for heading, one in _headed(inside, value):
            lines += ["", heading, *toml_lines(one, path=inside)]
    return lines


def _headed(path: str, value: Any) -> Iterable[tuple[str, Mapping[str, Any]]]:
    if _is_table(value):
        return [(f"[{path}]", value)]
    return [(f"[[{path}]]", one) for one in value]


def _entry(name: str, value: Any) -> list[str]:
    line = f"{toml_key(name)} = {toml_value(value)}"
    if len(line) <= _LINE or not isinstance(value, tuple | list):
        return [line]
    return [f"{toml_key(name)} = [", *(f"    {toml_value(one)}," for one in value), "]"]


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping)


def _is_tables(value: Any) -> bool:
    return isinstance(value, tuple | list) and bool(value) and all(map(_is_table, value))
