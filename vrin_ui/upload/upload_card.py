"""One call of intake on the page Upload: its files, whose they are, the check, and what can be done next."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import streamlit as st

from vrin_data.contract.suppliers import Supplier
from vrin_ui import act
from vrin_ui.upload import mapping_form, upload_result
from vrin_ui.upload.upload_call import Call
from vrin_ui.upload.upload_choices import draw_choices
from vrin_ui.upload.upload_desk import Desk
from vrin_ui.upload.upload_files import Kept, size_words
from vrin_ui.upload.upload_look import Seen, fits, is_sure
from vrin_ui.upload.upload_progress import draw_progress
from vrin_ui.wording import counted, listed, plain

PAGES = Path(__file__).resolve().parents[2] / "pages"
SHOWN_FILES = 12


def page(file: str) -> Path:
    """The address of another page, for a link to it."""
    return PAGES / file


def draw(own: Desk, file_ids: Sequence[str], suppliers: Mapping[str, Supplier]) -> None:
    """The card of files that go in together."""
    files, seen = tuple(own.kept[one] for one in file_ids), [own.seen[one] for one in file_ids]
    place = file_ids[0]
    with st.container(border=True, key=f"card_{place}"):
        st.subheader(plain(_title(files)), anchor=False)
        st.caption(_files_words(files, seen))
        if not any(one.fits or one.likely for one in seen):
            st.error(
                plain(seen[0].refusal or "It fits no feed, and is like none. Ask the supplier what it is.")
            )
            _remove_button(own, file_ids)
            return
        if own.running is not None and own.running.place == place:
            draw_progress(own)
            return
        if len(files) > 1:
            st.button(
                "Handle each file on its own",
                key=f"apart_{place}",
                on_click=own.apart.update,
                args=(list(file_ids),),
            )
        call = draw_choices(own, files, seen, suppliers)
        _draw_next(own, call, seen, place, suppliers)


def _title(files: Sequence[Kept]) -> str:
    return files[0].name if len(files) == 1 else counted(len(files), "file")


def _files_words(files: Sequence[Kept], seen: Sequence[Seen]) -> str:
    if len(files) == 1:
        inside = f", an archive of {counted(seen[0].file_count, 'file')}" if seen[0].file_count > 1 else ""
        words = f"{size_words(files[0].size_bytes)}{inside}"
        is_in_part = seen[0].refusal and seen[0].file_count
        return plain(
            f"{words}. Left out, since it cannot be read: {seen[0].refusal}" if is_in_part else words
        )
    names = [one.name for one in files[:SHOWN_FILES]]
    more = f" and {len(files) - SHOWN_FILES} more" if len(files) > SHOWN_FILES else ""
    return plain(f"{', '.join(names)}{more}" if more else listed(names))


def _draw_next(
    own: Desk, call: Call, seen: Sequence[Seen], place: str, suppliers: Mapping[str, Supplier]
) -> None:
    """What can be done now: map the headings, say who sent it, check it, or decide."""
    is_fitting = fits(seen, call.feed_id) or (call.files[0].file_id, call.feed_id) in own.fitted
    is_alone = len(call.files) == 1 and seen[0].file_count == 1
    if is_alone and (not is_fitting or own.said.get(f"map_{place}") == call.feed_id):
        # A mapping belongs to one supplier, so the one that the file names is meant.
        told = seen[0].suppliers
        sender = call.supplier or (told[0] if len(told) == 1 else "")
        mapping_form.draw(own, replace(call, supplier=sender), place, suppliers)
        _remove_button(own, [one.file_id for one in call.files])
        return
    if not is_fitting:
        st.warning(
            "Not all of these files have this feed's headings. Drop the others one by one to map them."
        )
    is_told = bool(call.supplier) or not any(one.is_untold for one in seen)
    if not is_told:
        st.warning("The file does not say who sent it. Choose the supplier.")
    check, remove = st.columns(2)
    with check:
        label = "Check again" if call in own.checks else "Check"
        if st.button(
            f"{label} (nothing is stored yet)",
            key=f"check_{place}",
            type="secondary" if call in own.checks else "primary",
            disabled=own.running is not None or not is_told,
            width="stretch",
        ):
            own.begin(own.check(call), place)
            st.rerun()
    with remove:
        _remove_button(own, [one.file_id for one in call.files])
    if is_alone and is_fitting and not is_sure(seen[0], call.feed_id):
        st.button(
            "Some headings are not used: map them",
            key=f"map_more_{place}",
            on_click=own.said.update,
            args=({f"map_{place}": call.feed_id},),
            disabled=own.running is not None,
        )
    act.draw_outcome(f"{mapping_form.SAVED}_{place}")
    upload_result.draw(own, call, place, suppliers)


def _remove_button(own: Desk, file_ids: Sequence[str]) -> None:
    st.button(
        "Remove from this page",
        key=f"remove_{file_ids[0]}",
        on_click=own.forget,
        args=(list(file_ids),),
        disabled=own.running is not None,
        width="stretch",
    )
