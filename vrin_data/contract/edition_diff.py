"""What differs between two weight editions, row by row, and which central choices carry over."""

from dataclasses import dataclass
from typing import Literal

from vrin_data.contract.offences import offences
from vrin_data.contract.weight_resolution import CentralChoice, rows_of_offence
from vrin_data.contract.weight_rows import WeightRow
from vrin_data.contract.weight_text import amount_text
from vrin_data.contract.weights import Edition

Change = Literal["changed weight", "changed row", "new row", "gone row"]


@dataclass(frozen=True)
class RowDifference:
    """One row that is not the same in two editions; None on the side that lacks it."""

    row_id: str
    change: Change
    before: WeightRow | None
    after: WeightRow | None

    def words(self) -> str:
        """The difference in one line."""
        row = self.before or self.after
        named = f"{self.row_id} ({_named(row)})" if row else self.row_id
        if self.before and self.after:
            told = f"{self.change}: {named} from {amount_text(self.before.days)} to {amount_text(self.after.days)}"
            return told if self.change == "changed weight" else f"{self.change}: {named}, {self._facts()}"
        return f"{self.change}: {named} at {amount_text(row.days) if row else '?'}"

    def _facts(self) -> str:
        """What but the weight differs, before and after."""
        before, after = _facts(self.before), _facts(self.after)
        return "; ".join(
            f"{name} {before[name]} to {after[name]}" for name in before if before[name] != after[name]
        )


def differences(before: Edition, after: Edition) -> list[RowDifference]:
    """Rows that differ, by row number: changed in the order of `after`, then new, then gone."""
    old = {row.row_id: row for row in before.rows}
    new = {row.row_id: row for row in after.rows}
    changed = [
        RowDifference(name, "changed weight" if old[name].days != row.days else "changed row", old[name], row)
        for name, row in new.items()
        if name in old and _facts(old[name]) != _facts(row)
    ]
    fresh = [RowDifference(name, "new row", None, row) for name, row in new.items() if name not in old]
    gone = [RowDifference(name, "gone row", row, None) for name, row in old.items() if name not in new]
    return [*changed, *fresh, *gone]


def carried_choices(before: Edition, after: Edition) -> tuple[dict[str, CentralChoice], list[str]]:
    """Central choices that hold for a new edition, at its own weights, and offence keys left to choose.

    A choice names days; the rows that have them are looked up by number in the new edition. Where these
    agree on one weight that is among the offence's rows, the choice carries over, and else it does not.
    """
    carried: dict[str, CentralChoice] = {}
    left: list[str] = []
    of_number = {row.row_id: row for row in after.rows}
    for key, choice in before.choices.items():
        offence = offences().by_key.get(key)
        if offence is None:
            continue
        named = [row for row in rows_of_offence(offence, before.of_pair) if row.days == choice.days]
        named = [row for row in named if not row.is_attempt] or named
        days = {of_number[row.row_id].days if row.row_id in of_number else None for row in named}
        possible = {row.days for row in rows_of_offence(offence, after.of_pair)}
        only = days.pop() if len(days) == 1 else None
        if only is not None and only in possible:
            reason = f"{choice.reason}; carried over from {before.edition_id}"
            carried[key] = CentralChoice(only, reason, choice.chosen_by)
        elif len(possible) > 1:
            left.append(key)
    return carried, left


def _facts(row: WeightRow | None) -> dict[str, str]:
    """What is compared of a row. Its qualifier is not: that is wording, which follows from the weights beside it."""
    if row is None:
        return {}
    return {
        "offence": " ".join(filter(None, row.pair)),
        "weight": amount_text(row.days),
        "attempt": "yes" if row.is_attempt else "no",
        "notifiable": "yes" if row.is_notifiable else "no",
    }


def _named(row: WeightRow) -> str:
    return ", ".join(filter(None, (" ".join(filter(None, row.pair)), row.qualifier)))
