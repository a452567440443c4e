"""What the page Feeds asks, all of it at once: the choice, the ledger, and what is made of it."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from vrin_data.errors import EmptyStore, VrinError
from vrin_data.protect import Presented
from vrin_ui import on_record, screens
from vrin_ui.ask import ask, ledger_day
from vrin_ui.feeds import feed_bar
from vrin_ui.feeds.feed_view import FeedView, day_of, narrowed, of_owed, of_suppliers, row_of
from vrin_ui.wording import plain


@dataclass(frozen=True)
class Asked:
    """The answers that the page draws; `rows` are those of the ledger that the choice leaves."""

    view: FeedView
    kinds: dict[str, str]
    ledger: Presented
    rows: pd.DataFrame
    chased: Presented
    by_due_month: Presented
    by_feed: Presented

    @property
    def row(self) -> pd.DataFrame:
        """The one row of the ledger of the period that is looked into."""
        if self.view.cell is None:
            return self.ledger.frame.head(0)
        return row_of(self.ledger.frame, self.view.cell)


def asked() -> Asked | None:
    """The answers; None, with the reason on screen, where the build cannot be read.

    What people decided is on record all the same, so that the rest of the page stands.
    Raises EmptyStore where there is nothing yet.
    """
    try:
        return _asked()
    except EmptyStore:
        raise
    except VrinError as error:
        st.error(plain(f"What came in cannot be read: {error}"))
        return None


def _asked() -> Asked:
    params = feed_bar.params()
    day = day_of(params.get("as-of"), ledger_day())
    ledger = ask("ledger", FeedView(day).ledger_request)
    screens.say_simulated(ledger.stamp.is_simulated)
    kinds = on_record.kinds()
    view = feed_bar.view_of(params, ledger.frame, kinds)
    rows = narrowed(ledger.frame, view, kinds)
    return Asked(
        view=view,
        kinds=kinds,
        ledger=ledger,
        rows=rows,
        chased=of_suppliers(ask("chase", view.chase_request), rows),
        by_due_month=of_owed(ask("timeliness by due month", view.ledger_request), rows),
        by_feed=of_owed(ask("timeliness", view.ledger_request), rows),
    )
