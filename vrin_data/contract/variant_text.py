"""A variant as TOML, for people to read and edit, and back."""

import tomllib
from collections.abc import Mapping

from pydantic import ValidationError

from vrin_data.contract.toml_text import toml_key, toml_string
from vrin_data.contract.variants import Variant
from vrin_data.errors import VrinError

Remarks = Mapping[tuple[str, str], str]
"""What to say beside an entry, by its table and key: ("columns", "recorded_at")."""

_ABOUT = {
    "columns": "VRIN's column = the heading in the file",
    "codes": "value in the file = VRIN's code",
    "ignored": "value in the file that is to be read as a blank = the reason",
    "not_used": "heading that is left out = the reason",
}


def as_toml(variant: Variant, *, remarks: Remarks | None = None) -> str:
    """The variant as TOML text, with a comment above each table and the remarks as comments."""
    said = remarks or {}
    content = variant.model_dump()
    lines = [
        f"{name} = {toml_string(content.pop(name))}" for name in ("feed", "supplier", "date_order", "note")
    ]
    lines += _table("columns", content["columns"], said)
    for name in ("codes", "ignored"):
        for column, values in content[name].items():
            lines += _table(name, values, said, column=column)
    lines += _table("not_used", content["not_used"], said)
    return "\n".join(lines) + "\n"


def read_variant(text: str, where: str) -> Variant:
    """The variant of a TOML text; `where` names it in messages. Raises VrinError with every fault."""
    try:
        return Variant.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise VrinError(f"{where}: is not TOML that can be read: {error}. Correct the file.") from error
    except ValidationError as error:
        faults = [f"  {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
        raise VrinError("\n".join([f"{where}: the variant has {len(faults)} error(s):", *faults])) from error


def _table(name: str, values: Mapping[str, str], remarks: Remarks, *, column: str | None = None) -> list[str]:
    if not values:
        return []
    path, shown = (f"{name}.{column}", f"{name}.{toml_key(column)}") if column is not None else (name, name)
    lines = ["", f"# {_ABOUT[name]}", f"[{shown}]"]
    for key, value in values.items():
        lines.append(f"{toml_key(key)} = {toml_string(value)}{_comment(remarks.get((path, key), ''))}")
    return lines


def _comment(remark: str) -> str:
    # A comment ends with the line and may hold no control characters.
    shown = " ".join("".join(mark if mark.isprintable() else " " for mark in remark).split())
    return f"  # {shown}" if shown else ""
