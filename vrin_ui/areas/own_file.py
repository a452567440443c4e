"""A layer of own areas from a file: looked at first, with all that is wrong with it, then saved and published."""

from typing import Any

import pandas as pd
import streamlit as st

from vrin_data.contract.own_layers import areas_from_json, slug
from vrin_data.records import OwnLayerVersion
from vrin_ui import act, address, figures, names
from vrin_ui.areas import area_acts
from vrin_ui.wording import counted, plain

SEEN, LOOKED = "own_file_seen", "own_file_looked"
TYPES = ["geojson", "json", "gpkg", "parquet", "zip", "csv", "xlsx", "xls", "ods"]
HELP = (
    "Polygons: GeoJSON, GeoPackage, GeoParquet or a zipped shapefile, in British National Grid or longitude and "
    "latitude. Or a list, CSV or XLSX: a column of area codes (small areas, districts, wards, partnerships, mixed) and "
    "a column with the name of your area."
)


def draw(saved: str, one: OwnLayerVersion | None = None) -> None:
    """The file, what was understood of it, and the form that saves it; `one` is the layer it is a version of."""
    st.markdown(HELP)
    file = st.file_uploader("File of your areas", type=TYPES, key="own_file", on_change=_forget)
    name = one.name if one else st.text_input("What the areas are called, in the plural", key="own_file_name")
    layer_id = one.layer_id if one else slug(name)[:40]
    column = st.text_input(
        "Column of your areas' names, where it is not found by itself", key="own_file_column"
    )
    if st.button("Look at the file", disabled=file is None) and file is not None:
        with st.spinner("Reading and checking"):
            act.attempt(LOOKED, _look, file, layer_id=layer_id, name=name.strip(), column=column.strip())
    act.draw_outcome(LOOKED)
    seen = st.session_state.get(SEEN)
    if seen and file is not None and (seen["layer_id"], seen["name"]) == (layer_id, name.strip()):
        _draw_seen(seen, saved)


def _look(file: Any, *, layer_id: str, name: str, column: str) -> str:
    st.session_state.pop(SEEN, None)
    found = area_acts.look(file.name, file.getvalue(), layer_id=layer_id, name=name, name_column=column)
    st.session_state[SEEN] = {**found, "layer_id": layer_id, "name": name, "file": file.name}
    return "The file was read. Nothing was changed yet."


def _draw_seen(seen: dict[str, Any], saved: str) -> None:
    faults = [one["message"] for one in seen["findings"] if one["level"] == "error"]
    notes = [one["message"] for one in seen["findings"] if one["level"] != "error"]
    areas = areas_from_json(seen["areas"])
    st.markdown("\n".join(f"- {plain(words)}" for words in [counted(len(areas), "area") + " read.", *notes]))
    table = pd.DataFrame(
        {"Own area": [one.name for one in areas], "Made of": [_made_of(one.members) for one in areas]}
    )
    figures.draw_table(table, alt="The areas that the file holds", height=min(300, 35 * (len(table) + 1) + 2))
    if faults:
        st.error("  \n".join(["**This cannot be saved:**", *map(plain, faults)]))
        return
    with st.form("own_file_save", enter_to_submit=False):
        reason = st.text_input("Why", key="own_file_reason", help="It goes on record with this version.")
        names.name_box("own_file_by")
        sent = st.form_submit_button("Save and publish", type="primary")
    if sent:
        _save(seen, reason=reason, saved=saved)
    act.draw_outcome(f"{saved}_file")


def _made_of(members: tuple[str, ...]) -> str:
    return counted(len(members), "listed area") if members else "a polygon"


def _save(seen: dict[str, Any], *, reason: str, saved: str) -> None:
    layer = area_acts.layer_of(seen, layer_id=seen["layer_id"], name=seen["name"], source=seen["file"])
    with st.spinner("Saving, and placing every incident anew. This may take a minute."):
        done = act.attempt(
            f"{saved}_file", area_acts.publish, layer, by=names.given("own_file_by"), reason=reason
        )
    if done:
        outcomes = st.session_state[act.OUTCOMES]
        outcomes[saved] = outcomes.pop(f"{saved}_file")
        _forget()
        address.change("areas", "layer", layer.layer_id)
        st.rerun()


def _forget() -> None:
    st.session_state.pop(SEEN, None)
