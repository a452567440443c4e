"""The mapping help: for each heading a column, for each value that is not known a meaning, and saving it by name."""

from collections.abc import Mapping

import streamlit as st

from vrin_data.contract.feeds import Feed, feeds
from vrin_data.contract.suppliers import Supplier
from vrin_data.contract.variant_text import as_toml
from vrin_ui import act, names, remembered
from vrin_ui.upload.mapping import Mapped, faults, variant_of
from vrin_ui.upload.mapping_boxes import draw_headings, draw_values
from vrin_ui.upload.upload_call import Call
from vrin_ui.upload.upload_desk import Desk, RowsOf, supplier_key
from vrin_ui.upload.upload_rows import draw_before_after
from vrin_ui.wording import counted, plain

SAVED = "mapping_saved"


def draw(own: Desk, call: Call, place: str, suppliers: Mapping[str, Supplier]) -> None:
    """The proposal for a file whose headings do not fit, to be looked through and saved."""
    file, feed = call.files[0], feeds()[call.feed_id]
    key = (file.file_id, feed.id, call.supplier)
    mapped = _proposal(own, key, place)
    if mapped is None:
        return
    st.warning(
        f"**The headings are not those of this feed yet.** VRIN proposes below how they may be read. Look it through, "
        f"change what is wrong, and save it as the way this supplier sends {plain(feed.name)}."
    )
    for words in mapped.remarks:
        st.markdown(f"- {plain(words)}")
    draw_headings(own, mapped, feed, place)
    draw_values(own, mapped, feed, place, suppliers)
    _draw_try(own, key, mapped, feed, place)
    _draw_save(own, call, key, mapped, feed, place)


def draw_values_only(own: Desk, call: Call, place: str, suppliers: Mapping[str, Supplier]) -> None:
    """Values of a file that fits which VRIN does not know, to be mapped or read as blanks."""
    file, feed = call.files[0], feeds().get(own.feed_of(call.files[0], call.feed_id))
    if feed is None:
        return
    supplier = call.supplier or _only_supplier(own, file.file_id)
    key = (file.file_id, feed.id, supplier)
    st.markdown("**Values that VRIN does not know**")
    if key in own.failures:
        st.error(plain(own.failures[key]))
    if key not in own.mapped:
        if st.button("Say what they mean", key=f"values_{place}", disabled=own.running is not None):
            own.begin([own.propose(key, only_values=True)], place)
            st.rerun()
        return
    mapped = own.mapped[key]
    draw_values(own, mapped, feed, place, suppliers)
    _draw_save(
        own,
        Call(feed.id, call.files, supplier, call.period, call.received, call.without),
        key,
        mapped,
        feed,
        place,
    )


def _only_supplier(own: Desk, file_id: str) -> str:
    told = own.seen[file_id].suppliers
    return told[0] if len(told) == 1 else ""


def _proposal(own: Desk, key: RowsOf, place: str) -> Mapped | None:
    """The proposal, once it is there; it is asked for the first time the card is drawn."""
    if key in own.failures:
        st.error(plain(own.failures[key]))
        if key not in own.mapped:
            st.button("Try again", key=f"again_{place}", on_click=own.forget_failure, args=(key,))
            return None
    others = [one for one in own.mapped if one[:2] == key[:2]]
    if key not in own.mapped and others:
        # The supplier was chosen since; what was chosen for the headings stands.
        own.mapped[key] = own.mapped[others[-1]]
        own.rows.setdefault(key, own.rows[others[-1]])
    if key not in own.mapped:
        if own.running is None:
            own.begin([own.propose(key)], place)
            st.rerun()
        st.caption("A proposal follows as soon as what is running has ended.")
        return None
    return own.mapped[key]


def _draw_try(own: Desk, key: RowsOf, mapped: Mapped, feed: Feed, place: str) -> None:
    """The first rows under the choices; a button to read them anew where these have changed."""
    found = faults(mapped, feed)
    if found:
        st.error("\n".join(f"- {plain(words)}" for words in found))
    label = "Read the first rows by this mapping"
    if not mapped.is_tried and st.button(
        label, key=f"try_{place}", disabled=bool(found) or own.running is not None
    ):
        own.begin([own.try_mapping(key, as_toml(variant_of(mapped, feed, key[2])))], place)
        st.rerun()
    if mapped.is_tried and key in own.rows:
        st.markdown("**The first rows, before and after**")
        draw_before_after(own, key)


def _draw_save(own: Desk, call: Call, key: RowsOf, mapped: Mapped, feed: Feed, place: str) -> None:
    """A form that puts the mapping on record under a name and has the file checked with it."""
    act.draw_outcome(f"{SAVED}_{place}")
    with st.form(f"save_{place}", border=True, enter_to_submit=False):
        if not call.supplier:
            st.markdown("Choose the supplier above: a mapping belongs to one.")
        elif mapped.open_count:
            st.markdown(f"{counted(mapped.open_count, 'value')} left open: kept as not recorded.")
        names.name_box(f"save_by_{place}")
        sent = st.form_submit_button(
            "Save this mapping and check the file",
            type="primary",
            disabled=not call.supplier or own.running is not None,
            key=f"save_send_{place}",
        )
    if sent and _save(mapped, feed, call.supplier, place):
        own.fitted.add((key[0], feed.id))
        own.said.pop(f"map_{place}", None)
        own.mapped.pop(key, None)
        remembered.put(own.said, supplier_key(place, feed.id), call.supplier)
        own.begin(own.check(call), place)
        st.rerun()
    elif sent:
        st.rerun()


def _save(mapped: Mapped, feed: Feed, supplier: str, place: str) -> bool:
    by = names.given(f"save_by_{place}")
    return act.attempt(f"{SAVED}_{place}", act.save_mapping, mapped, feed, supplier, by=by)
