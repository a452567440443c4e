"""Eastings and northings that stand the wrong way round, told by where land is and where the supplier's own area is.

Both ways round may lie in Great Britain. Then the supplier's own area tells: where nearly all of its points lie
in it only with their numbers swapped, they are put right; where some do, those rows keep no point.
"""

from collections.abc import Mapping

import duckdb
import numpy as np
import pandas as pd

from vrin_data.intake.areas import AreaIndex
from vrin_data.intake.coordinates import LAND_SQUARE_M, SWAPPED
from vrin_data.places import is_land
from vrin_data.store.frames import write_frame

HOME_LEVELS = ("force", "csp", "district")
MOST_NORTH_M = 660_000
"""England ends south of this northing: without a supplier's area axes are put right into England and Wales alone."""
LEAST_POINTS = 20
LEAST_SHARE = 0.95
SWAPPED_RULE, DOUBT_RULE = "axes_were_swapped", "axes_in_doubt"

_INSIDE = (
    "{east} between home_box.west and home_box.east and {north} between home_box.south and home_box.north"
)
# Points that were read from degrees tell by themselves which of their numbers is which.
_TURNED_SQL = f"""
    create or replace temp table turned as
    select good.rowid as row_at, home_box.supplier_id
    from good
    join home_box on home_box.supplier_id = good.supplier_id::varchar
    where isfinite(easting_m)
        and isfinite(northing_m)
        and not ({_INSIDE.format(east="easting_m", north="northing_m")})
        and {_INSIDE.format(east="northing_m", north="easting_m")}
        and not exists (select 1 from degrees where east_m = easting_m and north_m = northing_m)
"""
_POINTS_SQL = (
    "select count(*) from good where supplier_id::varchar = $supplier and easting_m is not null "
    "and not exists (select 1 from degrees where east_m = easting_m and north_m = northing_m)"
)
_OWN = "where rowid in (select row_at from turned where turned.supplier_id = $supplier)"
_COUNT_SQL = f"""
    insert into unused
    select supplier_id::varchar, recorded_month, $rule, 'easting', null, count(*)
    from good
    {_OWN}
    group by all
"""
_SWAP_SQL = f"update good set easting_m = northing_m, northing_m = easting_m {_OWN}"
_FORGET_SQL = f"update good set easting_m = null, northing_m = null {_OWN}"


def make_home_boxes(
    connection: duckdb.DuckDBPyConnection, index: AreaIndex, homes: Mapping[str, str | None]
) -> bool:
    """Make the temporary table `home_box`: the ends of the own area of each supplier of `row`; whether it has any.

    A supplier whose area has no boundaries is not in it.
    """
    senders = connection.execute("select distinct supplier_id::varchar from row").fetchall()
    bounds = index.boundaries.geometry.bounds.to_numpy() if len(index.boundaries) else np.empty((0, 4))
    own = index.forces.drop_duplicates("area_id").set_index("area_id").reindex(index.boundary_ids[:-1])
    codes = index.forces.drop_duplicates("area_code", keep="last").set_index("area_code")["area_id"]
    rows = []
    for supplier in [one for (one,) in senders if homes.get(one) in codes]:
        home = codes[homes[supplier]]
        inside = (own[[f"{level}_id" for level in HOME_LEVELS]] == home).any(axis=1).to_numpy()
        if inside.any():
            low, high = bounds[inside].min(axis=0), bounds[inside].max(axis=0)
            rows.append((supplier, low[0], low[1], high[2], high[3]))
    frame = pd.DataFrame(rows, columns=["supplier_id", "west", "south", "east", "north"])
    numbers = dict.fromkeys(frame.columns[1:], "float64")
    write_frame(connection, "home_box", frame.astype({"supplier_id": "str", **numbers}))
    return bool(rows)


def put_right_at_sea(connection: duckdb.DuckDBPyConnection, at_sea: list[tuple[int, int]]) -> None:
    """Swap the numbers of grid points of `typed` that lie in the sea, and the other way round at home.

    For a supplier without an own area it is enough that they lie on land in England or Wales. `at_sea` are
    5 km squares; only their rows are looked at.
    """
    turned = np.array([(north, east) for east, north in at_sea], dtype="float64").reshape(-1, 2)
    middle = LAND_SQUARE_M / 2
    on_land = is_land(turned[:, 0] * LAND_SQUARE_M + middle, turned[:, 1] * LAND_SQUARE_M + middle)
    on_land &= turned[:, 1] * LAND_SQUARE_M < MOST_NORTH_M
    squares = turned[on_land].astype("int64")
    if not len(squares):
        return
    connection.execute(
        f"""
        update typed
        set easting = typed.northing, northing = typed.easting, grid_was = typed.grid_was | {SWAPPED}
        from row
        left join home_box on home_box.supplier_id = row.supplier_id::varchar
        where typed.rowid + 1 = row.rank
            and row.fault_bits = 0
            and (
                floor(row.northing / {LAND_SQUARE_M})::integer,
                floor(row.easting / {LAND_SQUARE_M})::integer
            ) in (select (unnest($east::integer[]), unnest($north::integer[])))
            and (home_box.west is null or {_INSIDE.format(east="row.northing", north="row.easting")})
        """,
        {"east": squares[:, 0].tolist(), "north": squares[:, 1].tolist()},
    )


def mend_axes(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Put right, or take away, points of `good` that lie at their supplier's home only with their numbers swapped.

    What was done is counted in `unused`, and said in words. `home_box` tells where home is.
    """
    connection.execute(_TURNED_SQL)
    turned = connection.execute(
        "select supplier_id, count(*) from turned group by all order by all"
    ).fetchall()
    words = []
    for supplier, count in turned:
        points = connection.execute(_POINTS_SQL, {"supplier": supplier}).fetchone()
        is_clear = points is not None and points[0] >= LEAST_POINTS and count >= LEAST_SHARE * points[0]
        rule = SWAPPED_RULE if is_clear else DOUBT_RULE
        connection.execute(_COUNT_SQL, {"supplier": supplier, "rule": rule})
        connection.execute(_SWAP_SQL if is_clear else _FORGET_SQL, {"supplier": supplier})
        words.append(_words(count, is_clear=is_clear))
    return words


def _words(count: int, *, is_clear: bool) -> str:
    where = (
        f"easting and northing: {count:,} rows lie outside the supplier's own area, and inside it with their"
    )
    done = (
        "they were put right"
        if is_clear
        else "which is right cannot be told, and they are kept without a point"
    )
    return f"{where} two numbers swapped; {done}"
