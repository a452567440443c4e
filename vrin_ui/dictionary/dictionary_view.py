"""What the data mean, from the contract and from what is on record: who sends a feed, what is found by a search."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from vrin_data.contract import dictionary
from vrin_data.contract.agreements import Agreement
from vrin_data.contract.codes import CODE_LISTS
from vrin_data.contract.feed_dictionary import FieldEntry, feed_markdown, field_entries, matches, speaks_of
from vrin_data.contract.feeds import Feed, feeds
from vrin_data.contract.suppliers import Supplier
from vrin_data.contract.tables import TABLES
from vrin_data.records import Variant
from vrin_ui.wording import listed, plain, sentence


@dataclass(frozen=True)
class Sender:
    """A supplier of a feed: under which agreement, whom to ask there and here, and how its files differ."""

    supplier_id: str
    supplier_name: str
    agreement_name: str
    agreement_id: str
    ask_there: str
    ask_here: str
    variants: tuple[str, ...]


def sender_lines(senders: Iterable[Sender]) -> list[str]:
    """Who sends a feed as lines of a list, those under one agreement together, with whom to ask."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for one in senders:
        groups.setdefault((one.agreement_name, one.ask_there, one.ask_here), []).append(one.supplier_name)
    return [_sender_line(listed(names), *terms) for terms, names in groups.items()]


def _sender_line(names: str, agreement: str, there: str, here: str) -> str:
    under = f"under the agreement {agreement}" if agreement else "without an agreement"
    asked = [f"At the supplier ask: {there}."] if there else []
    asked += [f"At the partnership ask: {here}."] if here else []
    return " ".join([f"{names}, {under}.", *(asked or ["Nobody is named to ask."])])


def senders(
    feed: Feed,
    suppliers: Mapping[str, Supplier],
    agreements: Iterable[Agreement],
    variants: Iterable[Variant],
    came: Iterable[str],
) -> list[Sender]:
    """Who sends a feed: those named by an agreement that is no draft, and those from whom it ever came."""
    agreed: dict[str, Agreement] = {}
    for one in sorted(agreements, key=lambda each: each.start_day):
        named = {*one.supplier_ids, *came} if one.status != "draft" else ()
        agreed |= {each: one for each in named if one.covers(each, feed.id)}
    own: dict[str, list[str]] = {}
    for variant in variants:
        own.setdefault(variant.supplier_id, []).append(variant.toml)
    there = {each for each in {*agreed, *came, *own} if each in suppliers}
    found = [_sender(suppliers[each], agreed.get(each), own.get(each, [])) for each in there]
    return sorted(found, key=lambda one: one.supplier_name)


def _sender(supplier: Supplier, agreement: Agreement | None, variants: list[str]) -> Sender:
    return Sender(
        supplier_id=supplier.supplier_id,
        supplier_name=supplier.supplier_name,
        agreement_name=agreement.name if agreement else "",
        agreement_id=agreement.agreement_id if agreement else "",
        ask_there=agreement.supplier_lead if agreement else "",
        ask_here=agreement.own_lead if agreement else "",
        variants=tuple(variants),
    )


def field_lines(entries: Iterable[FieldEntry]) -> str:
    """Fields as a Markdown list: what each means, and what to beware of."""
    return "\n".join(_field_line(one) for one in entries)


def _field_line(one: FieldEntry) -> str:
    marks = [
        one.kind,
        *(["always there"] if one.is_required else []),
        *(["personal"] if one.is_personal else []),
    ]
    caveat = f"  \n  **Beware:** {plain(one.caveat)}" if one.caveat else ""
    return f"- **{plain(sentence(one.name))}** ({', '.join(marks)}): {plain(one.meaning)}{caveat}"


def codes_table(entry: FieldEntry) -> pd.DataFrame:
    """The values of a coded field: what each means, and what suppliers write for it."""
    return pd.DataFrame(
        [
            {"Value": code, "What it means": words, "Sent as": ", ".join(raws)}
            for code, words, raws in entry.codes
        ]
    )


def headings_table(entries: Iterable[FieldEntry]) -> pd.DataFrame:
    """The headings under which each field is accepted; capitals and signs do not matter."""
    return pd.DataFrame(
        [
            {
                "Field": sentence(one.name),
                "Needed": "yes" if one.is_required else "",
                "Headings": ", ".join(one.headings),
            }
            for one in entries
            if one.headings
        ]
    )


def found_in_feeds(wanted: str) -> list[tuple[Feed, list[FieldEntry]]]:
    """Feeds with the fields that a search finds in them; a feed that speaks of it itself has none, or some."""
    found = [(one, matches(one, wanted)) for one in feeds().values()]
    return [(one, entries) for one, entries in found if entries or speaks_of(one, wanted)]


def found_in_tables(wanted: str) -> pd.DataFrame:
    """The columns of a build's tables that a search finds."""
    words = wanted.lower().split()
    every = pd.concat([columns_table(name) for name in TABLES], ignore_index=True)
    text = every.astype(str).agg(" ".join, axis=1).str.lower()
    return every[[all(word in one for word in words) for one in text]].reset_index(drop=True)


def columns_table(name: str) -> pd.DataFrame:
    """The columns of one table of a build."""
    return pd.DataFrame(
        [
            {
                "Table": name,
                "Column": one.name,
                "What it means": one.meaning,
                "Unit or list": one.codes or one.unit,
                "May be empty": "yes" if one.nullable else "no",
                "Type": one.type,
            }
            for one in TABLES[name].columns
        ]
    )


def list_table(name: str) -> pd.DataFrame:
    """The values of one code list."""
    return pd.DataFrame([{"Value": code, "What it means": words} for code, words in CODE_LISTS[name].items()])


def everything(lines: Mapping[str, list[str]]) -> str:
    """All feeds, tables and code lists as one Markdown text; `lines` are who sends each feed."""
    own = [feed_markdown(one, lines.get(one.id, [])) for one in feeds().values()]
    return "\n".join([*own, dictionary.as_markdown()])


def coded(feed: Feed) -> list[FieldEntry]:
    """The fields of a feed that take one of a list of values."""
    return [one for one in field_entries(feed) if one.codes]
