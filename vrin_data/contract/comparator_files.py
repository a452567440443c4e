"""A list of comparators from a file: CSV or a workbook, a row for each pair of areas, or a row for each area."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from vrin_data.contract.comparators import AREA_CODE, SHOWN, ComparatorList, in_order
from vrin_data.contract.feeds import fold
from vrin_data.contract.weight_sheets import HEADER_WITHIN, Sheet, sheets_of
from vrin_data.errors import RefusedInput

NEIGHBOUR = ("neighbour", "neighbor", "nearest", "similar", "comparator", "msf", "peer")
"""Words by which a heading says that its column holds comparators."""
RANK = ("rank", "order", "position", "distance", "similarity")
NAME = ("name", "label", "nm")
EXPECTED = (
    "Expected a row for each pair (headings such as area code, neighbour code, rank), or a row for each area with its "
    "comparators in columns (area code, neighbour 1, neighbour 2 and so on)"
)


@dataclass(frozen=True)
class ReadComparators:
    """A list as a file gives it, and what was understood of the file, in words."""

    comparators: ComparatorList
    notes: tuple[str, ...]


def read_comparators(
    path: Path,
    *,
    list_id: str,
    name: str,
    source: str = "",
    codes: Mapping[str, str] | None = None,
    file_name: str | None = None,
) -> ReadComparators:
    """The list of a file. `codes` gives the code of an area by its name, for files that hold names.

    Rows without a comparator are left out. Raises RefusedInput with every fault, such as a name that is unknown.
    """
    file = file_name or path.name
    found = next((one for sheet in sheets_of(path) if (one := _columns(sheet))), None)
    if found is None:
        raise RefusedInput(f"{file}: no columns of areas and of their comparators were found. {EXPECTED}.")
    faults: list[str] = []
    known = {fold(name): code for name, code in (codes or {}).items()}
    pairs = _wide(found, known, faults) if len(found.neighbours) > 1 else _long(found, known, faults)
    if faults:
        more = [f"and {len(faults) - SHOWN:,} more"] if len(faults) > SHOWN else []
        raise RefusedInput("\n".join([f"{file} was not read:", *faults[:SHOWN], *more]))
    made = in_order({code: tuple(dict.fromkeys(own)) for code, own in pairs.items()})
    if not made:
        raise RefusedInput(f"{file}: holds no comparators below its headings. {EXPECTED}.")
    form = "a row for each area" if len(found.neighbours) > 1 else "a row for each pair"
    widest = max(len(own) for _, own in made)
    words = f"read as {form}: {len(made):,} areas, at most {widest:,} comparators each"
    return ReadComparators(ComparatorList(list_id, name, made, source or file), (words,))


@dataclass(frozen=True)
class _Columns:
    """Where things stand in a sheet: the area, its comparators, and their rank, None where the rows are in order."""

    lines: tuple[tuple[int, tuple[str, ...]], ...]
    area: int
    neighbours: tuple[int, ...]
    rank: int | None


def _columns(sheet: Sheet) -> _Columns | None:
    for at, row in enumerate(sheet.rows[:HEADER_WITHIN]):
        headings = [fold(cell) for cell in row]
        lines = tuple(enumerate(sheet.rows[at + 1 :], start=at + 2))
        neighbours = [
            place for place, one in enumerate(headings) if _has(one, NEIGHBOUR) and not _has(one, RANK)
        ]
        others = [place for place, one in enumerate(headings) if one and not _has(one, (*NEIGHBOUR, *RANK))]
        if neighbours and others:
            area, own = _codes_first(headings, others, lines), _codes_only(headings, neighbours, lines)
            rank = next((place for place, one in enumerate(headings) if _has(one, RANK)), None)
            return _Columns(lines, area, tuple(own), rank if len(own) == 1 else None)
    return None


def _has(heading: str, words: Sequence[str]) -> bool:
    return any(word in heading for word in words)


def _codes_first(headings: list[str], places: list[int], lines: Sequence[tuple[int, tuple[str, ...]]]) -> int:
    """Of several columns that may name the area the first of codes, else the first."""
    return next((place for place in places if _holds_codes(lines, place)), places[0])


def _codes_only(
    headings: list[str], places: list[int], lines: Sequence[tuple[int, tuple[str, ...]]]
) -> list[int]:
    """Of columns of comparators those of codes; where none is, those that are no names beside a code, or all."""
    coded = [place for place in places if _holds_codes(lines, place)]
    return coded or [place for place in places if not _has(headings[place], ("code", "distance"))] or places


def _holds_codes(lines: Sequence[tuple[int, tuple[str, ...]]], place: int) -> bool:
    cells = [cell for _, line in lines if (cell := _cell(line, place))]
    return bool(cells) and 2 * sum(bool(AREA_CODE.fullmatch(cell.upper())) for cell in cells) >= len(cells)


def _long(found: _Columns, known: Mapping[str, str], faults: list[str]) -> dict[str, list[str]]:
    ranked: dict[str, list[tuple[float, int, str]]] = defaultdict(list)
    for number, line in found.lines:
        area, other = _cell(line, found.area), _cell(line, found.neighbours[0])
        if not area and not other:
            continue
        rank = _rank(line, found.rank, number, faults)
        ranked[_code(area, known, number, faults)].append((rank, number, _code(other, known, number, faults)))
    return {code: [other for *_, other in sorted(own) if other] for code, own in ranked.items()}


def _wide(found: _Columns, known: Mapping[str, str], faults: list[str]) -> dict[str, list[str]]:
    pairs: dict[str, list[str]] = {}
    for number, line in found.lines:
        cells = [cell for place in found.neighbours if (cell := _cell(line, place))]
        area = _cell(line, found.area)
        if not area and not cells:
            continue
        code = _code(area, known, number, faults)
        if code in pairs:
            faults.append(f"row {number:,}: {code} has a row already")
        pairs[code] = [_code(cell, known, number, faults) for cell in cells]
    return pairs


def _rank(line: Sequence[str], place: int | None, number: int, faults: list[str]) -> float:
    text = "" if place is None else _cell(line, place)
    try:
        return float(text) if text else float(number)
    except ValueError:
        faults.append(f"row {number:,}: {text!r} is not a rank (expected a number)")
        return 0.0


def _code(text: str, known: Mapping[str, str], number: int, faults: list[str]) -> str:
    if AREA_CODE.fullmatch(text.upper()):
        return text.upper()
    code = known.get(fold(text), "")
    if not code:
        what = repr(text) if text else "an empty cell"
        faults.append(
            f"row {number:,}: {what} is neither an area code such as E07000130 nor the name of an area held"
        )
    return code


def _cell(line: Sequence[str], at: int) -> str:
    return line[at].strip() if at < len(line) else ""
