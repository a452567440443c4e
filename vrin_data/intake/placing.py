"""Which area each row lies in: by the code it gives, else by its point, else by who sent it.

A place outside the supplier's own area does not make another supplier's month look as if it had
come in: such a row counts for its supplier's force alone, marked `outside`.
"""

from collections.abc import Mapping

import duckdb
import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.intake.areas import AreaIndex
from vrin_data.intake.given_places import NOWHERE, given_places
from vrin_data.intake.points import Positions, placed_points
from vrin_data.places import EDGE, is_land, to_grid, whole_squares
from vrin_data.store.frames import add_rows, write_frame

LAND_SQUARE_M = 5_000
HOME_LEVELS = ("force", "csp", "district")
NO_CODE = ""
SQUARE_M = 50

_HAS_POINT = "coalesce(isfinite(source.easting_m) and isfinite(source.northing_m), false)"
_SENDER = (
    "sender.supplier_id = source.supplier_id::varchar "
    f"and sender.given_area_code = coalesce(source.given_area_code, '{NO_CODE}')"
)


def _square(name: str) -> str:
    """The number of the square along one axis; NULL for what is on no map."""
    return f"try_cast(floor(source.{name} / {SQUARE_M}) as integer)"


_NEEDS_POINT = {False: "not is_final", True: "true"}
"""Which rows are placed by their points: where layers cut small areas, those with a small area's code as well."""
_IN_SQUARE = f"square.east = {_square('easting_m')} and square.north = {_square('northing_m')}"


def make_grid(connection: duckdb.DuckDBPyConnection, has_points: bool) -> bool:
    """Make the temporary table `degrees`, every longitude and latitude of `row` with its grid point; whether any."""
    connection.execute(
        "create or replace temp table degrees (longitude double, latitude double, east_m double, north_m double)"
    )
    if not has_points:
        return False
    points = connection.execute(
        "select distinct longitude, latitude from row "
        "where longitude is not null and latitude is not null and fault_bits = 0"
    ).df()
    if points.empty:
        return False
    east, north = to_grid(points["longitude"].to_numpy(), points["latitude"].to_numpy())
    points["east_m"], points["north_m"] = np.round(east, 1), np.round(north, 1)
    add_rows(connection, "degrees", points)
    return True


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


def make_places(
    connection: duckdb.DuckDBPyConnection,
    source: str,
    index: AreaIndex,
    *,
    precision: str,
    homes: Mapping[str, str | None],
) -> None:
    """Make the temporary view `placed` of a source: its rows with area_id and place_precision.

    The source has supplier_id, given_area_code, place_text, easting_m and northing_m; area_id is NULL for a
    supplier without an area. `precision` is what the feed's coordinates are: exact or snapped;
    `homes` gives every supplier's own area. A small area's code goes before a point, except where only the
    point can tell which part of a split area it is; a point goes before any other code, name or postcode; a
    place in words counts where there is nothing else, and within the supplier's own area.
    """
    has_texts = _make_text_places(connection, source, index)
    _make_senders(connection, source, index, homes)
    _make_squares(connection, source, index)
    _make_edge_points(connection, source, index)
    connection.execute(
        f"create or replace temp view placed as {_placed_sql(source, precision, has_texts=has_texts)}"
    )


def _make_text_places(connection: duckdb.DuckDBPyConnection, source: str, index: AreaIndex) -> bool:
    """Make the temporary table `text_place`: places in words that stand for an area; whether there are any."""
    texts = connection.execute(
        f"select distinct place_text from {source} as source "
        f"where place_text is not null and given_area_code is null and not {_HAS_POINT}"
    ).fetchall()
    found = given_places([text for (text,) in texts], index)
    names = {
        "text": "place_text",
        "code_id": "text_id",
        "code_test_id": "text_test_id",
        "code_grade": "text_grade",
    }
    write_frame(connection, "text_place", found[[*names]].rename(columns=names))
    return bool(len(found))


def _make_senders(
    connection: duckdb.DuckDBPyConnection, source: str, index: AreaIndex, homes: Mapping[str, str | None]
) -> None:
    """The temporary tables `sender`, what each supplier and area code given says of a place, and `at_home`."""
    known = index.forces.drop_duplicates("area_code", keep="last").set_index("area_code")
    senders = connection.execute(
        f"select distinct supplier_id::varchar as supplier_id, given_area_code from {source}"
    ).df()
    home_codes = senders["supplier_id"].map(dict(homes)).astype("object")
    senders["home_id"] = _ids(home_codes.map(known["area_id"]))
    senders["has_code"] = senders["given_area_code"].notna()
    senders["given_area_code"] = senders["given_area_code"].fillna(NO_CODE).astype("str")
    given = given_places(senders.loc[senders["has_code"], "given_area_code"], index)
    senders = senders.merge(given, left_on="given_area_code", right_on="text", how="left").drop(
        columns="text"
    )
    for name in ("code_id", "code_small_id", "code_test_id"):
        senders[name] = _ids(senders[name])
    senders["is_final"] = senders["code_small_id"].gt(NOWHERE) & senders["is_final"].eq(True)
    senders["code_grade"] = senders["code_grade"].fillna("")
    write_frame(connection, "sender", senders)
    write_frame(connection, "at_home", _at_home(index, senders["home_id"].unique()))


def _at_home(index: AreaIndex, homes: npt.NDArray[np.int64]) -> pd.DataFrame:
    """The areas that lie in each home area, whatever level that is of, itself among them: home_id, area_id."""
    levels = ["area_id", *(f"{level}_id" for level in HOME_LEVELS)]
    found = [
        pd.DataFrame({"home_id": home, "area_id": index.forces.loc[index.forces[level] == home, "area_id"]})
        for home in homes
        for level in levels
    ]
    columns = pd.DataFrame({"home_id": [], "area_id": []}, dtype="int64")
    return pd.concat([columns, *found]).astype("int64").drop_duplicates()


def _make_squares(connection: duckdb.DuckDBPyConnection, source: str, index: AreaIndex) -> None:
    """The temporary table `square`: the squares that need placing, each with its one area or as an edge."""
    found = connection.execute(
        f"""
        select distinct {_square("easting_m")} as east, {_square("northing_m")} as north
        from {source} as source
        join sender on {_SENDER}
        where {_HAS_POINT} and {_NEEDS_POINT[bool(index.layers)]} and east is not null and north is not null
        """
    ).fetchnumpy()
    east, north = (found[name].astype("int64") for name in ("east", "north"))

    def place(shapes: gpd.GeoDataFrame) -> npt.NDArray[np.int64]:
        return whole_squares(shapes, east * SQUARE_M, north * SQUARE_M, SQUARE_M)

    position = place(index.boundaries)
    across = {level: place(shapes) for level, shapes in index.layers.items()}
    is_edge = np.logical_or.reduce([found == EDGE for found in (position, *across.values())])
    frame = pd.DataFrame({"east": east, "north": north, "is_edge": is_edge})
    places = Positions(position, across).only(~is_edge)
    frame["point_id"], frame["small_id"] = places.ids(index)
    write_frame(connection, "square", frame.astype({"east": "int32", "north": "int32"}))


def _make_edge_points(connection: duckdb.DuckDBPyConnection, source: str, index: AreaIndex) -> None:
    """The temporary table `edge_point`: each point in a square that more than one area, or none, has part of."""
    found = connection.execute(
        f"""
        select distinct easting_m, northing_m
        from {source} as source
        join sender on {_SENDER}
        join square on {_IN_SQUARE}
        where {_HAS_POINT} and {_NEEDS_POINT[bool(index.layers)]} and is_edge
        """
    ).fetchnumpy()
    east, north = (found[name].astype("float64") for name in ("easting_m", "northing_m"))
    frame = pd.DataFrame({"easting_m": east, "northing_m": north})
    frame["point_id"], frame["small_id"] = placed_points(index, east, north)
    write_frame(connection, "edge_point", frame)


def _placed_sql(source: str, precision: str, *, has_texts: bool) -> str:
    """The rows with their places. No join has a condition on the row's side alone: that would be slow."""
    words = "left join text_place on text_place.place_text = source.place_text" if has_texts else ""
    texts = ", ".join(
        [f"coalesce({name}, {NOWHERE}) as {name}" for name in ("text_id", "text_test_id")] + ["text_grade"]
        if has_texts
        else [f"{NOWHERE} as text_id", f"{NOWHERE} as text_test_id", "null::varchar as text_grade"]
    )
    return f"""
        with found as (
            select
                source.*,
                sender.* exclude (supplier_id, given_area_code),
                {texts},
                {_HAS_POINT} as has_point,
                coalesce(edge_point.point_id, square.point_id, {NOWHERE}) as spot_id,
                coalesce(edge_point.small_id, square.small_id, {NOWHERE}) as spot_small_id,
                text_id <> {NOWHERE} and not has_code and not has_point as is_by_text,
                spot_id = {NOWHERE} or (is_final and spot_small_id <> code_small_id) as is_by_code,
                case when is_by_text then text_id when is_by_code then code_id else spot_id end as found_id,
                case when is_by_text then text_test_id when is_by_code then code_test_id else spot_small_id end
                    as home_test_id
            from {source} as source
            left join sender on {_SENDER}
            left join square on {_IN_SQUARE}
            left join edge_point
                on edge_point.easting_m = source.easting_m and edge_point.northing_m = source.northing_m
            {words}
        ),
        judged as (
            select
                found.*,
                found_id <> {NOWHERE} and (found.home_id = {NOWHERE} or at_home.area_id is not null) as is_home
            from found
            left join at_home on at_home.area_id = found.home_test_id and at_home.home_id = found.home_id
        )
        select
            * exclude (
                home_id, code_id, code_small_id, code_test_id, code_grade, has_code, is_final, has_point, text_id,
                text_test_id, text_grade, spot_id, spot_small_id, is_by_text, is_by_code, found_id, home_test_id,
                is_home
            ),
            nullif(case when is_home then found_id else home_id end, {NOWHERE})::integer as area_id,
            case
                when is_home and has_point and (is_final or not is_by_code) then '{precision}'
                when is_home and is_by_text then text_grade
                when is_home then code_grade
                when not has_point and has_code and code_id = {NOWHERE} then 'unknown_code'
                when has_code or has_point then 'outside'
                when home_id <> {NOWHERE} then 'force'
                else 'not_recorded'
            end as place_precision
        from judged
    """


def _ids(values: pd.Series) -> npt.NDArray[np.int64]:
    return values.astype("float64").fillna(NOWHERE).to_numpy().astype("int64")
