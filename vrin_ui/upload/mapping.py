"""How a file under unfamiliar headings is to be read: what is proposed, what a person chose, the variant of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vrin_data.contract.feeds import Feed, fold
from vrin_data.contract.suppliers import Supplier, find_supplier
from vrin_data.contract.variants import Variant, merged

NOT_USED, LEFT_OPEN, IGNORED = "", "", "~ignored"
"""What is chosen for a heading that is left out, and for a value that is left open or read as a blank."""
LEFT_OUT_WORDS = "left out by the person who confirmed the mapping"
Value = tuple[str, str]
"""A column and a raw value in it."""


@dataclass(frozen=True)
class Heading:
    """A heading of the file with what is proposed for it, how surely and why, and a few values."""

    heading: str
    column: str
    how_sure: str
    why: str
    samples: tuple[str, ...]
    is_forbidden: bool


@dataclass(frozen=True)
class OpenValue:
    """A value that VRIN does not know, in how many rows it stands, and the code proposed ('' for none)."""

    column: str
    raw: str
    row_count: int
    code: str
    why: str


@dataclass
class Mapped:
    """The proposal for a file and a person's choices: by heading a column, by value a code.

    `own` is the supplier's variant that is on record already. `is_tried` says that the first rows were
    read under these choices; `columns_used` are the columns that they give.
    """

    headings: tuple[Heading, ...] = ()
    values: tuple[OpenValue, ...] = ()
    remarks: tuple[str, ...] = ()
    columns: dict[str, str] = field(default_factory=dict)
    codes: dict[Value, str] = field(default_factory=dict)
    reasons: dict[Value, str] = field(default_factory=dict)
    date_order: str = "day_first"
    own: Variant | None = None
    is_tried: bool = True

    def choose_column(self, heading: str, column: str) -> None:
        """Choose the column of a heading; the rows have to be tried again."""
        if self.columns.get(heading) != column:
            self.columns[heading], self.is_tried = column, False

    def choose_code(self, value: Value, code: str) -> None:
        """Choose what a value stands for."""
        if self.codes.get(value) != code:
            self.codes[value], self.is_tried = code, False

    def choose_order(self, order: str) -> None:
        """Choose whether dates have the day or the month first."""
        if self.date_order != order:
            self.date_order, self.is_tried = order, False

    def tried(self, content: Mapping[str, Any]) -> None:
        """Take over what is not known under the mapping that was tried; choices that were made stand."""
        self.values = _values(content["codes"])
        for one in self.values:
            self.codes.setdefault((one.column, one.raw), one.code)
        self.is_tried = True

    @property
    def open_count(self) -> int:
        """How many values nobody has said the meaning of."""
        return sum(self.codes.get((one.column, one.raw), LEFT_OPEN) == LEFT_OPEN for one in self.values)


def mapped_of(content: Mapping[str, Any]) -> Mapped:
    """The proposal as the process answers it."""
    headings = tuple(_heading(one) for one in content["headings"])
    values = _values(content["codes"])
    own = content["own_variant"]
    return Mapped(
        headings=headings,
        values=values,
        remarks=(*(f"Missing: {one}" for one in content["missing"]), *_on_screen(content["remarks"])),
        columns={one.heading: one.column for one in headings},
        codes={(one.column, one.raw): one.code for one in values},
        date_order=content["variant"]["date_order"],
        own=Variant(**own) if own else None,
    )


def faults(mapped: Mapped, feed: Feed) -> list[str]:
    """What is wrong with the choices, in words; a person can mend all of it on the screen."""
    uses = Counter(column for column in mapped.columns.values() if column)
    found = [
        f"{words_of(name)} is chosen for {count} headings; keep one"
        for name, count in uses.items()
        if count > 1
    ]
    found += [
        f"{words_of(column.name)} is needed, and no heading is chosen for it"
        for column in feed.columns
        if mapped.headings and column.required and not column.constant and column.name not in uses
    ]
    found += [
        f"{raw!r} in {words_of(column)} is to be read as a blank; say why"
        for (column, raw), code in mapped.codes.items()
        if code == IGNORED and not mapped.reasons.get((column, raw), "").strip()
    ]
    return found


def variant_of(mapped: Mapped, feed: Feed, supplier: str) -> Variant:
    """The choices as the supplier's variant, on top of the one on record: only what the feed does not do itself."""
    known = feed.headings()
    by_itself = {heading: known.get(fold(heading)) for heading in mapped.columns}
    uses = Counter(by_itself.values())
    columns = {
        column: heading
        for heading, column in mapped.columns.items()
        if column and (by_itself[heading] != column or uses[column] > 1)
    }
    not_used = {
        heading: LEFT_OUT_WORDS
        for heading, column in mapped.columns.items()
        if not column and by_itself[heading] not in (None, *columns) and _is_usable(mapped, heading)
    }
    made = Variant(
        feed=feed.id,
        supplier=supplier,
        date_order="month_first" if mapped.date_order == "month_first" else "day_first",
        columns=columns,
        codes=_chosen(
            mapped, {key: code for key, code in mapped.codes.items() if code not in (LEFT_OPEN, IGNORED)}
        ),
        ignored=_chosen(
            mapped,
            {
                key: mapped.reasons.get(key, "").strip()
                for key, code in mapped.codes.items()
                if code == IGNORED
            },
        ),
        not_used=not_used,
    )
    return merged(mapped.own, made) if mapped.own and not mapped.headings else made


def named_supplier(mapped: Mapped, register: Mapping[str, Supplier]) -> str:
    """The one supplier that the values of the proposed column name, '' where there is none or several."""
    samples = {value for one in mapped.headings if one.column == "supplier" for value in one.samples if value}
    found = find_supplier(samples.pop(), register) if len(samples) == 1 else None
    return found.supplier_id if found else ""


def words_of(column: str) -> str:
    """VRIN's name of a column as words."""
    return column.replace("_", " ").capitalize()


def _is_usable(mapped: Mapped, heading: str) -> bool:
    is_forbidden = any(one.is_forbidden for one in mapped.headings if one.heading == heading)
    return not is_forbidden and bool(fold(heading))


def _chosen(mapped: Mapped, said: Mapping[Value, str]) -> dict[str, dict[str, str]]:
    """What is said of values, by column; of columns that the mapping uses."""
    there = {one.column for one in mapped.values}
    found: dict[str, dict[str, str]] = {}
    for (column, raw), words in said.items():
        if column in there:
            found.setdefault(column, {})[raw] = words
    return found


def _on_screen(remarks: Sequence[str]) -> list[str]:
    """Remarks that do not speak of the command line; the supplier is asked for on the screen anyway."""
    return [one for one in remarks if "--supplier" not in one]


def _heading(one: Mapping[str, Any]) -> Heading:
    return Heading(
        heading=one["heading"],
        column=one["column"] or NOT_USED,
        how_sure=one["how_sure"],
        why=one["why"],
        samples=tuple(one["samples"]),
        is_forbidden=one["is_forbidden"],
    )


def _values(codes: Sequence[Mapping[str, Any]]) -> tuple[OpenValue, ...]:
    return tuple(
        OpenValue(one["column"], one["raw"], one["count"], one["code"] or LEFT_OPEN, one["why"])
        for one in codes
    )
