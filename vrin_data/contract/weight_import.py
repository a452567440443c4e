"""A file of weights, read: whose table it is, its rows, and the edition they make."""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from vrin_data.contract.published_weights import PublishedWeights, idle_notes
from vrin_data.contract.severity_weights import read_severity
from vrin_data.contract.weight_rows import Kind
from vrin_data.contract.weight_sheets import Sheet, sheets_of
from vrin_data.contract.weight_text import FACTS, read_rows
from vrin_data.contract.weight_workbook import read_cambridge
from vrin_data.contract.weights import About, Edition, make_edition
from vrin_data.errors import RefusedInput

KINDS: tuple[Kind, ...] = get_args(Kind)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NOT_SAID = "not said"


@dataclass(frozen=True)
class Wording:
    """What the person who imports says of an edition; what is empty is said by the table's form."""

    edition_id: str
    name: str = ""
    published: str = ""
    attribution: str = ""
    kind: Kind | None = None


def read_weights(path: Path, wording: Wording) -> tuple[Edition, PublishedWeights]:
    """The edition that a file makes, without central choices, and what was read of the file.

    Understands the workbook of the Cambridge Crime Harm Index, the weights of the ONS Crime Severity
    Score, and VRIN's own CSV. Raises RefusedInput with every fault of the file.
    """
    if not _ID.fullmatch(wording.edition_id):
        raise RefusedInput(
            f"{wording.edition_id!r} is no id for an edition (expected lower case, digits and hyphens, such as "
            "cchi-2026)."
        )
    sheets = sheets_of(path)
    found = _own(sheets) or read_cambridge(sheets) or read_severity(sheets, wording.edition_id)
    if found is None:
        raise RefusedInput(_strange(sheets))
    if wording.kind not in (None, found.kind):
        raise RefusedInput(f"{found.where}: its weights are {found.kind}, not {wording.kind}.")
    about = About(
        edition_id=wording.edition_id,
        name=wording.name or found.name or wording.edition_id,
        published=wording.published or NOT_SAID,
        attribution=wording.attribution or found.attribution,
        source=f"{path.name}: {len(found.rows)} rows",
        notes=(
            *(f"Put right: {one.words()}" for one in found.repairs),
            *(f"Left out: {words}" for words in found.left_out),
            *found.notes,
        ),
        kind=found.kind,
    )
    return make_edition(about, found.rows), found


def own_lines(text: str) -> list[dict[str, str]]:
    """The lines of a CSV in VRIN's own form, by heading."""
    return [
        {name: value or "" for name, value in line.items() if name is not None}
        for line in csv.DictReader(io.StringIO(text))
    ]


def _own(sheets: list[Sheet]) -> PublishedWeights | None:
    """A table in VRIN's own form, known by its headings; None for any other."""
    for sheet in sheets:
        heads = [cell.strip() for cell in sheet.rows[0]] if sheet.rows else []
        kinds = [kind for kind in KINDS if kind in heads]
        if not kinds or not {"offence_code", "classification"} <= set(heads):
            continue
        if len(kinds) > 1:
            raise RefusedInput(f"{sheet.where}: has columns {', '.join(kinds)}; an edition has one of them.")
        lines = [dict(zip(heads, row, strict=False)) for row in sheet.rows[1:]]
        rows = read_rows(lines, kinds[0], where=sheet.where)
        return PublishedWeights(
            form="own",
            where=sheet.where,
            kind=kinds[0],
            rows=rows,
            name="",
            attribution="Weights of the partnership's own",
            notes=idle_notes(rows, by_classification=kinds[0] == "days"),
        )
    return None


def _strange(sheets: list[Sheet]) -> str:
    where = "; ".join(sheet.where for sheet in sheets) or "the file has no sheet"
    return (
        f"{where}: no sheet has the headings of a weight table. Expected those of the Cambridge Crime Harm Index "
        "(ATHENA URN, FULL_OFFENCE_TITLE, CCHI Score, HOME_OFFICE_CLASSIFICATION, NOTIFIABLE), of the ONS list of "
        f"weights (Offence category, Weight), or of VRIN's own CSV ({', '.join(FACTS)}, and days, score or pounds)."
    )
