"""Signals: the watched series whose last months stand out, found at publish and kept with the build."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import pandas as pd

from vrin_data.contract.breaks import Break
from vrin_data.errors import EmptyStore, UsageError
from vrin_data.measures.answer import Answer
from vrin_data.measures.break_concerns import concerned_areas
from vrin_data.measures.breaks import breaks_of, rebase_months
from vrin_data.measures.build_facts import build_facts
from vrin_data.measures.charted import charted
from vrin_data.measures.monthly import Monthly
from vrin_data.measures.question import Question
from vrin_data.measures.stamp import Stamp
from vrin_data.measures.watched_series import LEFT_OUT, Gathered, WatchedSeries, gathered
from vrin_data.methods.chart_settings import ChartSettings
from vrin_data.methods.control_chart import HIGH, LOW, Floats
from vrin_data.methods.shuffled import false_discovery, late_changes, levelled
from vrin_data.records.signals import Search, Signal, Watch, record_search, search_of, watched
from vrin_data.store import Store

COLUMNS = (
    "area_name",
    "definition_name",
    "figure",
    "direction",
    "reading",
    "cause",
    "since_month",
    "last_month",
    "recent_mean",
    "usual_mean",
    "p_value",
    "q_value",
    "beside",
    "area_code",
    "level",
    "definition",
    "feed",
)


@dataclass(frozen=True)
class SignalsRequest:
    """The build whose signals are asked for, '' for the current one; with a choice of series these are searched
    now, at the time given, and what comes of it is not kept."""

    build_id: str = ""
    watch: Watch | None = None
    at: datetime | None = None


@dataclass(frozen=True, eq=False)
class _Judged:
    """The series of a search with the chance that each stands out as much, the direction ('' for none), and the
    place of the first month of what stands out."""

    series: Sequence[WatchedSeries]
    p_values: Floats
    directions: Sequence[str]
    firsts: Sequence[int]


def signals(store: Store, request: SignalsRequest) -> Answer:
    """The signals of a build's latest search, the strongest first.

    Columns: area_name, definition_name, figure ("incidents", or "harm": without homicide), direction ("high", "low"),
    reading ("concern", "improvement"), cause (the rule of Making Data Count that names it), since_month, last_month
    (dates), recent_mean and usual_mean (a month, since then and before; NULL without a month before), p_value,
    q_value, beside (what else happened, in words), area_code, level, definition (id@version), feed.
    The stamp's notes say how many series were searched, and why the others were not. Raises EmptyStore, and
    UsageError where the build was not searched, or could not be.
    """
    search = _kept(store, request) if request.watch is None else _search(store, request.watch, request.at)
    frame = pd.DataFrame([_line(one) for one in search.signals], columns=list(COLUMNS))
    for name in ("since_month", "last_month"):
        frame[name] = pd.to_datetime(frame[name])
    return Answer(frame, _stamp(store, search))


def _kept(store: Store, request: SignalsRequest) -> Search:
    build_id = request.build_id or build_facts(store).build_id
    search = search_of(store.path, build_id)
    if search is None:
        raise UsageError(
            f"Build {build_id} was not searched for signals yet. `python -m vrin_data signals --search` does it."
        )
    if search.failure:
        raise UsageError(
            f"The search of build {build_id} did not end: {search.failure}. `python -m vrin_data signals --search` "
            "tries again."
        )
    return search


def signal_search(store: Store, request: SignalsRequest) -> Answer:
    """What the latest search of a build came to, in one row.

    Columns: state ("searched", "not searched", "failed"), found_count, searched_count, watched_count (series),
    false_share, since_month (the earliest of the signals; NULL without), failure (why it failed; '' else).
    Raises EmptyStore.
    """
    build_id = request.build_id or build_facts(store).build_id
    search = search_of(store.path, build_id)
    found = search or Search(build_id, None, False, 0.0, 0, 0, {}, build_facts(store).built_at)
    state = "not searched" if search is None else "failed" if found.failure else "searched"
    row = {
        "state": state,
        "found_count": len(found.signals),
        "searched_count": found.searched_count,
        "watched_count": found.watched_count,
        "false_share": found.false_share,
        "since_month": pd.to_datetime(min((one.since_month for one in found.signals), default=None)),
        "failure": found.failure or "",
    }
    return Answer(pd.DataFrame([row]), _stamp(store, found, is_searched=state == "searched"))


def search_signals(store: Store, *, at: datetime, by: str | None = None) -> Search:
    """Search the watched series of the current build, and keep what was found on record.

    A series is a signal where its last months stand out from its others in more than chance explains, over all
    series searched (Benjamini and Hochberg 1995), on every reading of what is a range, and a rule of Making Data
    Count names it. Raises EmptyStore where there is no feed of crimes.
    """
    search = _search(store, watched(store.path), at)
    record_search(store.path, search, searched_by=by)
    return search


def _search(store: Store, watch: Watch, at: datetime | None) -> Search:
    facts = build_facts(store)
    found = gathered(store, watch)
    return Search(
        build_id=facts.build_id,
        data_to=max(facts.months(one)[1] for one in facts.all_feeds),
        is_simulated=bool(facts.simulated_feeds),
        false_share=watch.false_share,
        watched_count=found.watched_count,
        searched_count=len(found.series),
        left_out=dict(sorted(found.left_out.items())),
        recorded_at=at or facts.built_at,
        signals=tuple(found_signals(store, found, false_share=watch.false_share)),
    )


def record_failure(store: Store, failure: str, *, at: datetime) -> None:
    """Keep on record that the current build could not be searched. `failure` must hold no personal value."""
    build_id = store.current_build()
    if build_id is None:
        raise EmptyStore("There is no build to search.")
    record_search(store.path, Search(build_id, None, False, 0.0, 0, 0, {}, at, failure))


def found_signals(store: Store, found: Gathered, *, false_share: float) -> list[Signal]:
    """The signals among the series, the least likely first."""
    judged = _judged(found.series)
    q = false_discovery(judged.p_values)
    by_kind: dict[int, list[int]] = defaultdict(list)
    for at in np.flatnonzero((q <= false_share) & (np.array(judged.directions, dtype=object) != "")):
        by_kind[id(found.series[at].found)].append(int(at))
    named = [
        (at, signal)
        for places in by_kind.values()
        for at, signal in _named(store, found.series[places[0]].found, judged, places)
    ]
    told = [replace(one, p_value=float(judged.p_values[at]), q_value=float(q[at])) for at, one in named]
    return sorted(told, key=lambda one: (one.p_value, one.area_name, one.definition_name, one.figure))


def _judged(series: Sequence[WatchedSeries]) -> _Judged:
    """Every series against its own months in other orders; one of several readings by the least telling of them."""
    rows: dict[bytes, list[tuple[int, Floats]]] = defaultdict(list)
    for at, one in enumerate(series):
        rows[one.numbers.tobytes()] += [(at, reading) for reading in one.readings]
    p, rises, falls = np.zeros(len(series)), np.zeros(len(series), bool), np.zeros(len(series), bool)
    firsts = np.zeros(len(series), dtype="int64")
    for same in rows.values():
        places = np.array([place for place, _ in same])
        calendar = (series[places[0]].numbers % 12).tolist()
        late = late_changes(levelled(np.stack([values for _, values in same])), calendar)
        np.maximum.at(p, places, late.p_value)
        rises[places[late.is_rise]] = True
        falls[places[~late.is_rise]] = True
        # Of several readings the figure itself comes first.
        own = np.unique(places, return_index=True)[1]
        firsts[places[own]] = late.since[own]
    # Readings that go different ways tell no direction.
    p[rises & falls] = 1.0
    words = np.select([rises & falls, rises], ["", HIGH], LOW)
    return _Judged(series, p, words.tolist(), firsts.tolist())


def _named(
    store: Store, found: Monthly, judged: _Judged, places: Sequence[int]
) -> Iterable[tuple[int, Signal]]:
    """Of the series that stand out those which a rule names, each with its place."""
    codes = [judged.series[at].area_code for at in places]
    rows = found.frame[found.frame["area_code"].isin(codes)].reset_index(drop=True)
    anew = rebase_months(store, found.question, found.figure, codes)
    charts = charted(replace(found, frame=rows), settings=ChartSettings(), rebases=anew).frame
    events = breaks_of(store, found.question)
    by_area = {str(code): part for code, part in charts.groupby("area_code", sort=False)}
    for at in places:
        one = judged.series[at]
        used = by_area[one.area_code]
        used = used[used["is_used"] & (used["segment"] == used["segment"].max())]
        first = _first(used, judged.directions[at], judged.firsts[at])
        if first is not None:
            signal = _signal(one, used, first, judged.directions[at])
            yield at, replace(signal, beside=_beside(found.question, events, signal, used))


def _first(used: pd.DataFrame, direction: str, since: int) -> int | None:
    """Where the points begin that a rule flags in this direction, one at least since then; None where there is none."""
    is_such = ((used["cause"] != "") & (used["direction"] == direction)).to_numpy()
    late = np.flatnonzero(is_such[since:])
    if not len(late):
        return None
    quiet = np.flatnonzero(~is_such[: since + int(late[0])])
    return int(quiet[-1]) + 1 if len(quiet) else 0


def _beside(
    question: Question, events: Sequence[Break], signal: Signal, used: pd.DataFrame
) -> tuple[str, ...]:
    """What is known to have happened since the months that the signal is set against, and would be taken for it."""
    near = [one for one in events if one.month > used["month"].iloc[0].date()]
    return tuple(
        f"{one.month:%B %Y}: {one.title}"
        for one in near
        if concerned_areas(question, one, [signal.area_code])
    )


def _signal(one: WatchedSeries, used: pd.DataFrame, first: int, direction: str) -> Signal:
    values = used["value"].astype("float64").to_numpy()
    question = one.found.question
    definition = question.known.definition
    flagged = used.iloc[first:]
    flagged = flagged[(flagged["cause"] != "") & (flagged["direction"] == direction)]
    return Signal(
        definition_id=definition.id,
        definition_version=definition.version,
        definition_name=definition.name,
        feed_id=question.feed_id,
        figure=one.figure,
        level=question.selection.level,
        area_code=one.area_code,
        area_name=one.area_name,
        direction=direction,
        reading=str(flagged["reading"].iloc[0]),
        # Of several rules the one that most of the months are flagged by.
        cause=str(flagged["cause"].value_counts().index[0]),
        since_month=flagged["month"].iloc[0].date(),
        last_month=used["month"].iloc[-1].date(),
        recent_mean=float(values[first:].mean()),
        usual_mean=float(values[:first].mean()) if first else None,
        p_value=0.0,
        q_value=0.0,
    )


def _line(one: Signal) -> dict[str, object]:
    values = {name: value for name, value in vars(one).items() if name in COLUMNS}
    return values | {
        "definition": f"{one.definition_id}@{one.definition_version}",
        "feed": one.feed_id,
        "beside": "; ".join(one.beside),
    }


def _stamp(store: Store, search: Search, *, is_searched: bool = True) -> Stamp:
    built = next((one for one in store.builds() if one.build_id == search.build_id), None)
    if built is None:
        raise EmptyStore(
            f"There is no build {search.build_id}. `python -m vrin_data builds` lists those there are."
        )
    return Stamp(
        build=search.build_id,
        built_at=built.created_at,
        data_to=search.data_to,
        feed="every feed that is watched",
        period="the last 36 months",
        notes=_notes(search) if is_searched else (),
        is_simulated=search.is_simulated,
    )


def _notes(search: Search) -> tuple[str, ...]:
    left_out: Mapping[str, int] = search.left_out
    return (
        f"searched {search.recorded_at:%d %B %Y %H:%M} UTC: {search.searched_count:,} of {search.watched_count:,} "
        f"watched series; at most {search.false_share:.0%} of the signals are expected to be false",
        *(f"{count:,} series were not searched: {LEFT_OUT.get(one, one)}" for one, count in left_out.items()),
        "harm is without homicide; a month that did not come whole stands in no series",
    )
