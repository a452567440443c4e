"""A variant: a supplier's own headings and codes for a feed, as a person confirmed them.

It comes on top of the feed's TOML and is kept as TOML itself, so that it can be read, edited and
given back. Headings and raw values are compared folded, as everywhere in a feed.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from vrin_data.contract.codes import CODE_LISTS, NOT_RECORDED
from vrin_data.contract.feeds import Feed, FeedColumn, fold
from vrin_data.contract.variant_checks import variant_faults
from vrin_data.errors import VrinError

Codes = dict[str, dict[str, str]]


class Variant(BaseModel):
    """What one supplier's files of one feed look like where they differ from the feed's TOML.

    `columns` names the heading of each of VRIN's columns, `codes` what a raw value of a column
    stands for, `ignored` the raw values to be read as blanks and `not_used` the headings to be left
    out, each with the reason. For an offence or a supplier the code is the spelling that VRIN knows.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    feed: str
    supplier: str = ""
    date_order: Literal["day_first", "month_first"] = "day_first"
    note: str = ""
    columns: dict[str, str] = Field(default_factory=dict)
    codes: Codes = Field(default_factory=dict)
    ignored: Codes = Field(default_factory=dict)
    not_used: dict[str, str] = Field(default_factory=dict)


def apply(feed: Feed, variant: Variant) -> Feed:
    """The feed as this supplier's files are to be read.

    A chosen heading takes the place of all others of its column, and of its use for another column.
    Raises VrinError with everything that is wrong with the variant.
    """
    faults = variant_faults(
        feed,
        feed_id=variant.feed,
        columns=variant.columns,
        codes=variant.codes,
        ignored=variant.ignored,
        not_used=variant.not_used,
    )
    if faults:
        who = f" for {variant.supplier}" if variant.supplier else ""
        lines = "\n".join(f"  {fault}" for fault in faults)
        raise VrinError(
            f"The variant of {variant.feed}{who} has {len(faults)} error(s):\n{lines}\nCorrect its TOML."
        )
    taken = {fold(heading) for heading in (*variant.columns.values(), *variant.not_used)}
    columns = tuple(_applied(column, variant, taken) for column in feed.columns)
    return feed.model_copy(update={"columns": columns, "date_order": variant.date_order})


def fitting(feed: Feed, headings: Iterable[str], variants: Sequence[Variant]) -> Variant | None:
    """The variant whose headings are all in a file, None where none is.

    Of several the one that names the most headings, then the first of the list (the newest, as the
    records list them).
    """
    there = {fold(heading) for heading in headings}
    fit = [
        variant
        for variant in variants
        if variant.feed == feed.id and {fold(heading) for heading in variant.columns.values()} <= there
    ]
    return max(fit, key=lambda variant: len(variant.columns), default=None)


def merged(first: Variant, second: Variant) -> Variant:
    """One variant of both; where they disagree on a heading or a value, the second decides."""
    chosen = {fold(heading) for heading in (*second.columns.values(), *second.not_used)}
    columns = {name: heading for name, heading in first.columns.items() if fold(heading) not in chosen}
    not_used = {heading: why for heading, why in first.not_used.items() if fold(heading) not in chosen}
    names = list(dict.fromkeys([*first.codes, *first.ignored, *second.codes, *second.ignored]))
    decided = {
        name: {fold(raw) for raw in (*second.codes.get(name, {}), *second.ignored.get(name, {}))}
        for name in names
    }
    return second.model_copy(
        update={
            "columns": columns | second.columns,
            "codes": _merged_values(first.codes, second.codes, decided),
            "ignored": _merged_values(first.ignored, second.ignored, decided),
            "not_used": not_used | second.not_used,
            "note": second.note or first.note,
            "date_order": (second if "date_order" in second.model_fields_set else first).date_order,
        }
    )


def respelled(column: FeedColumn, raw: str) -> str | None:
    """An offence or a supplier as VRIN spells it, itself where no variant says otherwise; None to ignore it."""
    folded = fold(raw)
    if folded in map(fold, column.ignored):
        return None
    return next((known for known, raws in column.map.items() if folded in map(fold, raws)), raw)


def in_date_order(formats: Iterable[str], order: str) -> tuple[str, ...]:
    """Date formats (strptime) with the day first, turned to the month first where that is the order."""
    if order == "day_first":
        return tuple(formats)
    swaps = {f"%d{mark}%m{mark}": f"%m{mark}%d{mark}" for mark in "/-."}
    turned = []
    for shown in formats:
        for before, after in swaps.items():
            shown = shown.replace(before, after)
        turned.append(shown)
    return tuple(turned)


def _merged_values(first: Codes, second: Codes, decided: Mapping[str, set[str]]) -> Codes:
    found = {
        name: {raw: said for raw, said in first.get(name, {}).items() if fold(raw) not in gone}
        | second.get(name, {})
        for name, gone in decided.items()
    }
    return {name: values for name, values in found.items() if values}


def _applied(column: FeedColumn, variant: Variant, taken: set[str]) -> FeedColumn:
    chosen = variant.columns.get(column.name)
    accepted = (chosen,) if chosen else tuple(name for name in column.accepted if fold(name) not in taken)
    codes, ignored = variant.codes.get(column.name, {}), variant.ignored.get(column.name, {})
    return column.model_copy(
        update={
            "accepted": accepted,
            "map": _applied_map(column, codes, ignored),
            "ignored": column.ignored | ignored,
        }
    )


def _applied_map(
    column: FeedColumn, codes: Mapping[str, str], ignored: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """The column's raw values by code; what a person decided leaves the place it had before."""
    decided = {fold(raw) for raw in (*codes, *ignored)}
    found = {
        code: tuple(raw for raw in raws if fold(raw) not in decided) for code, raws in column.map.items()
    }
    for raw, code in codes.items():
        found[code] = (*found.get(code, ()), raw)
    if ignored and NOT_RECORDED in CODE_LISTS.get(column.codes, {}):
        # An ignored value is a blank that needs no warning.
        found[NOT_RECORDED] = (*found.get(NOT_RECORDED, ()), *ignored)
    return found
