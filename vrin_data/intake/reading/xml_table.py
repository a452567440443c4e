"""An XML file as a table: a row for each element that is one, attributes and leaves as columns.

What stands around the rows holds for all rows within: as a column, or, where the feed takes it from
above a header and it is the same for the whole file, as a line above.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from vrin_data.contract.feeds import Feed, fold
from vrin_data.errors import RefusedInput
from vrin_data.intake.reading.above import given_above, names_above
from vrin_data.intake.reading.fitting import Fit
from vrin_data.intake.reading.heads import Head, HeadRow
from vrin_data.intake.reading.lines import CAREFUL_HEADING, Records, numbered_sql, surveyed
from vrin_data.intake.reading.splitting import is_too_long
from vrin_data.intake.reading.unpack import SourceFile
from vrin_data.intake.reading.xml_walk import Leaves, walk
from vrin_data.intake.reading.xml_walk import Path as ElementPath

_INNER_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass
class _Survey:
    """The paths of a file's rows and of what is around them; a blank value there varies."""

    own: dict[ElementPath, None] = field(default_factory=dict)
    around: dict[ElementPath, str] = field(default_factory=dict)
    row_count: int = 0

    def see(self, _line: int, own: Leaves, around: Leaves) -> None:
        self.own.update(dict.fromkeys(own))
        self.see_around(around)
        self.row_count += 1

    def see_around(self, around: Leaves) -> None:
        for path, value in around.items():
            if self.around.setdefault(path, value) != value:
                self.around[path] = ""


@dataclass(frozen=True)
class XmlTable:
    """The rows of an XML file as a numbered CSV in the intake's folder."""

    source: SourceFile
    path: Path
    above: tuple[HeadRow, ...]
    headings: tuple[str, ...]

    def heads(self) -> list[Head]:
        """What is given for the whole file, and the headings."""
        line = len(self.above) + 1
        return [Head(",", (*self.above, HeadRow(line, line, self.headings)))]

    def records(self, connection: duckdb.DuckDBPyConnection, fit: Fit, coded: list[int]) -> Records:
        """Its rows, each with the line its element begins on."""
        return surveyed(connection, numbered_sql(self.path, len(self.headings)), (), coded)


def xml_table(source: SourceFile, feed: Feed) -> XmlTable:
    """The table of an XML file for this feed; without rows a period given makes it a true nil.

    Raises RefusedInput where the XML is broken or hostile, or holds no element that is a row.
    """
    row_names = feed.xml_rows or _repeated(source)
    survey = _Survey()
    survey.see_around(walk(source, row_names, survey.see).around)
    known, above_names = feed.headings(), names_above(feed)
    given = {
        path: heading
        for path, value in survey.around.items()
        if value and fold(heading := _heading(path, above_names)) in above_names
    }
    above = tuple(
        HeadRow(line, line, (heading, survey.around[path]))
        for line, (path, heading) in enumerate(given.items(), start=1)
    )
    if not survey.row_count:
        return _nil(source, feed, above, row_names)
    around = [path for path in survey.around if path not in given]
    headings = tuple(_heading(path, known) for path in around)
    headings += tuple(_heading(path, known, row_names) for path in survey.own)
    path = source.path.with_name(f"rows-{source.path.stem}-{feed.id}.csv")
    _write(source, row_names, path, around, list(survey.own))
    return XmlTable(source, path, above, headings)


def _repeated(source: SourceFile) -> tuple[str, ...]:
    """The element that repeats most and holds others, the outermost of several."""
    walked = walk(source, (), lambda *_: None)
    many = [name for name, count in walked.counts.items() if count > 1]
    ranked = sorted(many, key=lambda name: (-walked.counts[name], walked.depths[name]))
    return tuple(ranked[:1])


def _nil(source: SourceFile, feed: Feed, above: tuple[HeadRow, ...], row_names: tuple[str, ...]) -> XmlTable:
    given, _ = given_above(above, names_above(feed))
    if "period_start" not in given:
        named = ", ".join(row_names) or "one that repeats"
        raise RefusedInput(
            f"{source.name}: holds no element that is a row of the feed {feed.id} (expected: {named}), and gives no "
            "period for which there could be nothing to report. Check that it is a file of this feed."
        )
    path = source.path.with_name(f"rows-{source.path.stem}-{feed.id}.csv")
    needed = [column.accepted[0] for column in feed.columns if column.required and column.name not in given]
    one_of = [column.accepted[0] for group in feed.needs_one_of if (column := feed.column(group[0]))]
    headings = tuple(dict.fromkeys([*needed, *one_of]))
    path.write_text(",".join([CAREFUL_HEADING, *(f"c{index}" for index in range(len(headings)))]) + "\n")
    return XmlTable(source, path, above, headings)


def _write(
    source: SourceFile,
    row_names: tuple[str, ...],
    path: Path,
    around: list[ElementPath],
    own: list[ElementPath],
) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([CAREFUL_HEADING, *(f"c{index}" for index in range(len(around) + len(own)))])

        def write(line: int, leaves: Leaves, outside: Leaves) -> None:
            cells = [outside.get(one, "") for one in around] + [leaves.get(one, "") for one in own]
            if is_too_long("".join(cells)):
                raise RefusedInput(f"{source.name}, line {line}: a row holds too much text to be one.")
            writer.writerow([line, *cells])

        walk(source, row_names, write)


def _heading(path: ElementPath, known: dict[str, str], rows: tuple[str, ...] = ()) -> str:
    """The heading of a leaf: the longest end of its path that is known, else the whole path.

    A row's own leaf may be known under the row's name, too: `<offence code="8N"/>` is an offence code.
    """
    spellings = [words for names in (path, *((row, *path) for row in rows)) for words in _spellings(names)]
    return next((words for words in spellings if fold(words) in known), "/".join(path) or rows[0])


def _spellings(path: ElementPath) -> Iterator[str]:
    for start in range(len(path)):
        words = " ".join(path[start:])
        yield words
        yield _INNER_CAPITAL.sub(" ", words)
