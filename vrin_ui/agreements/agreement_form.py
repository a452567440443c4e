"""The form for a new agreement or a new version of one: every fault is told at once, and nothing is lost."""

import re
from typing import Any

import streamlit as st

from vrin_data.contract.agreement_checks import ALL
from vrin_data.contract.agreements import Agreement
from vrin_data.contract.feeds import feeds
from vrin_ui import act, address, names, on_record
from vrin_ui.agreements.agreement_fields import FIELDS, SECTIONS, FormField, field_value, options, shown_value
from vrin_ui.agreements.agreement_view import PAGE
from vrin_ui.wording import sentence

SAVE, OPENED = "save_agreement", "agreement_form"
BY, REASON = "agreement_by", "agreement_reason"
NEW = ""


def open_button() -> None:
    """The way to an empty form."""
    st.button("Add an agreement", on_click=_open, args=(None,))


def change_button(one: Agreement) -> None:
    """The way to a form that is filled with an agreement."""
    st.button("Change this agreement", on_click=_open, args=(one,))


def _open(one: Agreement | None) -> None:
    st.session_state[OPENED] = one.agreement_id if one else NEW
    for field in FIELDS.values():
        default = Agreement.model_fields[field.name].get_default()
        value = getattr(one, field.name) if one else None if field.is_needed else default
        st.session_state[_key(field)] = shown_value(field, value)
    st.session_state[REASON] = ""


def draw() -> None:
    """The form, where it was opened, below what came of it."""
    opened = st.session_state.get(OPENED)
    if opened is None:
        act.draw_outcome(SAVE, told_as=labelled)
        open_button()
        return
    st.subheader(f"A new version of {opened}" if opened else "A new agreement", anchor=False)
    with st.form("agreement", border=True, enter_to_submit=False):
        for heading, section in SECTIONS.items():
            st.markdown(f"**{heading}**")
            _draw_section(section)
        st.markdown("**For the record**")
        left, right = st.columns(2)
        with left:
            names.name_box(BY)
        with right:
            st.text_input("Why there is a new version", key=REASON)
        st.form_submit_button("Put on record", on_click=_save, type="primary")
    # Below the button, where the reader is who has just pressed it.
    act.draw_outcome(SAVE, told_as=labelled)
    st.button("Close the form without recording", on_click=_close)


def _draw_section(section: tuple[FormField, ...]) -> None:
    # A row at a time, so that on a narrow screen the fields keep their order.
    for number in range(0, len(section), 2):
        for side, field in zip(st.columns(2), section[number : number + 2], strict=False):
            with side:
                _draw_field(field)


def _draw_field(field: FormField) -> None:
    label = f"{field.label} (needed)" if field.is_needed else field.label
    of: dict[str, Any] = {"key": _key(field), "help": field.help}
    if field.kind == "long" or field.kind == "lines":
        st.text_area(label, height=92, **of)
    elif field.kind == "yes":
        st.checkbox(label, **of)
    elif field.kind == "number":
        st.number_input(label, min_value=1, step=1, **of)
    elif field.kind == "day":
        st.text_input(f"{label}, dd/mm/yyyy", **of)
    elif field.kind == "choice":
        # What was agreed by file may be none of the usual choices.
        named = options(field.name)
        now = st.session_state[_key(field)]
        named = named if now is None or now in named else {**named, now: str(now)}
        st.selectbox(
            label, list(named), format_func=lambda one: sentence(named[one]), placeholder="Choose", **of
        )
    elif field.kind == "many":
        many = _many(field.name)
        st.multiselect(
            label, list(many), format_func=many.__getitem__, placeholder="Choose one or more", **of
        )
    else:
        st.text_input(label, **of)


def _many(name: str) -> dict[str, str]:
    """The choices of a box that takes several."""
    if name == "supplier_ids":
        known = on_record.suppliers().values()
        return {ALL: "All suppliers"} | {one.supplier_id: one.supplier_name for one in known}
    if name == "feed_ids":
        return {ALL: "All feeds"} | {one.id: one.name for one in feeds().values()}
    return {one: sentence(words) for one, words in options(name).items()}


def _save() -> None:
    values, faults = values_of({field.name: st.session_state[_key(field)] for field in FIELDS.values()})
    done = act.attempt(
        SAVE, act.save_agreement, values, faults=faults, by=names.given(BY), reason=st.session_state[REASON]
    )
    if done:
        _close()
        address.change(PAGE, "agreement", str(values["agreement_id"]))


def values_of(shown: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The fields of a filled form by name, those that say nothing left out, and what cannot be read."""
    values, faults = {}, []
    for name, value in shown.items():
        try:
            values[name] = field_value(FIELDS[name], value)
        except ValueError as error:
            faults.append(f"{name}: {error}")
    # What is left out takes its default, or is said to be missing where there is none.
    said = {
        name: value
        for name, value in values.items()
        if value is not None and (value or not FIELDS[name].is_needed)
    }
    return said, faults


def _close() -> None:
    st.session_state[OPENED] = None


def labelled(words: str) -> str:
    """An error about fields with the labels of the form in place of their names."""
    labels = {name: field.label for name, field in FIELDS.items()} | {
        "by": "Your name",
        "reason": "Why there is a new version",
    }
    lines = [
        re.sub(r"^  (\w+): ", lambda found: f"{labels.get(found[1], found[1])}: ", line)
        for line in words.splitlines()
    ]
    # What a field is stands beside its box; the words for the command line would say it again.
    lines = [re.sub(r": is missing \(.*\)$", ": is missing", line) for line in lines]
    known = re.compile(r"\b(" + "|".join(name for name in FIELDS if "_" in name) + r")\b")
    return "\n".join(known.sub(lambda found: f"‘{labels[found[1]]}’", line) for line in lines)


def _key(field: FormField) -> str:
    return f"agreement_{field.name}"
