"""A layer of own areas from a list: CSV or a workbook with a code and the name of the own area in each row."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vrin_data.contract.own_layers import OwnAreaRecord, OwnLayerRecord, areas_from_json
from vrin_data.contract.weight_sheets import WORKBOOKS, Sheet, sheets_of
from vrin_data.errors import RefusedInput

SAVED = ".areas.json"
"""How the name of a file ends that holds a layer as `areas own show --areas` writes it."""
LIST_FILES = (".csv", *WORKBOOKS)
AREA_CODE = re.compile(r"[A-Z]\d{8}")
CODE_HEADING = re.compile(
    r"(area|lsoa|msoa|wd|ward|lad|la|ltla|district|csp|pfa|partnership)?(\d\d|\d{4})?(code|cd)"
)
OFFICIAL_NAME = re.compile(r"(lsoa|msoa|wd|ward|lad|ltla|district|csp|pfa)(\d\d|\d{4})?(name|nm)")
NAME_HEADINGS = (
    "name", "areaname", "ownarea", "area", "beat", "beatname", "neighbourhood", "neighbourhoodname", "zone",
    "zonename", "partnership", "partnershipname", "locality", "localityname", "cluster", "patch", "group",
)  # fmt: skip
MOST_CODE_SHARE = 0.8
"""Share of a column's cells that must look like codes for it to be the column of codes."""
SHOWN = 8


@dataclass(frozen=True)
class ReadLayer:
    """A layer as a file gives it, and what was understood of the file, in words."""

    layer: OwnLayerRecord
    notes: tuple[str, ...] = ()


def read_list(
    path: Path, *, layer_id: str, name: str, name_column: str | None = None, file_name: str | None = None
) -> ReadLayer:
    """The layer of a list, areas in the order of their first row. Raises RefusedInput with every fault.

    Without a column of names all codes are one area, which is called as the layer is.
    """
    file = file_name or path.name
    sheet = _first_with_rows(sheets_of(path), file)
    header, *lines = sheet.rows
    code_at = _code_column(header, lines, file)
    name_at = _name_column(header, code_at, name_column, file)
    areas: dict[str, list[str]] = {}
    faults: list[str] = []
    for number, line in enumerate(lines, start=2):
        code, own = _cell(line, code_at), name if name_at is None else _cell(line, name_at)
        if not code and not own:
            continue
        if not code or not own:
            faults.append(f"row {number:,}: {'a code' if own else 'a name'} is missing")
            continue
        areas.setdefault(own, []).append(code.upper())
    _refuse(file, faults)
    told = f"codes from the column {header[code_at]!r}, " + (
        f"names from {header[name_at]!r}" if name_at is not None else f"all of them in one area, {name}"
    )
    made = tuple(OwnAreaRecord(own, tuple(dict.fromkeys(codes))) for own, codes in areas.items())
    return ReadLayer(OwnLayerRecord(layer_id, name, made, file), (f"Read as a list: {told}.",))


def read_saved(path: Path, *, layer_id: str, name: str, source: str | None = None) -> ReadLayer:
    """The layer of a file that holds areas as they are recorded. Raises RefusedInput where it is none."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise RefusedInput(f"{path.name}: cannot be read as UTF-8 text. Check the file.") from None
    return ReadLayer(OwnLayerRecord(layer_id, name, areas_from_json(text), source or path.name))


def folded(heading: str) -> str:
    """A heading in small letters and digits alone."""
    return re.sub(r"[^a-z0-9]+", "", heading.casefold())


def chosen_heading(headings: Sequence[str], wanted: str, file: str) -> int:
    """Where the heading stands that a person chose. Raises RefusedInput, which lists those there are."""
    places = [at for at, one in enumerate(headings) if folded(one) == folded(wanted)]
    if not places:
        raise RefusedInput(f"{file}: there is no column {wanted!r}. Columns: {listed(headings)}.")
    return places[0]


def listed(headings: Sequence[str]) -> str:
    """The first few headings as words of a message."""
    named = [one for one in headings if one]
    more = f" and {len(named) - SHOWN} more" if len(named) > SHOWN else ""
    return ", ".join(named[:SHOWN]) + more


def guessed_name(headings: Sequence[str]) -> int | None:
    """Where the heading of the own areas' names stands, None where no heading says so."""
    keys = [folded(one) for one in headings]
    return next((keys.index(one) for one in NAME_HEADINGS if one in keys), None)


def _first_with_rows(sheets: Sequence[Sheet], file: str) -> Sheet:
    found = next((one for one in sheets if len(one.rows) > 1), None)
    if found is None:
        raise RefusedInput(f"{file}: holds no rows below its headings. Add a row for each area.")
    return found


def _code_column(header: Sequence[str], lines: Sequence[Sequence[str]], file: str) -> int:
    by_heading = [at for at, one in enumerate(header) if CODE_HEADING.fullmatch(folded(one))]
    by_content = [at for at in range(len(header)) if _share_of_codes(lines, at) >= MOST_CODE_SHARE]
    both = [at for at in by_heading if at in by_content]
    found = both or by_heading or by_content
    if not found:
        raise RefusedInput(
            f"{file}: no column of area codes was found. Columns: {listed(header)}. "
            "Expected one such as area_code with values such as E01013064 or E07000171."
        )
    return found[0]


def _share_of_codes(lines: Sequence[Sequence[str]], at: int) -> float:
    cells = [cell for cell in (_cell(line, at) for line in lines) if cell]
    return sum(bool(AREA_CODE.fullmatch(cell.upper())) for cell in cells) / len(cells) if cells else 0.0


def _name_column(header: Sequence[str], code_at: int, wanted: str | None, file: str) -> int | None:
    if wanted:
        return chosen_heading(header, wanted, file)
    found = guessed_name(header)
    if found is not None:
        return found
    rest = [
        at
        for at, one in enumerate(header)
        if at != code_at
        and one
        and not OFFICIAL_NAME.fullmatch(folded(one))
        and not CODE_HEADING.fullmatch(folded(one))
    ]
    if len(rest) > 1:
        named = listed([header[at] for at in rest])
        raise RefusedInput(
            f"{file}: it cannot be told which column holds the names of your areas. Columns: {named}. Choose one."
        )
    return rest[0] if rest else None


def _cell(line: Sequence[str], at: int) -> str:
    return line[at].strip() if at < len(line) else ""


def _refuse(file: str, faults: Sequence[str]) -> None:
    if faults:
        more = [f"and {len(faults) - SHOWN:,} rows more"] if len(faults) > SHOWN else []
        raise RefusedInput("\n".join([f"{file} was not read:", *faults[:SHOWN], *more]))
