"""What the data say of the four considerations of section 13(6), in words."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from vrin_ui.wording import number, sentence, span

SMALL_BASE = 10
"""No share is given of fewer incidents than that."""
TOO_FEW = "too few incidents for a share"
BASE = "count"
"""The item that says how many incidents there are."""


def said_by_data(rows: pd.DataFrame) -> dict[str, list[tuple[str, str]]]:
    """By consideration what the data say, each item as its name and its figure in words.

    `rows` are those of the worksheet's question.
    """
    low = rows.loc[rows["item"] == BASE, "value_low"]
    is_small = bool(len(low) and pd.notna(low.iloc[0]) and low.iloc[0] < SMALL_BASE)
    found: dict[str, list[tuple[str, str]]] = {}
    for one in rows.to_dict("records"):
        items = found.setdefault(one["consideration"], [])
        words = sentence(one["words"].removeprefix("share of incidents, "))
        figure = figure_words(one, is_small=is_small)
        # What a feed does not carry is said once, and not of every value.
        if one["text"] and one["unit"]:
            words = words.partition(":")[0]
        if (words, figure) not in items:
            items.append((words, figure))
    return found


def figure_words(one: Mapping[str, Any], *, is_small: bool) -> str:
    """One item's figure: its range with its unit, a share in percent, or what is no number."""
    if one["text"]:
        return str(one["text"])
    low, high = one["value_low"], one["value_high"]
    if pd.isna(low) or pd.isna(high):
        return "cannot be told"
    if one["unit"] == "share":
        return TOO_FEW if is_small else share_words(low, high)
    digits = 2 if one["unit"] == "per 1,000" else 0
    central = one["value"] if one["unit"] == "days" and low != high else None
    reading = (
        f"; {number(central)} at the chosen weights" if central is not None and pd.notna(central) else ""
    )
    unit = " days" if one["unit"] == "days" else ""
    return f"{span(low, high, digits)}{unit}{reading}"


def share_words(low: float, high: float) -> str:
    """A share from low to high in whole percent; what is above none and below one is said so."""
    first, last = (_percent(one) for one in (low, high))
    return first if first == last else f"{first} to {last}"


def _percent(share: float) -> str:
    if 0 < share < 0.005:
        return "less than 1%"
    return f"{share:.0%}"


def as_saved(items: list[tuple[str, str]], origin: str) -> dict[str, str]:
    """The figures as they are kept with a judgement, with where they come from."""
    return {**dict(items), "Figures from": origin} if items else {}
