"""The words of a message that asks a supplier for data: what, for when, on what basis, and no blame."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

import pandas as pd

from vrin_data.contract.agreements import Agreement

MOST_LINES = 12
MOST_DAYS_OF_A_MONTH = 31
OPENING = (
    "On our side the following does not show as complete. It may be on its way, or may have gone astray "
    "here: if so, please tell us."
)
CLOSING = (
    "Where there was nothing to report, a file with its heading line and no rows says so. Where something "
    "cannot be sent, or not by the agreed day, a line in reply is enough and we will note it."
)
NOBODY_NAMED = "the partnership's data lead"


def subject(items: Sequence[Any]) -> str:
    """The subject line: whose data, and of how many periods."""
    return f"Data for the partnership: {items[0].supplier_name}, {_counted(len(items), 'period')}"


def message(items: Sequence[Any], agreed: Mapping[str, Agreement], as_of: date) -> str:
    """The message about a supplier's rows of the ledger, as plain text.

    `items` are rows of the ledger as named tuples, by feed and oldest first.
    """
    ours = [agreed[one] for one in dict.fromkeys(item.agreement_id for item in items) if one in agreed]
    theirs = next((one.supplier_lead for one in ours if one.supplier_lead), "colleague")
    answer_to = next((one.own_lead for one in ours if one.own_lead), NOBODY_NAMED)
    by_feed = groupby(items, key=lambda item: (item.feed_id, item.agreement_id))
    asked = [line for _, rows in by_feed for line in _feed_lines([*rows], agreed)]
    return "\n".join(
        [
            f"Dear {theirs},",
            "",
            f"{OPENING} This is how it stood on {_day(as_of)}.",
            "",
            *asked,
            CLOSING,
            "",
            f"Please answer to {answer_to}.",
            "",
            "Thank you.",
        ]
    )


def _feed_lines(items: list[Any], agreed: Mapping[str, Agreement]) -> list[str]:
    earlier = items[:-MOST_LINES]
    lines = [f"{items[0].feed_name}, {_basis(items[0], agreed)}:"]
    if earlier:
        lines.append(f"- {_counted(len(earlier), 'earlier period')}, from {_period(earlier[0])} on")
    return [*lines, *(f"- {_line(item)}" for item in items[-MOST_LINES:]), ""]


def _basis(item: Any, agreed: Mapping[str, Agreement]) -> str:
    """Under what it is asked for; the statute is named where it sets the day, and a mere power is not."""
    one = agreed.get(item.agreement_id)
    if one is None:
        return f"on this basis: {item.basis.rstrip('.')}"
    statute = f", {one.power.name}" if item.is_duty else ""
    return f"under the agreement {one.name} ({one.agreement_id}{statute})"


def _line(item: Any) -> str:
    due = f", due by {_day(item.due_on)}" if pd.notna(item.due_on) else ""
    if pd.isna(item.received_on):
        return f"{_period(item)}{due}: we have not received it."
    seen = f" ({item.evidence})" if item.evidence else ""
    return (
        f"{_period(item)}{due}: received on {_day(item.received_on)}, and it does not look whole{seen}. "
        "Could you check it and send the whole period again?"
    )


def _period(item: Any) -> str:
    is_month = (item.period_end - item.period_start).days <= MOST_DAYS_OF_A_MONTH
    return f"{item.period_start:%B %Y}" if is_month else str(item.period)


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
