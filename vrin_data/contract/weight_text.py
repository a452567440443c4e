"""VRIN's own form of a weight table: a CSV with a line a row, read and written.

`classification` may be blank or `*` for every one of a code, and `offence_code` may be `set:NAME` for a
base set of offences; such a line stands for all the pairs it names. A code or classification that the
register does not know is kept: a table may be newer than the register, which then weighs nothing by it.
"""

import csv
import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence

from vrin_data.contract.offence_sets import offence_sets, pairs_of
from vrin_data.contract.offences import Pair, code_key, offences, pair_key
from vrin_data.contract.weight_rows import Kind, WeightRow
from vrin_data.errors import RefusedInput

EVERY = "*"
SET = "set:"
GREATEST = 1e9
FACTS = ("offence_code", "classification", "qualifier", "is_attempt", "is_notifiable", "row_id")
"""Columns beside that of the weight, which is called after the kind: days, score or pounds."""
_CODE = re.compile(r"[0-9A-Z][0-9A-Za-z ./]{0,19}")
_CLASSIFICATION = re.compile(r"\d{3}/\d{2}")
_YES_NO = {"yes": True, "no": False}


def read_rows(lines: Sequence[Mapping[str, str]], kind: Kind, *, where: str) -> tuple[WeightRow, ...]:
    """The rows of a table in VRIN's own form. Raises RefusedInput with every fault of it."""
    rows: list[WeightRow] = []
    faults: list[str] = []
    for number, line in enumerate(lines, start=2):
        at = f"{where}, line {number}"
        found, wrong = _read_line(line, kind)
        rows += found
        faults += [f"{at}, {words}" for words in wrong]
    faults += [f"{where}: row_id {one!r} stands twice. Give each row its own." for one in twice(rows)]
    if not rows and not faults:
        faults.append(f"{where}: has no row. Put a line for each offence under the headings.")
    if faults:
        raise RefusedInput("\n".join(faults))
    return tuple(rows)


def rows_as_csv(rows: Iterable[WeightRow], kind: Kind) -> str:
    """Rows in VRIN's own form, which reads back as the same rows."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*FACTS[:3], kind, *FACTS[3:]))
    for row in rows:
        flags = ("yes" if row.is_attempt else "no", "yes" if row.is_notifiable else "no")
        writer.writerow((*row.pair, row.qualifier, amount_text(row.days), *flags, row.row_id))
    return out.getvalue()


def amount_text(amount: float) -> str:
    """An amount without needless digits: 10, 182.5."""
    return f"{amount:.0f}" if float(amount).is_integer() else repr(float(amount))


def read_amount(text: str) -> float | None:
    """A weight as a number of 0 or more; None where the text is none."""
    try:
        amount = float(text.replace(",", "").replace("£", "").strip())
    except ValueError:
        return None
    return amount if math.isfinite(amount) and 0 <= amount <= GREATEST else None


def twice(rows: Iterable[WeightRow]) -> list[str]:
    """Numbers of rows that stand more than once."""
    seen: set[str] = set()
    again = []
    for row in rows:
        if row.row_id in seen:
            again.append(row.row_id)
        seen.add(row.row_id)
    return list(dict.fromkeys(again))


def _read_line(line: Mapping[str, str], kind: Kind) -> tuple[list[WeightRow], list[str]]:
    """The rows of one line, and what is wrong with it."""
    code, classification = (line.get(name, "").strip() for name in ("offence_code", "classification"))
    pairs, faults = _pairs(code, classification, kind)
    amount = read_amount(line.get(kind, ""))
    if amount is None:
        faults.append(f"{kind}: {line.get(kind, '')!r} is not a number of {kind} (expected 0 or more).")
    flags = {}
    for name in ("is_attempt", "is_notifiable"):
        text = line.get(name, "").strip().lower() or ("no" if name == "is_attempt" else "yes")
        if text not in _YES_NO:
            faults.append(f"{name}: {text!r} is neither yes nor no.")
        flags[name] = _YES_NO.get(text, False)
    if faults or amount is None:
        return [], faults
    qualifier = line.get("qualifier", "").strip()
    number = line.get("row_id", "").strip() or " ".join(filter(None, (code, classification, qualifier)))
    # A line for many pairs becomes a row for each, and a row's number is its own.
    named = {pair: number if len(pairs) == 1 else f"{number} {pair_key(pair)}" for pair in pairs}
    return [
        WeightRow(named[pair], pair, qualifier, amount, flags["is_attempt"], flags["is_notifiable"])
        for pair in pairs
    ], []


def _pairs(code: str, classification: str, kind: Kind) -> tuple[list[Pair], list[str]]:
    """The pairs a line names, and what is wrong with them."""
    known = offences().known
    code = known.codes.get(code.upper(), code)
    if code.startswith(SET):
        members = offence_sets().get(code.removeprefix(SET))
        if members is None:
            return [], [f"offence_code: no base set is called {code.removeprefix(SET)!r}."]
        return sorted(members), []
    if not code and not classification:
        return [], ["offence_code and classification: both are blank; an offence must be named."]
    is_whole = classification == EVERY or not (classification or (code, "") in offences().facts)
    if is_whole:
        if code_key(code) not in offences().by_key:
            return [], [f"offence_code: {code!r} is not a Home Office offence code, such as 8N or 4.10."]
        return sorted(pairs_of(codes=[code])), []
    faults = []
    if code and not _CODE.fullmatch(code):
        faults.append(f"offence_code: {code!r} is not a Home Office offence code, such as 8N or 4.10.")
    if classification and not _CLASSIFICATION.fullmatch(classification):
        faults.append(
            f"classification: {classification!r} is not a Home Office classification, such as 008/06."
        )
    if not code and kind != "days":
        # Tables of scores and costs say nothing of codes that share a classification, unless this is meant.
        return sorted(pairs_of(classifications=[classification])), faults
    return [(code, classification)], faults
