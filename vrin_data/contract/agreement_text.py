"""An agreement as a TOML file: read with every fault at once, written, and a template to fill in."""

import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from vrin_data.contract import reference
from vrin_data.contract.agreements import Agreement
from vrin_data.contract.toml_text import toml_value
from vrin_data.errors import VrinError

NOT_IN_FILES = {"version"}
"""The records number the versions; a file has none."""


class AgreementError(VrinError):
    """An agreement cannot be used. The message lists everything that is wrong with it."""


def read_agreement(text: str, where: str) -> Agreement:
    """The agreement that a TOML text declares. Raises AgreementError with every fault, each with its field."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AgreementError(f"{where}: not a TOML file: {error}. Correct the file.") from error
    return agreement_from(values, where)


def agreement_from(values: Mapping[str, Any], where: str, *, found: Iterable[str] = ()) -> Agreement:
    """The agreement that fields by name make. Raises AgreementError with every fault, each with its field.

    `found` are faults that the caller knows of, such as a day that cannot be read: they are reported along,
    and of their fields nothing more is said.
    """
    faults = [*found]
    told = {one.partition(":")[0] for one in faults}
    faults += [
        f"{name}: the records number the versions; take this line out"
        for name in sorted(NOT_IN_FILES & set(values))
    ]
    try:
        made = Agreement.model_validate(
            {name: one for name, one in values.items() if name not in NOT_IN_FILES}
        )
    except ValidationError as error:
        more = [_fault(dict(each)) for each in error.errors() if str(each["loc"][0]) not in told]
        raise agreement_error(where, faults + more) from error
    if faults:
        raise agreement_error(where, faults)
    return made


def agreement_error(where: str, faults: list[str]) -> AgreementError:
    """The error that lists all faults, one a line."""
    count = f"{len(faults)} error{'' if len(faults) == 1 else 's'}"
    return AgreementError(
        "\n".join([f"{where}: the agreement has {count}:", *(f"  {one}" for one in faults)])
    )


def agreement_toml(agreement: Agreement) -> str:
    """The agreement as TOML that reads back as the same; fields that say nothing are left out."""
    values = agreement.model_dump(exclude=NOT_IN_FILES, exclude_none=True)
    said = {
        name: value for name, value in values.items() if value not in ("", ()) or not _is_default(name, value)
    }
    return "".join(f"{name} = {toml_value(value)}\n" for name, value in said.items())


def template() -> str:
    """A commented agreement to be filled in: it reads as it stands, as a draft."""
    return (reference.FOLDER / "agreement_template.toml").read_text(encoding="utf-8")


def _is_default(name: str, value: Any) -> bool:
    return bool(Agreement.model_fields[name].default == value)


def _fault(error: dict[str, Any]) -> str:
    field = ".".join(str(part) for part in error["loc"]) or "whole agreement"
    if error["type"] == "extra_forbidden":
        return f"{field}: no such field; `agreements template` shows those there are"
    if error["type"] == "missing":
        return f"{field}: is missing ({Agreement.model_fields[field].description})"
    return f"{field}: {error['msg'].removeprefix('Value error, ')}"
