"""Signals of hand-made builds: a step is one, and what is missing, partial, taken anew or mere noise is none."""

from collections.abc import Callable
from datetime import date, datetime

import numpy as np
import pytest

from tests.measures.builds import (
    ABH_CODE_ONLY,
    CHARNWOOD,
    LEICESTER,
    LEICS_POLICE,
    NOTTINGHAM,
    NOTTS_POLICE,
    Build,
)
from vrin_data.contract.periods import later
from vrin_data.errors import EmptyStore, RefusedInput, UsageError
from vrin_data.measures import SignalsRequest, signal_search, signals
from vrin_data.measures.signals import record_failure, search_signals
from vrin_data.records import events
from vrin_data.records.rebases import SeriesKey, rebase
from vrin_data.records.signals import Signal, Watch, watch_series, watched
from vrin_data.store import Store

FIRST, MONTHS, STEP = date(2023, 4, 1), 36, 24
AT = datetime(2026, 11, 1, 10, 0)
ONE = Watch(definitions=("violence-with-injury",), levels=("district",), figures=("incidents",))
NOTHING: frozenset[int] = frozenset()
Stores = Callable[[Build], Store]


def usual(month: int) -> int:
    """A quiet series with some noise in it, of 20 incidents a month."""
    return 20 + (month * 7) % 5 - 2


def built(
    leicester: Callable[[int], int] = usual,
    *,
    months: int = MONTHS,
    missing: frozenset[int] = NOTHING,
    partial: frozenset[int] = NOTHING,
    offence_of: Callable[[int], str] = lambda _: "8N|008/06",
) -> Build:
    """Months of three districts, Leicester's as given; the other two are quiet."""
    build = Build()
    for number in range(months):
        month = later(FIRST, number)
        build.sent(NOTTS_POLICE, month)
        build.incidents(month, NOTTINGHAM, usual(number))
        if number not in missing:
            build.sent(LEICS_POLICE, month, is_partial=number in partial)
            build.incidents(month, CHARNWOOD, usual(number + 2))
            build.incidents(month, LEICESTER, leicester(number), offence=offence_of(number))
    return build


def step(month: int) -> int:
    return usual(month) + (15 if month >= STEP else 0)


def found(store: Store, watch: Watch = ONE) -> tuple[Signal, ...]:
    record(store, watch)
    return search_signals(store, at=AT).signals


def record(store: Store, watch: Watch) -> None:
    watch_series(store.path, watch, reason="what the board asked for", recorded_by="A. Lead", recorded_at=AT)


def test_a_step_is_a_signal_with_its_months_and_levels(stores: Stores) -> None:
    store = stores(built(step))
    (one,) = found(store)
    assert (one.area_code, one.direction, one.reading, one.figure) == (
        LEICESTER,
        "high",
        "concern",
        "incidents",
    )
    assert (one.since_month, one.last_month) == (later(FIRST, STEP), later(FIRST, MONTHS - 1))
    assert one.recent_mean == pytest.approx(np.mean([step(month) for month in range(STEP, MONTHS)]))
    assert one.usual_mean == pytest.approx(np.mean([usual(month) for month in range(STEP)]))
    assert one.p_value < 0.001
    assert one.p_value <= one.q_value <= 0.1
    assert one.beside == ()


def test_a_fall_is_a_signal_and_an_improvement(stores: Stores) -> None:
    (one,) = found(stores(built(lambda month: 40 - step(month))))
    assert (one.direction, one.reading) == ("low", "improvement")


@pytest.mark.parametrize(
    "build",
    [
        built(),
        built(missing=frozenset({34, 35})),
        built(lambda month: 7 if month == 34 else usual(month), partial=frozenset({34})),
        built(lambda month: 40 if month in (6, 18, 30) else usual(month)),
    ],
    ids=["quiet", "months missing", "half a month", "a season"],
)
def test_what_did_not_change_is_no_signal(stores: Stores, build: Build) -> None:
    assert found(stores(build)) == ()


def test_a_month_coded_more_coarsely_is_no_fall(stores: Stores) -> None:
    # By its code alone an offence may be one that the definition leaves out: what is certain falls to nothing.
    coarse = stores(built(offence_of=lambda month: ABH_CODE_ONLY if month >= 27 else "8N|008/06"))
    watch = Watch(
        definitions=("violence-with-injury-interpersonal",), levels=("district",), figures=("incidents",)
    )
    assert found(coarse, watch) == ()


def test_limits_begun_anew_at_a_step_leave_no_signal(stores: Stores) -> None:
    store = stores(built(step))
    key = SeriesKey("violence-with-injury", "police-offences", "incidents", LEICESTER)
    rebase(
        store.path,
        key,
        later(FIRST, STEP),
        reason="a new crime system",
        recorded_by="A. Lead",
        recorded_at=AT,
    )
    assert found(store) == ()


def test_series_that_cannot_be_searched_are_counted_by_reason(stores: Stores) -> None:
    store = stores(built(lambda month: int(month % 4 == 0), missing=frozenset()))
    record(store, ONE)
    search = search_signals(store, at=AT)
    assert (search.watched_count, search.searched_count, search.left_out) == (3, 2, {"rare": 1})
    short = stores(built(months=11))
    record(short, ONE)
    assert search_signals(short, at=AT).left_out == {"short": 3}
    late = stores(built(missing=frozenset({33, 34, 35})))
    record(late, ONE)
    assert search_signals(late, at=AT).left_out == {"stale": 2}


def test_the_answer_is_what_was_kept_with_a_stamp(stores: Stores) -> None:
    store = stores(built(step))
    with pytest.raises(UsageError, match="was not searched for signals yet"):
        signals(store, SignalsRequest())
    assert signal_search(store, SignalsRequest()).unprotected["state"].tolist() == ["not searched"]
    found(store)
    answer = signals(store, SignalsRequest())
    frame = answer.unprotected
    assert frame[["area_name", "definition", "figure", "direction", "cause"]].values.tolist() == [
        ["Leicester", "violence-with-injury@1", "incidents", "high", "outside"]
    ]
    assert "3 of 3 watched series" in answer.stamp.notes[0]
    summary = signal_search(store, SignalsRequest()).unprotected.iloc[0]
    assert (summary["state"], summary["found_count"], summary["searched_count"]) == ("searched", 1, 3)
    assert summary["since_month"].date() == later(FIRST, STEP)
    assert [one.action for one in events(store.path)][-1] == "search signals"


def test_a_search_that_failed_is_said(stores: Stores) -> None:
    store = stores(built(months=12))
    record_failure(store, "MemoryError", at=AT)
    with pytest.raises(UsageError, match="did not end: MemoryError"):
        signals(store, SignalsRequest())
    assert signal_search(store, SignalsRequest()).unprotected["failure"].tolist() == ["MemoryError"]


def test_another_choice_of_series_is_searched_and_not_kept(stores: Stores) -> None:
    store = stores(built(step))
    asked = SignalsRequest(watch=Watch(definitions=("violence-with-injury",), levels=("force",)), at=AT)
    found_now = signals(store, asked).unprotected
    assert found_now[["area_name", "level"]].values.tolist() == [["Leicestershire", "force"]] * 2
    assert sorted(found_now["figure"]) == ["harm", "incidents"]
    assert signal_search(store, SignalsRequest()).unprotected["state"].tolist() == ["not searched"]


def test_a_build_that_is_not_there_has_no_signals(stores: Stores) -> None:
    store = stores(built(months=12))
    with pytest.raises(EmptyStore, match="There is no build 000009"):
        signal_search(store, SignalsRequest("000009"))


def test_the_choice_of_series_goes_on_record_and_a_wrong_one_does_not(stores: Stores) -> None:
    store = stores(built(months=12))
    assert watched(store.path) == Watch()
    record(store, ONE)
    assert watched(store.path) == ONE
    wrong = Watch(definitions=("no-such",), levels=("street-corner",), figures=("knives",), false_share=0.0)
    with pytest.raises(RefusedInput) as refused:
        record(store, wrong)
    told = str(refused.value)
    assert all(words in told for words in ("no-such", "street-corner", "knives", "false share"))
    assert watched(store.path) == ONE
