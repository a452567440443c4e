"""Own areas: which layer is looked at, how a new one begins, and what is drawn of it."""

import streamlit as st

from vrin_data.contract.own_layers import slug
from vrin_data.errors import EmptyStore
from vrin_data.records import OwnLayerVersion
from vrin_ui import act, address
from vrin_ui.areas import area_questions, held_parts, own_editor, own_file, own_polygons, own_versions
from vrin_ui.areas.nesting import Nesting
from vrin_ui.areas.own_draft import Draft, of_level, of_record

PAGE, LAYER, NEW = "areas", "layer", "new"
SAVED = "own_saved"
"""The place where it is said what came of a save, a retirement or a return."""
BEGIN = {
    "csp": "The community safety partnerships",
    "district": "The districts",
    "force": "The police force areas",
    "nothing": "Nothing",
    "file": "A file: polygons, or a list",
}
USUAL_NAMES = {"csp": "Partnerships", "district": "Localities", "force": "Forces"}
INTRO = (
    "Beats, neighbourhoods, joint partnerships, a hot-spot zone: areas of your own, made of official areas or drawn as "
    "polygons. Once they are saved, maps and tables offer them as a level of their own."
)


def draw() -> None:
    """The choice of a layer, and the layer itself with all that can be done with it."""
    st.markdown(INTRO)
    try:
        nesting = area_questions.nesting()
    except EmptyStore:
        st.info(held_parts.NOTHING)
        return
    act.draw_outcome(SAVED)
    versions = area_questions.layers()
    chosen = _choose(versions)
    if chosen == NEW:
        _draw_new(nesting)
    elif chosen:
        _draw_layer(versions[chosen], nesting)
    elif not versions:
        st.markdown(
            "There are none yet. Begin with the partnerships as they are, and merge, rename and move from there."
        )
        st.button("Begin a layer", type="primary", on_click=address.change, args=(PAGE, LAYER, NEW))


def _choose(versions: dict[str, list[OwnLayerVersion]]) -> str:
    wanted = address.chosen(PAGE, ("view", LAYER)).get(LAYER, "")
    wanted = wanted if wanted in versions or wanted == NEW else ""
    if not versions and not wanted:
        return ""
    wanted = wanted or next(iter(versions))
    standing = area_questions.in_force()
    options = {
        layer_id: f"{own[-1].name} ({layer_id}{'' if layer_id in standing else ', not in force'})"
        for layer_id, own in versions.items()
    }
    address.select(PAGE, LAYER, "Layer", {**options, NEW: "Begin a new layer"}, wanted)
    return wanted


def _draw_new(nesting: Nesting) -> None:
    if own_editor.is_open(NEW):
        own_editor.draw(NEW, nesting, SAVED)
        return
    begin = st.selectbox("Begin from", list(BEGIN), format_func=BEGIN.__getitem__, key="own_begin")
    if begin == "file":
        own_file.draw(SAVED)
        return
    key = f"own_begin_name_{begin}"
    st.session_state.setdefault(key, USUAL_NAMES.get(begin, ""))
    st.text_input("What the areas are called, in the plural", key=key)
    st.button("Begin", type="primary", on_click=_begin, args=(begin, key, nesting))


def _begin(begin: str, key: str, nesting: Nesting) -> None:
    name = st.session_state[key].strip()
    if begin == "nothing":
        own_editor.open_with(NEW, Draft(slug(name)[:40], name))
    else:
        own_editor.open_with(NEW, of_level(begin, name, nesting))


def _draw_layer(versions: list[OwnLayerVersion], nesting: Nesting) -> None:
    one = own_versions.shown_version(versions)
    st.subheader(f"{one.name}, version {one.version}", anchor=False)
    own_versions.say_state(versions)
    if one.layer.basis == "boundaries":
        own_polygons.draw(one)
        with st.expander("A new version from a file"):
            own_file.draw(SAVED, one)
    else:
        if not own_editor.is_open(one.layer_id, base=one.version):
            own_editor.open_with(one.layer_id, of_record(one.layer, one.version))
        own_editor.draw(one.layer_id, nesting, SAVED)
    own_versions.draw(versions, SAVED)
