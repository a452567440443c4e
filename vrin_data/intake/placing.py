"""Which area each row lies in: by the code it gives, else by its point, else by who sent it.

A place outside the supplier's own area does not make another supplier's month look as if it had
come in: such a row counts for its supplier's force alone, marked `outside`.
"""

from collections.abc import Mapping

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.contract.codes import CODE_LISTS
from vrin_data.contract.feeds import fold
from vrin_data.intake.areas import AreaIndex
from vrin_data.places import is_land, place_positions, to_grid
from vrin_data.store.frames import add_rows, write_frame

LAND_SQUARE_M = 5_000
NOWHERE = 0
HOME_LEVELS = ("force", "csp", "district")
PRECISIONS = list(CODE_LISTS["place_precision"])
Ids = npt.NDArray[np.int64]


def make_grid(connection: duckdb.DuckDBPyConnection, has_degrees: bool) -> None:
    """Make the temporary table `degrees`: every longitude and latitude of `row` with its grid point."""
    connection.execute(
        "create or replace temp table degrees (longitude double, latitude double, east_m double, north_m double)"
    )
    if not has_degrees:
        return
    points = connection.execute(
        "select distinct longitude, latitude from row "
        "where longitude is not null and latitude is not null and fault_bits = 0"
    ).df()
    if points.empty:
        return
    east, north = to_grid(points["longitude"].to_numpy(), points["latitude"].to_numpy())
    points["east_m"], points["north_m"] = np.round(east, 1), np.round(north, 1)
    add_rows(connection, "degrees", points)


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
    """Make the temporary table `place` beside a source: one row for each of its rows, in its order.

    The source has supplier_id, given_area_code, easting_m and northing_m; `place` has area_id (NULL
    for a supplier without an area) and place_precision. `precision` is what the feed's coordinates
    are: exact or snapped; `homes` gives every supplier's own area. A code (or an area's name in its
    place) goes before a point, except where only the point can tell which part of a split area it is.
    """
    senders = connection.execute(
        f"select distinct supplier_id::varchar as supplier_id, given_area_code from {source}"
    ).df()
    senders["sender"] = np.arange(len(senders))
    write_frame(connection, "sender", senders)
    rows = connection.execute(
        f"""
        select sender.sender, source.easting_m, source.northing_m
        from {source} as source
        left join sender
            on sender.supplier_id = source.supplier_id::varchar
            and sender.given_area_code is not distinct from source.given_area_code
        order by source.rowid
        """
    ).fetchnumpy()
    area, word = _placed(senders, rows, index, precision, homes)
    frame = pd.DataFrame({"area_id": area, "word": word})
    write_frame(connection, "placed", frame)
    names = ", ".join(f"'{name}'" for name in PRECISIONS)
    connection.execute(
        f"create or replace temp table place as select nullif(area_id, {NOWHERE})::integer as area_id, "
        f"[{names}][word + 1] as place_precision from placed"
    )


def _placed(
    senders: pd.DataFrame,
    rows: dict[str, np.ndarray],
    index: AreaIndex,
    precision: str,
    homes: Mapping[str, str | None],
) -> tuple[Ids, npt.NDArray[np.int8]]:
    """Area id (0 for nowhere) and number of the precision for each row."""
    known = index.forces.drop_duplicates("area_code", keep="last").set_index("area_code")
    home_codes = senders["supplier_id"].map(dict(homes)).astype("object")
    home = _ids(home_codes.map(known["area_id"]))[rows["sender"]]
    codes = _codes(senders["given_area_code"], index)
    by_code = _ids(codes.map(known["area_id"]))[rows["sender"]]
    is_final = codes.map(known["lsoa_id"]).notna().to_numpy()[rows["sender"]]
    has_code = senders["given_area_code"].notna().to_numpy()[rows["sender"]]
    east, north = (np.ma.filled(rows[name].astype("float64"), np.nan) for name in ("easting_m", "northing_m"))
    has_point = np.isfinite(east) & np.isfinite(north)
    by_point = _by_point(east, north, has_point & ~is_final, index, known)
    area = np.where(is_final | (by_point == NOWHERE), by_code, by_point)
    is_home = (area != NOWHERE) & ((home == NOWHERE) | (area == home) | _is_within(area, home, index))
    is_unknown = ~has_point & has_code & (by_code == NOWHERE)
    word = np.select(
        [is_home & has_point, is_home, is_unknown, has_code | has_point, home != NOWHERE],
        [PRECISIONS.index(name) for name in (precision, "lsoa", "unknown_code", "outside", "force")],
        PRECISIONS.index("not_recorded"),
    )
    is_broad = is_home & ~has_point & codes.map(known["level"]).isin(HOME_LEVELS).to_numpy()[rows["sender"]]
    word = np.where(is_broad, PRECISIONS.index("district"), word)
    return np.where(is_home, area, home), word.astype("int8")


def _is_within(area: Ids, home: Ids, index: AreaIndex) -> npt.NDArray[np.bool_]:
    """Whether each area lies in the home area beside it, whatever level that is of."""
    levels = [_lookup(index.forces["area_id"], index.forces[f"{level}_id"]) for level in HOME_LEVELS]
    return np.logical_or.reduce([table[area] == home for table in levels])


def _codes(given: pd.Series, index: AreaIndex) -> pd.Series:
    """The area codes that were given; a name is the code of the one broad area of that name."""
    names = given.dropna()
    names = names[~names.isin(index.forces["area_code"])]
    by_name = names.map(lambda text: index.codes_by_name.get(fold(str(text))))
    return given.astype("object").where(~given.index.isin(by_name.dropna().index), by_name)


def _by_point(
    east: np.ndarray, north: np.ndarray, wanted: np.ndarray, index: AreaIndex, known: pd.DataFrame
) -> Ids:
    found = np.full(len(east), NOWHERE, dtype="int64")
    at = np.flatnonzero(wanted)
    if len(at) and not index.boundaries.empty:
        areas = np.append(_ids(index.boundaries["area_code"].map(known["area_id"])), NOWHERE)
        found[at] = areas[place_positions(index.boundaries, east[at], north[at])]
    return found


def _ids(values: pd.Series) -> Ids:
    return values.astype("float64").fillna(NOWHERE).to_numpy().astype("int64")


def _lookup(keys: pd.Series, values: pd.Series) -> Ids:
    table = np.full(int(keys.max()) + 1, NOWHERE, dtype="int64")
    table[keys.to_numpy()] = _ids(values)
    return table
