"""Points to areas, degrees to metres, land and sea."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from vrin_data.places import EDGE, is_land, place_points, place_positions, to_grid, whole_squares

NAN = float("nan")


def grid(codes: list[str]) -> gpd.GeoDataFrame:
    """Squares of ten metres in a row from 0, in the order of the codes given."""
    shapes = [shapely.box(10 * n, 0, 10 * n + 10, 10) for n in range(len(codes))]
    return gpd.GeoDataFrame({"area_code": codes}, geometry=shapes, crs=27700)


def test_points_inside_outside_on_a_border_and_without_coordinate() -> None:
    east = np.array([5.0, 15.0, 10.0, 40.0, NAN, 5.0, np.inf, 20.0])
    north = np.array([5.0, 5.0, 5.0, 5.0, 5.0, NAN, 5.0, 0.0])
    expected = ["B", "A", "A", None, None, None, None, "A"]
    assert place_points(grid(["B", "A", "C"]), east, north).tolist() == expected


def test_no_points_or_no_boundaries() -> None:
    empty = np.array([], dtype="float64")
    assert place_points(grid(["A"]), empty, empty).tolist() == []
    assert place_points(grid([]), np.array([5.0]), np.array([5.0])).tolist() == [None]


def test_squares_inside_outside_on_a_border_and_across_two_areas() -> None:
    corners = np.array([2.0, 12.0, 0.0, 8.0, 60.0, 10.0])
    found = whole_squares(grid(["B", "A", "C"]), corners, np.full(6, 2.0), 3.0)
    assert found.tolist() == [0, 1, EDGE, EDGE, -1, EDGE]


@given(
    st.lists(st.tuples(st.integers(-2, 15), st.integers(-2, 6)), min_size=1, max_size=20),
    st.tuples(st.floats(0, 3), st.floats(0, 3)),
)
def test_a_point_of_a_whole_square_is_placed_as_the_square_is(
    squares: list[tuple[int, int]], offset: tuple[float, float]
) -> None:
    shapes = grid(["D", "A", "C", "B"])
    east, north = (np.array([3.0 * square[axis] for square in squares]) for axis in (0, 1))
    found = whole_squares(shapes, east, north, 3.0)
    placed = place_positions(shapes, east + offset[0], north + offset[1])
    assert (placed == found)[found != EDGE].all()


@given(st.lists(st.tuples(st.floats(-5, 45), st.floats(-5, 15)), max_size=30), st.permutations(range(4)))
def test_the_order_of_boundaries_and_points_does_not_matter(
    points: list[tuple[float, float]], order: list[int]
) -> None:
    shapes = grid(["A", "B", "C", "D"])
    east, north = (np.array([point[axis] for point in points], dtype="float64") for axis in (0, 1))
    placed = place_points(shapes, east, north)
    assert place_points(shapes.iloc[order], east, north).tolist() == placed.tolist()
    assert place_points(shapes, east[::-1], north[::-1]).tolist() == placed[::-1].tolist()
    inside = (east >= 0) & (east <= 40) & (north >= 0) & (north <= 10)
    assert (np.array([code is not None for code in placed], dtype=bool) == inside).all()


def test_degrees_become_metres_within_three_metres_of_ordnance_survey() -> None:
    """Ordnance Survey's OSTN15 test data has 52.96219109417 N, 1.19747655917 W at 454002.834, 340834.943."""
    east, north = to_grid(np.array([-1.19747655917, NAN]), np.array([52.96219109417, 52.0]))
    assert east[0] == pytest.approx(454_002.834, abs=3)
    assert north[0] == pytest.approx(340_834.943, abs=3)
    assert not np.isfinite([east[1], north[1]]).any()


def test_land_and_sea() -> None:
    """Nottingham; the North Sea; off Cornwall; no coordinate at all."""
    east = np.array([457_000.0, 700_000.0, 100_000.0, NAN])
    north = np.array([340_000.0, 500_000.0, -50_000.0, 340_000.0])
    assert is_land(east, north).tolist() == [True, False, False, False]
