"""A text file (CSV and its like) as a table, whatever stands above its header."""

import csv
import io
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from vrin_data.intake.reading.fitting import Fit
from vrin_data.intake.reading.header import Header
from vrin_data.intake.reading.heads import LONGEST_HEAD_LINE, Head, bytes_through, text_heads
from vrin_data.intake.reading.lines import Records, records_of
from vrin_data.intake.reading.text import TextShape, as_utf8
from vrin_data.intake.reading.unpack import SourceFile


@dataclass(frozen=True)
class TextTable:
    """A text file in UTF-8 and how its lines look."""

    source: SourceFile
    shape: TextShape

    def heads(self) -> Iterator[Head]:
        """Its first rows, once for each delimiter."""
        return text_heads(self.source.path)

    def records(self, connection: duckdb.DuckDBPyConnection, fit: Fit, coded: list[int]) -> Records:
        """The records below the header line."""
        path, shape, lines_above = self.source.path, self.shape, fit.row.last_line - 1
        header = Header(fit.header.delimiter, fit.row.cells, {})
        if lines_above:
            path = _without_lines_above(path, fit)
            shape = TextShape(shape.line_count - lines_above, shape.has_mixed_ends)
        return records_of(connection, path, header, shape, coded, lines_above=lines_above)


def text_table(source: SourceFile) -> TextTable:
    """The table of a text file. Raises RefusedInput where its encoding cannot be read."""
    return TextTable(source, as_utf8(source))


def _without_lines_above(path: Path, fit: Fit) -> Path:
    """A copy that begins with the header, in one line that ends as the file's lines do."""
    below = path.with_name(f"{path.stem}-below-{fit.row.last_line}.csv")
    with path.open("rb") as old, below.open("wb") as new:
        end = b"\r\n" if old.readline(LONGEST_HEAD_LINE).endswith(b"\r\n") else b"\n"
        old.seek(bytes_through(path, fit.row.last_line))
        new.write(_header_line(fit).encode() + end)
        shutil.copyfileobj(old, new)
    return below


def _header_line(fit: Fit) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=fit.header.delimiter, lineterminator="").writerow(fit.row.cells)
    return line.getvalue()
