"""What a kept row becomes: its incident, its codes, its persons, and what is warned of."""

import re
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from tests.second.offence_words import UNMAPPED, is_contradiction, offence_of
from tests.second.points import warnings_of
from tests.second.rules import POINTS
from tests.second.sheet import Sheet
from tests.second.words import (
    LENGTHS,
    Toml,
    age,
    age_band,
    counted,
    fold,
    is_blank,
    later,
    moment,
    number,
)

Time = tuple[datetime, bool] | None
NOT_RECORDED = "not_recorded"
CODES = {
    "weapon": "weapon",
    "weapon_use": "weapon_use",
    "domestic": "yes_no",
    "hate": "yes_no",
    "alcohol": "yes_no",
    "gang": "yes_no",
    "injury": "injury",
    "location_type": "location_type",
    "victim_sex": "sex",
    "status": "status",
    "reported_by": "reported_by",
    "suspect_sex": "sex",
    "row_state": "status",
}
CODE_LISTS = {
    "yes_no": "no yes",
    "weapon": "none sharp firearm blunt corrosive other",
    "weapon_use": "used threatened possessed",
    "injury": "none minor serious fatal",
    "location_type": "dwelling street licensed shop school transport park hospital custody workplace other",
    "status": "live cancelled transferred deleted",
    "reported_by": "victim witness agency police company",
    "sex": "female male other",
}


def incident(sheet: Sheet, row: dict[str, str]) -> dict[str, Any]:
    """What a kept row becomes."""
    offence = [sheet.text(row, name) or "" for name in ("offence_code", "classification", "offence_raw")]
    key, status = offence_of(sheet.feed, *offence)
    low, high = counted(row["count"], sheet.feed) or (1, 1) if "count" in row else (1, 1)
    times = {name: moment(row.get(name, "")) for name in ("recorded_at", "event_start_at", "event_end_at")}
    return {
        "supplier": sheet.supplier(row),
        "month": sheet.counts_in(row),
        "key": _key(sheet, row),
        **{name: found[0] if found else None for name, found in times.items()},
        "recorded_precision": _precision(times["recorded_at"]),
        "event_precision": _precision(times["event_start_at"]) or NOT_RECORDED,
        "offence_key": key,
        "mapping_status": status,
        "offence_raw": " ".join(filter(None, offence)) or None,
        "offence_text": sheet.text(row, "offence_text"),
        "place_text": sheet.text(row, "place_text"),
        "given_area": _given_area(sheet, row),
        "outcome": sheet.text(row, "outcome"),
        "low": int(low),
        "high": int(high),
        "version": _whole(row.get("row_version", "")),
        "gravity": _whole(row.get("gravity", "")),
        **_codes(sheet, row),
        "recorded_lag": _lag(sheet, row, times),
        **{f"{who}_age_band": age_band(age(row.get(f"{who}_age", ""))) for who in ("victim", "suspect")},
        "persons": tuple(filter(None, (_person(sheet, row, who) for who in ("victim", "suspect")))),
    }


def _given_area(sheet: Sheet, row: dict[str, str]) -> str | None:
    """What a row says of its area: a code, else a postcode or the first half of one, else a name."""
    postcode = sheet.text(row, "postcode")
    is_one = re.fullmatch(r"[a-z]{1,2}\d[\da-z]?(\s*\d([a-z]{2})?|\s*)", postcode or "", re.IGNORECASE)
    return (
        sheet.text(row, "given_area_code")
        or (postcode if is_one else None)
        or sheet.text(row, "given_area_name")
    )


def _key(sheet: Sheet, row: dict[str, str]) -> str | None:
    """The supplier's reference; of a changing record with its other keys; of a count what it is a count of."""
    own = sheet.text(row, "record_key")
    others = [name for name in sheet.feed.get("key_columns", ()) if name != "record_key" and name in row]
    parts = [text for name in others if (text := sheet.text(row, name))]
    if sheet.feed["mode"] == "net_change":
        return " | ".join([*([own] if own else []), *parts])
    is_count = any(column.get("kind") == "count" for column in sheet.feed["columns"])
    return own or (" | ".join(parts) if is_count and others else None)


def _codes(sheet: Sheet, row: dict[str, str]) -> dict[str, str]:
    found = {name: _code(sheet, row, name) or NOT_RECORDED for name in CODES}
    for column in sheet.feed["columns"]:
        for rule in column.get("derive", ()):
            if found[rule["name"]] == NOT_RECORDED:
                found[rule["name"]] = _derived(rule, row.get(column["name"], "")) or NOT_RECORDED
    if found.pop("row_state") == "deleted":
        found["status"] = "deleted"
    return found


def _lag(sheet: Sheet, row: dict[str, str], times: dict[str, Time]) -> str:
    """How long after an event it was recorded; of a recording known to its period, what all of its days say."""
    ended = times["event_end_at"] or times["event_start_at"]
    if ended is None:
        return NOT_RECORDED
    if times["recorded_at"]:
        return _lag_of(ended[0].date(), times["recorded_at"][0].date())
    is_of_event = "event_start_at" in sheet.telling() and times["event_start_at"] is not None
    month = sheet.counts_in(row)
    if month is None or is_of_event or sheet.feed["mode"] != "replace_period":
        return NOT_RECORDED
    after = later(month, LENGTHS[sheet.feed.get("period_length", "month")])
    days = (month + timedelta(days=number) for number in range((after - month).days))
    said = {_lag_of(ended[0].date(), day) for day in days}
    return said.pop() if len(said) == 1 else NOT_RECORDED


def _lag_of(ended: date, recorded: date) -> str:
    if ended.year >= recorded.year:
        return "same_year" if ended.year == recorded.year else NOT_RECORDED
    is_leap_day = (ended.month, ended.day) == (2, 29)
    year_on = date(ended.year + 1, 2, 28) if is_leap_day else ended.replace(year=ended.year + 1)
    return "over_a_year" if year_on <= recorded else "earlier_year"


def _code(sheet: Sheet, row: dict[str, str], name: str) -> str | None:
    """The code of a cell by its column's own map, which goes before the marks for a blank; None for none."""
    column = next(
        (one for one in sheet.feed["columns"] if one["name"] == name and one.get("kind") == "code"), None
    )
    return None if column is None else _looked_up(CODES[name], column.get("map", {}), row.get(name, ""))


def _person(sheet: Sheet, row: dict[str, str], who: str) -> tuple[Any, ...] | None:
    years, sex = age(row.get(f"{who}_age", "")), _code(sheet, row, f"{who}_sex") or NOT_RECORDED
    ethnicity = " ".join((sheet.text(row, f"{who}_ethnicity") or "").split()) or None
    if years is None and sex == NOT_RECORDED and ethnicity is None:
        return None
    role = sheet.feed.get(f"{who}_role", who)
    return role, *(years or (None, None)), sex, ethnicity


def warnings(sheet: Sheet, row: dict[str, str]) -> Counter[tuple[str, str, str | None]]:
    """The values of a kept row that are kept as not recorded, by rule, column and value."""
    found = [("value_not_in_code_list", name, row[name]) for name in CODES if _is_unknown(sheet, row, name)]
    for name in ("victim_age", "suspect_age"):
        if name in row and not is_blank(row[name], sheet.feed) and age(row[name]) is None:
            found.append(("not_an_age", name, row[name]))
    told = Counter((rule, name, raw[:80]) for rule, name, raw in [*found, *_of_offence(sheet, row)])
    return told + Counter(_of_coordinates(row))


def _of_coordinates(row: dict[str, str]) -> list[tuple[str, str, None]]:
    found = []
    for pair in POINTS:
        numbers = [number(row[name]) for name in pair if name in row]
        if len(numbers) == 2 and None not in numbers:
            found += warnings_of(pair, (numbers[0], numbers[1]))
    return found


def _is_unknown(sheet: Sheet, row: dict[str, str], name: str) -> bool:
    cell = row.get(name, "")
    # A cell of punctuation alone is no value of any list.
    return bool(fold(cell)) and not is_blank(cell, sheet.feed) and _code(sheet, row, name) is None


def _of_offence(sheet: Sheet, row: dict[str, str]) -> list[tuple[str, str, str]]:
    if sheet.feed["offence_source"] not in ("home_office", "police_uk", "labels"):
        return []
    given = {name: sheet.text(row, name) or "" for name in ("offence_code", "classification", "offence_raw")}
    if offence_of(sheet.feed, *given.values())[0] == UNMAPPED:
        return [("offence_not_known", name, raw) for name, raw in given.items() if raw]
    if is_contradiction(sheet.feed, given["offence_code"], given["classification"]):
        return [("code_and_classification_disagree", "classification", given["classification"])]
    return []


def _precision(found: tuple[datetime, bool] | None) -> str | None:
    return None if found is None else "minute" if found[1] else "day"


def _whole(cell: str) -> int | None:
    value = number(cell)
    return None if value is None else int(value)


def _looked_up(codes: str, mapped: dict[str, list[str]], raw: str) -> str | None:
    accepted = {fold(code): code for code in (*CODE_LISTS[codes].split(), NOT_RECORDED)}
    accepted |= {fold(one): code for code, raws in mapped.items() for one in raws}
    return accepted.get(fold(raw)) if fold(raw) else None


def _derived(rule: Toml, raw: str) -> str | None:
    found = re.search(rule.get("part", ".*"), raw)
    if found is None:
        return None
    part = found[1] if found.re.groups else found[0]
    return _looked_up(CODES[rule["name"]], rule["map"], part or "")
