"""Changing the areas: a build in which every incident is placed anew."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import duckdb
import pandas as pd

from vrin_data.contract.feeds import feeds
from vrin_data.intake.areas import AreaIndex, read_areas, write_areas
from vrin_data.intake.asset_places import place_assets
from vrin_data.intake.facts import place_again, rebuild_facts
from vrin_data.intake.placing import make_places
from vrin_data.places import AreaSet, Finding, import_files, sample_area_set
from vrin_data.records import all_suppliers, log_event
from vrin_data.store import Draft, Store, publish_build


@dataclass(frozen=True)
class AreaImport:
    """What a change of the areas did: findings of its checks, areas by level and vintage, how incidents are placed."""

    build_id: str
    findings: tuple[Finding, ...]
    areas: pd.DataFrame
    placed: pd.DataFrame


def import_areas(store: Store, paths: Sequence[Path], *, received_at: datetime) -> AreaImport:
    """Take official boundary and lookup files into the store as one build.

    Raises RefusedInput with every fault found; nothing changes then.
    """
    reason = f"areas import: {', '.join(path.name for path in paths)}"[:300]
    done = change_areas(
        store, lambda known: import_files(list(paths), onto=known), reason=reason, changed_at=received_at
    )
    detail: dict[str, object] = {"files": [path.name for path in paths]}
    log_event(store.path, "areas import", f"build {done.build_id}", happened_at=received_at, detail=detail)
    return done


def change_areas(
    store: Store, change: Callable[[AreaSet], AreaSet], *, reason: str, changed_at: datetime
) -> AreaImport:
    """Publish a build whose areas are what `change` makes of those there are, every incident placed anew.

    The areas in force are those of the day of `changed_at`, unless `change` sets another day.
    """
    with publish_build(store, reason=reason, created_at=changed_at) as draft:
        connection, build_id = draft.connection, draft.build_id
        known = read_areas(connection) or sample_area_set()
        areas = change(replace(known, on=changed_at.date()))
        _put(connection, store, areas)
        rebuild_facts(connection)
        placed = connection.execute(
            "select place_precision, count(*) as incident_count from incident group by all order by all"
        ).df()
        counts = connection.execute(
            "select level, vintage, count(*) as area_count from area group by all order by all"
        ).df()
    return AreaImport(build_id, tuple(areas.findings), counts, placed)


def renest_when_due(draft: Draft, store: Store, *, day: date) -> None:
    """Bring a draft's areas to a day, where areas have come into being or ended since the day they are of."""
    due = draft.connection.execute(
        """
        select count(*)
        from area, build
        where (valid_from > areas_on and valid_from <= $day) or (valid_to > areas_on and valid_to <= $day)
        """,
        {"day": day},
    ).fetchone()
    known = read_areas(draft.connection) if due and due[0] else None
    if known is not None:
        _put(draft.connection, store, replace(known, on=day))


def _put(connection: duckdb.DuckDBPyConnection, store: Store, areas: AreaSet) -> None:
    write_areas(connection, areas, store.outlines_folder)
    homes = {one.supplier_id: one.home_area_code for one in all_suppliers(store.path).values()}
    _place_all(connection, homes)
    place_assets(connection, AreaIndex(connection))


def _place_all(connection: duckdb.DuckDBPyConnection, homes: Mapping[str, str | None]) -> None:
    index = AreaIndex(connection)
    for feed_id in [
        row[0] for row in connection.execute("select distinct feed_id from submission order by 1").fetchall()
    ]:
        connection.execute(
            """
            create or replace temp table sent as
            select incident.* exclude (area_id, place_precision), submission.supplier_id
            from incident
            join submission on submission.submission_id = incident.submission_id and submission.feed_id = $feed_id
            """,
            {"feed_id": feed_id},
        )
        make_places(connection, "sent", index, precision=feeds()[feed_id].place_precision, homes=homes)
        place_again(connection)
        connection.execute("drop view placed; drop table sent")
