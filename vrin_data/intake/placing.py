"""Which area each row lies in: by the code it gives, else by its point, else by who sent it.

A place outside the supplier's own area does not make another supplier's month look as if it had
come in: such a row counts for its supplier's force alone, marked `outside`.
"""

import duckdb
import numpy as np
import pandas as pd

from vrin_data.contract.suppliers import suppliers
from vrin_data.intake.areas import AreaIndex
from vrin_data.places import is_land, place_points, to_grid

LAND_SQUARE_M = 5_000


def make_grid(connection: duckdb.DuckDBPyConnection, has_degrees: bool) -> None:
    """Make the temporary table `degrees`: every longitude and latitude of `row` with its grid point."""
    connection.execute(
        "create or replace temp table degrees (longitude double, latitude double, east_m double, north_m double)"
    )
    if not has_degrees:
        return
    points = connection.execute(
        "select distinct longitude, latitude from row where longitude is not null and latitude is not null "
        "and fault_bits = 0"
    ).df()
    if points.empty:
        return
    east, north = to_grid(points["longitude"].to_numpy(), points["latitude"].to_numpy())
    points["east_m"], points["north_m"] = np.round(east, 1), np.round(north, 1)
    _insert(connection, "degrees", points)


def squares_in_the_sea(connection: duckdb.DuckDBPyConnection) -> list[tuple[int, int]]:
    """5 km squares that rows of `row` give as their place and where there is no land."""
    squares = connection.execute(
        f"""
        select distinct
            floor(coalesce(easting, east_m) / {LAND_SQUARE_M})::integer as e5,
            floor(coalesce(northing, north_m) / {LAND_SQUARE_M})::integer as n5
        from row
        left join degrees using (longitude, latitude)
        where fault_bits = 0 and coalesce(easting, east_m) is not null and coalesce(northing, north_m) is not null
        """
    ).df()
    if squares.empty:
        return []
    middle = LAND_SQUARE_M / 2
    land = is_land(
        squares["e5"].to_numpy() * LAND_SQUARE_M + middle, squares["n5"].to_numpy() * LAND_SQUARE_M + middle
    )
    return [(int(east), int(north)) for east, north in squares[~land].itertuples(index=False)]


def make_places(connection: duckdb.DuckDBPyConnection, source: str, index: AreaIndex, precision: str) -> None:
    """Make the temporary table `place` of a source with supplier_id, given_area_code, easting_m, northing_m.

    One row per distinct combination of the four: area_id (NULL for a supplier without an area),
    place_precision. `precision` is what the feed's coordinates are: exact or snapped. A code goes
    before a point, except where a 2011 area was split and only the point can tell.
    """
    asked = connection.execute(
        f"select distinct supplier_id, given_area_code, easting_m, northing_m from {source}"
    ).df()
    _insert(connection, "place", _placed(asked, index, precision), replace=True)


def _placed(asked: pd.DataFrame, index: AreaIndex, precision: str) -> pd.DataFrame:
    forces = index.forces.set_index("area_code")
    forces = forces[~forces.index.duplicated(keep="last")]
    home = asked["supplier_id"].map(_home_areas()).map(forces["area_id"])
    by_code = asked["given_area_code"].map(forces["area_id"])
    code_is_final = asked["given_area_code"].map(forces["lsoa_id"]).notna()
    by_point = _by_point(asked, ~code_is_final, index, forces)
    area = by_code.where(code_is_final, by_point.fillna(by_code))
    force = area.map(index.forces.drop_duplicates("area_id").set_index("area_id")["force_id"])
    is_home = area.notna() & (home.isna() | (force == home))
    given = asked["given_area_code"].notna() | asked["easting_m"].notna()
    word = pd.Series("force", index=asked.index)
    word[given & ~is_home & home.notna()] = "outside"
    word[~given & home.isna()] = "not_recorded"
    word[given & ~is_home & home.isna()] = "outside"
    word[is_home & by_point.notna() & ~code_is_final] = precision
    word[is_home & (code_is_final | by_point.isna())] = "lsoa"
    word[is_home & code_is_final & asked["easting_m"].notna()] = precision
    placed = asked.copy()
    placed["area_id"] = area.where(is_home, home).astype("Int32")
    placed["place_precision"] = word
    return placed


def _by_point(asked: pd.DataFrame, wanted: pd.Series, index: AreaIndex, forces: pd.DataFrame) -> pd.Series:
    found = pd.Series(np.nan, index=asked.index, dtype="float64")
    rows = asked[wanted & asked["easting_m"].notna() & asked["northing_m"].notna()]
    if rows.empty or index.boundaries.empty:
        return found
    codes = place_points(index.boundaries, rows["easting_m"].to_numpy(), rows["northing_m"].to_numpy())
    found.loc[rows.index] = pd.Series(codes, index=rows.index).map(forces["area_id"]).astype("float64")
    return found


def _home_areas() -> dict[str, str | None]:
    return {supplier.supplier_id: supplier.home_area_code for supplier in suppliers().values()}


def _insert(
    connection: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame, *, replace: bool = False
) -> None:
    connection.register("frame_in", frame)
    try:
        if replace:
            connection.execute(f"create or replace temp table {table} as select * from frame_in")
        else:
            connection.execute(f"insert into {table} by name select * from frame_in")
    finally:
        connection.unregister("frame_in")
