"""The parts of the page Data dictionary: the search, one feed in plain words, and the detail behind it."""

from collections.abc import Callable

import streamlit as st

from vrin_data.contract.codes import CODE_LISTS
from vrin_data.contract.feed_dictionary import feed_markdown, field_entries
from vrin_data.contract.feed_words import basis_lines, counting_lines
from vrin_data.contract.feeds import Feed, feeds
from vrin_data.contract.tables import TABLES
from vrin_ui import address, figures, on_record
from vrin_ui.ask import ledger_day
from vrin_ui.dictionary import dictionary_view
from vrin_ui.dictionary.dictionary_view import Sender, sender_lines
from vrin_ui.wording import counted, plain

PAGE = "dictionary"
NAMES = ("of-feed", "supplier", "find")
FIRST = "police-offences"
SHORT_SEARCH = 2


def choose() -> tuple[Feed, list[Sender], str]:
    """The feed that is read, who sends it, and the supplier whose part of it is read ('' for all)."""
    params = address.chosen(PAGE, NAMES)
    wanted = params.get("of-feed", "")
    feed = feeds()[wanted if wanted in feeds() else FIRST if FIRST in feeds() else next(iter(feeds()))]
    senders = senders_of(feed)
    supplier = params.get("supplier", "")
    supplier = supplier if supplier in {one.supplier_id for one in senders} else ""
    address.keep(PAGE, {"of-feed": feed.id, "supplier": supplier, "find": params.get("find", "")})
    left, right = st.columns(2)
    with left:
        address.select(PAGE, "of-feed", "Feed", {one.id: one.name for one in feeds().values()}, feed.id)
    with right:
        named = {"": "All who send it"} | {one.supplier_id: one.supplier_name for one in senders}
        address.select(PAGE, "supplier", "Supplier", named, supplier)
    return feed, [one for one in senders if supplier in ("", one.supplier_id)], supplier


def senders_of(feed: Feed) -> list[Sender]:
    """Who sends a feed, from what is on record and from what came in."""
    ledger, _ = on_record.ledger_or_why(ledger_day())
    came = set(ledger.loc[ledger["feed_id"] == feed.id, "supplier_id"]) if len(ledger) else set()
    return dictionary_view.senders(
        feed, on_record.suppliers(), on_record.agreements().values(), on_record.variants(feed.id), came
    )


def search() -> None:
    """A search box, and what it finds in every feed and table."""
    widget = f"{PAGE}_find"
    st.session_state[widget] = address.chosen(PAGE, NAMES).get("find", "")
    st.text_input(
        "Search all feeds, fields, codes and headings",
        key=widget,
        on_change=address.from_widget(PAGE, "find", widget),
        placeholder="knife, postcode, gravity",
    )
    wanted = st.session_state[widget].strip()
    if len(wanted) >= SHORT_SEARCH:
        _found(wanted)


def _found(wanted: str) -> None:
    found, columns = dictionary_view.found_in_feeds(wanted), dictionary_view.found_in_tables(wanted)
    fields = sum(len(entries) for _, entries in found)
    st.markdown(
        f"**{counted(fields, 'field')} in {counted(len(found), 'feed')}, "
        f"and {counted(len(columns), 'column')} of a build's tables.**"
    )
    for feed, entries in found:
        with st.expander(f"{feed.name}: {counted(len(entries), 'field') if entries else 'its description'}"):
            st.markdown(
                dictionary_view.field_lines(entries) or plain(" ".join((feed.description, *feed.notes)))
            )
            st.button(
                "Read this feed",
                key=f"read_{feed.id}",
                on_click=address.change,
                args=(PAGE, "of-feed", feed.id),
            )
    if len(columns):
        with st.expander(f"Tables of a build: {counted(len(columns), 'column')}"):
            figures.draw_table(columns, alt=f"Columns of a build's tables found by {wanted}")


def feed_words(feed: Feed, senders: list[Sender]) -> None:
    """A feed in plain words: what it is, what to know, how it counts, when it comes, whom to ask."""
    st.markdown(plain(feed.description))
    for heading, lines in (
        ("What to know, and what cannot be concluded", feed.notes),
        ("How it counts", counting_lines(feed)),
        ("When it comes, and on what basis", basis_lines(feed)),
        ("Who sends it, and whom to ask", sender_lines(senders) or ["Nobody yet."]),
    ):
        if lines:
            st.subheader(heading, anchor=False)
            st.markdown("\n".join(f"- {plain(line)}" for line in lines))
    for one in senders:
        for number, toml in enumerate(one.variants, start=1):
            with st.expander(f"How the files of {one.supplier_name} differ ({number})"):
                st.code(toml, language="toml", wrap_lines=True)


def fields(feed: Feed) -> None:
    """What each field means, and behind expanders its codes and headings."""
    entries = field_entries(feed)
    st.markdown(dictionary_view.field_lines(entries))
    with st.expander("Codes: which values a field can have, and what suppliers write for them"):
        for one in dictionary_view.coded(feed):
            st.markdown(f"**{plain(one.name)}**")
            figures.draw_table(dictionary_view.codes_table(one), alt=f"Values of {one.name}")
    with st.expander("Headings that are accepted"):
        st.markdown("Capitals, spaces and signs do not matter.")
        figures.draw_table(dictionary_view.headings_table(entries), alt=f"Headings accepted in {feed.name}")
    if feed.forbidden:
        with st.expander("Headings that must not be in a file"):
            st.markdown(
                "A file with one of these is refused, unless an agreement says that the column is dropped unread: "
                f"{plain(', '.join(feed.forbidden))}."
            )


def downloads(feed: Feed, senders: list[Sender]) -> None:
    """The feed, and everything, as Markdown."""
    own, every = st.columns(2)
    with own:
        text = feed_markdown(feed, sender_lines(senders))
        _download(lambda: text, f"{feed.id}.md", "Download this feed (Markdown)")
    with every:
        _download(_everything, "data-dictionary.md", "Download everything (Markdown)")


def _everything() -> str:
    return dictionary_view.everything({one.id: sender_lines(senders_of(one)) for one in feeds().values()})


def _download(text: Callable[[], str], name: str, label: str) -> None:
    # Made only once it is asked for.
    st.download_button(
        label,
        data=lambda: text().encode(),
        file_name=name,
        mime="text/markdown",
        on_click="ignore",
        key=f"download_{name}",
        width="stretch",
    )


def tables() -> None:
    """The tables of a build and the code lists, for those who work with the data itself."""
    with st.expander("Tables: what a build holds, column by column"):
        name = st.selectbox(
            "Table", list(TABLES), format_func=lambda one: one.replace("_", " "), key="dictionary_table"
        )
        st.markdown(f"One row is {plain(TABLES[name].grain)}.")
        figures.draw_table(
            dictionary_view.columns_table(name).drop(columns="Table"), alt=f"Columns of the table {name}"
        )
    with st.expander("Code lists"):
        name = st.selectbox(
            "List", list(CODE_LISTS), format_func=lambda one: one.replace("_", " "), key="dictionary_list"
        )
        figures.draw_table(dictionary_view.list_table(name), alt=f"Values of the list {name}")
