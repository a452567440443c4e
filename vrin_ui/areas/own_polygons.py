"""A layer that is made of polygons: its map from the build, and its areas."""

import pandas as pd
import streamlit as st

from vrin_data.contract.own_layers import own_area_code
from vrin_data.records import OwnLayerVersion
from vrin_ui import figures
from vrin_ui.areas import area_questions, own_map
from vrin_ui.areas.own_draft import Draft

TABLE_HEIGHT, ROW_HEIGHT = 460, 35


def draw(one: OwnLayerVersion) -> None:
    """The areas of a version with polygons; their map where the build has them."""
    layer = one.layer
    draft = Draft(layer.layer_id, layer.name, tuple((area.name, ()) for area in layer.areas), one.version)
    left, right = st.columns(2)
    with left:
        file_name = area_questions.outline_files().get(layer.level)
        if file_name is None:
            st.info("The build does not hold this layer, so there is no map of it.")
        else:
            _map(draft, file_name)
    with right:
        table = pd.DataFrame({"No.": range(1, len(layer.areas) + 1), "Own area": draft.names})
        height = min(TABLE_HEIGHT, ROW_HEIGHT * (len(table) + 1) + 2)
        figures.draw_table(table, alt="The areas of this layer", height=height)
        st.caption(f"Polygons from {layer.source}. A point counts in the polygon that it lies in.")


def _map(draft: Draft, file_name: str) -> None:
    codes = {own_area_code(draft.layer_id, name): at for at, name in enumerate(draft.names, start=1)}
    spec = own_map.preview_spec(
        codes, draft.names, {}, area_questions.outlines(file_name), file_name=file_name, title=draft.name
    )
    st.vega_lite_chart(None, spec, theme=None, width="stretch", alt=own_map.preview_alt(draft, ""))
