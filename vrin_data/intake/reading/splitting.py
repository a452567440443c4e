"""Lines of text into records, one by one: a line that is no record is the only one lost."""

import csv
import re
from collections import deque
from collections.abc import Iterator
from typing import TextIO

MOST_LINES_IN_A_RECORD = 200
LONGEST_LINE_BYTES = 4_000_000
_TO_CLOSING_QUOTE = re.compile(r'(?:[^"]++|"")*+"')
OPEN_QUOTE = "a quote in the line is opened and never closed, or in the wrong place"
TOO_LONG = "the line is too long"
TOO_MANY = "the line has more cells than the header"
TOO_FEW = "the line has fewer cells than the header"
UNQUOTED = "a quote in the line is opened or closed in the wrong place"

# Python's own limit for a cell is smaller than what the quick way reads.
csv.field_size_limit(LONGEST_LINE_BYTES)


def limited_lines(handle: TextIO, longest: int = LONGEST_LINE_BYTES) -> Iterator[str]:
    """A file's lines; of one beyond the limit only as much as shows that it is."""
    while line := handle.readline(longest + 1):
        rest = line
        while len(rest) > longest and not rest.endswith(("\n", "\r")):
            rest = handle.readline(longest + 1)
        yield line


def records(lines: Iterator[str], delimiter: str, width: int) -> Iterator[tuple[int, list[str], str | None]]:
    """Every record after the header: its line, its cells, and why it is none.

    A line that is no record gives the lines it had drawn in back, so that it alone is lost.
    """
    numbered = iter(enumerate(lines, start=1))
    next(numbered, None)
    waiting: deque[tuple[int, str]] = deque()
    while True:
        first = waiting.popleft() if waiting else next(numbered, None)
        if first is None:
            return
        number, line = first
        if not line.strip(" \n"):
            continue
        taken = [line]
        is_open = is_quote_open(line, delimiter, False)
        while is_open and len(taken) < MOST_LINES_IN_A_RECORD:
            further = waiting.popleft() if waiting else next(numbered, None)
            if further is None:
                break
            taken.append(further[1])
            is_open = is_quote_open(further[1], delimiter, True)
        cells, reason = ([], OPEN_QUOTE) if is_open else _cells("".join(taken), delimiter, width)
        if reason and len(taken) > 1:
            waiting.extendleft(
                reversed([(number + index, text) for index, text in enumerate(taken[1:], start=1)])
            )
            reason = OPEN_QUOTE
        yield number, cells, reason


def _cells(text: str, delimiter: str, width: int) -> tuple[list[str], str | None]:
    """A record's cells, or why it is none. Blank cells past the header's last are no fault."""
    if is_too_long(text):
        return [], TOO_LONG
    try:
        cells = next(csv.reader([text.removesuffix("\n")], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return [], UNQUOTED
    if len(cells) < width:
        return [], TOO_FEW
    if any(cells[width:]):
        return [], TOO_MANY
    return cells[:width], None


def is_too_long(text: str) -> bool:
    """Whether a text is beyond the limit as bytes, which are up to four to a character."""
    return len(text) > LONGEST_LINE_BYTES // 4 and len(text.encode()) > LONGEST_LINE_BYTES


def is_quote_open(line: str, delimiter: str, was_open: bool) -> bool:
    """Whether a quoted cell goes on after this line. A quote opens one only where a cell begins."""
    at = 0
    while True:
        if was_open:
            closed = _TO_CLOSING_QUOTE.match(line, at)
            after = line.find(delimiter, closed.end()) if closed else -1
            if after < 0:
                return closed is None
            at = after + 1
        was_open = True
        if line.startswith('"', at):
            at += 1
        elif (start := line.find(delimiter + '"', at)) >= 0:
            at = start + 2
        else:
            return False
