"""What was read of a published weight table: its rows, and all that was not taken as it stands."""

from dataclasses import dataclass

from vrin_data.contract.offences import offences
from vrin_data.contract.weight_rows import Kind, WeightRow, rows_of_pairs


@dataclass(frozen=True)
class Repair:
    """One way in which spellings were put right, and the rows it was done to."""

    what: str
    cases: tuple[str, ...]
    row_ids: tuple[str, ...]

    def words(self) -> str:
        """The repair in one line."""
        count = len(self.row_ids)
        return f"{self.what}: {', '.join(self.cases)} ({count} row{'' if count == 1 else 's'})"


@dataclass(frozen=True)
class PublishedWeights:
    """The rows of one table with the words for what was put right, left out or is worth knowing.

    `form` is whose table it is: `cambridge`, `ons` or `own`. `where` names the file and sheet.
    """

    form: str
    where: str
    kind: Kind
    rows: tuple[WeightRow, ...]
    name: str
    attribution: str
    repairs: tuple[Repair, ...] = ()
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def idle_notes(rows: tuple[WeightRow, ...], *, by_classification: bool = True) -> tuple[str, ...]:
    """A note where rows weigh no offence, because the register knows neither their code nor classification."""
    of_pair = rows_of_pairs(rows, by_classification=by_classification)
    used = {row for pair in offences().facts for row in of_pair[pair]}
    idle = [f"{row.row_id} ({' '.join(row.pair).strip()})" for row in rows if row not in used]
    if not idle:
        return ()
    return (
        f"{len(idle)} rows are of offences that the register does not know and weigh nothing: {shown(idle)}",
    )


def shown(items: list[str], most: int = 12) -> str:
    """The first of several names, and how many more there are."""
    more = f" and {len(items) - most} more" if len(items) > most else ""
    return ", ".join(items[:most]) + more
