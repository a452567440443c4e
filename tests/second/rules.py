"""The rules that a row breaks, each in plain Python after its words in `checks.toml`."""

import re

from tests.second.identifiers import is_identifying
from tests.second.points import in_order, kind_of
from tests.second.sheet import Sheet
from tests.second.words import MOST_IN_A_COUNT, Toml, counted, is_blank, moment, month_of, number

POINTS = (("easting", "northing"), ("longitude", "latitude"))
LIMITS = {
    "easting": (1, 700_000),
    "northing": (1, 1_300_000),
    "longitude": (-9, 2.5),
    "latitude": (49.5, 61.5),
}
# Kinds of columns of which a health feed keeps the text, or shows it where it is no value of a list.
SEARCHED_KINDS = ("code", "age")
FREE_TEXTS = ("offence_text", "place_text", "outcome")
SEARCHED = (
    "record_key",
    "offence_text",
    "place_text",
    "outcome",
    "offence_raw",
    "given_area_code",
    "given_area_name",
    "victim_ethnicity",
)


def broken(sheet: Sheet, row: dict[str, str]) -> set[str]:
    """The rules that a row breaks."""
    found = {rule for column in sheet.feed["columns"] for rule in _of_column(sheet, column, row)}
    found |= _of_points(sheet, row) | _of_period(sheet, row) | _of_sender(sheet, row)
    # Where land is, is asked of rows alone that are good so far.
    at_sea = {"in_the_sea"} if not found and _is_in_the_sea(sheet, row) else set()
    return found | at_sea | _of_texts(sheet, row)


def _of_column(sheet: Sheet, column: Toml, row: dict[str, str]) -> set[str]:
    """The rules of one column that its cell breaks."""
    name, kind = column["name"], column.get("kind", "text")
    if name not in row or name == "supplier":
        return set()
    if is_blank(row[name], sheet.feed) and counted(row[name], sheet.feed) is None:
        is_needed = column.get("required", False) and kind not in ("longitude", "latitude")
        return {"missing"} if is_needed or kind == "count" else set()
    if kind == "month" and "recorded_quarter" in row and sheet.month(row) is None:
        # Without its quarter a year is no period yet.
        return _of_month(row[name], name, sheet) - {"in_the_future"}
    return _TOLD[kind](row[name], name, sheet) if kind in _TOLD else set()


def _of_points(sheet: Sheet, row: dict[str, str]) -> set[str]:
    """The rules of coordinates: both or neither, within the country, on land."""
    found = set()
    for pair in POINTS:
        if not set(pair) <= set(row):
            continue
        blank = [is_blank(row[name], sheet.feed) for name in pair]
        given = [number(row[name]) for name in pair]
        if blank[0] != blank[1] and any(value is not None for value in given):
            found.add("half_a_coordinate")
        is_far = any(
            value is not None and not _is_within(name, value) for name, value in zip(pair, given, strict=True)
        )
        is_elsewise = None not in given and kind_of(*given) is not None
        if is_far and not is_elsewise:
            found.add("outside_the_country")
    return found


def _is_in_the_sea(sheet: Sheet, row: dict[str, str]) -> bool:
    """Whether the point of a row, its place on the grid before its degrees, lies in the sea."""
    given = [tuple(number(row.get(name, "")) for name in pair) for pair in POINTS]
    point = next((in_order(point) for point in given if None not in point), None)
    return sheet.feed.get("place_precision", "exact") == "exact" and point in sheet.said.sea


def _of_period(sheet: Sheet, row: dict[str, str]) -> set[str]:
    """The rules of the period: one is told, and it is the file's."""
    if sheet.feed["mode"] != "replace_period":
        return set()
    told = [name for name in sheet.telling() if name in row and not is_blank(row[name], sheet.feed)]
    start = sheet.counts_in(row)
    if start is None:
        is_needed = any(
            one["name"] == sheet.feed["period_from"] and one.get("required") for one in sheet.feed["columns"]
        )
        return set() if told or is_needed else {"no_time"}
    is_inside = sheet.period is None or sheet.period[0] <= start < sheet.period[1]
    return set() if is_inside else {"outside_the_period"}


def _of_sender(sheet: Sheet, row: dict[str, str]) -> set[str]:
    return set() if sheet.supplier(row) else {"unknown_supplier"}


def _of_texts(sheet: Sheet, row: dict[str, str]) -> set[str]:
    """Whether a text of a health feed holds what identifies a person; keys are judged as a column."""
    if not sheet.feed.get("is_health"):
        return set()
    coded = [one["name"] for one in sheet.feed["columns"] if one.get("kind") in SEARCHED_KINDS]
    names = [name for name in (*SEARCHED, *coded) if name in row]
    found = [name for name in names if is_identifying(row[name])]
    # One number in eleven looks like an NHS number: keys are judged as a column, and so are codes that are numbers.
    by_cell = [
        name for name in found if name in FREE_TEXTS or (name != "record_key" and not row[name].isdigit())
    ]
    is_told = by_cell or ("record_key" in found and sheet.has_keys_of_persons)
    return {"identifier_in_text"} if is_told else set()


def _of_time(cell: str, name: str, sheet: Sheet) -> set[str]:
    if name not in ("recorded_at", "event_start_at", "event_end_at"):
        return set()
    found = moment(cell)
    if found is None:
        return {"not_a_date"}
    return {"in_the_future"} if found[0].date() > sheet.said.received_day else set()


def _of_month(cell: str, _name: str, sheet: Sheet) -> set[str]:
    found = month_of(cell, sheet.feed.get("period_form", "month"))
    return (
        {"not_a_month"} if found is None else {"in_the_future"} if found > sheet.said.received_day else set()
    )


def _of_quarter(cell: str, _name: str, _sheet: Sheet) -> set[str]:
    return set() if re.fullmatch("(?:q|quarter )?[1-4]", cell.lower()) else {"not_a_quarter"}


def _of_number(cell: str, name: str, _sheet: Sheet) -> set[str]:
    value = number(cell)
    if value is None:
        return {"not_a_number"}
    if name == "row_version":
        return set() if value == int(value) else {"not_a_version"}
    return {"not_a_number"} if name == "gravity" and value != int(value) else set()


def _of_count(cell: str, _name: str, sheet: Sheet) -> set[str]:
    found = counted(cell, sheet.feed)
    if found is None or found[0] != int(found[0]) or abs(found[0]) > MOST_IN_A_COUNT:
        return {"not_a_count"} | (
            {"negative_count"} if found and found[0] < 0 and not _signed(sheet) else set()
        )
    return {"negative_count"} if found[0] < 0 and not _signed(sheet) else set()


def _signed(sheet: Sheet) -> bool:
    return bool(sheet.feed.get("signed_counts", False))


_TOLD = {
    "time": _of_time,
    "month": _of_month,
    "quarter": _of_quarter,
    "count": _of_count,
    **dict.fromkeys(("number", "easting", "northing", "longitude", "latitude"), _of_number),
}


def _is_within(name: str, value: float) -> bool:
    low, high = LIMITS[name]
    return low <= value <= high
