"""What the page Areas asks of the build and the records: nesting, outlines, layers and their versions."""

from pathlib import Path

import streamlit as st

from vrin_data import records
from vrin_data.protect import Presented
from vrin_data.records import OwnLayerVersion
from vrin_ui.areas.nesting import Nesting
from vrin_ui.areas.outline_file import Outlines, read_outlines
from vrin_ui.ask import ask, open_store


def held() -> Presented:
    """What the build holds of areas. Raises EmptyStore."""
    return ask("areas held", None)


def nesting() -> Nesting:
    """How the official areas nest. Raises EmptyStore."""
    store = open_store()
    return _nesting(str(store.path), store.current_build())


def outline_files() -> dict[str, str]:
    """The files of outlines by level. Raises EmptyStore."""
    frame = ask("outlines held", None).frame
    return dict(zip(frame["level"], frame["file_name"], strict=True))


def outlines(file_name: str) -> Outlines:
    """A file of outlines read for its labels."""
    return _outlines(str(open_store().outlines_folder / file_name))


def layers() -> dict[str, list[OwnLayerVersion]]:
    """The versions of every layer on record, by id."""
    store = open_store()
    found: dict[str, list[OwnLayerVersion]] = {}
    if store.path.is_dir():
        for one in records.own_layer_versions(store.path):
            found.setdefault(one.layer_id, []).append(one)
    return found


def in_force() -> dict[str, OwnLayerVersion]:
    """The version of each layer that is in force, by id."""
    store = open_store()
    return records.own_layers(store.path) if store.path.is_dir() else {}


@st.cache_resource(show_spinner=False, max_entries=2)
def _nesting(path: str, build: str | None) -> Nesting:
    return Nesting(ask("area nesting", None).frame)


# A file's name holds a hash of what is in it.
@st.cache_resource(show_spinner=False, max_entries=6)
def _outlines(path: str) -> Outlines:
    return read_outlines(Path(path))
