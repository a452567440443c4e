"""A plain workbook (XLSX) of one sheet, written by hand so that equal rows give equal bytes.

Times are numbers with a date format, as a spreadsheet keeps them, and counts are numbers: a reader has
to turn both back into what a CSV would have said.
"""

from collections.abc import Sequence
from datetime import datetime
from xml.sax.saxutils import escape

import pandas

from sample_data.files import zipped

DAY_ZERO = datetime(1899, 12, 30)
SECONDS_A_DAY = 86_400
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f"""<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>
<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>
</Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>
</Relationships>""",
    "xl/workbook.xml": f"""<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">
<sheets><sheet name="Extract" sheetId="1" r:id="rId1"/></sheets>
</workbook>""",
    "xl/_rels/workbook.xml.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>
</Relationships>""",
    # Style 1 shows a day (14), style 2 a day and a time (22), both as the reader's own country does.
    "xl/styles.xml": f"""<styleSheet xmlns="{_MAIN}">
<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="1"><fill><patternFill patternType="none"/></fill></fills>
<borders count="1"><border/></borders>
<cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs>
<cellXfs count="3"><xf numFmtId="0" xfId="0"/><xf numFmtId="14" xfId="0" applyNumberFormat="1"/>\
<xf numFmtId="22" xfId="0" applyNumberFormat="1"/></cellXfs>
</styleSheet>""",
}


def as_workbook(table: pandas.DataFrame) -> bytes:
    """The table as a workbook: a header row, then a row each; a blank cell is left out."""
    styles = [_style(table[name]) for name in table.columns]
    rows = [list(table.columns), *table.astype(object).itertuples(index=False, name=None)]
    lines = "".join(_row(number, cells, styles) for number, cells in enumerate(rows, start=1))
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>'
    parts = _PARTS | {"xl/worksheets/sheet1.xml": sheet}
    return zipped({name: (_HEAD + text).encode("utf-8") for name, text in parts.items()})


def _style(column: pandas.Series) -> int:
    """The style of a column's times: with the time of day where any of them has one."""
    if not pandas.api.types.is_datetime64_any_dtype(column):
        return 0
    return 1 if column.dropna().dt.normalize().equals(column.dropna()) else 2


def _row(number: int, cells: Sequence[object], styles: list[int]) -> str:
    places = enumerate(zip(cells, styles, strict=True))
    inner = "".join(_cell(f"{_letters(at)}{number}", value, style) for at, (value, style) in places)
    return f'<row r="{number}">{inner}</row>'


def _cell(name: str, value: object, style: int) -> str:
    if value is None or value is pandas.NA or value is pandas.NaT or value == "":
        return ""
    if isinstance(value, datetime):
        return f'<c r="{name}" s="{style}"><v>{_serial(value)}</v></c>'
    if isinstance(value, str):
        return f'<c r="{name}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{name}"><v>{value}</v></c>'


def _serial(value: datetime) -> str:
    """Days since the spreadsheet's day zero, to more than a second's precision."""
    return f"{(value - DAY_ZERO).total_seconds() / SECONDS_A_DAY:.9f}".rstrip("0").rstrip(".")


def _letters(place: int) -> str:
    """A column's letters: A for 0, AA for 26."""
    return ("" if place < 26 else _letters(place // 26 - 1)) + chr(65 + place % 26)
