"""What the data lead does on the page Feeds: declare, take back, accept or discard. Each asks for a name."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from vrin_data.contract.suppliers import Supplier
from vrin_data.records import Expectation, HeldFile
from vrin_ui import act, figures, names
from vrin_ui.feeds import feed_tables
from vrin_ui.feeds.feed_states import LOOKS, MEANINGS
from vrin_ui.feeds.feed_view import Cell
from vrin_ui.filters import shifted
from vrin_ui.wording import day_words, month_words, months_in_words, plain

DECLARE, WITHDRAW, HELD, CONFIRM = "declare", "withdraw", "held", "confirm"
DECLARED = ("withheld", "held_by_partner", "not_due")
OPEN = "until further"
AHEAD = 24
NO_WORDS = ("The checks that stopped it left no words.",)


def declare_form(cell: Cell) -> None:
    """A form that declares a period, or a stretch of them, withheld, held by a partner or not due."""
    with st.form("declare", border=True):
        st.radio(
            "It is",
            DECLARED,
            format_func=lambda state: f"{LOOKS[state].name}: {MEANINGS[state]}",
            key="declare_state",
        )
        first, last = st.columns(2)
        with first:
            months = [shifted(cell.start, number) for number in range(-AHEAD, AHEAD + 1)]
            _month_box("First month", "declare_from", months, cell.start)
        with last:
            _month_box("Last month", "declare_to", [None, *months], cell.start)
        st.text_input("Reason", key="declare_reason", help="In a sentence; it is shown beside the period.")
        names.name_box("declare_by")
        st.form_submit_button("Declare", on_click=_declare, args=(cell,))


def _month_box(label: str, key: str, months: Sequence[date | None], usual: date) -> None:
    # The choice belongs to the period that is looked into; another one starts afresh.
    if st.session_state.get(key) not in months or st.session_state.get(f"{key}_of") != usual:
        st.session_state[key], st.session_state[f"{key}_of"] = usual, usual
    st.selectbox(label, months, format_func=lambda one: month_words(one) if one else OPEN, key=key)


def _declare(cell: Cell) -> None:
    state = st.session_state
    done = act.attempt(
        DECLARE,
        act.declare,
        cell.supplier_id,
        cell.feed_id,
        state=state["declare_state"],
        from_month=state["declare_from"],
        to_month=state["declare_to"],
        reason=state["declare_reason"],
        by=names.given("declare_by"),
    )
    if done:
        state["declare_reason"] = ""


def standing(declarations: list[Expectation], cell: Cell) -> list[Expectation]:
    """The declarations that speak of a period, the one that counts first."""
    about = [one for one in declarations if one.is_about(cell.supplier_id, cell.feed_id, cell.start)]
    return about[::-1]


def period_forms(
    cell: Cell, declarations: list[Expectation], held: list[HeldFile], *, is_partial: bool
) -> None:
    """What can be done about a period: decide on its file, confirm it, take back what was declared, or declare."""
    if any((one.supplier_id, one.feed_id) == (cell.supplier_id, cell.feed_id) for one in held):
        st.markdown("A file of this feed waits for a decision: see **Stopped files** below.")
    if is_partial:
        with st.expander("Confirm that it came whole after all"):
            confirm_form(cell)
    for one in standing(declarations, cell):
        withdraw_form(one)
    with st.expander("Declare that it will not come, or is not due"):
        declare_form(cell)


def confirm_form(cell: Cell) -> None:
    """A form in which a named person says that a period taken for partial is whole."""
    with st.form("confirm", border=True):
        st.markdown(
            "Its figures then count in every total again. What the check found, your name and the reason stay on "
            "record; a later version of the period is judged anew."
        )
        st.text_input("Reason", key="confirm_reason", help="What the supplier said, in a sentence.")
        names.name_box("confirm_by")
        st.form_submit_button("It is whole", on_click=_confirm, args=(cell,))


def _confirm(cell: Cell) -> None:
    state = st.session_state
    done = act.attempt(
        CONFIRM,
        act.confirm_whole,
        cell.supplier_id,
        cell.feed_id,
        cell.start,
        reason=state["confirm_reason"],
        by=names.given("confirm_by"),
    )
    if done:
        state["confirm_reason"] = ""


def withdraw_form(one: Expectation) -> None:
    """What a declaration says, and a form that takes it back."""
    until = month_words(one.to_month) if one.to_month else OPEN
    with st.form(f"withdraw_{one.expectation_id}", border=True):
        st.markdown(
            f"**Declaration {one.expectation_id}: {LOOKS[one.state].name.lower()}**, {month_words(one.from_month)} to "
            f"{until}. {plain(one.reason)} ({plain(one.recorded_by)}, {day_words(one.recorded_at)})"
        )
        names.name_box(f"withdraw_by_{one.expectation_id}")
        st.form_submit_button("Take this declaration back", on_click=_withdraw, args=(one.expectation_id,))


def _withdraw(expectation_id: int) -> None:
    by = names.given(f"withdraw_by_{expectation_id}")
    act.attempt(WITHDRAW, act.withdraw, expectation_id, by=by)


def held_form(one: HeldFile, suppliers: dict[str, Supplier], feed_names: dict[str, str]) -> None:
    """A stopped file with what was found, and a form that takes it in or discards it."""
    supplier = (
        suppliers[one.supplier_id].supplier_name if one.supplier_id in suppliers else "supplier not known"
    )
    with st.form(f"held_{one.held_id}", border=True):
        st.markdown(
            f"**File {one.held_id}: {plain(one.file_name)}**, {plain(supplier)}, "
            f"{feed_names.get(one.feed_id, one.feed_id)}, {months_in_words(one.period) or 'period not known'}, "
            f"stopped on {day_words(one.held_at)}."
        )
        st.markdown("\n".join(f"- {plain(line)}" for line in one.found or NO_WORDS))
        st.text_input("Reason", key=f"held_reason_{one.held_id}")
        names.name_box(f"held_by_{one.held_id}")
        accept, discard = st.columns(2)
        with accept:
            accepted = st.form_submit_button(
                "Accept it as it is", width="stretch", key=f"held_accept_{one.held_id}"
            )
        with discard:
            discarded = st.form_submit_button(
                "Discard it", width="stretch", key=f"held_discard_{one.held_id}"
            )
    if accepted or discarded:
        _decide(one.held_id, accepted=accepted)


def held_list(held: list[HeldFile], suppliers: dict[str, Supplier], feed_names: dict[str, str]) -> None:
    """Every file that waits, each with its form."""
    if not held:
        st.markdown("No file waits for a decision.")
        return
    st.markdown(
        "A check stopped these, and nothing of them was taken in. Accepting one takes it in as it is, under your "
        "name; discarding one removes the copy that is kept of it. Both stay on record."
    )
    for one in held:
        held_form(one, suppliers, feed_names)


def _decide(held_id: int, *, accepted: bool) -> None:
    reason, by = st.session_state[f"held_reason_{held_id}"], names.given(f"held_by_{held_id}")
    with st.spinner("Taking the file in" if accepted else "Discarding the file"):
        act.attempt(HELD, act.accept_held if accepted else act.discard_held, held_id, by=by, reason=reason)
    st.rerun()


def declared_list(
    declarations: list[Expectation], suppliers: dict[str, Supplier], feed_names: dict[str, str]
) -> None:
    """Everything that is declared and stands, and a way to take it back."""
    if not declarations:
        st.markdown(
            "Nothing is declared. Choose a period above to declare it withheld, held by a partner or not due."
        )
        return
    table: pd.DataFrame = feed_tables.declarations_table(declarations, suppliers, feed_names)
    figures.draw_table(table, alt="What has been declared of feeds and stands")
