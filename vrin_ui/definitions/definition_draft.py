"""A definition while it is being written: plain values that boxes fill in, and the definition they make.

A draft always has parts; a definition in short form is a draft of one part that has no narrowing of its own.
Days stand as their writer wrote them, so that a wrong one can be told and not lost.
"""

import copy
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from vrin_data.contract.definition_clauses import Filters, OffenceClause
from vrin_data.contract.definitions import Definition, DefinitionError, check_definition
from vrin_ui.agreements.agreement_fields import DAY, read_day
from vrin_ui.definitions.definition_wording import FILTERS

Draft = dict[str, Any]
TEXTS = (
    "id",
    "number",
    "name",
    "summary",
    "status",
    "source",
    "author",
    "unit",
    "reason",
    "approval",
    "unknown",
)
CLAUSE = ("sets", "codes", "classifications", "icd10")
STAND_IN = {"id": "draft", "name": "Draft", "source": "-", "author": "-", "reason": "-"}
"""What runs in place of a text that is still blank: what is counted does not depend on it."""
OF_THE_ORIGINAL = ("number", "summary", "source", "reason", "approval", "valid_from", "valid_to")
"""What is true of a definition alone: in a copy it would be approved as if it were said of the copy."""
ANY_DAY = date(2000, 1, 1)
_SHORT_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def from_nothing(author: str) -> Draft:
    """An empty draft of one part."""
    blank: Draft = dict.fromkeys(TEXTS, "") | {
        "status": "local",
        "unit": "offence",
        "unknown": "range",
        "author": author,
    }
    return {
        **blank,
        "valid_from": "",
        "valid_to": "",
        "cannot_say": "",
        "is_universe": False,
        "sets": [],
        "exclude": clause(),
        **narrowing(status=["live"]),
        "parts": [part("")],
    }


def clause(of: OffenceClause | None = None) -> Draft:
    """The values of an offence clause, an empty one without any."""
    given = of or OffenceClause()
    return {name: list(getattr(given, name)) for name in CLAUSE} | {"everything": given.everything}


def narrowing(**filters: list[str]) -> Draft:
    """Filters, ages and threshold that narrow nothing but by these filters."""
    return {"filters": {name: filters.get(name, []) for name in FILTERS}, "ages": [], "threshold": None}


def part(name: str) -> Draft:
    """An empty part."""
    return {"name": name, "include": clause(), "within": None, "exclude": clause(), **narrowing()}


def from_definition(one: Definition) -> Draft:
    """The draft that makes this definition."""
    own = {name: getattr(one, name) for name in TEXTS}
    return {
        **own,
        "valid_from": f"{one.valid_from:{DAY}}",
        "valid_to": f"{one.valid_to:{DAY}}" if one.valid_to else "",
        "cannot_say": "\n".join(one.cannot_say),
        "is_universe": one.is_universe,
        "sets": [_local_set(each.model_dump()) for each in one.sets],
        "exclude": clause(one.exclude),
        **_narrowing_of(one),
        "parts": [
            {
                "name": each.name if one.parts else "",
                "include": clause(each.include),
                "within": None if each.within is None else clause(each.within),
                "exclude": clause(each.exclude),
                **_narrowing_of(each),
            }
            for each in one.all_parts()
        ],
    }


def _narrowing_of(one: Any) -> Draft:
    return {
        "filters": _filters(one.filters),
        "ages": [{"whose": age.whose, "min": age.least, "max": age.greatest} for age in one.ages],
        "threshold": one.harm.at_least_days if one.harm else None,
    }


def _filters(given: Filters) -> dict[str, list[str]]:
    return {name: list(getattr(given, name)) for name in FILTERS}


def _local_set(values: Mapping[str, Any]) -> Draft:
    days = {name: f"{values[name]:{DAY}}" if values[name] else "" for name in ("valid_from", "valid_to")}
    lists = {name: list(values[name]) for name in ("sets", "codes", "classifications")}
    return {"id": values["id"], "note": values["note"], **lists, **days}


def local_set() -> Draft:
    """An empty set of the definition's own."""
    return {
        "id": "", "note": "", "sets": [], "codes": [], "classifications": [], "valid_from": "", "valid_to": "",
    }  # fmt: skip


def as_copy(draft: Draft, author: str) -> Draft:
    """The same draft as a definition of one's own, whose summary, source, reason and dates are yet to be said."""
    own = {
        "id": f"{draft['id']}-copy",
        "name": f"Copy of {draft['name']}",
        "status": "local",
        "author": author,
    }
    return {**copy.deepcopy(draft), **dict.fromkeys(OF_THE_ORIGINAL, ""), **own}


def definition_of(draft: Draft) -> Definition:
    """The definition that a draft makes. Raises DefinitionError with every fault."""
    values, faults = values_of(draft)
    try:
        made = check_definition(values, "The draft")
    except DefinitionError as error:
        lines = str(error).splitlines()[1:]
        raise DefinitionError("\n".join(["The draft", *lines, *faults])) from error
    if faults:
        raise DefinitionError("\n".join(["The draft", *faults]))
    return made


def running(draft: Draft) -> Definition | None:
    """What a draft counts already, whatever of its texts is still blank; None where it counts nothing yet."""
    try:
        return check_definition(_with_stand_ins(draft), "The draft")
    except DefinitionError:
        return None


def what_stops_it(draft: Draft) -> str:
    """Why a draft counts nothing yet, as the check says it; empty where it counts something."""
    try:
        check_definition(_with_stand_ins(draft), "The draft")
    except DefinitionError as error:
        return str(error)
    return ""


def _with_stand_ins(draft: Draft) -> dict[str, Any]:
    values, _ = values_of(draft)
    filled = {name: values.get(name) or words for name, words in STAND_IN.items()}
    if not _SHORT_NAME.fullmatch(filled["id"]):
        filled["id"] = STAND_IN["id"]
    values.pop("valid_to", None)
    return {**values, **filled, "valid_from": ANY_DAY}


def values_of(draft: Draft) -> tuple[dict[str, Any], list[str]]:
    """The TOML values of a draft, what says nothing left out, and the days in it that cannot be read."""
    faults: list[str] = []
    values: dict[str, Any] = {name: draft[name].strip() for name in TEXTS if draft[name].strip()}
    values["version"] = 1
    values |= _days(draft, faults, "")
    said = tuple(line.strip() for line in draft["cannot_say"].splitlines() if line.strip())
    values |= {"cannot_say": said} if said else {}
    values |= {"is_universe": True} if draft["is_universe"] else {}
    values |= {"sets": [_set_values(one, faults) for one in draft["sets"]]} if draft["sets"] else {}
    if inside := _clause_values(draft["exclude"]):
        values["exclude"] = inside
    values |= _narrowing_values(draft)
    # What is not said takes the default, which is live; nothing chosen means all.
    values["filters"] = {**values.get("filters", {}), "status": list(draft["filters"]["status"])}
    return values | _parts_values(draft), faults


def _parts_values(draft: Draft) -> dict[str, Any]:
    if is_short(draft):
        only = draft["parts"][0]
        within = {} if only["within"] is None else {"within": _clause_values(only["within"])}
        return {"include": _clause_values(only["include"]), **within}
    return {"parts": [_part_values(one) for one in draft["parts"]]}


def is_short(draft: Draft) -> bool:
    """Whether it has one part alone, without a name and a narrowing of its own."""
    if len(draft["parts"]) > 1:
        return False
    only = draft["parts"][0]
    return not (only["name"] or _clause_values(only["exclude"]) or _narrowing_values(only))


def _part_values(one: Draft) -> dict[str, Any]:
    values: dict[str, Any] = {"name": one["name"].strip(), "include": _clause_values(one["include"])}
    if one["within"] is not None:
        values["within"] = _clause_values(one["within"])
    if inside := _clause_values(one["exclude"]):
        values["exclude"] = inside
    return values | _narrowing_values(one)


def _clause_values(one: Draft) -> dict[str, Any]:
    lists = {name: list(one[name]) for name in CLAUSE if one[name]}
    return {**lists, "everything": True} if one["everything"] else lists


def _narrowing_values(one: Draft) -> dict[str, Any]:
    values: dict[str, Any] = {}
    filters = {name: list(wanted) for name, wanted in one["filters"].items() if wanted}
    if filters:
        values["filters"] = filters
    if one["ages"]:
        values["ages"] = [
            {name: value for name, value in age.items() if value is not None} for age in one["ages"]
        ]
    if one["threshold"]:
        values["harm"] = {"at_least_days": one["threshold"]}
    return values


def _set_values(one: Draft, faults: list[str]) -> dict[str, Any]:
    lists = {name: list(one[name]) for name in ("sets", "codes", "classifications") if one[name]}
    note = {"note": one["note"].strip()} if one["note"].strip() else {}
    return {"id": one["id"].strip(), **lists, **note, **_days(one, faults, f"set {one['id']}, ")}


def _days(one: Draft, faults: list[str], where: str) -> dict[str, date]:
    found: dict[str, date] = {}
    for name in ("valid_from", "valid_to"):
        try:
            day = read_day(one[name])
        except ValueError as error:
            faults.append(f"  {where}{name}: {error}")
            continue
        found |= {name: day} if day else {}
    return found
