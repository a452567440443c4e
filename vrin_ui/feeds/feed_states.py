"""How each state of a feed looks and what it is called: a symbol and a colour each, and a legend."""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

import pandas as pd

from vrin_data.contract.codes import CODE_LISTS

PAST_DAY = "past_day"
"""Did not come by the day that was agreed, without being overdue: no law sets that day."""


@dataclass(frozen=True)
class Look:
    """A state's short name and its symbol: `path` is drawn in a square from -1 to 1, as line or filled."""

    name: str
    fill: str
    ink: str
    path: str
    is_filled: bool = False


_RING = "M0.9,0A0.9,0.9,0,1,1,-0.9,0A0.9,0.9,0,1,1,0.9,0"
# Problems first: legends and lists follow this order.
LOOKS: dict[str, Look] = {
    "overdue": Look("Overdue", "#9c1c0f", "#ffffff", "M-0.75,-0.75L0.75,0.75M0.75,-0.75L-0.75,0.75"),
    PAST_DAY: Look("Past its agreed day", "#f6b9ad", "#5e1208", "M0,-1L0,0.3M0,0.75L0,0.95"),
    "partial": Look("Partial", "#f9b866", "#3d2300", "M0,-1A1,1,0,0,0,0,1Z", is_filled=True),
    "stopped": Look("Stopped", "#4c2c92", "#ffffff", "M-0.4,-0.8L-0.4,0.8M0.4,-0.8L0.4,0.8"),
    "late": Look("Late", "#ffe27a", "#40370a", f"{_RING}M0,-0.5L0,0.05L0.45,0.3"),
    "received": Look("Received", "#d3e7f5", "#12436d", "M-0.8,0.05L-0.25,0.65L0.85,-0.65"),
    "nil": Look("Nothing to report", "#d3e7f5", "#12436d", "M0.5,0A0.5,0.9,0,1,1,-0.5,0A0.5,0.9,0,1,1,0.5,0"),
    "due": Look("Due", "#ffffff", "#505a5f", "M-0.85,0L-0.65,0M-0.1,0L0.1,0M0.65,0L0.85,0"),
    "not_due": Look("Not due", "#f0f0ef", "#6a7176", "M-0.45,0L0.45,0"),
    "withheld": Look("Withheld", "#505a5f", "#ffffff", f"{_RING}M-0.6,0.6L0.6,-0.6"),
    "held_by_partner": Look("Held by partner", "#c4c9cc", "#1f2529", "M-0.9,0L0.8,0M0.2,-0.6L0.85,0L0.2,0.6"),
}
MEANINGS: dict[str, str] = {
    **CODE_LISTS["feed_state"],
    PAST_DAY: "did not come, and the day agreed for it is past",
}
PROBLEM_STATES = ("overdue", PAST_DAY, "partial", "stopped")


def shown_states(ledger: pd.DataFrame) -> pd.Series:
    """The state of each row of a ledger as it is shown: a key of LOOKS."""
    past_day = (ledger["state"] == "due") & ledger["is_problem"].astype(bool)
    return ledger["state"].mask(past_day, PAST_DAY)


def legend(counts: Mapping[str, int]) -> str:
    """The states that occur as HTML: symbol, name, how many, and what it means."""
    shown = [state for state in LOOKS if counts.get(state)]
    items = [
        f"<li>{swatch(state)}<span><strong>{escape(LOOKS[state].name)}</strong> ({counts[state]:,}): "
        f"{escape(MEANINGS[state])}</span></li>"
        for state in shown
    ]
    return f'{_STYLE}<ul class="feed-legend" aria-label="What the symbols mean">{"".join(items)}</ul>'


def swatch(state: str) -> str:
    """The symbol of a state as a picture in HTML; the words beside it say the same."""
    look = LOOKS[state]
    # As a picture by address, since Streamlit takes SVG elements out of a text.
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1.7 -1.7 3.4 3.4">'
        f'<rect x="-1.6" y="-1.6" width="3.2" height="3.2" fill="{look.fill}" stroke="#505a5f" '
        f'stroke-width="0.12"/><path d="{look.path}" stroke="{look.ink}" stroke-width="0.34" '
        f'fill="{look.ink if look.is_filled else "none"}"/></svg>'
    )
    address = b64encode(drawing.encode()).decode("ascii")
    return f'<img src="data:image/svg+xml;base64,{address}" width="20" height="20" alt="">'


def state_words(states: Iterable[str]) -> str:
    """How many of each state, problems first: '3 overdue, 1 partial, 30 received'."""
    counts = pd.Series(list(states), dtype=object).value_counts()
    return ", ".join(f"{counts[one]:,} {LOOKS[one].name.lower()}" for one in LOOKS if one in counts)


_STYLE = """<style>
ul.feed-legend { list-style: none; margin: 0 !important; padding: 0 !important; display: grid; gap: 0.25rem 1.5rem;
  grid-template-columns: repeat(auto-fit, minmax(min(21rem, 100%), 1fr)); font-size: 0.875rem; }
ul.feed-legend li { display: flex; gap: 0.5rem; align-items: flex-start; margin: 0 !important; padding: 0; }
.feed-legend img { flex: none; margin-top: 0.1rem; }
</style>"""
