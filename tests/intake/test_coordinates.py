"""Coordinates are told by their values: whatever the headings say, a point lies where it can only lie."""

import math
from typing import Any

import pytest

DERBY = (435_300.0, 336_300.0)
# The same place in degrees and in the metres of web maps.
LONGITUDE, LATITUDE = -1.4763, 52.9229
WEB = (LONGITUDE * 111_319.4908, 6_378_137 * math.log(math.tan(math.pi / 4 + math.radians(LATITUDE) / 2)))
POINTS = """
    select source_line, easting_m, northing_m, place_precision
    from incident
    where record_key <> 'BASE'
    order by 1
"""
WARNED = "select rule, column_name, row_count from intake_warning order by all"


@pytest.mark.parametrize("headings", ["Easting,Northing", "Longitude,Latitude"])
@pytest.mark.parametrize(
    ("first", "second", "rules"),
    [
        (*DERBY, {"Longitude,Latitude": ["coordinates_were_metres"]}),
        (LONGITUDE, LATITUDE, {"Easting,Northing": ["coordinates_were_degrees"]}),
        (
            LATITUDE,
            LONGITUDE,
            {
                "Easting,Northing": ["axes_were_swapped", "coordinates_were_degrees"],
                "Longitude,Latitude": ["axes_were_swapped"],
            },
        ),
        (
            *WEB,
            {
                heads: ["coordinates_were_web_mercator"]
                for heads in ("Easting,Northing", "Longitude,Latitude")
            },
        ),
    ],
)
def test_a_point_is_read_by_its_values(
    desk: Any, headings: str, first: float, second: float, rules: dict[str, list[str]]
) -> None:
    header = desk.header.replace("Easting,Northing", headings)
    result = desk.send(desk.text(desk.row("X", easting=str(first), northing=str(second)), header=header))
    [(_, east, north, grade)] = desk.rows(POINTS)
    assert math.dist((east, north), DERBY) < 60
    assert grade == "exact"
    expected = [(rule, headings.split(",")[0].lower(), 1) for rule in rules.get(headings, [])]
    assert desk.rows(WARNED) == expected
    assert len([one for one in result.submissions[0].warnings if "1 rows" in one]) == len(expected)


def test_swapped_axes_are_put_right_where_only_the_supplier_s_own_area_tells(desk: Any) -> None:
    """Both ways round lie in Great Britain: Derby and the Fylde."""
    rows = [desk.row(f"A{number}", easting="336300", northing="435300") for number in range(24)]
    desk.send(desk.text(*rows, desk.row("B")))
    points = desk.rows(POINTS)
    assert {(east, north, grade) for _, east, north, grade in points[:-1]} == {(*DERBY, "exact")}
    assert desk.rows(WARNED) == [("axes_were_swapped", "easting", 24)]


def test_a_few_such_rows_are_in_doubt_and_keep_no_point(desk: Any) -> None:
    rows = [desk.row(f"A{number}") for number in range(24)]
    desk.send(desk.text(*rows, desk.row("B", easting="336300", northing="435300")))
    *_, last = desk.rows(POINTS)
    assert last[1:] == (None, None, "force")
    assert desk.rows(WARNED) == [("axes_in_doubt", "easting", 1)]


def test_a_point_elsewhere_in_the_country_stays_a_point_outside(desk: Any) -> None:
    desk.send(desk.text(desk.row("B", easting="458700", northing="304600")))
    assert desk.rows(POINTS) == [(2, 458_700.0, 304_600.0, "outside")]
    assert desk.rows(WARNED) == []


def test_a_point_in_the_sea_that_lies_at_home_the_other_way_round_is_put_right(desk: Any) -> None:
    """Northampton: its numbers swapped lie in the Irish Sea."""
    row = desk.row("B", easting="260500", northing="475500", force="Northamptonshire Police")
    desk.send(desk.text(row))
    assert desk.rows(POINTS) == [(2, 475_500.0, 260_500.0, "exact")]
    assert desk.rows(WARNED) == [("axes_were_swapped", "easting", 1)]
    assert desk.rejected() == []
