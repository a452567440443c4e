"""Layouts of hexagons that users bring."""

import json
from pathlib import Path

import pytest

from vrin_data.errors import RefusedInput
from vrin_data.places import AreaSet, import_files

CELLS = {"E06000018": {"n": "Nottingham", "q": 8, "r": 10}, "E07000172": {"n": "Broxtowe", "q": 7, "r": 10}}


def written(folder: Path, content: object) -> Path:
    path = folder / "layout.hexjson"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_a_layout_is_taken_as_it_is(known: AreaSet, tmp_path: Path) -> None:
    path = written(tmp_path, {"layout": "odd-r", "hexes": CELLS})
    found = import_files([path], onto=known)
    assert found.hexes.to_numpy().tolist() == [["E06000018", 8, 10], ["E07000172", 7, 10]]
    assert [one.message for one in found.findings] == ["read as a layout of 2 hexagons."]
    assert found.areas.equals(known.areas)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "it is no layout of hexagons"),
        ({"hexes": CELLS}, "it is no layout of hexagons"),
        ({"layout": "odd-r", "hexes": {"E06000018": {"q": 1}}}, "it is no layout of hexagons"),
        ({"layout": "even-q", "hexes": CELLS}, "its layout is 'even-q'"),
        (
            {"layout": "odd-r", "hexes": {"E06000018": {"q": 1, "r": 1}, "E07000172": {"q": 1, "r": 1}}},
            "two codes have one place: E06000018, E07000172",
        ),
    ],
)
def test_what_is_no_layout_is_refused(known: AreaSet, tmp_path: Path, content: object, words: str) -> None:
    with pytest.raises(RefusedInput) as caught:
        import_files([written(tmp_path, content)], onto=known)
    assert str(caught.value) == (
        f"Nothing was imported.\nlayout.hexjson: not used: {words}. Expected hexjson of layout odd-r with q and r "
        "for each code."
    )
