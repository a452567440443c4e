"""Nothing to report: a supplier's word that there was nothing in a period, put on record without a file."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from vrin_data.contract.feeds import feeds
from vrin_data.contract.periods import FIRST_MONTH_OF, MONTHS_IN
from vrin_data.contract.suppliers import Supplier, of_kinds
from vrin_ui import clock
from vrin_ui.upload.upload_call import Call
from vrin_ui.upload.upload_choices import period_choice, period_starts
from vrin_ui.upload.upload_desk import Desk
from vrin_ui.upload.upload_progress import draw_progress
from vrin_ui.wording import plain

PLACE = "nil"


def draw(own: Desk, suppliers: Mapping[str, Supplier]) -> None:
    """Feed, supplier and period, and a button that puts it on record."""
    with st.expander("A supplier had nothing to report", expanded=_is_running(own)):
        if _is_running(own):
            draw_progress(own)
            return
        st.markdown(
            "Where a supplier says that there was nothing, that is a true nil: it counts as received. A file that did "
            "not come is no nil; leave it missing."
        )
        call = _choices(suppliers)
        if call in own.failures:
            st.error(plain(own.failures[call]))
        is_whole = bool(call.supplier and call.period)
        if st.button(
            "Put on record: nothing to report",
            key="nil_send",
            disabled=not is_whole or own.running is not None,
        ):
            own.told = []
            own.begin([own.take(call)], PLACE)
            st.rerun()


def _is_running(own: Desk) -> bool:
    return own.running is not None and own.running.place == PLACE


def _choices(suppliers: Mapping[str, Supplier]) -> Call:
    feed_column, supplier_column, period_column = st.columns(3)
    with feed_column:
        names = {one.id: one.name for one in sorted(feeds().values(), key=lambda one: one.name)}
        feed_id = str(st.selectbox("Feed", list(names), format_func=names.__getitem__, key="nil_feed"))
    feed = feeds()[feed_id]
    with supplier_column:
        among = of_kinds(suppliers, feed.supplier_kinds)
        named = {"": "Choose a supplier"} | {one.supplier_id: one.supplier_name for one in among.values()}
        supplier = str(
            st.selectbox(
                "Supplier", list(named), format_func=named.__getitem__, key=f"nil_supplier_{feed_id}"
            )
        )
    with period_column:
        step = MONTHS_IN[feed.period_length]
        starts = period_starts(clock.today(), step, first_month=FIRST_MONTH_OF.get(feed.period_form, 1))
        words: dict[date | None, str] = {None: "Choose a period"}
        words |= {start: period_choice(start, step) for start in starts}
        period = st.selectbox("Period", list(words), format_func=words.__getitem__, key=f"nil_period_{step}")
    return Call(feed_id, (), supplier, period)
