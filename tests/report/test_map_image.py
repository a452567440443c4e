"""The map as a picture: what stands in it, and that nothing is fetched for it."""

import json
import re
from pathlib import Path

import pytest

from tests.report.maps import OUTLINE, SQUARES, a_stamp, folder_of_outlines, unit_map, whole_map
from vrin_data.errors import UsageError
from vrin_data.report.map_image import MapPicture, map_image, outline_file, printable, stamp_lines


@pytest.fixture
def picture(tmp_path: Path) -> MapPicture:
    return MapPicture(whole_map(), folder_of_outlines(tmp_path), a_stamp(), ("Outlines: made up",))


def words_of(svg: bytes) -> list[str]:
    return [re.sub("<[^>]+>", "", one) for one in re.findall(r"<text[^>]*>.*?</text>", svg.decode())]


def test_a_picture_says_what_the_map_and_its_stamp_say(picture: MapPicture) -> None:
    said = words_of(map_image(picture, "svg"))
    for words in ("Harm by square", "Harm (days)", "1,000 or more", "No submission", "Outlines: made up"):
        assert words in said
    assert [line for line in said if line in a_stamp().lines()] == a_stamp().lines()
    assert "SIMULATED DATA: not real events" in said


def test_each_area_is_drawn_in_the_colour_of_its_class(picture: MapPicture) -> None:
    drawn = re.findall(r'<path [^>]*fill="(#08468b|#a3a8ab)"', map_image(picture, "svg").decode())
    # Two areas, and the same two colours in the legend.
    assert sorted(drawn) == ["#08468b", "#08468b", "#a3a8ab", "#a3a8ab"]


def test_a_png_is_as_wide_as_a_printed_page(picture: MapPicture) -> None:
    png = map_image(picture, "png")
    assert png.startswith(b"\x89PNG\r\n")
    assert 2100 < int.from_bytes(png[16:20], "big") < 2400


def test_outlines_and_figures_stand_in_the_specification(picture: MapPicture) -> None:
    spec = printable(picture)
    drawn = spec["vconcat"][0]
    assert drawn["data"] == {"values": SQUARES, "format": {"type": "topojson", "feature": "a"}}
    assert spec["datasets"]["values"][1] == {"id": "A1", "band": "No submission", "words": None}
    assert "/outlines/" not in json.dumps(spec)
    assert not {"params", "usermeta", "config", "datasets"} & {*drawn}


def test_a_selection_that_a_colour_depends_on_stays(tmp_path: Path) -> None:
    spec = whole_map()
    spec["encoding"]["strokeWidth"] = {"condition": {"param": "area", "value": 3}, "value": 1}
    picture = MapPicture(spec, folder_of_outlines(tmp_path), a_stamp())
    assert printable(picture)["vconcat"][0]["params"] == spec["params"]
    assert map_image(picture, "svg")


def test_maps_side_by_side_share_the_width(tmp_path: Path) -> None:
    both = {"hconcat": [unit_map(), unit_map()], "datasets": whole_map()["datasets"]}
    picture = MapPicture(both, folder_of_outlines(tmp_path), a_stamp())
    sides = printable(picture)["vconcat"][0]["hconcat"]
    assert [side["width"] for side in sides] == [370, 370]
    assert words_of(map_image(picture, "svg")).count("Harm by square") == 2


def test_a_layer_above_the_map_is_drawn_with_it(tmp_path: Path) -> None:
    point = {
        "data": {"values": [{"e": 400500, "n": 300500}]},
        "mark": {"type": "point", "fill": "#801650"},
        "encoding": {
            "longitude": {"field": "e", "type": "quantitative"},
            "latitude": {"field": "n", "type": "quantitative"},
        },
    }
    base = unit_map()
    top = {name: base.pop(name) for name in ("title", "projection", "height")}
    spec = {**top, "layer": [base, point], "datasets": whole_map()["datasets"]}
    svg = map_image(MapPicture(spec, folder_of_outlines(tmp_path), a_stamp()), "svg").decode()
    assert svg.count('fill="#801650"') == 1


def test_a_long_line_of_the_stamp_is_broken_and_not_cut(tmp_path: Path) -> None:
    source = "Source: " + " ".join(f"word{number}" for number in range(60))
    picture = MapPicture(whole_map(), folder_of_outlines(tmp_path), a_stamp(), (source,))
    said = words_of(map_image(picture, "svg"))
    assert source in " ".join(said)
    assert source not in said


def test_a_source_that_the_stamp_names_is_not_said_twice() -> None:
    assert stamp_lines(a_stamp(), ["Crown copyright", "Other"]) == [*a_stamp().lines(), "Other"]


@pytest.mark.parametrize("name", ["gone-1.topo.json", "../secret.json", "/outlines/../secret.json"])
def test_an_outline_is_read_from_its_folder_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.json").write_text("{}", encoding="utf-8")
    folder = tmp_path / "outlines"
    folder.mkdir()
    with pytest.raises(UsageError, match="There is no outline"):
        outline_file(folder, name)


def test_an_outline_is_known_by_its_address_and_by_its_name(tmp_path: Path) -> None:
    folder = folder_of_outlines(tmp_path)
    assert outline_file(folder, f"/outlines/{OUTLINE}") == outline_file(folder, OUTLINE) == folder / OUTLINE
