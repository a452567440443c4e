"""The Cambridge Crime Harm Index as its workbook gives it: a row for each offence in police systems.

Columns are found by their headings. Spellings that the register knows otherwise are put right and
listed; a weight is never touched. Rows that weigh differently under one code and classification are
told apart by the words of their titles (`reference/weight_qualifiers.csv`).
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from vrin_data.contract import reference
from vrin_data.contract.offences import offences
from vrin_data.contract.published_weights import PublishedWeights, Repair, idle_notes
from vrin_data.contract.weight_rows import WeightRow
from vrin_data.contract.weight_sheets import Found, Sheet, headed
from vrin_data.contract.weight_text import read_amount
from vrin_data.errors import RefusedInput

HEADINGS = {
    "row_id": ("athena urn", "urn"),
    "title": ("full offence title", "offence title", "offence"),
    "days": (
        "cchi score",
        "cchi value",
        *(words.format(year) for year in range(2016, 2041) for words in ("cchi {} score", "cchi score {}")),
        "days",
    ),
    "classification": ("home office classification", "ho classification"),
    "code": ("classification code", "offence code"),
    # Where the workbook splits a classification in three, this is its first number and no offence code.
    "first_number": ("ho code",),
    "second_number": ("ho sub code",),
    "notifiable": ("notifiable",),
}
NEEDED = {"row_id", "title", "days", "classification", "notifiable"}
NOTIFIABLE = {"notifiable": True, "1": True, "non notifiable": False, "0": False}
SLASHED = "a code written with a slash is read with a dot"
UNSLASHED = "a classification written without its slash or zeros is read in its usual form"
NUMBERED = "a code that the table does not give is read from the row's number"
REPEATED = "a row's number that stands twice is told apart by #2"
LONGEST_QUALIFIER = 80
_CLASSIFICATION = re.compile(r"(\d{1,3})/(\d{1,2})|(\d{3})(\d{2})")
_ATTEMPTED = re.compile(r"attempted\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Line:
    at: str
    row_id: str
    title: str
    pair: tuple[str, str]
    days: float
    is_notifiable: bool

    @property
    def is_attempt(self) -> bool:
        # The number of an attempt is that of the completed offence with an A.
        return self.row_id.endswith("A") or bool(_ATTEMPTED.match(self.title))


class _Notebook:
    """What was put right, by kind."""

    def __init__(self) -> None:
        self.cases: dict[str, list[str]] = defaultdict(list)
        self.row_ids: dict[str, list[str]] = defaultdict(list)

    def add(self, what: str, case: str, row_id: str) -> None:
        self.cases[what].append(case)
        self.row_ids[what].append(row_id)

    def repairs(self) -> tuple[Repair, ...]:
        return tuple(
            Repair(what, tuple(dict.fromkeys(self.cases[what])), tuple(self.row_ids[what]))
            for what in self.cases
        )


def read_cambridge(sheets: list[Sheet]) -> PublishedWeights | None:
    """The index from the sheet that holds most of it; None where no sheet has its headings.

    Raises RefusedInput with every fault of the sheet.
    """
    found = [one for sheet in sheets if (one := headed(sheet, HEADINGS, needed=NEEDED)) is not None]
    if not found:
        return None
    table = max(found, key=lambda one: len(list(one.lines())))
    left_out = [
        f"{one.sheet.where}: {len(list(one.lines()))} rows, not the sheet of values"
        for one in found
        if one is not table
    ]
    remarks = sum(_is_remark(cells) for _, cells in table.lines())
    left_out += [f"{remarks} rows of {table.sheet.where} that hold words alone"] if remarks else []
    notebook = _Notebook()
    rows = _rows(_lines(table, notebook))
    return PublishedWeights(
        form="cambridge",
        where=table.sheet.where,
        kind="days",
        rows=rows,
        name="Cambridge Crime Harm Index",
        attribution="Cambridge Crime Harm Index, Cambridge Centre for Evidence-Based Policing",
        repairs=notebook.repairs(),
        left_out=tuple(left_out),
        notes=idle_notes(rows),
    )


def _lines(table: Found, notebook: _Notebook) -> list[_Line]:
    lines: list[_Line] = []
    faults: list[str] = []
    seen: dict[str, int] = defaultdict(int)
    for number, cells in table.lines():
        if _is_remark(cells):
            continue
        at = f"{table.sheet.where}, row {number}"
        line, wrong = _line(at, cells, notebook, seen)
        faults += [f"{at}, {words}" for words in wrong]
        lines += [line] if line is not None else []
    if not lines and not faults:
        faults.append(f"{table.sheet.where}: has headings and no row under them.")
    if faults:
        raise RefusedInput("\n".join(faults))
    return lines


def _is_remark(cells: Mapping[str, str]) -> bool:
    """Whether a row is a heading between rows or a note below them, and names neither offence nor weight."""
    return not any(cells[name] for name in ("row_id", "days", "classification", "notifiable"))


def _line(
    at: str, cells: Mapping[str, str], notebook: _Notebook, seen: dict[str, int]
) -> tuple[_Line | None, list[str]]:
    """A row as read, and what is wrong with it."""
    row_id, faults = cells["row_id"], []
    if not row_id:
        faults.append("ATHENA URN: is blank; a row is known by its number.")
    days = read_amount(cells["days"])
    if days is None:
        faults.append(f"CCHI score: {cells['days']!r} is not a number of days (expected 0 or more).")
    is_notifiable = NOTIFIABLE.get(cells["notifiable"].lower().replace("-", " "))
    if is_notifiable is None:
        faults.append(f"NOTIFIABLE: {cells['notifiable']!r} is neither Notifiable nor Non-Notifiable.")
    classification = _classification(cells["classification"], row_id, notebook)
    if classification is None:
        faults.append(f"classification: {cells['classification']!r} is none (expected such as 008/06).")
    if faults or days is None or is_notifiable is None or classification is None:
        return None, faults
    code = _code(cells, classification, notebook)
    seen[row_id] += 1
    if seen[row_id] > 1:
        notebook.add(REPEATED, row_id, row_id)
        row_id = f"{row_id} #{seen[row_id]}"
    return _Line(at, row_id, cells["title"], (code, classification), days, is_notifiable), []


def _classification(text: str, row_id: str, notebook: _Notebook) -> str | None:
    match = _CLASSIFICATION.fullmatch(text)
    if match is None:
        return None
    spelled = f"{match[1] or match[3]:0>3}/{match[2] or match[4]:0>2}"
    if spelled != text:
        notebook.add(UNSLASHED, f"{text} as {spelled}", row_id)
    return spelled


def _code(cells: Mapping[str, str], classification: str, notebook: _Notebook) -> str:
    given = cells.get("code") or ("" if "second_number" in cells else cells.get("first_number", ""))
    if given:
        code = given.replace("/", ".")
        if code != given:
            notebook.add(SLASHED, f"{given} as {code}", cells["row_id"])
        return code
    code = _numbered_code(cells["row_id"], classification)
    notebook.add(NUMBERED, f"{classification} as {code or 'any code'}", cells["row_id"])
    return code


def _numbered_code(row_id: str, classification: str) -> str:
    """The code with which a row's number begins (8N of 8N.8.6.0), '' where that is none the register has."""
    first, second = (str(int(part)) for part in classification.split("/"))
    code, _, _ = row_id.partition(f".{first}.{second}")
    return code if (code, classification) in offences().facts else ""


def _rows(lines: list[_Line]) -> tuple[WeightRow, ...]:
    of_pair: dict[tuple[str, str], list[_Line]] = defaultdict(list)
    for line in lines:
        of_pair[line.pair].append(line)
    return tuple(
        WeightRow(
            line.row_id,
            line.pair,
            _qualifier(line, of_pair[line.pair]),
            line.days,
            line.is_attempt,
            line.is_notifiable,
        )
        for line in lines
    )


def _qualifier(line: _Line, beside: list[_Line]) -> str:
    """What tells a row from others of its pair that weigh differently; '' where none does."""
    if len({one.days for one in beside}) == 1:
        return ""
    completed = {one.days for one in beside if not one.is_attempt}
    attempts = {one.days for one in beside if one.is_attempt}
    title = line.title.lower()
    for row in reference.rows("weight_qualifiers.csv"):
        if row["classification"] == line.pair[1] and row["title_words"] in title:
            return row["qualifier"] + (", attempt" if line.is_attempt and completed else "")
    if len(completed) == len(attempts) == 1:
        return "attempt" if line.is_attempt else "completed"
    return line.title[:LONGEST_QUALIFIER]
