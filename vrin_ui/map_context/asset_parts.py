"""Community assets on the map page: the points upon a map, and the list beside."""

from typing import Any

import streamlit as st

from vrin_data.measures import AssetRequest
from vrin_data.protect import Presented
from vrin_ui import ask, figures
from vrin_ui.map_context.around import Around
from vrin_ui.map_context.asset_points import (
    asset_table,
    assets_alt,
    outside_words,
    with_assets,
    with_kinds,
    within,
)
from vrin_ui.map_context.context_map import plain_spec

NO_ASSETS = (
    "No community assets are in the store for these areas. Take a list of them in under Areas, Context data, or with "
    "`python -m vrin_data assets import FILE`: a name, a kind, a contact for the public and a place for each."
)


def assets_of(around: Around) -> Presented | None:
    """The assets of the areas in view; None, with what to do said, where there are none."""
    found = ask.ask("assets", AssetRequest(area_code=around.scope))
    if found.frame.empty:
        st.info(NO_ASSETS)
        return None
    return found


def upon(spec: dict[str, Any], alt: str, assets: Presented | None) -> tuple[dict[str, Any], str]:
    """A map and its words with the assets upon it; as they are where there are none."""
    points = None if assets is None else with_kinds(within(assets.frame))
    if points is None or points.empty:
        return spec, alt
    return with_assets(spec, points), f"{alt} {assets_alt(points)}"


def draw_alone(assets: Presented, around: Around) -> None:
    """The assets upon a map of the areas alone."""
    if around.outline is None:
        return
    rows = around.shown.placed
    spec = plain_spec(
        rows,
        outline=around.outline,
        level=around.chosen.level,
        heading="Community assets",
        stamp=assets.stamp,
        chosen=around.chosen.area,
    )
    spec, alt = upon(spec, f"Map of {len(rows):,} areas.", assets)
    st.vega_lite_chart(None, spec, theme=None, width="stretch", key="asset_map", alt=alt)


def draw_list(assets: Presented) -> None:
    """The list of assets with whom to ask."""
    st.subheader("Community assets", anchor=False)
    words = outside_words(assets.frame)
    if words:
        st.caption(words)
    figures.draw_table(asset_table(assets.frame), alt="Community assets with kind, contact and district")
    figures.draw_stamp(assets, name="assets")
