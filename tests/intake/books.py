"""Workbooks written part by part, so that a test can hold what no spreadsheet would write."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

EPOCH = datetime(1899, 12, 30)
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/>'
    '<xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


@dataclass(frozen=True)
class Formula:
    """A formula cell with the value that was last worked out."""

    words: str
    cached: str


@dataclass(frozen=True)
class Fault:
    """An error cell, such as #REF!."""

    words: str


def xlsx(
    sheets: Mapping[str, Sequence[Sequence[Any]]], *, hidden: Sequence[str] = (), first_row: int = 1
) -> bytes:
    """The bytes of a workbook of these sheets, None for a cell that is not there."""
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", f"worksheets/s{number}.xml") for number in range(len(sheets))]
            + [("styles", "styles.xml")]
        ),
        "xl/workbook.xml": _workbook(list(sheets), hidden),
        "xl/styles.xml": STYLES,
    }
    for number, rows in enumerate(sheets.values()):
        parts[f"xl/worksheets/s{number}.xml"] = sheet_xml(rows, first_row)
    return package(parts)


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """A compressed zip of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def sheet_xml(rows: Sequence[Sequence[Any]], first_row: int = 1) -> str:
    """A sheet's part."""
    written = "".join(
        f'<row r="{number}">{"".join(_cell(cell, _name(at, number)) for at, cell in enumerate(row))}</row>'
        for number, row in enumerate(rows, start=first_row)
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{written}</sheetData></worksheet>'


def ods(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """The bytes of an OpenDocument workbook."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">'
        + "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    content = (
        f'<office:document-content {names} office:version="1.2"><office:body><office:spreadsheet>{tables}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:media-type="{kind}" manifest:full-path="/"/></manifest:manifest>'
    )
    return package({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def _cell(cell: Any, name: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return f'<c r="{name}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, str):
        return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    if isinstance(cell, Formula):
        return f'<c r="{name}" t="str"><f>{escape(cell.words)}</f><v>{escape(cell.cached)}</v></c>'
    if isinstance(cell, Fault):
        return f'<c r="{name}" t="e"><v>{cell.words}</v></c>'
    if isinstance(cell, datetime):
        return f'<c r="{name}" s="2"><v>{(cell - EPOCH).total_seconds() / 86_400!r}</v></c>'
    if isinstance(cell, date):
        return f'<c r="{name}" s="1"><v>{(cell - EPOCH.date()).days}</v></c>'
    return f'<c r="{name}"><v>{cell!r}</v></c>'


def _ods_cell(cell: Any) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, bool):
        kind, value = "boolean", f'office:boolean-value="{str(cell).lower()}"'
    elif isinstance(cell, str):
        kind, value = "string", ""
    elif isinstance(cell, date):
        kind, value = "date", f'office:date-value="{cell.isoformat()}"'
    else:
        kind, value = "float", f'office:value="{cell!r}"'
    text = f"<text:p>{escape(str(cell))}</text:p>"
    return f'<table:table-cell office:value-type="{kind}" {value}>{text}</table:table-cell>'


def _name(at: int, row: int) -> str:
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="r{number}" Type="{DOCUMENT}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{RELATIONS}">{listed}</Relationships>'


def _workbook(names: Sequence[str], hidden: Sequence[str]) -> str:
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number + 1}" '
        f'{"state=" + chr(34) + "hidden" + chr(34) if name in hidden else ""} r:id="r{number}"/>'
        for number, name in enumerate(names)
    )
    return f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>{listed}</sheets></workbook>'
