"""What a file is, told from its first bytes and never from its name."""

import re
import zipfile
from typing import Literal

from vrin_data.errors import RefusedInput
from vrin_data.intake.reading.text import encoding_by_mark
from vrin_data.intake.reading.unpack import SourceFile, is_workbook

Kind = Literal["text", "workbook", "parquet", "xml"]
START = 4096
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WEB_PAGE = re.compile(r"<(!doctype\s+html|html|head|body|table|meta|script|div)\b", re.IGNORECASE)
_OLD_SHEET = "urn:schemas-microsoft-com:office:spreadsheet"


def kind_of(source: SourceFile) -> Kind:
    """How a file is to be read.

    Raises RefusedInput for what is no table: an empty file, a web page, a Git LFS pointer, JSON, a
    PDF, an archive.
    """
    with source.path.open("rb") as handle:
        start = handle.read(START)
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(COMPOUND_FILE):
        return "workbook"
    if start.startswith(b"PK"):
        return _kind_of_zip(source)
    if start.startswith((b"%PDF", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"7z\xbc\xaf", b"Rar!")):
        raise RefusedInput(
            f"{source.name}: is a PDF, an archive or another binary file under this name. "
            "Send the table as CSV or XLSX."
        )
    return _kind_of_text(source, start)


def _kind_of_zip(source: SourceFile) -> Kind:
    if not zipfile.is_zipfile(source.path):
        raise RefusedInput(
            f"{source.name}: is a workbook or an archive that is not whole; it may have been cut short on the way. "
            "Ask for it again."
        )
    if not is_workbook(source.path):
        raise RefusedInput(
            f"{source.name}: is an archive or a document under this name. Send the table itself."
        )
    return "workbook"


def _kind_of_text(source: SourceFile, start: bytes) -> Kind:
    text = start.decode(encoding_by_mark(source.path) or "utf-8", errors="replace")
    text = text.lstrip("\ufeff").lstrip()
    if not text:
        raise RefusedInput(
            f"{source.name}: is empty. If there was nothing to report, send the header line; otherwise send the "
            "file again."
        )
    if text.startswith("version https://git-lfs"):
        raise RefusedInput(
            f"{source.name}: is a Git LFS pointer, not the data. Fetch the real file (`git lfs pull`) and send that."
        )
    if text.startswith(("{", "[")):
        raise RefusedInput(f"{source.name}: is JSON, not a table with a header line. Export it as CSV.")
    if not text.startswith("<"):
        return "text"
    if _OLD_SHEET in text:
        raise RefusedInput(
            f"{source.name}: is a workbook in the XML format of 2003. Open it, save it as XLSX and send that."
        )
    if _WEB_PAGE.search(text):
        raise RefusedInput(
            f"{source.name}: is a web page, not a table. It was saved from a login or error page, or a system calls "
            "its web page a workbook: download it again, or save the table as XLSX or CSV."
        )
    return "xml"
