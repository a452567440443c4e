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
FIGURES, METHOD, DATA = "", "Method", "Data"
PAGES = (
    # section, file, title, address, whether it shows figures and so has the filter bar; the first section stands
    # in the bar itself, each other one is a menu of it.
    (FIGURES, "overview.py", "Overview", "overview", True),
    (FIGURES, "map.py", "Map", "map", True),
    (FIGURES, "trends.py", "Trends", "trends", True),
    (FIGURES, "hotspots.py", "Harm spots", "hotspots", True),
    (FIGURES, "compare_areas.py", "Compare areas", "compare-areas", True),
    (FIGURES, "police_health.py", "Police and health", "police-health", True),
    (FIGURES, "who_when_where.py", "Who, when, where", "who-when-where", True),
    # The definitions can be read before there are figures, so that page draws the bar itself.
    (METHOD, "definitions.py", "Definitions", "definitions", False),
    # Weights too can be read and reviewed before there are figures.
    (METHOD, "breakdown.py", "Harm breakdown", "breakdown", False),
    (METHOD, "dictionary.py", "Data dictionary", "dictionary", False),
    (DATA, "feeds.py", "Feeds", "feeds", False),
    (DATA, "upload.py", "Upload", "upload", False),
    (DATA, "rejected.py", "Rejected rows", "rejected", False),
    (DATA, "areas.py", "Areas", "areas", False),
    (DATA, "agreements.py", "Agreements", "agreements", False),
)


def main() -> None:
    """Draw the navigation, the filter bar where the page has one, and the page asked for."""
    # A local picture, and before st.navigation: the page icon would otherwise come from another host.
    st.set_page_config(page_icon=str(ROOT / "vrin_ui" / "icon.png"), layout="wide")
    pages: dict[str, list[st.Page]] = {}
    for number, (section, file, title, address, _) in enumerate(PAGES):
        one = st.Page(ROOT / "pages" / file, title=title, url_path=address, default=number == 0)
        pages.setdefault(section, []).append(one)
    page = st.navigation(pages, position="top")
    screens.draw_style()
    try:
        if any(shows_figures and page.title == title for *_, title, _, shows_figures in PAGES):
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
