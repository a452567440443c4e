"""The areas a draft build knows: written on import, read back for placing."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb
import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.contract.codes import PART
from vrin_data.intake.area_parts import AreaParts
from vrin_data.places import (
    AreaSet,
    attribution,
    drawn_layers,
    level_closure,
    linked_layers,
    neighbours,
    write_outlines,
)
from vrin_data.places.indicators import with_larger_areas
from vrin_data.places.names import BROAD_LEVELS, NOT_A_NAME, plain_name
from vrin_data.store.frames import fill_table, write_frame


@dataclass(frozen=True)
class AreaIndex:
    """The areas of a draft for placing: ids by code, each area's force, and the finest boundaries."""

    connection: duckdb.DuckDBPyConnection

    @cached_property
    def forces(self) -> pd.DataFrame:
        """One row per area: area_id, area_code, area_name, level, the ids of its force, csp, district and lsoa.

        An id is NULL where it lies in none, as a force does in no district.
        """
        return self.connection.execute(
            """
            select
                area.area_id,
                area.area_code,
                area.area_name,
                area.level,
                max(case when up.level = 'force' then up.ancestor_id end) as force_id,
                max(case when up.level = 'csp' then up.ancestor_id end) as csp_id,
                max(case when up.level = 'district' then up.ancestor_id end) as district_id,
                max(case when up.level = 'lsoa' then up.ancestor_id end) as lsoa_id
            from area
            left join area_level as up using (area_id)
            group by all
            """
        ).df()

    @cached_property
    def codes_by_name(self) -> dict[str, str]:
        """Codes of districts, partnerships and forces in force by their plain name, of nested ones the smallest.

        A name that two areas share, neither of which lies in the other, is not there.
        """
        found: dict[str, dict[str, object]] = {}
        doubtful: set[str] = set(NOT_A_NAME)
        for level in BROAD_LEVELS:
            own = self.forces[self.forces[f"{level}_id"] == self.forces["area_id"]]
            for area in own.to_dict("records"):
                first = found.setdefault(plain_name(str(area["area_name"])), area)
                if first is not area and first[f"{level}_id"] != area["area_id"]:
                    doubtful.add(plain_name(str(area["area_name"])))
        return {name: str(area["area_code"]) for name, area in found.items() if name not in doubtful}

    @cached_property
    def boundaries(self) -> gpd.GeoDataFrame:
        """Full-detail boundaries of the finest level that points are placed in."""
        return self._boundaries_of("lsoa")

    @cached_property
    def boundary_ids(self) -> npt.NDArray[np.int64]:
        """The area_id of each row of `boundaries`, and 0 for the position -1: nowhere."""
        return self.ids_of(self.boundaries)

    @cached_property
    def layers(self) -> dict[str, gpd.GeoDataFrame]:
        """Full-detail boundaries of each level that lies across the small areas and has boundaries of its own."""
        rows = self.connection.execute("select level from layer where basis = 'boundaries' order by level")
        found = {level: self._boundaries_of(level) for (level,) in rows.fetchall()}
        return {level: shapes for level, shapes in found.items() if len(shapes)}

    @cached_property
    def parts(self) -> AreaParts:
        """The parts of small areas that layers cut."""
        return AreaParts(self.connection)

    def ids_of(self, boundaries: gpd.GeoDataFrame) -> npt.NDArray[np.int64]:
        """The area_id of each row of boundaries, and 0 for the position -1: nowhere."""
        known = self.forces.drop_duplicates("area_code", keep="last").set_index("area_code")["area_id"]
        ids = boundaries["area_code"].map(known).astype("float64").fillna(0)
        return np.append(ids.to_numpy().astype("int64"), 0)

    def _boundaries_of(self, level: str) -> gpd.GeoDataFrame:
        """Full-detail boundaries of a level's areas in force: area_code, vintage, geometry, by code."""
        frame = self.connection.execute(
            """
            select boundary.area_code, boundary.vintage, boundary.wkb
            from boundary
            join area using (area_code, vintage)
            join area_level as up
                on up.area_id = area.area_id and up.level = $level and up.ancestor_id = area.area_id
            order by boundary.area_code
            """,
            {"level": level},
        ).df()
        geometry = gpd.GeoSeries.from_wkb(frame["wkb"].map(bytes), crs=27700)
        return gpd.GeoDataFrame(frame[["area_code", "vintage"]], geometry=geometry, crs=27700)


def write_areas(connection: duckdb.DuckDBPyConnection, areas: AreaSet, outlines_folder: Path) -> None:
    """Replace the area tables of a draft, keeping the number of every area that was there before.

    Parts of small areas are dropped: placing makes them anew.
    """
    areas = with_larger_areas(linked_layers(areas))
    _write_area_table(connection, areas.areas)
    fill_table(connection, "area_link", areas.links)
    fill_table(connection, "population", areas.populations)
    fill_table(connection, "population_band", areas.bands)
    fill_table(connection, "layer", areas.layers)
    fill_table(connection, "indicator", areas.indicators)
    fill_table(connection, "hexagon", areas.hexes)
    shapes = areas.boundaries
    boundary = pd.DataFrame(
        {"area_code": shapes["area_code"], "vintage": shapes["vintage"], "wkb": shapes.geometry.to_wkb()}
    )
    fill_table(connection, "boundary", boundary)
    write_frame(connection, "closure_in", level_closure(areas))
    connection.execute("delete from area_level")
    connection.execute(
        """
        insert into area_level
        select area.area_id, closure_in.level, ancestor.area_id
        from closure_in
        join area on area.area_code = closure_in.area_code
        join area as ancestor on ancestor.area_code = closure_in.ancestor_code
        order by all
        """
    )
    layers = drawn_layers(areas)
    fill_table(connection, "neighbour", neighbours(layers))
    outlines = write_outlines(layers, outlines_folder)
    connection.execute(
        """
        update build set
            area_set_hash = $hash, areas_on = $on, outlines_json = $outlines, attribution_json = $attribution
        """,
        {
            "on": areas.on,
            "hash": hashlib.sha256(json.dumps(outlines, sort_keys=True).encode()).hexdigest()[:16],
            "outlines": json.dumps(outlines),
            "attribution": json.dumps(attribution(areas)),
        },
    )


def _write_area_table(connection: duckdb.DuckDBPyConnection, areas: pd.DataFrame) -> None:
    write_frame(connection, "area_in", areas)
    connection.execute(
        "create or replace temp table area_before as select area_id, area_code, vintage from area"
    )
    connection.execute("delete from area")
    connection.execute(
        """
        insert into area by name
        select
            coalesce(
                area_before.area_id,
                (select coalesce(max(area_id), 0) from area_before)
                    + row_number() over (partition by area_before.area_id is null order by area_code)
            ) as area_id,
            area_in.*
        from area_in
        left join area_before using (area_code, vintage)
        order by area_id
        """
    )


def read_areas(connection: duckdb.DuckDBPyConnection) -> AreaSet | None:
    """The areas that a draft holds, without parts of small areas; None where it holds none."""
    areas = connection.execute(
        "select * exclude (area_id) from area where level <> $part order by area_id", {"part": PART}
    ).df()
    if areas.empty:
        return None
    shapes = connection.execute("select * from boundary").df()
    boundaries = gpd.GeoDataFrame(
        shapes[["area_code", "vintage"]], geometry=gpd.GeoSeries.from_wkb(shapes["wkb"].map(bytes)), crs=27700
    )
    on = connection.execute("select areas_on from build").fetchone()
    return AreaSet(
        areas=areas,
        links=connection.execute("select * from area_link").df(),
        populations=connection.execute("select * from population").df(),
        bands=connection.execute("select * from population_band").df(),
        boundaries=boundaries,
        layers=connection.execute("select * from layer").df(),
        indicators=connection.execute("select * from indicator").df(),
        hexes=connection.execute("select * from hexagon").df(),
        on=on[0] if on else None,
    )
