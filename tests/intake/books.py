"""Workbooks written part by part, so that a test can hold what no spreadsheet would write."""

import io
import struct
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


def xlsb(name: str, rows: Sequence[Sequence[Any]]) -> bytes:
    """The bytes of a binary workbook of one sheet of texts, numbers and truths."""
    bundle = struct.pack("<II", 0, 1) + _wide("r0") + _wide(name)
    book = _record(131) + _record(143) + _record(156, bundle) + _record(144) + _record(132)
    width = max(len(row) for row in rows)
    sheet = _record(129) + _record(148, struct.pack("<4I", 0, len(rows) - 1, 0, width - 1)) + _record(145)
    for number, row in enumerate(rows):
        sheet += _record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))
        sheet += b"".join(_binary_cell(at, cell) for at, cell in enumerate(row) if cell is not None)
    kind = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    return package(
        {
            "[Content_Types].xml": CONTENT_TYPES.replace(
                "</Types>", f'<Default Extension="bin" ContentType="{kind}"/></Types>'
            ),
            "_rels/.rels": _relations([("officeDocument", "xl/workbook.bin")]),
            "xl/_rels/workbook.bin.rels": _relations([("worksheet", "worksheets/s0.bin")]),
            "xl/workbook.bin": book,
            "xl/worksheets/s0.bin": sheet + _record(146) + _record(130),
        }
    )


def _binary_cell(at: int, cell: Any) -> bytes:
    place = struct.pack("<II", at, 0)
    if isinstance(cell, bool):
        return _record(4, place + bytes([cell]))
    if isinstance(cell, str):
        return _record(6, place + _wide(cell))
    return _record(5, place + struct.pack("<d", cell))


def _record(kind: int, content: bytes = b"") -> bytes:
    numbers = b""
    for number in (kind, len(content)):
        while number >= 128:
            numbers += bytes([number & 127 | 128])
            number >>= 7
        numbers += bytes([number])
    return numbers + content


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
