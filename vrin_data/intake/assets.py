"""Lists of community assets into a build: each list whole, in place of what it said before."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from vrin_data.errors import RefusedInput, UsageError
from vrin_data.intake.areas import AreaIndex
from vrin_data.intake.asset_places import asset_places, finest_areas
from vrin_data.intake.asset_rows import (
    AssetColumns,
    asset_columns,
    asset_rows,
    contact_faults,
    familiarity,
    is_hidden_place,
    is_private_contact,
)
from vrin_data.intake.indicator_rows import BROKEN, LeftOut
from vrin_data.intake.reading.plain_table import PlainTable, read_plain
from vrin_data.records import log_event
from vrin_data.store import NothingToPublish, Store, publish_build
from vrin_data.store.frames import add_rows

NO_NAME = "no name"
NO_KIND = "no kind"
NO_PLACE = "no place that can be read, or one in the sea"
OUTSIDE = "it lies in none of the areas known here"
TWICE = "the same name at the same place stands in an earlier row"
HIDDEN = "the address of a refuge is kept secret: give the code of its district in place of the point"
SHOWN_LINES = 10
TAKEN_IN = r" \(taken in [^)]*\)$"
"""What stands after a list's name in the source of its assets."""


@dataclass(frozen=True)
class AssetTerms:
    """What a person says of a list: its name (source), a kind for rows without one, headings by what they are."""

    source: str = ""
    kind: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AssetImport:
    """What came of a list: how it was understood, rows in, taken and left out, and the build it made.

    `row_count` = `taken_count` + rows left out. `kinds` counts what was taken in by kind. `build_id` is None
    where nothing was published.
    """

    file: str
    source: str
    columns: Mapping[str, str]
    row_count: int
    taken_count: int
    replaced_count: int
    kinds: Mapping[str, int]
    left_out: tuple[LeftOut, ...]
    warnings: tuple[str, ...]
    build_id: str | None = None

    @property
    def reasons(self) -> dict[str, int]:
        """How many rows were left out for each reason, most first."""
        return dict(Counter(one.reason for one in self.left_out).most_common())


def import_assets(
    store: Store, path: Path, terms: AssetTerms, *, by: str, at: datetime, is_dry_run: bool = False
) -> AssetImport:
    """Take a list of assets in, in place of what came under its name before; or only say how it is read.

    Rows that cannot be used are left out with their reasons. Raises RefusedInput with every fault of the
    list; nothing changes then.
    """
    if store.current_build() is None:
        raise RefusedInput("The store knows no areas yet. Import areas or load a file first.")
    table = read_plain(path, familiarity)
    columns = asset_columns(table, terms.columns, has_kind=bool(terms.kind))
    faults = [*columns.faults]
    if not by.strip() and not is_dry_run:
        faults.append("who takes it in is not said: --by NAME")
    if faults:
        raise RefusedInput("\n".join(["Nothing was taken in.", *(f"{path.name}: {one}." for one in faults)]))
    source = terms.source.strip() or path.name
    reason = f"assets import: {source}"[:300]
    told: list[AssetImport] = []
    with publish_build(store, reason=reason, created_at=at) as draft:
        done = put_assets(draft.connection, table, columns, replace(terms, source=source), path.name, at)
        told.append(done if is_dry_run else replace(done, build_id=draft.build_id))
        if is_dry_run:
            raise NothingToPublish
    if not is_dry_run:
        detail = {"file": path.name, "rows_taken": done.taken_count, "rows_left_out": len(done.left_out)}
        log_event(store.path, "assets import", source, happened_at=at, detail=detail, actor=by)
    return told[0]


def remove_assets(store: Store, source: str, *, by: str, at: datetime) -> str:
    """Publish a build without a list of assets; the build's id. Raises UsageError where there is none of this name."""
    if not by.strip():
        raise UsageError("Say who removes it: --by NAME.")
    known = asset_sources(store)
    if source not in known:
        raise UsageError(f"There is no list of assets {source!r}. Lists: {', '.join(known) or 'none'}.")
    with publish_build(store, reason=f"assets remove: {source}"[:300], created_at=at) as draft:
        _delete(draft.connection, source)
    log_event(store.path, "assets removed", source, happened_at=at, actor=by)
    return draft.build_id


def asset_sources(store: Store) -> dict[str, int]:
    """The lists of assets in the current build by name, each with how many it holds."""
    if store.current_build() is None:
        return {}
    found = store.query(
        "lists of assets",
        "select regexp_replace(source, $taken, '') as list_name, count(*) as n from asset group by all order by all",
        {"taken": TAKEN_IN},
    )
    return dict(zip(found["list_name"], found["n"].astype(int), strict=True))


def put_assets(
    connection: duckdb.DuckDBPyConnection,
    table: PlainTable,
    columns: AssetColumns,
    terms: AssetTerms,
    file: str,
    at: datetime,
) -> AssetImport:
    """Put the rows that can be used into the draft and say what became of all."""
    rows = asset_rows(table, columns, kind=terms.kind.strip())
    places = asset_places(connection, rows)
    rows["east"], rows["north"], rows["told_by"] = places.easting, places.northing, places.told_by
    rows["reason"] = _reasons(rows)
    is_good = (rows["reason"] == "").to_numpy()
    rows["area_id"] = 0
    rows.loc[is_good, "area_id"] = finest_areas(
        AreaIndex(connection), places.easting[is_good], places.northing[is_good]
    )
    rows.loc[is_good & (rows["area_id"] == 0), "reason"] = OUTSIDE
    good = rows[rows["reason"] == ""]
    if good.empty:
        counts = "; ".join(f"{why} ({count:,})" for why, count in rows["reason"].value_counts().items())
        raise RefusedInput(
            f"Nothing was taken in.\n{file}: none of its {table.rows_in:,} rows can be used: {counts}."
        )
    replaced = _delete(connection, terms.source)
    _add(connection, good, terms.source, at)
    return AssetImport(
        file=file,
        source=terms.source,
        columns=dict(columns.headings),
        row_count=table.rows_in,
        taken_count=len(good),
        replaced_count=replaced,
        kinds=good["kind"].value_counts().to_dict(),
        left_out=_left_out(rows, table),
        warnings=tuple(_warnings(good, table, places.swapped_count)),
    )


def _reasons(rows: pd.DataFrame) -> pd.Series:
    """Why each row cannot be used, '' where it can be, before it is known which area it lies in."""
    hidden = [is_hidden_place(name, kind) for name, kind in zip(rows["name"], rows["kind"], strict=True)]
    place = rows["name"].str.casefold() + "|" + rows["east"].astype(str) + "|" + rows["north"].astype(str)
    reason = rows["contact"].map(contact_faults)
    for which, why in (
        (rows["name"] == "", NO_NAME),
        (rows["kind"] == "", NO_KIND),
        (rows["told_by"] == "", NO_PLACE),
        (np.array(hidden, dtype=bool) & (rows["told_by"] != "area"), HIDDEN),
        (place.duplicated(), TWICE),
    ):
        reason = reason.mask(which & (reason == ""), why)
    return reason


def _left_out(rows: pd.DataFrame, table: PlainTable) -> tuple[LeftOut, ...]:
    """The rows left out; no value is repeated, since a contact or a name may be a person's."""
    bad = rows[rows["reason"] != ""]
    left = [LeftOut(int(line), "", "", why) for line, why in bad[["line", "reason"]].itertuples(index=False)]
    left += [LeftOut(one.line_number, "", "", BROKEN) for one in table.broken]
    return tuple(sorted(left, key=lambda one: one.line))


def _warnings(good: pd.DataFrame, table: PlainTable, swapped: int) -> list[str]:
    found = []
    if table.left_aside:
        found.append(f"Read {table.name}; left aside: {', '.join(table.left_aside)}.")
    private = good.loc[good["contact"].map(is_private_contact).astype(bool), "line"]
    if len(private):
        found.append(
            f"The contact looks like a person's own (a mobile number, an e-mail by name) on {_lines(private)}. "
            "Give contacts that an organisation gives to the public."
        )
    if swapped:
        found.append(f"Places with swapped axes, which were turned: {swapped:,}.")
    by_area = good.loc[good["told_by"] == "area", "line"]
    if len(by_area):
        found.append(f"Known by an area's code alone, and drawn at a point inside of it: {_lines(by_area)}.")
    return found


def _lines(lines: pd.Series) -> str:
    shown = ", ".join(map(str, lines.tolist()[:SHOWN_LINES]))
    more = f" and {len(lines) - SHOWN_LINES:,} more" if len(lines) > SHOWN_LINES else ""
    return f"line {shown}{more}"


def _add(connection: duckdb.DuckDBPyConnection, good: pd.DataFrame, source: str, at: datetime) -> None:
    first = connection.execute("select coalesce(max(asset_id), 0) + 1 from asset").fetchone()
    taken = f"{source} (taken in {at:%Y-%m-%d}"
    frame = pd.DataFrame(
        {
            "asset_id": np.arange(len(good)) + int(first[0] if first else 1),
            "asset_name": good["name"].to_numpy(),
            "kind": good["kind"].to_numpy(),
            "contact": good["contact"].where(good["contact"] != "", None).astype(object).to_numpy(),
            "easting_m": good["east"].to_numpy(),
            "northing_m": good["north"].to_numpy(),
            "area_id": good["area_id"].to_numpy(),
            "source": np.where(
                good["told_by"] == "area", f"{taken}; place known by its area alone)", f"{taken})"
            ),
        }
    )
    add_rows(connection, "asset", frame)


def _delete(connection: duckdb.DuckDBPyConnection, source: str) -> int:
    """Remove a list from the draft; how many it held."""
    gone = connection.execute(
        "delete from asset where regexp_replace(source, $taken, '') = $source",
        {"taken": TAKEN_IN, "source": source},
    ).fetchone()
    return int(gone[0]) if gone else 0
