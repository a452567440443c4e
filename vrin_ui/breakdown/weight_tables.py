"""Weight editions as tables to review: the central choices, the rows of an offence, editions and their differences."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from vrin_data.contract.edition_diff import RowDifference
from vrin_data.contract.offence_words import key_words, pair_words
from vrin_data.contract.offences import UNMAPPED, offences
from vrin_data.contract.weight_resolution import CentralChoice, rows_of_offence
from vrin_data.contract.weight_rows import WeightRow
from vrin_data.contract.weight_text import amount_text
from vrin_data.contract.weights import Edition
from vrin_data.records.weights import ChoiceStep
from vrin_ui.breakdown.breakdown_tables import amount
from vrin_ui.wording import sentence

OWN, CAME, ONLY, NOBODY = "the partnership", "came with the edition", "the only ordinary row", "nobody"
SHOW = {
    "": "All that may be several rows",
    "used": "Those within the chosen definition",
    "own": "Own choices of the partnership",
    "open": "Those without a chosen row",
}


@dataclass(frozen=True)
class Row:
    """An offence that may be several rows of different weight, and the one that stands for it."""

    offence_key: str
    name: str
    possible: tuple[float, ...]
    chosen: float | None
    reason: str
    chosen_by: str
    whose: str
    came: float | None


def review(published: Edition, own: Mapping[str, CentralChoice]) -> list[Row]:
    """Every offence that may be several weights under an edition, in the order of the offences."""
    rows = []
    for offence in offences().all:
        key = offence.offence_key
        if key == UNMAPPED:
            continue
        possible = sorted({row.days for row in rows_of_offence(offence, published.of_pair)})
        if len(possible) > 1:
            rows.append(_row(key, tuple(possible), published, own.get(key)))
    return rows


def _row(key: str, possible: tuple[float, ...], published: Edition, own: CentralChoice | None) -> Row:
    came = published.weight(key)
    name = sentence(key_words(key))
    if own is not None:
        return Row(key, name, possible, own.days, own.reason, own.chosen_by, OWN, came.days_central)
    choice = published.choices.get(key)
    if choice is not None and choice.days == came.days_central:
        return Row(key, name, possible, choice.days, choice.reason, choice.chosen_by, CAME, came.days_central)
    whose = NOBODY if came.days_central is None else ONLY
    return Row(key, name, possible, came.days_central, came.reason, "", whose, came.days_central)


def shown(rows: Iterable[Row], show: str, used: Iterable[str]) -> list[Row]:
    """Those of the rows that a choice of SHOW leaves."""
    keys = set(used)
    kept = {
        "used": lambda row: row.offence_key in keys,
        "own": lambda row: row.whose == OWN,
        "open": lambda row: row.chosen is None,
    }
    return [row for row in rows if kept.get(show, lambda row: True)(row)]


def review_table(rows: Sequence[Row]) -> pd.DataFrame:
    """The reviewable table of central choices, a row an offence."""
    return pd.DataFrame(
        [
            {
                "Offence": row.name,
                "Chosen": row.chosen,
                "Rows that may apply": ", ".join(amount(one) for one in row.possible),
                "Why": row.reason,
                "Chosen by": row.chosen_by or row.whose,
                "Whose": sentence(row.whose),
            }
            for row in rows
        ],
        columns=["Offence", "Chosen", "Rows that may apply", "Why", "Chosen by", "Whose"],
    )


def rows_of(edition: Edition, offence_key: str) -> list[WeightRow]:
    """Every row that an offence may be, the lightest first."""
    found = set(rows_of_offence(offences().by_key[offence_key], edition.of_pair))
    return sorted(found, key=lambda row: (row.days, row.row_id))


def row_words(row: WeightRow) -> str:
    """What a row is: its offence, its qualifier, and that it is an attempt."""
    told = [sentence(pair_words(row.pair)) if row.pair in offences().facts else " ".join(row.pair)]
    told += [row.qualifier] if row.qualifier else []
    told += ["attempt"] if row.is_attempt and "attempt" not in row.qualifier.casefold() else []
    return f"{', '.join(told)} ({' '.join(filter(None, row.pair))})"


def rows_table(rows: Sequence[WeightRow], unit: str) -> pd.DataFrame:
    """The rows that an offence may be: what they are, what they weigh, and their number."""
    return pd.DataFrame(
        {
            "Row": [row_words(row) for row in rows],
            f"Weighs ({unit})": [row.days for row in rows],
            "Number in the edition": [row.row_id for row in rows],
        }
    )


def weight_options(rows: Sequence[WeightRow], unit: str) -> dict[float, str]:
    """The weights to choose from, each with the rows that have it."""
    found: dict[float, list[str]] = {}
    for row in rows:
        found.setdefault(row.days, []).append(row_words(row))
    return {
        days: f"{amount(days)} {unit}: {'; '.join(dict.fromkeys(names))}" for days, names in found.items()
    }


def editions_table(editions: Iterable[Edition]) -> pd.DataFrame:
    """The editions there are: name, unit, rows, own choices, when published, source and line of credit."""
    return pd.DataFrame(
        [
            {
                "Edition": one.name,
                "Short name": one.edition_id,
                "Weighs in": one.unit_words,
                "Rows": len(one.rows),
                "Own choices": f"v{one.choices_version}" if one.choices_version else "none",
                "Published": one.published,
                "Source": one.source,
                "Credit": one.attribution,
            }
            for one in editions
        ]
    )


def steps_table(steps: Iterable[ChoiceStep]) -> pd.DataFrame:
    """What the partnership chose and took back, newest first."""
    return pd.DataFrame(
        [
            {
                "Version": one.version,
                "On": pd.Timestamp(one.recorded_at),
                "Offence": sentence(key_words(one.offence_key)),
                "Chosen": "taken back" if one.days is None else amount_text(one.days),
                "Why": one.reason,
                "By": one.recorded_by,
            }
            for one in sorted(steps, key=lambda each: -each.version)
        ]
    )


def differences_table(found: Iterable[RowDifference]) -> pd.DataFrame:
    """The rows in which two editions differ."""
    records = []
    for one in found:
        row = one.after or one.before
        records.append(
            {
                "Row": row_words(row) if row else one.row_id,
                "What": sentence(one.change),
                "Before": amount(one.before.days if one.before else None),
                "After": amount(one.after.days if one.after else None),
                "Number": one.row_id,
            }
        )
    return pd.DataFrame(records, columns=["Row", "What", "Before", "After", "Number"])
