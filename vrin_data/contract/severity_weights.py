"""Weights of the ONS Crime Severity Score: one for each offence category, in one vintage.

Three vintages exist (V1 of 2016, V2, V3) and are never mixed, so an edition's id names its own. The
table is the sheet "List of weights" of the ONS data tool, or a CSV with a code, a vintage and a
status a row, of which only rows marked verified are taken.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from vrin_data.contract import reference
from vrin_data.contract.feeds import fold
from vrin_data.contract.labels import parse_label
from vrin_data.contract.offences import UNMAPPED, Pair, code_key, composites, offences, pair_key
from vrin_data.contract.published_weights import PublishedWeights, shown
from vrin_data.contract.weight_rows import WeightRow
from vrin_data.contract.weight_sheets import Found, Sheet, headed
from vrin_data.contract.weight_text import read_amount
from vrin_data.errors import RefusedInput

HEADINGS = {
    "category": ("offence category", "offence"),
    "weight": ("weight",),
    "code": ("ho code", "offence code"),
    "vintage": ("vintage",),
    "status": ("label status",),
}
VERIFIED = "verified"
_VINTAGE = re.compile(r"(?:^|-)(v[1-9])(?:-|$)")


@dataclass(frozen=True)
class _Category:
    at: str
    name: str
    keys: tuple[str, ...]
    weight: float


def read_severity(sheets: list[Sheet], edition_id: str) -> PublishedWeights | None:
    """The weights of the vintage that the edition's id names; None where no sheet has their headings.

    Raises RefusedInput with every fault, and where the id names no vintage.
    """
    table = next(
        (one for each in sheets if (one := headed(each, HEADINGS, needed={"category", "weight"}))), None
    )
    if table is None:
        return None
    vintage = _vintage(edition_id, table.sheet.where)
    left_out: Counter[str] = Counter()
    categories, unmapped = _categories(table, vintage, left_out)
    rows, aside = _rows(categories)
    words = [f"{count} row{'' if count == 1 else 's'} {why}" for why, count in left_out.items()]
    if unmapped:
        words.append(
            f"{len(unmapped)} categories that no Home Office code is known for: {shown(unmapped, 40)}"
        )
    return PublishedWeights(
        form="ons",
        where=table.sheet.where,
        kind="score",
        rows=rows,
        name=f"ONS Crime Severity Score weights, {vintage.upper()}",
        attribution="Source: Office for National Statistics licensed under the Open Government Licence v.3.0",
        left_out=tuple(words),
        notes=_notes(aside),
    )


def _vintage(edition_id: str, where: str) -> str:
    found = _VINTAGE.search(edition_id)
    if found is None:
        raise RefusedInput(
            f"{where}: weights of the Crime Severity Score come in vintages that must not be mixed. Name the "
            "vintage in the edition's id: ons-css-v1 (2016), ons-css-v2 or ons-css-v3."
        )
    return found[1]


def _categories(table: Found, vintage: str, left_out: Counter[str]) -> tuple[list[_Category], list[str]]:
    """The categories to take and those of unknown code; why the others are left out is counted."""
    taken: list[_Category] = []
    unmapped: list[str] = []
    faults: list[str] = []
    for number, cells in table.lines():
        if why := _not_taken(cells, vintage):
            left_out[why] += 1
            continue
        weight = read_amount(cells["weight"])
        if weight is None:
            faults.append(
                f"{table.sheet.where}, row {number}, weight: {cells['weight']!r} is not a number (expected 0 or more)."
            )
            continue
        keys = _keys(cells.get("code", ""), cells["category"])
        if keys:
            taken.append(_Category(f"row {number}", cells["category"], keys, weight))
        else:
            unmapped.append(cells["category"])
    if not taken and not faults:
        faults.append(f"{table.sheet.where}: has no row of {vintage.upper()} that can be taken.")
    if faults:
        raise RefusedInput("\n".join(faults))
    return taken, unmapped


def _not_taken(cells: Mapping[str, str], vintage: str) -> str:
    if "vintage" in cells and not cells["vintage"].lower().startswith(vintage):
        return f"of another vintage ({cells['vintage'].split(' ')[0] or 'none said'})"
    if "status" in cells and cells["status"] != VERIFIED:
        return "not marked verified"
    # Notes stand under the published list, with nothing in the column of weights.
    return "without a weight, such as notes" if not cells["weight"] else ""


def _keys(code: str, category: str) -> tuple[str, ...]:
    """Offence keys of a category: by its code, its own wording, the register's labels; none where unknown."""
    if code:
        parsed = [offences().parse(one).key for one in code.split(";")]
        return tuple(one for one in parsed if one != UNMAPPED)
    if key := _by_wording().get(fold(category)):
        return (key,)
    key = parse_label(category).key
    if key == UNMAPPED:
        key = offences().parse(category.split(" ")[0]).key
    return () if key == UNMAPPED else (key,)


@lru_cache(maxsize=1)
def _by_wording() -> dict[str, str]:
    """Offence key by folded wording: labels of one code, then the ONS's own wordings."""
    codes: dict[str, set[str]] = {}
    for (code, _), facts in offences().facts.items():
        codes.setdefault(fold(facts.label), set()).add(code)
    found = {label: code_key(next(iter(one))) for label, one in codes.items() if len(one) == 1}
    own = {
        fold(row["category"]): code_key(row["offence_code"])
        for row in reference.rows("severity_categories.csv")
    }
    return found | own


def _rows(categories: list[_Category]) -> tuple[tuple[WeightRow, ...], list[str]]:
    """A row for each pair of each category, and categories whose parts all have weights of their own.

    An older or combined category fills what no finer one weighs, so that no offence has two weights for
    being counted under two headings.
    """
    weighed: dict[Pair, WeightRow] = {}
    aside: list[str] = []
    for one in sorted(categories, key=_breadth):
        pairs = sorted(pair for key in one.keys for pair in offences().possibilities(key))
        fresh = [pair for pair in pairs if pair not in weighed]
        if not fresh:
            aside.append(one.name)
        for pair in fresh:
            weighed[pair] = WeightRow(f"{one.name} {pair_key(pair)}", pair, "", one.weight, False, True)
    return tuple(weighed[pair] for pair in sorted(weighed)), aside


def _breadth(one: _Category) -> tuple[bool, int, str]:
    """Single codes before combined ones, and of each the narrower first."""
    pairs = sum(len(offences().possibilities(key)) for key in one.keys)
    is_combined = any(key.partition("|")[0] in composites() or "|" not in key for key in one.keys)
    return is_combined, pairs, one.name


def _notes(aside: list[str]) -> tuple[str, ...]:
    general = (
        "Weights are average sentences by offence category; they weigh codes and know no classification."
    )
    if not aside:
        return (general,)
    return (
        general,
        f"{len(aside)} older or combined categories have parts with weights of their own, which stand "
        f"instead: {shown(aside)}",
    )
