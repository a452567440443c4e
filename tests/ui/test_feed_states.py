"""Each state has a symbol and a colour of its own, both readable, and a legend in words."""

from itertools import combinations

import pandas as pd
import pytest

from vrin_data.contract.codes import CODE_LISTS
from vrin_ui.feeds.feed_states import LOOKS, MEANINGS, PAST_DAY, legend, shown_states, state_words

LEAST_CONTRAST = 3.0


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def test_every_state_of_the_ledger_has_a_look_and_a_meaning() -> None:
    assert set(LOOKS) == set(CODE_LISTS["feed_state"]) | {PAST_DAY} == set(MEANINGS)


def test_no_two_states_share_a_symbol_or_a_name() -> None:
    for one, other in combinations(LOOKS.values(), 2):
        assert one.path != other.path
        assert one.name != other.name


@pytest.mark.parametrize("state", LOOKS)
def test_a_symbol_stands_out_from_its_colour(state: str) -> None:
    assert contrast(LOOKS[state].fill, LOOKS[state].ink) >= LEAST_CONTRAST


def test_due_is_past_its_agreed_day_where_it_is_a_problem() -> None:
    ledger = pd.DataFrame({"state": ["due", "due", "overdue"], "is_problem": [False, True, True]})
    assert shown_states(ledger).tolist() == ["due", PAST_DAY, "overdue"]


def test_the_legend_names_the_states_that_occur_problems_first() -> None:
    html = legend({"received": 1200, "overdue": 2, "nil": 0})
    assert html.index("<strong>Overdue</strong> (2)") < html.index("<strong>Received</strong> (1,200)")
    assert "Nothing to report" not in html
    assert html.count("<li>") == html.count("<img ") == 2


def test_states_are_counted_in_words_problems_first() -> None:
    assert state_words(["received", "overdue", "received"]) == "1 overdue, 2 received"
    assert state_words([]) == ""
