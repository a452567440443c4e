"""The pages' only way to figures: every answer has passed the protector."""

import os
from pathlib import Path

import streamlit as st

from vrin_data import measures, protect
from vrin_data.measures import Catalogue, Selection
from vrin_data.protect import Presented, Viewer
from vrin_data.store import Store

QUESTIONS = {"harm": measures.harm, "coverage": measures.coverage}
STORE = Path(__file__).resolve().parents[1] / "store"


def ask(question: str, selection: Selection) -> Presented:
    """The answer to a question of QUESTIONS as the present viewer may see it."""
    store = open_store()
    return _answer(str(store.path), store.current_build(), question, selection, Viewer.analyst())


def choices() -> Catalogue:
    """What can be chosen in the filter bar. Raises EmptyStore where there is nothing yet."""
    store = open_store()
    return _choices(str(store.path), store.current_build())


def open_store() -> Store:
    """The store that VRIN_STORE names, or the one beside app.py."""
    return _store(os.environ.get("VRIN_STORE") or str(STORE))


@st.cache_resource(show_spinner=False, max_entries=4)
def _store(path: str) -> Store:
    return Store.open(path)


# The build stands in both keys, so that a newly published build is seen at once.
@st.cache_data(show_spinner=False, max_entries=300)
def _answer(path: str, build: str | None, question: str, selection: Selection, viewer: Viewer) -> Presented:
    return protect.present(QUESTIONS[question](_store(path), selection), viewer)


@st.cache_resource(show_spinner=False, max_entries=4)
def _choices(path: str, build: str | None) -> Catalogue:
    return measures.catalogue(_store(path))
