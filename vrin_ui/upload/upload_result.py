"""What a check of files found, and what a person can decide on it: accept, accept against a check, map, go back."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import streamlit as st

from vrin_data.contract.suppliers import Supplier
from vrin_ui import figures, names, on_record
from vrin_ui.upload import mapping_form, upload_tables
from vrin_ui.upload.upload_call import Call
from vrin_ui.upload.upload_desk import Check, Desk
from vrin_ui.upload.upload_rows import draw_rows
from vrin_ui.upload.upload_tables import READY, REFUSED, STOPPED, UNCHANGED, Finding
from vrin_ui.wording import counted, plain

AGREEMENTS = Path(__file__).resolve().parents[2] / "pages" / "agreements.py"
SHOWN_FINDINGS, SHOWN_NOTICED = 15, 10
ON_THE_COMMAND_LINE = " Put the agreement on record ("
NEXT_STEPS = {
    "no_agreement": "Put the agreement on record, then check again. The file stays on this page meanwhile.",
    "identifiers": "Ask the supplier for the file without that column. If the agreement says that the column is to be "
    "left out unread, name it there under the identifiers to drop.",
    "headings": "Choose another feed above, or map the headings.",
    "no_supplier": "Choose the supplier above, then check again.",
    "no_period": "State the period above, under 'Period, and day of receipt', then check again.",
}


def draw(own: Desk, call: Call, place: str, suppliers: Mapping[str, Supplier]) -> None:
    """What the last check of this call found, with what can be decided; nothing where there was none."""
    if call in own.failures:
        st.error(plain(own.failures[call]))
    check = own.checks.get(call)
    if check is None:
        return
    supplier_names = {one.supplier_id: one.supplier_name for one in suppliers.values()}
    state = upload_tables.state_of(check.submissions)
    if check.state != own.state():
        st.info("The store or the records have changed since this check. Check again to see what holds now.")
    if state == REFUSED:
        _draw_refused(own, call, check, place)
    elif state == UNCHANGED:
        st.info("**Nothing is new.** The store holds exactly these rows already, so nothing would change.")
    elif state == STOPPED:
        _draw_stopped(own, call, check, place, supplier_names)
    else:
        _draw_ready(own, call, check, place)
    if state != REFUSED:
        _draw_found(check, supplier_names, state)
    _draw_values(own, call, check, place, suppliers)
    draw_rows(own, call, place)


def _draw_ready(own: Desk, call: Call, check: Check, place: str) -> None:
    agreements = {number: one.name for number, one in on_record.agreements().items()}
    under = upload_tables.agreement_words(check.submissions, agreements)
    words = f"**It can be taken in{f' {plain(under[0])}' if len(under) == 1 else ''}.** "
    st.success(words + upload_tables.total_words(check.submissions))
    _draw_change(check)
    if st.button(
        "Accept: take it in",
        key=f"accept_{place}",
        type="primary",
        disabled=own.running is not None,
        width="stretch",
    ):
        own.begin([own.take(call)], place)
        st.rerun()


def _draw_change(check: Check) -> None:
    change = upload_tables.change_words(check.submissions)
    if change:
        st.markdown(plain(change))


def _draw_stopped(own: Desk, call: Call, check: Check, place: str, supplier_names: Mapping[str, str]) -> None:
    stops = [one for one in upload_tables.findings(check.submissions, supplier_names) if one.level == "stop"]
    lines = "\n".join(f"- {plain(_finding_words(one))}" for one in stops[:SHOWN_FINDINGS])
    more = f"\n- and {len(stops) - SHOWN_FINDINGS} more" if len(stops) > SHOWN_FINDINGS else ""
    st.error(
        f"**A check stops this file.** Nothing is taken in unless a named person accepts it.\n\n{lines}{more}"
    )
    st.markdown(upload_tables.total_words(check.submissions))
    _draw_change(check)
    with st.form(f"decide_{place}", border=True, enter_to_submit=False):
        st.markdown(
            "If the figures are right all the same, accept them with a reason. Otherwise leave the file waiting while "
            "you ask the supplier, or remove it from this page."
        )
        st.text_input("Reason", key=f"stop_reason_{place}")
        names.name_box(f"stop_by_{place}")
        left, right = st.columns(2)
        with left:
            accepted = st.form_submit_button(
                "Accept it as it is", width="stretch", key=f"stop_accept_{place}"
            )
        with right:
            held = st.form_submit_button("Leave it waiting", width="stretch", key=f"stop_hold_{place}")
    if held:
        own.begin([own.take(call)], place)
        st.rerun()
    if accepted and _is_decided(f"stop_reason_{place}", f"stop_by_{place}"):
        decision = (names.given(f"stop_by_{place}"), st.session_state[f"stop_reason_{place}"])
        own.begin([own.take(call, decision)], place)
        st.rerun()


def _is_decided(reason: str, by: str) -> bool:
    """Whether a reason and a name were given; says so where not."""
    if st.session_state[reason].strip() and st.session_state[by].strip():
        return True
    st.error("Give both your name and a reason. Both go on record.")
    return False


def _draw_refused(own: Desk, call: Call, check: Check, place: str) -> None:
    found = upload_tables.refusals(check.submissions)
    lines = "\n".join(f"- {plain(one.words.partition(ON_THE_COMMAND_LINE)[0])}" for one in found)
    st.error(
        f"**It is refused as a whole**, for {counted(len(found), 'reason')}. Nothing would be stored.\n\n{lines}"
    )
    causes = {one.cause for one in found}
    for cause in sorted(causes & set(NEXT_STEPS)):
        st.markdown(f"**Next:** {NEXT_STEPS[cause]}")
    if causes & {"no_agreement", "identifiers"}:
        st.page_link(AGREEMENTS, label="Go to Agreements", icon=":material/arrow_forward:")
    if "no_agreement" in causes:
        _draw_without(own, call, place)


def _draw_without(own: Desk, call: Call, place: str) -> None:
    with (
        st.expander("Let it in without an agreement, by name and reason"),
        st.form(f"without_form_{place}", border=False, enter_to_submit=False),
    ):
        st.markdown("This goes on record as an exception, and the agreement is still due.")
        st.text_input("Reason", key=f"without_reason_{place}")
        names.name_box(f"without_by_{place}")
        sent = st.form_submit_button("Check it again without an agreement", key=f"without_send_{place}")
    if sent and _is_decided(f"without_reason_{place}", f"without_by_{place}"):
        by = names.given(f"without_by_{place}").replace(":", " ")
        own.said[f"without_{place}"] = (by, st.session_state[f"without_reason_{place}"])
        again = replace(call, without=own.said[f"without_{place}"])
        own.begin(own.check(again), place)
        st.rerun()


def _draw_found(check: Check, supplier_names: Mapping[str, str], state: str) -> None:
    """Findings, the periods one by one, rejected rows by reason, and what was noticed."""
    found = [
        one
        for one in upload_tables.findings(check.submissions, supplier_names)
        if not (state == STOPPED and one.level == "stop")
    ]
    if found:
        st.markdown("**What the checks found**")
        lines = [f"- {plain(_finding_words(one))}" for one in found[:SHOWN_FINDINGS]]
        lines += [f"- and {len(found) - SHOWN_FINDINGS} more"] if len(found) > SHOWN_FINDINGS else []
        st.markdown("\n".join(lines))
    reasons = upload_tables.reason_table(check.submissions)
    if len(reasons):
        st.markdown("**Rejected rows**, kept aside to be corrected")
        figures.draw_table(reasons, alt="Why rows would be rejected, and how many")
    table = upload_tables.period_table(check.submissions, supplier_names)
    with st.expander(f"Period by period ({len(table)})", expanded=state == READY and len(table) == 1):
        figures.draw_table(table, alt="What would become of each supplier's period")
    noticed = [*upload_tables.noticed(check.submissions), *_aside(check)]
    if noticed:
        with st.expander(f"Noticed ({len(noticed)})"):
            st.markdown("\n".join(f"- {plain(words)}" for words in noticed))


def _aside(check: Check) -> list[str]:
    return [f"left aside, since it is not of this feed: {name}" for name in check.left_aside[:SHOWN_NOTICED]]


def _finding_words(one: Finding) -> str:
    who = ", ".join(
        part for part in (one.supplier, upload_tables.period_words(one.period, one.feed_id)) if part
    )
    level = "" if one.level == "stop" else f" ({upload_tables.LEVELS[one.level]})"
    return f"{who}: {one.words}{level}"


def _draw_values(own: Desk, call: Call, check: Check, place: str, suppliers: Mapping[str, Supplier]) -> None:
    """A way to say what values mean that are not known."""
    is_single = len(call.files) == 1
    if is_single and upload_tables.has_unknown_values(check.submissions):
        mapping_form.draw_values_only(own, call, place, suppliers)
