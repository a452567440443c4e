"""Official boundary and lookup files: dropped, checked as a dry run, then imported or refused as a whole."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from vrin_ui import act
from vrin_ui.areas import area_acts
from vrin_ui.areas.held_parts import draw_findings
from vrin_ui.ask import open_store
from vrin_ui.upload.upload_files import Kept, keep, remove, session_folder, size_words
from vrin_ui.wording import plain

TOLD = "area_files_told"
TYPES = ["geojson", "json", "gpkg", "parquet", "zip", "csv", "xlsx", "xls", "ods"]
BOX = "area_files_box"


def draw() -> None:
    """The box for files, what a check says of them, and the button that imports them."""
    st.markdown(
        "Boundaries and lookups as the Office for National Statistics publishes them (GeoJSON, GeoPackage, GeoParquet, "
        "shapefile zip, CSV), residents, deprivation, rural and urban classes. Drop a boundary file together with its "
        "lookup. They are checked first; nothing changes until you import them, and nothing at all where one is wrong."
    )
    number = st.session_state.setdefault(f"{BOX}_number", 0)
    dropped = st.file_uploader(
        "Official files", type=TYPES, accept_multiple_files=True, key=f"{BOX}_{number}", on_change=_forget
    )
    if not dropped:
        _draw_told()
        return
    left, right = st.columns(2)
    if left.button("Check these files", width="stretch"):
        _run(dropped, area_acts.check_files, "Checking the files", is_import=False)
    if right.button("Import them", type="primary", width="stretch"):
        _run(dropped, area_acts.import_files, "Importing, and placing every incident anew", is_import=True)
    _draw_told()
    st.caption(", ".join(f"{plain(one.name)} ({size_words(one.size)})" for one in dropped))


def _run(
    dropped: Sequence[Any], action: Callable[[Sequence[Path]], str], doing: str, *, is_import: bool
) -> None:
    folder = session_folder(open_store().path)
    kept: list[Kept] = []
    with st.spinner(doing):
        kept = [keep(folder, one.name, one.getbuffer()) for one in dropped]
        is_done = act.attempt(TOLD, action, [one.path for one in kept])
    for one in kept:
        remove(one)
    folder.rmdir()
    words, _ = st.session_state[act.OUTCOMES].pop(TOLD)
    st.session_state[TOLD] = words, is_done, is_import
    if is_done and is_import:
        st.session_state[f"{BOX}_number"] += 1
        st.rerun()


def _draw_told() -> None:
    if TOLD not in st.session_state:
        return
    words, is_done, is_import = st.session_state[TOLD]
    if is_done and is_import:
        st.success("The files are imported, and every incident was placed anew.")
    elif is_done:
        st.info("This is what the files hold. Nothing was changed yet.")
    draw_findings(words, is_done=is_done)


def _forget() -> None:
    st.session_state.pop(TOLD, None)
