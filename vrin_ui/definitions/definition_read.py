"""One definition as plain English: what it counts, which offences come in, what it cannot say, how it came to be."""

import streamlit as st

from vrin_data.contract.definition_text import as_toml
from vrin_data.contract.definition_words import chapters
from vrin_data.records import DefinitionVersion
from vrin_ui import act, address, figures
from vrin_ui.definitions import (
    definition_address,
    definition_decide,
    definition_edit,
    definition_page,
    definition_parts,
    definition_worksheet,
)
from vrin_ui.definitions.definition_address import PAGE
from vrin_ui.definitions.definition_offences import DETAILS, narrowing_words, offences_table, summary
from vrin_ui.definitions.definition_page import Here
from vrin_ui.definitions.definition_versions import steps_table, versions_table
from vrin_ui.definitions.definition_wording import LEGACY_NOTE, STATE_NOTES, UNIVERSE_NOTE
from vrin_ui.wording import counted, plain

OFFENCES_HEIGHT, ROW_HEIGHT = 420, 35
COUNTED = ("What is counted", "Only where")
WEIGHT = st.column_config.NumberColumn(format="localized")


def draw(here: Here) -> None:
    """The version that is chosen, from what it says to what was decided of it."""
    ref = here.chosen.read or here.usual
    address.select(PAGE, "read", "Definition and version", here.options(), ref)
    one = here.by_ref[ref]
    st.header(plain(f"{one.name}, version {one.version}"), anchor=False)
    _notes(one)
    _ways_on(here, one)
    _words(one)
    st.header("How much it counts", anchor=False)
    if definition_page.bar(here, ref):
        definition_parts.total(here, one)
        definition_parts.parts(here, one)
    if one.definition.counts_crimes:
        st.header("Which offences come in", anchor=False)
        _offences(here, one)
        st.header("What makes violence serious: section 13(6)", anchor=False)
        definition_worksheet.draw(here, one)
    st.header("Versions, and what was decided", anchor=False)
    _versions(here, one)
    definition_decide.draw(one)


def _words(one: DefinitionVersion) -> None:
    """What is counted on one side, what cannot be told and where it comes from on the other."""
    told = chapters(one.definition)
    left, right = st.columns([3, 2], gap="large")
    for title, sentences in told:
        with left if title in COUNTED else right:
            st.subheader(title, anchor=False)
            st.markdown("\n\n".join(plain(each) for each in sentences))


def _notes(one: DefinitionVersion) -> None:
    """What a reader must know before all else: a draft, a universe, a legacy."""
    if one.state in STATE_NOTES:
        st.warning(STATE_NOTES[one.state], icon=None)
    if one.definition.is_universe:
        st.warning(UNIVERSE_NOTE, icon=None)
    if one.definition.status == "legacy":
        st.warning(LEGACY_NOTE, icon=None)


def _ways_on(here: Here, one: DefinitionVersion) -> None:
    with st.container(horizontal=True):
        definition_edit.copy_buttons(one)
        st.button(
            "Compare it with another",
            on_click=definition_address.compare,
            args=(one.ref,),
            key="read_compare",
        )
        st.button(
            "Use it on the other pages",
            on_click=_use,
            args=(here, one),
            key="read_use",
            disabled=here.filters is None,
        )
        st.download_button(
            "Download it (TOML)",
            data=as_toml(one.definition).encode(),
            file_name=f"{one.definition_id}-v{one.version}.toml",
            mime="application/toml",
            on_click="ignore",
            key="read_download",
        )
        st.button(
            "Back to the library", on_click=definition_address.go, kwargs={"view": "library"}, key="read_back"
        )
    act.draw_outcome("use_definition")


def _use(here: Here, one: DefinitionVersion) -> None:
    definition_page.take_to_other_pages(here, one)
    act.attempt("use_definition", lambda: f"Overview, Map and Harm breakdown now show {one.label}.")


def _offences(here: Here, one: DefinitionVersion) -> None:
    detail = here.chosen.detail if here.chosen.detail in DETAILS else ""
    left, _ = st.columns([3, 2])
    with left:
        address.select(PAGE, "detail", "Where an extract gives", DETAILS, detail)
    table = offences_table(one.definition, here.edition, detail)
    st.markdown(f"{summary(table)} {narrowing_words(one.definition)}")
    st.markdown(f"Weights are {here.edition.unit_words}, from {here.edition.name}.")
    if table.empty:
        return
    table = table.mask(table == "")
    figures.draw_table(
        table,
        alt=f"Offences that come in under {one.name}, with their weights",
        height=min(OFFENCES_HEIGHT, ROW_HEIGHT * (len(table) + 1) + 2),
        formats={name: WEIGHT for name in table.columns if name.endswith(" weight")},
    )
    st.caption(here.edition.attribution)


def _versions(here: Here, one: DefinitionVersion) -> None:
    """All versions of this definition, a way to each, and what was done to them."""
    own = [each for each in here.versions if each.definition_id == one.definition_id]
    figures.draw_table(versions_table(own, here.in_force), alt=f"Versions of {one.name}")
    others = [each for each in own if each.ref != one.ref]
    with st.container(horizontal=True):
        for each in others:
            st.button(
                f"Read version {each.version}",
                on_click=definition_address.go,
                kwargs={"read": each.ref},
                key=f"read_{each.ref}",
            )
        for each in others:
            first, second = sorted((each, one), key=lambda version: version.version)
            st.button(
                f"Versions {first.version} and {second.version} over the same months",
                on_click=definition_address.compare,
                args=(first.ref, second.ref),
                key=f"backcast_{each.ref}",
            )
    steps = steps_table(own)
    if steps.empty:
        st.markdown("Nothing was decided of it here: it is as it came with VRIN.")
        return
    with st.expander(f"What was decided ({counted(len(steps), 'step')})"):
        figures.draw_table(steps, alt=f"What was decided of {one.name}, newest first")
