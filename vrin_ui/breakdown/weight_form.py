"""One offence of an edition: the rows it may be, the form to choose another, and the way to take a choice back."""

import streamlit as st

from vrin_data.contract.weights import Edition
from vrin_ui import act, figures, names
from vrin_ui.breakdown import weight_acts
from vrin_ui.breakdown.breakdown_tables import amount
from vrin_ui.breakdown.weight_tables import OWN, Row, rows_of, rows_table, weight_options
from vrin_ui.wording import plain

PLACE = "weights"
DAYS, REASON, BY = "weight_days", "weight_reason", "weight_by"
BACK_REASON, BACK_BY = "weight_back_reason", "weight_back_by"
SHOWN = "weight_shown"


def draw(published: Edition, one: Row, unit: str) -> None:
    """The rows of the offence, what stands now, and the forms."""
    _begin(published, one)
    st.subheader(plain(one.name), anchor=False)
    st.markdown(plain(_stands(one, unit)))
    rows = rows_of(published, one.offence_key)
    figures.draw_table(
        rows_table(rows, unit),
        alt=f"The rows that {one.name} may be",
        formats={f"Weighs ({unit})": st.column_config.NumberColumn(format="localized", width=140)},
    )
    options = weight_options(rows, unit)
    with st.form("weight", border=True, enter_to_submit=False):
        st.markdown("**Choose another row**")
        st.selectbox("Central weight", list(options), format_func=options.__getitem__, key=DAYS)
        st.text_input("Why this row", key=REASON)
        names.name_box(BY)
        st.form_submit_button("Choose it", on_click=_choose, args=(published.edition_id, one), type="primary")
    if one.whose == OWN:
        _draw_back(published, one, unit)


def _draw_back(published: Edition, one: Row, unit: str) -> None:
    came = "no weight" if one.came is None else f"{amount(one.came)} {unit}"
    with st.form("weight_back", border=True, enter_to_submit=False):
        st.markdown(f"**Take the choice back**, so that {came} stands again as it came with the edition")
        st.text_input("Why it is taken back", key=BACK_REASON)
        names.name_box(BACK_BY)
        st.form_submit_button("Take it back", on_click=_take_back, args=(published.edition_id, one))


def _begin(published: Edition, one: Row) -> None:
    """Fill the form anew where another offence was chosen."""
    of = f"{published.edition_id} {one.offence_key} {one.chosen}"
    if st.session_state.get(SHOWN) != of:
        st.session_state[SHOWN] = of
        st.session_state[DAYS] = one.chosen if one.chosen is not None else one.possible[0]
        st.session_state[REASON] = st.session_state[BACK_REASON] = ""


def _stands(one: Row, unit: str) -> str:
    ends = f"It may weigh {amount(one.possible[0])} to {amount(one.possible[-1])} {unit}."
    if one.chosen is None:
        return f"{ends} No row is chosen, so that harm with this offence has a range and no central reading."
    who = f" ({one.chosen_by})" if one.chosen_by else ""
    came = (
        f" {amount(one.came)} {unit} came with the edition."
        if one.whose == OWN and one.came is not None
        else ""
    )
    return f"{ends} Chosen: {amount(one.chosen)} {unit}, because: {one.reason}{who}.{came}"


def _choose(edition_id: str, one: Row) -> None:
    state = st.session_state
    act.attempt(
        PLACE,
        weight_acts.choose,
        edition_id,
        one.offence_key,
        days=state[DAYS],
        by=names.given(BY),
        reason=state[REASON],
    )


def _take_back(edition_id: str, one: Row) -> None:
    act.attempt(
        PLACE,
        weight_acts.take_back,
        edition_id,
        one.offence_key,
        by=names.given(BACK_BY),
        reason=st.session_state[BACK_REASON],
    )
