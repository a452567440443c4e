"""One call of intake on the page Upload: its files, whose they are, the check, and what can be done next."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import streamlit as st

from vrin_data.contract.feeds import Feed, feeds
from vrin_data.contract.periods import FIRST_MONTH_OF, MONTHS_IN
from vrin_data.contract.suppliers import Supplier, of_kinds
from vrin_ui import act, clock, mapping_form, remembered, upload_result
from vrin_ui.filters import shifted
from vrin_ui.upload_call import Call
from vrin_ui.upload_desk import Desk, supplier_key
from vrin_ui.upload_files import Kept, size_words
from vrin_ui.upload_look import AUTOMATIC, Seen, feed_choice, fits, match_words, supplier_words
from vrin_ui.upload_progress import draw_progress
from vrin_ui.wording import counted, listed, month_words, plain

PAGES = Path(__file__).resolve().parents[1] / "pages"
AS_TOLD = ""
MONTHS_BACK = 60
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
        call = _draw_choices(own, files, seen, suppliers)
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


def _draw_choices(
    own: Desk, files: tuple[Kept, ...], seen: Sequence[Seen], suppliers: Mapping[str, Supplier]
) -> Call:
    """The feed, the supplier and what else a person says of the files."""
    place = files[0].file_id
    left, right = st.columns(2)
    with left:
        feed_id = _choose_feed(own, place, seen)
        st.caption(plain(match_words(seen, feed_id)) or "Chosen by you.")
    feed = feeds().get(feed_id)
    with right:
        supplier = _choose_supplier(own, place, seen, feed, suppliers)
    with st.expander("Period, and day of receipt"):
        period, received = _choose_period(own, place, feed), _choose_day(own, place)
    return Call(feed_id, files, supplier, period, received, own.said.get(f"without_{place}"))


def _choose_feed(own: Desk, place: str, seen: Sequence[Seen]) -> str:
    options = {one.id: one.name for one in sorted(feeds().values(), key=lambda one: one.name)}
    recognised = {feed_id for one in seen for feed_id in one.feed_ids}
    if len(recognised) > 1:
        names = listed(sorted(options[feed_id] for feed_id in recognised))
        options = {AUTOMATIC: f"Each as it was recognised: {names}"} | options
    return remembered.select(own.said, f"feed_{place}", "Feed", options, feed_choice(seen))


def _choose_supplier(
    own: Desk, place: str, seen: Sequence[Seen], feed: Feed | None, suppliers: Mapping[str, Supplier]
) -> str:
    among = of_kinds(suppliers, feed.supplier_kinds) if feed else suppliers
    ordered = sorted(among.values(), key=lambda one: one.supplier_name)
    told = supplier_words(seen, {one.supplier_id: one.supplier_name for one in suppliers.values()})
    options = {AS_TOLD: f"As the file says: {told}" if told else "Choose who sent it"}
    options |= {one.supplier_id: one.supplier_name for one in ordered}
    key = supplier_key(place, feed.id if feed else AUTOMATIC)
    chosen = remembered.select(own.said, key, "Supplier", options, seen[0].variant_of)
    st.caption(plain(_supplier_caption(seen, told, chosen)))
    return chosen


def _supplier_caption(seen: Sequence[Seen], told: str, chosen: str) -> str:
    strangers = [name for one in seen for name in one.strangers]
    if strangers:
        return (
            f"Not known as suppliers: {listed(strangers[:3])}. Choose who sent the file, or add them below under "
            "Suppliers."
        )
    if chosen or not told:
        return "Only suppliers of this feed's kinds are listed. One that is missing can be added below."
    return f"Told by {seen[0].told_by}."


def _choose_period(own: Desk, place: str, feed: Feed | None) -> date | None:
    if feed is None:
        return None
    step = MONTHS_IN[feed.period_length]
    starts = period_starts(clock.today(), step, first_month=FIRST_MONTH_OF.get(feed.period_form, 1))
    words: dict[date | None, str] = {None: "As the file says"}
    words |= {start: period_choice(start, step) for start in starts}
    return remembered.select(
        own.said,
        f"period_{place}_{feed.id}",
        "Period that the files are the whole of",
        words,
        None,
        help="Needed where the file itself does not name its period and the feed asks for it.",
    )


def period_starts(today: date, step: int, *, first_month: int) -> list[date]:
    """First months of the periods of so many months that lie before today or hold it, newest first.

    Years begin in `first_month`, and quarters with them.
    """
    this_month = today.replace(day=1)
    start = shifted(this_month, -((this_month.month - first_month) % step))
    return [shifted(start, -step * number) for number in range(MONTHS_BACK // step + 1)]


def period_choice(start: date, step: int) -> str:
    """March 2026, or April 2025 to March 2026."""
    return (
        month_words(start)
        if step == 1
        else f"{month_words(start)} to {month_words(shifted(start, step - 1))}"
    )


def _choose_day(own: Desk, place: str) -> date | None:
    today, key = clock.today(), f"day_{place}"
    day = st.date_input(
        "Day on which it was received",
        value=own.said.get(key, today),
        max_value=today,
        format="DD/MM/YYYY",
        key=key,
    )
    own.said[key] = day
    return None if day == today or not isinstance(day, date) else day


def _draw_next(
    own: Desk, call: Call, seen: Sequence[Seen], place: str, suppliers: Mapping[str, Supplier]
) -> None:
    """What can be done now: map the headings, say who sent it, check it, or decide."""
    is_fitting = fits(seen, call.feed_id) or (call.files[0].file_id, call.feed_id) in own.fitted
    if not is_fitting and len(call.files) == 1 and seen[0].file_count == 1:
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
