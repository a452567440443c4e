"""The library: every definition there is, and the way into each."""

import streamlit as st

from vrin_data.records import DefinitionVersion
from vrin_ui import address
from vrin_ui.definitions import definition_address, definition_edit
from vrin_ui.definitions.definition_address import PAGE
from vrin_ui.definitions.definition_page import Here
from vrin_ui.definitions.definition_versions import KIND_CHOICES, STANDING, library_table, option_words, shown
from vrin_ui.wording import counted

TABLE = "definition_library"
TABLE_HEIGHT, ROW_HEIGHT = 720, 35


def draw(here: Here) -> None:
    """What there is, narrowed as chosen; a click or a choice opens one."""
    st.markdown(
        "Areas mean different things by serious violence. Each definition here says exactly which offences it counts, "
        "and can be read, compared and run on the same data."
    )
    standing, kind, opened = st.columns([3, 3, 5], vertical_alignment="bottom")
    with standing:
        address.select(PAGE, "standing", "Show", STANDING, _known(here.chosen.standing, STANDING))
    with kind:
        address.select(PAGE, "kind", "Kind", KIND_CHOICES, _known(here.chosen.kind, KIND_CHOICES))
    rows = shown(list(here.versions), here.chosen.standing, here.chosen.kind)
    with opened:
        _open_box(here, rows)
    st.markdown(f"{counted(len(rows), 'definition')}. Click one to read it, or choose it in the box above.")
    _table(here, rows)
    definition_edit.begin_buttons()


def _known(value: str, options: dict[str, str]) -> str:
    return value if value in options else ""


def _open_box(here: Here, rows: list[DefinitionVersion]) -> None:
    """The way in without a pointer."""
    options = {"": "Choose one"} | {one.ref: option_words(one, here.in_force) for one in rows}
    st.selectbox(
        "Read",
        list(options),
        format_func=lambda one: options.get(one, one),
        key="definition_open",
        on_change=_opened,
    )


def _opened() -> None:
    if st.session_state["definition_open"]:
        definition_address.go(view="read", read=st.session_state["definition_open"])


def _table(here: Here, rows: list[DefinitionVersion]) -> None:
    table = library_table(rows, here.in_force)
    refs = [one.ref for one in rows]
    if table.empty:
        st.markdown("There is none of these.")
        return
    st.dataframe(
        table,
        hide_index=True,
        width="stretch",
        height=min(TABLE_HEIGHT, ROW_HEIGHT * (len(table) + 1) + 2),
        key=TABLE,
        on_select=lambda: _clicked(refs),
        selection_mode="single-cell",
        column_config={
            "Number": st.column_config.TextColumn(width=70),
            "Definition": st.column_config.TextColumn(width=360),
            "Version": st.column_config.NumberColumn(width=70),
        },
        alt="The library of definitions: number, name, kind, what it counts, version, state and time of use",
    )


def _clicked(refs: list[str]) -> None:
    cells = st.session_state[TABLE].selection.cells
    if cells:
        definition_address.go(view="read", read=refs[cells[0][0]])
