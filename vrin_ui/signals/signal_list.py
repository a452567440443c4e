"""The list of signals: in words, each with a link to its series on the screen Trends; and the table behind it."""

from pathlib import Path
from typing import Any

import streamlit as st

from vrin_data import measures
from vrin_data.measures import SignalsRequest
from vrin_data.protect import Presented
from vrin_data.report.signal_words import HOW_TO_READ, SignalLine, headline, searched_words, signal_lines
from vrin_ui import act, ask, clock, figures
from vrin_ui.signals.signal_table import signal_table
from vrin_ui.wording import plain

TRENDS = Path(__file__).resolve().parents[2] / "pages" / "trends.py"
PLACE = "signals"
SHOWN = 4
ICONS = {"high": ":material/trending_up:", "low": ":material/trending_down:"}


def draw_signals() -> None:
    """What stands out in the current build, whatever is chosen in the bar; a search where there was none yet."""
    search = ask.ask("signal search", SignalsRequest()).frame.iloc[0].to_dict()
    act.draw_outcome(PLACE)
    st.markdown(f"**{plain(headline(search))}** {searched_words(search)}")
    if search["state"] != "searched":
        st.button("Look for signals now", on_click=_search, key="search_signals")
        return
    found = ask.ask("signals", SignalsRequest())
    lines = signal_lines(found.frame)
    for line in lines[:SHOWN]:
        _draw(line)
    if len(lines) > SHOWN:
        with st.expander(f"{len(lines) - SHOWN} more"):
            for line in lines[SHOWN:]:
                _draw(line)
    _behind(found)


def _draw(line: SignalLine) -> None:
    st.page_link(
        TRENDS,
        label=f"**{plain(line.head)}**",
        icon=ICONS[line.row["direction"]],
        query_params=_series(line.row),
    )
    beside = f"  \nBeside it: {plain(line.beside)}." if line.beside else ""
    st.markdown(f"{plain(line.tail[0].upper() + line.tail[1:])}.{beside}")


def _series(row: Any) -> dict[str, str]:
    """The address of a series on the screen Trends."""
    return {
        "definition": str(row["definition"]).partition("@")[0],
        "area": row["area_code"],
        "level": row["level"],
        "feed": row["feed"],
        "figure": row["figure"],
    }


def _behind(found: Presented) -> None:
    with st.expander("How to read this, and the signals as a table"):
        st.markdown(HOW_TO_READ)
        if len(found.frame):
            st.dataframe(signal_table(found.frame), hide_index=True)
    figures.draw_stamp(found, name="signals")


def _search() -> None:
    act.attempt(PLACE, _searched)


def _searched() -> str:
    search = measures.search_signals(ask.open_store(), at=clock.now())
    return f"Build {search.build_id} was searched: {search.searched_count:,} series."
