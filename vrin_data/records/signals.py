"""Signals on record: which series are watched, what each search of a build came to, and the signals it found."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import sqlalchemy as sa

from vrin_data.contract.codes import is_level
from vrin_data.errors import UnknownDefinition
from vrin_data.records.checks import blank, refuse
from vrin_data.records.database import TABLES, insert, rows, writing
from vrin_data.records.definitions import definition_version
from vrin_data.records.events import add_event

INCIDENTS, HARM = "incidents", "harm"
FIGURES = {INCIDENTS: "incidents", HARM: "harm without homicide"}
MOST_FALSE = 0.5


@dataclass(frozen=True)
class Watch:
    """The series that are searched: definitions (none: every one in force) by areas of some levels and figures.

    Harm is watched without homicide, of which one would stand out whatever else happened. `false_share` is the
    share of the signals that may be false.
    """

    definitions: tuple[str, ...] = ()
    levels: tuple[str, ...] = ("force", "district")
    figures: tuple[str, ...] = (INCIDENTS, HARM)
    false_share: float = 0.10


@dataclass(frozen=True)
class Signal:
    """One series whose last months stand out; `beside` says what else happened in them."""

    definition_id: str
    definition_version: int
    definition_name: str
    feed_id: str
    figure: str
    level: str
    area_code: str
    area_name: str
    direction: str
    reading: str
    cause: str
    since_month: date
    last_month: date
    recent_mean: float
    usual_mean: float | None
    p_value: float
    q_value: float
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Search:
    """What a search of a build came to. `left_out` counts the series that could not be searched, by reason.

    `failure` says why nothing could be searched at all, None where it could.
    """

    build_id: str
    data_to: date | None
    is_simulated: bool
    false_share: float
    watched_count: int
    searched_count: int
    left_out: Mapping[str, int]
    recorded_at: datetime
    failure: str | None = None
    signals: tuple[Signal, ...] = field(default=())


def watched(store_path: Path) -> Watch:
    """The choice of series that counts: the latest on record, or the one that VRIN comes with."""
    table = TABLES["signal_watch"]
    found = rows(store_path, sa.select(table).order_by(table.c.watch_id.desc()).limit(1))
    if not found:
        return Watch()
    named = {
        name: tuple(json.loads(found[0][f"{name}_json"])) for name in ("definitions", "levels", "figures")
    }
    return Watch(**named, false_share=float(found[0]["false_share"]))


def watch_series(
    store_path: Path, watch: Watch, *, reason: str, recorded_by: str, recorded_at: datetime
) -> None:
    """Record which series are searched from now on. Raises RefusedInput with every fault."""
    refuse(
        "The choice of series",
        [*watch_faults(store_path, watch), *blank({"reason": reason, "by": recorded_by})],
    )
    named = {
        f"{name}_json": json.dumps(list(getattr(watch, name)))
        for name in ("definitions", "levels", "figures")
    }
    entry = {**named, "false_share": watch.false_share, "reason": reason.strip()}
    with writing(store_path, "The choice of series") as connection:
        who = {"recorded_by": recorded_by.strip(), "recorded_at": recorded_at}
        number = insert(connection, "signal_watch", {**entry, **who})
        add_event(
            connection,
            "watch series",
            f"choice {number}",
            happened_at=recorded_at,
            detail={"reason": entry["reason"]},
            actor=recorded_by.strip(),
        )


def watch_faults(store_path: Path, watch: Watch) -> list[str]:
    """What is wrong with a choice of series, in words."""
    faults = [f"level: there is no {one!r}" for one in watch.levels if not is_level(one)]
    faults += [
        f"figure: there is no {one!r}; there is: {', '.join(FIGURES)}"
        for one in watch.figures
        if one not in FIGURES
    ]
    faults += [f"{name}: names none" for name in ("levels", "figures") if not getattr(watch, name)]
    if not 0 < watch.false_share <= MOST_FALSE:
        faults.append(f"false share: {watch.false_share} is not above 0 and at most {MOST_FALSE}")
    for one in watch.definitions:
        try:
            definition_version(store_path, one)
        except UnknownDefinition as error:
            faults.append(f"definition: {error}")
    return faults


def record_search(store_path: Path, search: Search, *, searched_by: str | None = None) -> None:
    """Keep what a search came to, with its signals in the order given."""
    entry = {name: value for name, value in vars(search).items() if name not in ("left_out", "signals")} | {
        "left_out_json": json.dumps(dict(search.left_out), sort_keys=True)
    }
    with writing(store_path, f"The search of build {search.build_id}") as connection:
        number = insert(connection, "signal_search", entry)
        for one in search.signals:
            insert(connection, "found_signal", _row(number, one))
        add_event(
            connection,
            "search signals",
            f"build {search.build_id}",
            happened_at=search.recorded_at,
            detail={"searched": search.searched_count, "found": len(search.signals)},
            actor=searched_by,
        )


def search_of(store_path: Path, build_id: str) -> Search | None:
    """The latest search of a build with its signals; None where it was not searched."""
    table = TABLES["signal_search"]
    wanted = sa.select(table).where(table.c.build_id == build_id).order_by(table.c.search_id.desc()).limit(1)
    found = rows(store_path, wanted)
    if not found:
        return None
    row = found[0]
    number, left_out = row.pop("search_id"), json.loads(row.pop("left_out_json"))
    return Search(**row, left_out=left_out, signals=tuple(_signals(store_path, number)))


def _signals(store_path: Path, number: int) -> Iterable[Signal]:
    table = TABLES["found_signal"]
    wanted = sa.select(table).where(table.c.search_id == number).order_by(table.c.signal_id)
    for row in rows(store_path, wanted):
        beside = tuple(json.loads(row.pop("beside_json")))
        yield Signal(
            **{name: row[name] for name in row if name not in ("signal_id", "search_id")}, beside=beside
        )


def _row(number: int, one: Signal) -> dict[str, object]:
    values = {name: value for name, value in vars(one).items() if name != "beside"}
    return {**values, "search_id": number, "beside_json": json.dumps(list(one.beside), ensure_ascii=False)}
