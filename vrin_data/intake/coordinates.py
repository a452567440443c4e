"""Coordinates told by their values: degrees in columns for metres, metres in columns for degrees, swapped axes.

A pair of numbers that lies in Great Britain in one way only is read in that way, whatever its headings say;
what was done is written beside it (`grid_was`, `degree_was`) and counted as a warning.
"""

from collections.abc import Collection

import duckdb

from vrin_data.intake.checks import RANGES

PAIRS = {"grid_was": ("easting", "northing"), "degree_was": ("longitude", "latitude")}
"""What a file's pairs of columns are, and the name of what says how each was read."""
POINT_NUMBERS = ("easting", "northing", "longitude", "latitude")
AS_GIVEN, DEGREES, METRES, SWAPPED, MERCATOR = 0, 1, 2, 4, 8

LEAST_METRES = 1_000
"""No place of Great Britain lies nearer to either axis of the grid than this."""
MERCATOR_RADIUS_M = 6_378_137
LAND_SQUARE_M = 5_000

WARNINGS = {
    "coordinates_were_degrees": (
        "grid_was",
        DEGREES,
        "hold degrees in columns for metres, and were read as degrees",
    ),
    "coordinates_were_metres": (
        "degree_was",
        METRES,
        "hold metres in columns for degrees, and were read as metres",
    ),
    "coordinates_were_web_mercator": (
        "",
        MERCATOR,
        "hold the metres of web maps (Web Mercator), and were brought to the National Grid",
    ),
    "axes_were_swapped": ("", SWAPPED, "have their two numbers swapped, and were put right"),
}
"""The warnings by rule: in which pair of columns, the mark that stands for it, and what is said of the rows."""


def pairs_of(present: Collection[str]) -> dict[str, tuple[str, str]]:
    """The pairs of columns that a file has whole, by the name of what says how they were read."""
    return {was: pair for was, pair in PAIRS.items() if set(pair) <= set(present)}


def was_columns(present: Collection[str]) -> list[str]:
    """SQL of a column for each pair of a file: how its two numbers were read; parsed columns in."""
    return [f"{_was_sql(was, *pair)} as {was}" for was, pair in pairs_of(present).items()]


def settled_columns(present: Collection[str]) -> dict[str, str]:
    """SQL of easting, northing, longitude and latitude as their values tell them; none for a file without a pair."""
    pairs = pairs_of(present)
    if not pairs:
        return {}
    ways = {name: [_way(name, was, pair) for was, pair in pairs.items()] for name in POINT_NUMBERS}
    return {name: f"coalesce({', '.join([*own, 'null::double'])})" for name, own in ways.items()}


def _was_sql(was: str, first: str, second: str) -> str:
    """Most rows are as their headings say, and are settled by the first condition."""
    degrees, turned = _are_degrees(first, second), _are_degrees(second, first)
    metres = _are_metres(first, second)
    mercator = f"abs({first}) <= 1_010_000 and {second} between 6_350_000 and 8_800_000"
    ways = [
        (metres, AS_GIVEN if was == "grid_was" else METRES),
        (degrees, DEGREES if was == "grid_was" else AS_GIVEN),
        (turned, SWAPPED | (DEGREES if was == "grid_was" else 0)),
        (mercator, MERCATOR),
    ]
    if was == "degree_was":
        ways[0], ways[1] = ways[1], ways[0]
    return (
        f"(case {' '.join(f'when {condition} then {mark}' for condition, mark in ways)} else 0 end)::utinyint"
    )


def _are_degrees(longitude: str, latitude: str) -> str:
    east, north = RANGES["longitude"], RANGES["latitude"]
    return f"{latitude} between {north[0]} and {north[1]} and {longitude} between {east[0]} and {east[1]}"


def _are_metres(easting: str, northing: str) -> str:
    east, north = RANGES["easting"][1], RANGES["northing"][1]
    return f"{easting} between {LEAST_METRES} and {east} and {northing} between {LEAST_METRES} and {north}"


def _way(name: str, was: str, pair: tuple[str, str]) -> str:
    """SQL of one number of a point as one pair of columns tells it."""
    first, second = pair
    is_grid = was == "grid_was"
    if name in ("easting", "northing"):
        mark = AS_GIVEN if is_grid else METRES
        return f"case when {was} = {mark} then {first if name == 'easting' else second} end"
    straight, other = (first, second) if name == "longitude" else (second, first)
    mark = DEGREES if is_grid else AS_GIVEN
    radians = f"{first} / {MERCATOR_RADIUS_M}.0"
    if name == "latitude":
        up = f"{second} / {MERCATOR_RADIUS_M}.0"
        radians = f"atan((exp({up}) - exp(-{up})) / 2)"
    # Rounded as degrees are written, so that a point has one spelling.
    return (
        f"case {was} when {mark} then {straight} when {mark | SWAPPED} then {other} "
        f"when {MERCATOR} then round(degrees({radians}), 7) end"
    )


def count_points(connection: duckdb.DuckDBPyConnection, present: Collection[str]) -> list[str]:
    """What was read otherwise than headed, in words; counted in `unused` by supplier, month and rule."""
    words = []
    for was, pair in pairs_of(present).items():
        for rule, (only, mark, said) in WARNINGS.items():
            if only not in ("", was):
                continue
            count = _count(connection, was, mark, rule=rule, column=pair[0])
            if count:
                words.append(f"{' and '.join(pair)}: {count:,} rows {said}")
    return words


def _count(connection: duckdb.DuckDBPyConnection, was: str, mark: int, *, rule: str, column: str) -> int:
    """How many good rows of `row` have a mark; put into `unused`."""
    found = connection.execute(
        f"""
        select supplier_id::varchar, recorded_month, count(*)
        from row
        where {was} & {mark} <> 0 and fault_bits = 0
        group by all
        order by all
        """
    ).fetchall()
    connection.executemany(
        "insert into unused values ($supplier, $month, $rule, $column, null, $count)",
        [
            {"supplier": supplier, "month": month, "rule": rule, "column": column, "count": count}
            for supplier, month, count in found
        ],
    ) if found else None
    return sum(int(row[2]) for row in found)
