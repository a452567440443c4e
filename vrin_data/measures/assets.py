"""Protective factors and community assets: what stands where, and whom to ask."""

from dataclasses import asdict, dataclass

import pandas as pd

from vrin_data.errors import EmptyStore
from vrin_data.measures.answer import Answer
from vrin_data.measures.indicators import is_simulated
from vrin_data.measures.stamp import Stamp
from vrin_data.store import Store

SQL = """
    select
        asset_id,
        asset_name,
        kind,
        contact,
        easting_m,
        northing_m,
        district.area_name as district_name,
        asset.source
    from asset
    left join area_level as up on up.area_id = asset.area_id and up.level = 'district'
    left join area as district on district.area_id = up.ancestor_id
    where ($kind is null or kind = $kind)
        and (
            $area_code is null
            or asset.area_id in (
                select area_level.area_id
                from area_level
                join area on area.area_id = area_level.ancestor_id
                where area.area_code = $area_code
            )
        )
    order by kind, asset_name, asset_id
"""
BY_AREA = "; place known by its area alone"
"""What the source of an asset says of it whose point is any inside of its area."""
LISTS_ARE = (
    "A list holds what its supplier knew of on the day it was drawn up; that nothing stands in an area may mean "
    "that nobody told of it."
)


@dataclass(frozen=True)
class AssetRequest:
    """Which assets: those that lie in an area, and those of a kind; None for all."""

    area_code: str | None = None
    kind: str | None = None


def assets(store: Store, request: AssetRequest) -> Answer:
    """The assets of the current build by kind and name, each with its place.

    Columns: asset_id, asset_name, kind, contact (NULL where none is given), easting_m, northing_m,
    district_name (NULL outside of the districts known), source (the list, and when it was taken in). Raises
    EmptyStore where there is no build.
    """
    build_id = store.current_build()
    if build_id is None:
        raise EmptyStore("The store holds no data yet, so there is no asset in it.")
    frame = store.query("assets", SQL, asdict(request), build_id=build_id)
    frame["contact"] = frame["contact"].astype(object).where(frame["contact"].notna(), None)
    return Answer(frame, _stamp(store, build_id, frame))


def _stamp(store: Store, build_id: str, frame: pd.DataFrame) -> Stamp:
    head = store.query("build", "select created_at from build", build_id=build_id).iloc[0]
    sources = sorted({source.replace(BY_AREA, "") for source in frame["source"]})
    return Stamp(
        build=build_id,
        built_at=head["created_at"].to_pydatetime(),
        data_to=None,
        feed="assets",
        period="as of the day of each list",
        notes=(LISTS_ARE,),
        attribution=tuple(sources),
        is_simulated=is_simulated(sources),
        is_dated=False,
    )
