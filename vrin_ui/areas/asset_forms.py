"""Community assets on the page Areas: the lists there are, one taken in from a file, one removed."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from vrin_data.errors import EmptyStore
from vrin_data.measures import AssetRequest
from vrin_data.protect import Presented
from vrin_ui import act, figures
from vrin_ui.areas import context_acts, context_parts
from vrin_ui.ask import ask
from vrin_ui.wording import DASH, counted

WHAT = "assets"
TAKEN = " (taken in "
HELP = (
    "Protective factors and community assets: youth clubs, schools, A&E navigators. A CSV or Excel file with a name, a "
    "type, a contact given to the public, and a place: easting and northing, longitude and latitude, a postcode, or an "
    "area code. Leave out addresses of refuges: give the code of their district instead."
)
PLACES = {
    "name": "Heading of the names",
    "kind": "Heading of the types",
    "contact": "Heading of the contacts",
}


def draw() -> None:
    """The lists there are, and the forms."""
    st.subheader("Community assets", anchor=False)
    st.markdown(HELP)
    act.draw_outcome(WHAT)
    try:
        held = ask("assets", AssetRequest())
    except EmptyStore:
        return
    _draw_held(held)
    with st.expander("Take a list in from a file", expanded=held.frame.empty):
        _draw_import()
    lists = {source: source for source in sorted(set(_lists(held)))}
    context_parts.draw_removal(WHAT, lists, context_acts.remove_assets, label="Remove a list")


def _lists(held: Presented) -> list[str]:
    """The name of each asset's list."""
    return [source.rpartition(TAKEN)[0] for source in held.frame["source"]]


def _draw_held(held: Presented) -> None:
    if held.frame.empty:
        st.info("No list of assets has been taken in yet.")
        return
    frame = held.frame
    table = pd.DataFrame(
        {
            "Type": frame["kind"],
            "Name": frame["asset_name"],
            "District": frame["district_name"].fillna(DASH),
            "Contact": frame["contact"].fillna(DASH),
            "List": _lists(held),
        }
    )
    st.markdown(f"{counted(len(table), 'asset')} of {counted(table['Type'].nunique(), 'type')}.")
    figures.draw_table(
        table, alt="Community assets in this build", height=min(390, 35 * (len(table) + 1) + 2)
    )
    figures.draw_stamp(held, name=WHAT)


def _draw_import() -> None:
    number = st.session_state.get(f"{WHAT}_number", 0)
    file = st.file_uploader("File of assets", type=context_parts.TYPES, key=f"{WHAT}_file_{number}")
    left, right = st.columns(2)
    said: dict[str, Any] = {
        "source": left.text_input(
            "What the list is called",
            key=f"{WHAT}_source",
            help="A list of the same name is replaced as a whole.",
        ),
        "kind": right.text_input("Type of all rows that name none", key=f"{WHAT}_kind"),
    }
    with st.popover("Columns, where they are not found by themselves"):
        headings = {
            what: st.text_input(label, key=f"{WHAT}_{what}_heading") for what, label in PLACES.items()
        }
    said["column"] = tuple(f"{what}={heading}" for what, heading in headings.items() if heading.strip())
    if file is not None and not said["source"].strip():
        # The name of the file's copy is none that a person would know the list by.
        said["source"] = file.name
    context_parts.draw_file(WHAT, file, said, _told)


def _told(found: Mapping[str, Any]) -> list[str]:
    """What was understood of a list, in words."""
    columns = ", ".join(
        f"{what.replace('_', ' ')} from {heading}" for what, heading in found["columns"].items()
    )
    kinds = ", ".join(f"{kind} ({count:,})" for kind, count in found["kinds"].items())
    lines = [
        f"The list {found['source']}: {columns}.",
        f"{found['row_count']:,} rows: {found['taken_count']:,} are taken, {found['left_out_count']:,} left out.",
        f"Types: {kinds}.",
    ]
    if found["replaced_count"]:
        lines.append(f"They take the place of {found['replaced_count']:,} of the same list.")
    return lines
