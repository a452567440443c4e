"""Reads the sample's files plainly, without intake, for tests that compare them with what is said of them."""

import csv
import gzip
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

from vrin_data.contract.feeds import Feed, fold

SAMPLE = Path(__file__).parents[2] / "sample_data"
Row = dict[str, str]
XML_ROWS = ("Assault", "Assessments")
TIME_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")


@dataclass(frozen=True)
class Table:
    """A table of a file: its rows by VRIN's column names, what stands above it, headings nobody knows."""

    rows: tuple[Row, ...]
    above: Row
    unknown: tuple[str, ...]


def tables(name: str, feed: Feed) -> Iterator[Table]:
    """The tables of a file of the sample, a zip's one after the other."""
    content = (SAMPLE / name).read_bytes()
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield table(archive.read(member), feed)
    else:
        yield table(gzip.decompress(content) if name.endswith(".gz") else content, feed)


def table(content: bytes, feed: Feed) -> Table:
    """One table, XML or CSV."""
    known = feed.headings()
    if content.startswith(b"<?xml"):
        above, rows = _of_xml(content, known)
        headings = list(dict.fromkeys(heading for row in rows for heading in row))
    else:
        above, headings, rows = _of_csv(content, known)
    named = [{known[fold(h)]: value for h, value in row.items() if fold(h) in known} for row in rows]
    unknown = tuple(heading for heading in headings if fold(heading) not in known)
    return Table(tuple(named), {known[fold(h)]: value for h, value in above.items()}, unknown)


def _of_csv(content: bytes, known: dict[str, str]) -> tuple[Row, list[str], list[Row]]:
    lines = [line for line in csv.reader(io.StringIO(content.decode("utf-8-sig"))) if line]
    first = next(at for at, line in enumerate(lines) if sum(fold(cell) in known for cell in line) > 2)
    headings = lines[first]
    rows = [dict(zip(headings, line, strict=True)) for line in lines[first + 1 :]]
    return dict(lines[:first]), headings, rows


def _of_xml(content: bytes, known: dict[str, str]) -> tuple[Row, list[Row]]:
    root = ElementTree.fromstring(content)
    rows = [one for one in root if one.tag in XML_ROWS]
    around = [leaf for one in root if one not in rows for leaf in one.iter() if not len(leaf)]
    above = {_heading(leaf.tag, known): leaf.text or "" for leaf in around}
    return above, [{_heading(x.tag, known): x.text or "" for x in row.iter() if not len(x)} for row in rows]


def _heading(tag: str, known: dict[str, str]) -> str:
    """An element's name as the heading it stands for: ReportingPeriodStartDate with its spaces."""
    spaced = "".join(f" {letter}" if letter.isupper() else letter for letter in tag).strip()
    return tag if fold(tag) in known else spaced


def month_of(row: Row, feed: Feed) -> str:
    """First month, as YYYY-MM, of the period that a row counts in."""
    told = row.get(feed.period_from) or row.get("recorded_month") or row["event_start_at"]
    if feed.period_form == "academic_year":
        return f"{told[:4]}-09"
    if len(told) == len("2026-03"):
        return told
    when = moment(told)
    return f"{when.year}-{when.month - (when.month - 1) % 3 if feed.period_length == 'quarter' else when.month:02d}"


def moment(text: str) -> datetime:
    """A time in any of the sample's forms."""
    for form in TIME_FORMS:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    raise AssertionError(f"no time: {text!r}")
