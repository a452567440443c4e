"""The page Areas: what is here, own areas from a first layer to its undo, files in words, empty states."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.feed_store import SHELL, opened, table, words
from vrin_data.contract.own_layers import OwnAreaRecord, OwnLayerRecord
from vrin_data.records import (
    mark_applied,
    mark_not_applied,
    own_layer_versions,
    own_layers,
    save_own_layer,
)
from vrin_data.store import Store
from vrin_ui.areas import area_acts


@pytest.fixture
def areas_page(
    page: AppTest, store_with_areas: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AppTest:
    """The app on a store that has areas and nothing else."""
    monkeypatch.setenv("VRIN_STORE", str(shutil.copytree(store_with_areas, tmp_path / "areas")))
    return AppTest.from_file(SHELL, default_timeout=120)


def button(app: AppTest, label: str):
    return next(one for one in app.button if one.label == label)


def box(app: AppTest, label: str):
    return next(one for one in (*app.text_input, *app.selectbox, *app.multiselect) if one.label == label)


def test_an_empty_store_says_how_to_begin(page: AppTest) -> None:
    for view in ("held", "own"):
        assert "No areas are here yet." in words(opened(page, "areas", view=view))
    assert "They are checked first" in words(opened(page, "areas", view="files"))


def test_what_is_here_is_told_by_level(areas_page: AppTest) -> None:
    app = opened(areas_page, "areas")
    assert "2,848 small areas (LSOA) with **approximate** outlines" in words(app)
    assert "No own areas yet." in words(app)
    held = table(app, "In force").set_index("Level")
    assert held.loc["Police force area", "In force"] == 43
    assert held.loc["Lower-layer super output area", "Outlines"] == "approximate"


def test_a_joint_partnership_is_made_saved_and_undone(areas_page: AppTest, tmp_path: Path) -> None:
    app = opened(areas_page, "areas", view="own")
    button(app, "Begin a layer").click().run()
    assert box(app, "What the areas are called, in the plural").value == "Partnerships"
    button(app, "Begin").click().run()
    assert len(table(app, "Made of")) == 37
    box(app, "Areas to merge").set_value(["Bassetlaw", "Newark and Sherwood"]).run()
    button(app, "Merge them").click().run()
    assert "are one area now: Bassetlaw and Newark and Sherwood." in words(app)
    assert box(app, "Areas to merge").value == []
    made = table(app, "Made of")
    assert len(made) == 36
    assert made.set_index("Own area").loc["Bassetlaw and Newark and Sherwood", "Small areas"] == 141

    # All that is missing is told at once, and nothing is recorded.
    button(app, "Save and publish").click().run()
    told = app.error[0].value.replace("\\", "")
    assert "by: is empty" in told
    assert "reason: is empty" in told
    store = tmp_path / "areas"
    assert own_layer_versions(store) == []

    box(app, "Why").set_value("one board for both")
    box(app, "Your name").set_value("A. Lead")
    button(app, "Save and publish").click().run()
    assert "Partnerships (partnerships v1): 36 areas; build 000002." in words(app).replace("\\", "")
    assert app.query_params["layer"] == "partnerships"
    assert own_layers(store)["partnerships"].recorded_by == "A. Lead"

    # A second version is changed, undone, and given up.
    app.segmented_control(key="own_what").set_value("rename").run()
    box(app, "New name").set_value("The north")
    button(app, "Rename").click().run()
    assert "The north" in set(table(app, "Made of")["Own area"])
    assert "Changed and not saved yet." in words(app)
    button(app, "Undo the last change").click().run()
    assert "The north" not in set(table(app, "Made of")["Own area"])
    assert not app.exception


def test_a_layer_is_retired_and_brought_back(
    areas_page: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[tuple[object, ...]] = []

    def note(name: str) -> Callable[..., str]:
        def action(*of: object, **named: object) -> str:
            called.append((name, *of, named["by"], named["reason"]))
            return f"{name} done."

        return action

    monkeypatch.setattr(area_acts, "retire", note("retire"))
    monkeypatch.setattr(area_acts, "restore", note("restore"))
    add_layer(Store.open(tmp_path / "areas"))
    app = opened(areas_page, "areas", view="own", layer="zones")
    assert "Zones, version 2" in words(app)
    app.text_input(key="own_retire_reason").set_value("no longer used")
    app.text_input(key="own_retire_by").set_value("A. Lead")
    button(app, "Take it out of use").click().run()
    assert "retire done." in words(app)
    app.text_input(key="own_restore_reason").set_value("a mistake")
    app.text_input(key="own_restore_by").set_value("A. Lead")
    button(app, "Bring it back").click().run()
    assert called == [
        ("retire", "zones", "A. Lead", "no longer used"),
        ("restore", "zones", 1, "A. Lead", "a mistake"),
    ]


def add_layer(store: Store) -> None:
    """Two versions of a layer on record, as if builds had them."""
    at = datetime(2026, 11, 1)
    for members in (("E06000016",), ("E06000016", "E07000129")):
        layer = OwnLayerRecord("zones", "Zones", (OwnAreaRecord("Zone", members),), "test")
        made = save_own_layer(store.path, layer, recorded_by="A. Lead", recorded_at=at, reason="first")
        mark_applied(store.path, made, "000001", at=at)


def test_what_was_not_published_is_said(areas_page: AppTest, tmp_path: Path) -> None:
    store = tmp_path / "areas"
    add_layer(Store.open(store))
    layer = OwnLayerRecord("zones", "Zones", (OwnAreaRecord("Zone", ("E07000129",)),), "test")
    at = datetime(2026, 11, 2)
    made = save_own_layer(store, layer, recorded_by="A. Lead", recorded_at=at, reason="third")
    mark_not_applied(store, made, "the disk is full", at=at)
    app = opened(areas_page, "areas", view="own", layer="zones")
    assert "Zones, version 2" in words(app)
    assert "Version 3 is on record and was not published: the disk is full" in words(app)


def test_a_check_says_what_is_here_and_what_is_wrong_with_files(areas_page: AppTest) -> None:
    app = opened(areas_page, "areas")
    button(app, "Check the areas that are here").click().run()
    assert app.code
    assert not app.exception
