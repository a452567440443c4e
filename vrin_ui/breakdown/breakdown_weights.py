"""The weights behind harm: the central choices to review and to change, the editions, and what sets two apart."""

import streamlit as st

from vrin_data.contract.decisions import decide_offences
from vrin_data.contract.edition_diff import differences
from vrin_data.contract.weights import Edition
from vrin_ui import act, address, figures, on_record
from vrin_ui.breakdown import weight_form
from vrin_ui.breakdown.breakdown_address import PAGE, go
from vrin_ui.breakdown.breakdown_page import Here
from vrin_ui.breakdown.breakdown_tables import PINNED
from vrin_ui.breakdown.weight_tables import (
    SHOW,
    Row,
    differences_table,
    editions_table,
    review,
    review_table,
    shown,
    steps_table,
)
from vrin_ui.filters import DEFAULT_DEFINITION
from vrin_ui.wording import counted, plain

TABLE, TABLE_HEIGHT, ROW_HEIGHT = "weights_review", 460, 35
SHORT_UNITS = {"days": "days", "pounds": "pounds", "score": "points"}


def draw(here: Here) -> None:
    """The view: an edition, its central choices, and the editions there are."""
    known = on_record.weight_editions()
    wanted = here.chosen.edition or here.edition_id
    chosen = known[wanted if wanted in known else next(iter(known))]
    names = {name: f"{one.name} ({name})" for name, one in known.items()}
    address.select(PAGE, "edition", "Edition of weights", names, chosen.edition_id)
    _about(chosen)
    st.header("Central choices", anchor=False)
    _choices(here, chosen)
    st.header("Editions", anchor=False)
    _editions(known)
    st.header("What sets two editions apart", anchor=False)
    _difference(here, known, chosen)


def _about(chosen: Edition) -> None:
    own = (
        f" Own choices of the partnership: version {chosen.choices_version}."
        if chosen.choices_version
        else ""
    )
    st.markdown(
        plain(f"{len(chosen.rows):,} rows, in {chosen.unit_words}. Published {chosen.published}.{own}")
    )
    with st.expander("Where it comes from, and what must be known of it"):
        st.markdown("\n".join(f"- {plain(note)}" for note in (f"Source: {chosen.source}", *chosen.notes)))
    st.caption(plain(chosen.attribution))


def _choices(here: Here, chosen: Edition) -> None:
    """The reviewable table, one offence of it, and the form to choose another row."""
    published = on_record.published_edition(chosen.edition_id)
    rows = review(published, on_record.weight_choices(chosen.edition_id))
    if not rows:
        st.markdown(
            "Every offence that this edition weighs has one weight, so that there is nothing to choose."
        )
        return
    st.markdown(
        "An extract often names an offence by a code that stands for several rows of the edition. Harm then has a "
        "lowest and a highest reading, and a central one by the row chosen here. Rows are never averaged, and none is "
        "taken for being the first."
    )
    show = here.chosen.show if here.chosen.show in SHOW else ""
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    with left:
        address.select(PAGE, "show", "Show", SHOW, show)
    kept = shown(rows, show, _used(here, chosen) if show == "used" else ())
    with right:
        names = {"": "Choose one, or click it in the table"} | {row.offence_key: row.name for row in rows}
        address.select(PAGE, "offence", "Review one offence", names, _known(here.chosen.offence, names))
    act.draw_outcome(weight_form.PLACE)
    _table(kept, chosen)
    one = next((row for row in rows if row.offence_key == here.chosen.offence), None)
    if one is not None:
        weight_form.draw(published, one, SHORT_UNITS[chosen.kind])
    _steps(chosen)


def _known(value: str, options: dict[str, str]) -> str:
    return value if value in options else ""


def _used(here: Here, chosen: Edition) -> list[str]:
    """The offences that the definition of the other pages takes in, or may."""
    definition = on_record.definition(here.filters.definition if here.filters else DEFAULT_DEFINITION)
    decided = decide_offences(definition, chosen)
    return [*decided.loc[decided["is_in"] != "out", "offence_key"]]


def _table(rows: list[Row], chosen: Edition) -> None:
    unit = SHORT_UNITS[chosen.kind]
    st.markdown(f"{counted(len(rows), 'offence')}. Weights in {unit}.")
    if not rows:
        return
    table = review_table(rows)
    keys = [row.offence_key for row in rows]
    st.dataframe(
        table,
        hide_index=True,
        width="stretch",
        height=min(TABLE_HEIGHT, ROW_HEIGHT * (len(table) + 1) + 2),
        key=TABLE,
        on_select=lambda: _clicked(keys),
        selection_mode="single-cell",
        placeholder="none",
        column_config={
            "Offence": st.column_config.TextColumn(width=PINNED, pinned=True),
            "Chosen": st.column_config.NumberColumn(format="localized", width=80),
            "Rows that may apply": st.column_config.TextColumn(width=220),
            "Why": st.column_config.TextColumn(width=360),
        },
        alt=f"Central choices of {chosen.name}: offence, the weight chosen, the rows that may apply, why, and by whom",
    )


def _clicked(keys: list[str]) -> None:
    cells = st.session_state[TABLE].selection.cells
    if cells:
        go(offence=keys[cells[0][0]])


def _steps(chosen: Edition) -> None:
    steps = on_record.weight_steps(chosen.edition_id)
    if not steps:
        st.caption("The partnership has made no choice of its own yet.")
        return
    with st.expander(f"What the partnership chose and took back ({len(steps)})"):
        figures.draw_table(steps_table(steps), alt="Choices of the partnership, the newest first")


def _editions(known: dict[str, Edition]) -> None:
    figures.draw_table(
        editions_table(known.values()),
        alt="Editions of weights with their source and line of credit",
        formats={"Edition": st.column_config.TextColumn(width=PINNED, pinned=True)},
    )
    st.markdown(
        "Whoever looks after this system can bring in a published workbook, the ONS list of severity weights or a "
        "table of your own, and is told how it differs from the last one. An edition never changes "
        "once it is on record."
    )


def _difference(here: Here, known: dict[str, Edition], chosen: Edition) -> None:
    others = {
        name: f"{one.name} ({name})"
        for name, one in known.items()
        if one.kind == chosen.kind and name != chosen.edition_id
    }
    if not others:
        st.markdown(f"There is no other edition in {SHORT_UNITS[chosen.kind]} to compare it with.")
        return
    beside = here.chosen.beside if here.chosen.beside in others else next(iter(others))
    address.select(PAGE, "beside", f"Compare {chosen.edition_id} with", others, beside)
    found = differences(known[beside], chosen)
    if not found:
        st.markdown(f"No row differs between {beside} and {chosen.edition_id}.")
        return
    differ = f"{counted(len(found), 'row')} {'differs' if len(found) == 1 else 'differ'}"
    st.markdown(f"{differ} between {beside} (before) and {chosen.edition_id} (after).")
    table = differences_table(found)
    figures.draw_table(
        table,
        alt=f"Rows of {chosen.edition_id} that differ from {beside}",
        height=min(TABLE_HEIGHT, ROW_HEIGHT * (len(table) + 1) + 2),
    )
