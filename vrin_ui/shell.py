"""The main script: what every page shares, and the one place that turns an error into a screen.

Run by app.py. Pages stand in pages/ and are reached through here only.
"""

from pathlib import Path

import streamlit as st

from vrin_data.errors import EmptyStore, VrinError
from vrin_ui import screens
from vrin_ui.ask import choices
from vrin_ui.filter_bar import current_filters, draw_filter_bar

ROOT = Path(__file__).resolve().parents[1]
PAGES = (
    # file, title, address, whether it shows figures and so has the filter bar; what the bar has no room for stands in
    # a menu at its end.
    ("overview.py", "Overview", "overview", True),
    ("map.py", "Map", "map", True),
    ("trends.py", "Trends", "trends", True),
    ("hotspots.py", "Harm spots", "hotspots", True),
    ("compare_areas.py", "Compare areas", "compare-areas", True),
    ("police_health.py", "Police and health", "police-health", True),
    ("who_when_where.py", "Who, when, where", "who-when-where", True),
    # The definitions can be read before there are figures, so that page draws the bar itself.
    ("definitions.py", "Definitions", "definitions", False),
    # Weights too can be read and reviewed before there are figures.
    ("breakdown.py", "Harm breakdown", "breakdown", False),
    ("feeds.py", "Feeds", "feeds", False),
    ("upload.py", "Upload", "upload", False),
    ("rejected.py", "Rejected rows", "rejected", False),
    ("areas.py", "Areas", "areas", False),
    ("agreements.py", "Agreements", "agreements", False),
    ("dictionary.py", "Data dictionary", "dictionary", False),
)


def main() -> None:
    """Draw the navigation, the filter bar where the page has one, and the page asked for."""
    # A local picture, and before st.navigation: the page icon would otherwise come from another host.
    st.set_page_config(page_icon=str(ROOT / "vrin_ui" / "icon.png"), layout="wide")
    # Without sections: with them the list of pages on a narrow screen is no list to a screen reader.
    pages = [
        st.Page(ROOT / "pages" / file, title=title, url_path=address, default=number == 0)
        for number, (file, title, address, _) in enumerate(PAGES)
    ]
    page = st.navigation(pages, position="top")
    screens.draw_style()
    try:
        if any(shows_figures and page.title == title for _, title, _, shows_figures in PAGES):
            _begin_figures()
        page.run()
    except EmptyStore:
        screens.draw_empty_store()
    except VrinError as error:
        screens.draw_error(error)


def _begin_figures() -> None:
    offered = choices()
    filters = current_filters(offered)
    screens.begin(offered, filters)
    draw_filter_bar(filters, offered)


main()
