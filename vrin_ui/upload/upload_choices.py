"""What a person says of dropped files: the feed, the supplier, the period, the day on which they came."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from vrin_data.contract.feeds import Feed, feeds
from vrin_data.contract.periods import FIRST_MONTH_OF, MONTHS_IN
from vrin_data.contract.suppliers import Supplier, of_kinds
from vrin_ui import clock, remembered
from vrin_ui.filters import shifted
from vrin_ui.upload.upload_call import Call
from vrin_ui.upload.upload_desk import Desk, supplier_key
from vrin_ui.upload.upload_files import Kept
from vrin_ui.upload.upload_look import AUTOMATIC, Seen, feed_choice, match_words, supplier_words
from vrin_ui.wording import listed, month_words, plain

AS_TOLD = ""
MONTHS_BACK = 60


def draw_choices(
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
