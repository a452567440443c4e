"""Signals, charts and funnels of a region, and one screen of trends on 4,000,000 incidents.

`python -m benchmarks.bench_trends [--incidents N] [--store DIR]` prints each beside its aim: what a publish searches
(35 districts, 20 definitions, 36 months), their charts and funnels, and what the screen Trends asks of ten years.
The incidents are those of `bench_compare`: every force of the region sent all its months. Last come series of pure
noise: how many signals they give in so many searches, beside what is promised.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.bench_compare import LAST, TERMS, TWENTY, store_of
from benchmarks.bench_harm import median
from vrin_data.contract.definitions import definitions
from vrin_data.contract.periods import later
from vrin_data.measures import (
    BreaksRequest,
    Selection,
    TrendRequest,
    breaks,
    comparison,
    trend,
    trend_summary,
)
from vrin_data.measures.comparison_request import ComparisonRequest
from vrin_data.measures.signals import found_signals
from vrin_data.measures.watched_series import gathered
from vrin_data.methods.shuffled import false_discovery, late_changes, levelled
from vrin_data.records.signals import Watch
from vrin_data.store import Store

MONTHS = 36
LEICESTER = "E06000016"
PUBLISH_AIM, SCREEN_AIM = 10_000, 300
SEARCHES, SERIES, FALSE_SHARE = 40, 1_400, 0.10


def main() -> None:
    """Print what a publish and a screen cost, and what noise gives."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=4_000_000)
    parser.add_argument("--store", type=Path, help="keep the store here, and use it again")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = store_of(wanted.store or Path(folder), wanted.incidents)
        _publish(store)
        _screen(store)
        store.close()
    _noise()


def _publish(store: Store) -> None:
    ids = tuple(one.id for one in definitions().values() if one.counts_crimes)[:TWENTY]
    terms = replace(TERMS, by=("area", "month"), from_month=later(LAST, 1 - MONTHS))
    watch = Watch(definitions=ids)
    signals = _timed(lambda: _searched(store, watch))
    charts = _timed(lambda: [trend(store, TrendRequest(replace(terms, definition=one))) for one in ids])
    funnels = _timed(lambda: [comparison(store, _funnel(replace(terms, definition=one))) for one in ids])
    for what, took in {"signals": signals, "charts": charts, "funnels": funnels}.items():
        print(f"{what:<8} of {len(ids)} definitions, {MONTHS} months: {took:7.0f} ms")
    # A publish searches alone; charts and funnels are made where somebody looks.
    print(f"what a publish waits for (signals): {signals:7.0f} ms, aim {PUBLISH_AIM:,} ms")
    print(f"with every chart and funnel beside: {signals + charts + funnels:7.0f} ms, aim {PUBLISH_AIM:,} ms")


def _searched(store: Store, watch: Watch) -> None:
    found = gathered(store, watch)
    signals = found_signals(store, found, false_share=watch.false_share)
    print(f"{len(signals)} signals in {len(found.series):,} of {found.watched_count:,} series")


def _funnel(terms: Selection) -> ComparisonRequest:
    return ComparisonRequest(replace(terms, by=("area",)), figure="incidents-rate")


def _screen(store: Store) -> None:
    one = replace(TERMS, by=("month",), area_code=LEICESTER)
    asked: dict[str, Callable[[], object]] = {
        "one series": lambda: _series(store, TrendRequest(one)),
        "harm without homicide": lambda: _series(
            store, TrendRequest(replace(one, without_homicide=True), figure="harm")
        ),
        "a chart a district": lambda: _series(store, TrendRequest(replace(TERMS, by=("area", "month")))),
    }
    for what, ask in asked.items():
        first, again = _timed(ask), median(ask) * 1000
        print(f"screen, {what:<22} first {first:6.0f} ms, later {again:6.0f} ms, aim {SCREEN_AIM} ms")


def _series(store: Store, request: TrendRequest) -> None:
    """What the screen asks for one view."""
    trend(store, request)
    trend_summary(store, request)
    breaks(store, BreaksRequest(request.selection))


def _noise() -> None:
    """Searches of series in which nothing happened: those that give any signal, beside the share promised."""
    random, season = np.random.default_rng(1), 1 + 0.15 * np.cos(2 * np.pi * np.arange(MONTHS) / 12)
    calendar = [later(date(2023, 4, 1), month).month - 1 for month in range(MONTHS)]
    signals, early = [], []
    for _ in range(SEARCHES):
        means = random.lognormal(2.5, 1.2, size=(SERIES, 1))
        p = late_changes(levelled(random.poisson(means * season)), calendar).p_value
        signals.append(int((false_discovery(p) <= FALSE_SHARE).sum()))
        early.append(float((p <= 0.01).mean()))
    print(
        f"pure noise, {SEARCHES} searches of {SERIES:,} series: {sum(map(bool, signals))} gave a signal "
        f"({sum(signals)} in all), promised at most {FALSE_SHARE * SEARCHES:.0f}; "
        f"p below 1% in {np.mean(early):.2%} of series"
    )


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
