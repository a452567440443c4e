"""The controls of the page Feeds: whose feeds, of which months, as they stood on which day."""

from datetime import timedelta

import pandas as pd
import streamlit as st

from vrin_ui import address, clock
from vrin_ui.ask import ledger_day
from vrin_ui.feeds.feed_view import NAMES, SPANS, FeedView, day_of, kinds_of, of_kind, parse
from vrin_ui.filters import shifted
from vrin_ui.wording import day_words

PAGE = "feeds"
MONTHS_BACK = 24


def params() -> dict[str, str]:
    """What the address chooses on this page."""
    return address.chosen(PAGE, NAMES)


def view_of(params: dict[str, str], ledger: pd.DataFrame, kinds: dict[str, str]) -> FeedView:
    """The choice that holds, kept in the address as far as it can be had."""
    view = parse(params, ledger, kinds, day_of(params.get("as-of"), ledger_day()))
    address.keep(PAGE, _as_params(view))
    return view


def _as_params(view: FeedView) -> dict[str, str]:
    """The choice as it stands in the address; what is usual is left out."""
    return {
        "kind": view.kind,
        "supplier": view.supplier,
        "of-feed": view.feed,
        "problems": "1" if view.only_problems else "",
        "months": str(view.months) if str(view.months) != next(iter(SPANS)) else "",
        "as-of": f"{view.as_of}" if view.as_of != ledger_day() else "",
        "period": view.cell.text if view.cell else "",
    }


def draw(view: FeedView, ledger: pd.DataFrame, kinds: dict[str, str]) -> None:
    """Kind, supplier, feed, months and day; each choice leaves the others as they are."""
    kind, supplier, feed, months, day = st.columns([4, 6, 6, 3, 3], vertical_alignment="bottom")
    kinds_there = kinds_of(ledger["supplier_id"], kinds)
    own = of_kind(ledger, view.kind, kinds)
    with kind:
        address.select(PAGE, "kind", "Kind of supplier", {"": "All kinds", **kinds_there}, view.kind)
    with supplier:
        named = dict(zip(own["supplier_id"], own["supplier_name"], strict=True))
        address.select(PAGE, "supplier", "Supplier", {"": "All suppliers", **named}, view.supplier)
    with feed:
        by_name = own.sort_values("feed_name")
        named = dict(zip(by_name["feed_id"], by_name["feed_name"], strict=True))
        address.select(PAGE, "of-feed", "Feed", {"": "All feeds", **named}, view.feed)
    with months:
        address.select(PAGE, "months", "Months shown", SPANS, str(view.months))
    with day:
        shown = "" if view.as_of == ledger_day() else f"{view.as_of}"
        address.select(PAGE, "as-of", "As it stood on", _days(view), shown)
    _draw_problems(view)


def _days(view: FeedView) -> dict[str, str]:
    """Days to look back from: today, and the last day of each month of two years."""
    ends = [
        shifted(ledger_day().replace(day=1), -number) - timedelta(days=1) for number in range(MONTHS_BACK)
    ]
    days = {one: day_words(one) for one in sorted({*ends, view.as_of}, reverse=True)}
    usual = "Today" if ledger_day() == clock.today() else day_words(ledger_day())
    return {"": usual} | {f"{day}": words for day, words in days.items() if day != ledger_day()}


def _draw_problems(view: FeedView) -> None:
    st.session_state["feeds_problems"] = view.only_problems
    st.checkbox(
        "Only feeds with a problem in these months",
        key="feeds_problems",
        on_change=address.from_widget(PAGE, "problems", "feeds_problems"),
    )
