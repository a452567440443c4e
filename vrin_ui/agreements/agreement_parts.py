"""The parts of the page Agreements: the register, one agreement, what it rests on, and what is on record."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from vrin_data.contract.agreement_text import agreement_toml, template
from vrin_data.contract.agreements import Agreement
from vrin_data.contract.legal_powers import legal_powers
from vrin_data.errors import RefusedInput
from vrin_data.records import AgreementVersion, RegisterRow
from vrin_ui import act, address, figures, names
from vrin_ui.agreements import agreement_form, agreement_view, agreement_words
from vrin_ui.agreements.agreement_fields import read_day
from vrin_ui.agreements.agreement_view import PAGE
from vrin_ui.wording import listed, plain

END, FILE = "end_agreement", "agreement_file"
TABLE_HEIGHT, ROW_HEIGHT = 600, 35


def register(rows: list[RegisterRow], supplier_names: dict[str, str], today: date) -> None:
    """How many agreements there are, what is to be seen to, and the register itself."""
    st.markdown(agreement_view.register_words(rows, today))
    warnings = agreement_view.warnings(rows)
    if warnings:
        st.warning("**To be seen to**\n" + "\n".join(f"- {plain(words)}" for words in warnings))
    table = agreement_view.register_table(rows, supplier_names, today)
    height = min(TABLE_HEIGHT, ROW_HEIGHT * (len(table) + 1) + 2)
    figures.draw_table(table, alt="The register of agreements and licences", height=height)


def without_agreement(pairs: pd.DataFrame) -> None:
    """What came and has no agreement now."""
    if pairs.empty:
        st.markdown("Whatever has come in has an agreement that holds today, or is open data.")
        return
    st.markdown(
        "These came in, are no open data, and have no agreement that holds today: the next file is refused."
    )
    figures.draw_table(agreement_view.without_table(pairs), alt="Feeds without an agreement")


def choose(agreements: dict[str, Agreement]) -> Agreement | None:
    """A select box for the agreement to read; the one that is chosen, None where none is."""
    wanted = address.chosen(PAGE, ("agreement",)).get("agreement", "")
    wanted = wanted if wanted in agreements else ""
    address.keep(PAGE, {"agreement": wanted})
    if not agreements:
        st.markdown("There is none yet.")
        return None
    options = {"": "Choose an agreement"} | {one.agreement_id: one.name for one in agreements.values()}
    address.select(PAGE, "agreement", "Agreement", options, wanted)
    return agreements.get(wanted)


def read(one: Agreement, versions: list[AgreementVersion], supplier_names: dict[str, str]) -> None:
    """One agreement in plain words, with its versions, and what can be done with it."""
    st.subheader(f"{one.name}, version {one.version}", anchor=False)
    for heading, lines in agreement_words.in_words(one, supplier_names).items():
        st.markdown(f"**{heading}**\n" + "\n".join(f"- {plain(line)}" for line in lines))
    with st.expander(f"Versions ({len(versions)})"):
        figures.draw_table(agreement_view.versions_table(versions), alt="Versions of this agreement")
    change, download = st.columns(2)
    with change:
        agreement_form.change_button(one)
    with download:
        _download(agreement_toml(one), f"{one.agreement_id}.toml", "Download it (TOML)")
    if one.status == "live":
        with st.expander("End this agreement"):
            _end_form(one)


def _download(text: str, name: str, label: str) -> None:
    st.download_button(
        label,
        data=text.encode(),
        file_name=name,
        mime="application/toml",
        on_click="ignore",
        key=f"download_{name}",
    )


def _end_form(one: Agreement) -> None:
    with st.form("end_agreement", border=False, enter_to_submit=False):
        st.markdown("It goes on counting for the days before. To go on after that, record a new agreement.")
        st.text_input("Last day on which it holds, dd/mm/yyyy", key="end_day")
        st.text_input("Reason", key="end_reason")
        names.name_box("end_by")
        st.form_submit_button("End it", on_click=_end, args=(one.agreement_id,))


def _end(agreement_id: str) -> None:
    state = st.session_state
    done = act.attempt(
        END, _end_on, agreement_id, state["end_day"], reason=state["end_reason"], by=names.given("end_by")
    )
    if done:
        state["end_day"] = state["end_reason"] = ""


def _end_on(agreement_id: str, text: str, *, reason: str, by: str) -> str:
    try:
        day = read_day(text)
    except ValueError as error:
        raise RefusedInput(f"Last day: {error}.") from None
    if day is None:
        raise RefusedInput("Last day: is missing (expected dd/mm/yyyy).")
    return act.end_agreement(agreement_id, on=day, reason=reason, by=by)


def from_file() -> None:
    """A form that puts the agreement of a TOML file on record, and the template to begin with."""
    act.draw_outcome(FILE)
    with st.expander("From a file (TOML)"):
        st.markdown(
            "The template says what each line means. A file with a short name on record adds a version."
        )
        _download(template(), "agreement-template.toml", "Download the template")
        with st.form("agreement_file", border=False, enter_to_submit=False):
            file = st.file_uploader("Agreement file", type=["toml"], key="agreement_upload")
            names.name_box("file_by")
            st.text_input("Why there is a new version", key="file_reason")
            sent = st.form_submit_button("Put the file on record")
    if sent:
        _take_file(file)


def _take_file(file: Any) -> None:
    name, content = (file.name, file.getvalue()) if file else ("", b"")
    act.attempt(
        FILE,
        act.save_agreement_file,
        content,
        name,
        by=names.given("file_by"),
        reason=st.session_state["file_reason"],
    )
    st.rerun()


def powers(today: date) -> None:
    """The legal powers in plain language, and the days that section 17A sets for the year to come."""
    for one in legal_powers().values():
        with st.expander(one.name):
            st.markdown(
                f"{plain(one.note)}\n\n**Authorises:** {plain(one.authorises)}\n\n"
                f"**Does not:** {plain(one.does_not)}\n\n**Source:** {plain(one.source)}"
            )
            if one.id == "cda-17a":
                _statutory(today)
    st.caption("A help for those who write agreements, and no legal advice.")


def _statutory(today: date) -> None:
    st.markdown("**Due in the year to come:**")
    figures.draw_table(
        agreement_view.statutory_days(today), alt="Days that section 17A sets for the coming year"
    )
    st.markdown(
        f"Where nothing else was agreed, that is the day of: {listed(agreement_view.statutory_feeds())}."
    )


def on_record(overrides: pd.DataFrame, held: pd.DataFrame) -> None:
    """What was let through against a rule, and what a check stopped."""
    st.markdown("**Let through by name and reason**")
    if overrides.empty:
        st.markdown("Nothing was let through against a rule.")
    else:
        figures.draw_table(overrides, alt="What was let through against a rule, by whom and why")
    st.markdown("**Stopped files**")
    if held.empty:
        st.markdown("No file was ever stopped.")
    else:
        figures.draw_table(held, alt="Files that a check stopped, and what was decided")
