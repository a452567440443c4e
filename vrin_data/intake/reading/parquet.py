"""A Parquet file as a table of text, read in place."""

from collections.abc import Callable
from dataclasses import dataclass

import duckdb

from vrin_data.errors import RefusedInput
from vrin_data.intake.reading.fitting import Fit
from vrin_data.intake.reading.heads import Head, HeadRow
from vrin_data.intake.reading.lines import CAREFUL_HEADING, BrokenLine, Records, surveyed
from vrin_data.intake.reading.unpack import MOST_UNPACKED_BYTES, SourceFile

MOST_ROWS = 2**30
# From here on a floating number stands for several whole numbers; rows that hold one are told.
ROUNDED_FROM = {"DOUBLE": 10**15, "FLOAT": 10**7}
ROUNDED = (
    "holds a whole number that was rounded on its way (it is stored as {kind}); store the column as text"
)


@dataclass(frozen=True)
class ParquetTable:
    """A Parquet file's columns with their types. Row n is told as line n + 1, as if a header stood above."""

    source: SourceFile
    columns: tuple[tuple[str, str], ...]

    def heads(self) -> list[Head]:
        """Its column names."""
        return [Head(",", (HeadRow(1, 1, tuple(name.strip() for name, _ in self.columns)),))]

    def records(self, connection: duckdb.DuckDBPyConnection, fit: Fit, coded: list[int]) -> Records:
        """Its rows; those with a rounded whole number in a column that is used are broken."""
        rounded = {
            index: _is_rounded(_quoted(name), kind)
            for index, (name, kind) in enumerate(self.columns)
            if kind in ROUNDED_FROM and index in fit.used_positions
        }
        reader = _reader(self.source)
        bad = " or ".join(f"coalesce({test}, false)" for test in rounded.values())
        cells = ", ".join(
            f"nullif({_text(_quoted(name), kind)}, '') as c{index}"
            for index, (name, kind) in enumerate(self.columns)
        )
        rows = f"select file_row_number + 2 as {CAREFUL_HEADING}, {cells} from {reader}"
        if not rounded:
            return surveyed(connection, f"({rows})", (), coded)
        which = ", ".join(rounded.values())
        told = connection.execute(
            f"select file_row_number + 2, {which} from {reader} where {bad} order by 1"
        ).fetchall()
        broken = tuple(BrokenLine(int(line), self._why(list(rounded), marks)) for line, *marks in told)
        return surveyed(connection, f"({rows} where not ({bad}))", broken, coded)

    def _why(self, positions: list[int], marks: list[bool]) -> str:
        index = next(position for position, mark in zip(positions, marks, strict=True) if mark)
        name, kind = self.columns[index]
        return f"the column {name} {ROUNDED.format(kind=kind)}"


def parquet_table(connection: duckdb.DuckDBPyConnection, source: SourceFile) -> ParquetTable:
    """The table of a Parquet file. Raises RefusedInput where it is damaged, encrypted or out of all bounds."""
    try:
        path = {"path": source.path.as_posix()}
        sizes = connection.execute(
            "select coalesce(sum(total_uncompressed_size), 0) from parquet_metadata($path)", path
        ).fetchone()
        rows = connection.execute(
            "select coalesce(sum(num_rows), 0) from parquet_file_metadata($path)", path
        ).fetchone()
        described = connection.execute(f"describe select * from {_reader(source)}").fetchall()
    except duckdb.Error as error:
        raise RefusedInput(
            f"{source.name}: cannot be read as Parquet ({type(error).__name__}): it is damaged, cut short or "
            "encrypted. Write it again."
        ) from error
    if int((sizes or (0,))[0]) > MOST_UNPACKED_BYTES or int((rows or (0,))[0]) > MOST_ROWS:
        raise RefusedInput(f"{source.name}: unpacks to more than the limit. Split it.")
    columns = [(str(name), str(kind)) for name, kind, *_ in described]
    return ParquetTable(source, tuple(one for one in columns if one[0] != "file_row_number"))


def _reader(source: SourceFile) -> str:
    path = source.path.as_posix().replace("'", "''")
    return f"read_parquet('{path}', file_row_number = true, binary_as_string = true)"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _is_rounded(cell: str, kind: str) -> str:
    return f"isfinite({cell}) and abs({cell}) >= {ROUNDED_FROM[kind]} and {cell} = trunc({cell})"


def _text(cell: str, kind: str) -> str:
    """SQL for a cell as text: whole numbers without a point, dates as ISO, truth as TRUE or FALSE."""
    for beginning, render in _RENDERS.items():
        if kind.startswith(beginning):
            return render(cell)
    return f"{cell}::varchar"


def _number(cell: str) -> str:
    whole = f"{cell} = trunc({cell}) and abs({cell}) < 1e18"
    return (
        f"case when isnan({cell}::double) then null when {whole} then {cell}::hugeint::varchar "
        f"else {cell}::varchar end"
    )


def _moment(cell: str) -> str:
    return (
        f"case when {cell} = date_trunc('day', {cell}) then {cell}::date::varchar "
        f"else strftime({cell}, '%Y-%m-%d %H:%M:%S') end"
    )


_RENDERS: dict[str, Callable[[str], str]] = {
    "BOOLEAN": lambda cell: f"upper({cell}::varchar)",
    "DOUBLE": _number,
    "FLOAT": _number,
    "DECIMAL": _number,
    "TIMESTAMP WITH TIME ZONE": lambda cell: _moment(f"({cell} at time zone 'UTC')"),
    "TIMESTAMP": _moment,
}
