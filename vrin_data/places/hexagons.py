"""Districts as hexagons of one size, so that a small town is seen as well as a wide county."""

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

HEX_LEVEL = "hex-district"
SIDE_M = 10_000.0
WIDTH_M = SIDE_M * 3**0.5
ROW_M = SIDE_M * 1.5
SPARE = 1.35
"""Cells for each district from which the layout chooses: with more it is looser, with fewer more distorted."""
Numbers = npt.NDArray[np.float64]


def hexagons(districts: gpd.GeoDataFrame, layout: pd.DataFrame) -> gpd.GeoDataFrame:
    """A hexagon for each of the districts (index area_code), its other columns kept.

    `layout` gives places that a user brought, as the table hexagon has them. Where it lacks a district the
    layout is made: cells over the same ground, given out so that the squared distances from the districts'
    middles are least together (linear assignment).
    """
    codes = districts.index
    given = layout.drop_duplicates("area_code").set_index("area_code")
    if set(codes) <= set(given.index):
        east, north = _middles(given.loc[codes, "column_number"], given.loc[codes, "row_number"])
    else:
        east, north = _assigned(districts)
    turn = np.pi / 180 * np.array([30, 90, 150, 210, 270, 330])
    corners = np.round(SIDE_M * np.column_stack([np.cos(turn), np.sin(turn)]))
    cells = [shapely.Polygon(corners + np.round([x, y])) for x, y in zip(east, north, strict=True)]
    return districts.set_geometry(gpd.GeoSeries(cells, index=codes, crs=districts.crs))


def _middles(column: npt.ArrayLike, row: npt.ArrayLike) -> tuple[Numbers, Numbers]:
    across, up = np.asarray(column, dtype="float64"), np.asarray(row, dtype="float64")
    return (across + 0.5 * (up % 2)) * WIDTH_M, up * ROW_M


def _assigned(districts: gpd.GeoDataFrame) -> tuple[Numbers, Numbers]:
    # Taken in here: it costs memory that the process of an upload has no use for.
    from scipy.optimize import linear_sum_assignment

    middles = shapely.get_coordinates(shapely.point_on_surface(districts.geometry.to_numpy()))
    west, south, east, north = districts.total_bounds
    # As much ground as the districts cover, in as many cells as there are districts and some to spare.
    scale = (WIDTH_M * ROW_M * len(districts) * SPARE / ((east - west) * (north - south))) ** 0.5
    at = (middles - [west, south]) * scale
    columns = int(np.ceil((east - west) * scale / WIDTH_M)) + 2
    rows = int(np.ceil((north - south) * scale / ROW_M)) + 2
    across, up = np.meshgrid(np.arange(columns), np.arange(rows))
    x, y = _middles(across.ravel(), up.ravel())
    cost = (at[:, :1] - x) ** 2 + (at[:, 1:] - y) ** 2
    chosen = linear_sum_assignment(cost)[1]
    return x[chosen], y[chosen]
