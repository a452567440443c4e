"""Statistics of places at 2,848 areas (the sample) and at 35,672 (made up, the size of England and Wales).

`python -m benchmarks.bench_places [--incidents N]` prints wall and processor time of each measure, the first call in
a new process's caches and the median of later ones, and beside them what the same arithmetic costs elsewhere:
Gi* in esda, analytic and by 999 permutations, and the tests and the baseline in plain loops.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.country import FIRST, LSOAS, MONTHS, made_store
from vrin_data.contract.periods import later
from vrin_data.intake import load_sample
from vrin_data.measures import (
    ConcentrationRequest,
    HotspotRequest,
    Selection,
    area_change,
    catalogue,
    concentration,
    concentration_summary,
    harm,
    hotspots,
    small_areas,
)
from vrin_data.measures.area_change import split_p_values
from vrin_data.measures.contiguity import touching
from vrin_data.measures.place_figures import PlaceFigures, place_figures
from vrin_data.measures.question import question_of
from vrin_data.methods.gi_star import gi_star
from vrin_data.methods.lorenz import at_random, gini
from vrin_data.store import Store, publish_build
from vrin_data.store.frames import add_rows

RUNS = 5
ACROSS = 189
"""Made-up areas stand in rows of so many, each touching the eight around it."""
RECEIVED = datetime(2026, 11, 1)


def main() -> None:
    """Print the times at both sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=2_000_000)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name, store in (
            ("sample", _sample(Path(folder))),
            ("country", _country(Path(folder), wanted.incidents)),
        ):
            terms = _terms(store)
            places = place_figures(store, terms)
            print(f"\n{name}: {len(places.areas):,} areas, {places.counts.sum():,.0f} incidents")
            _measures(store, terms)
            _beside(store, terms, places)
            store.close()


def _sample(folder: Path) -> Store:
    store = Store.open(folder / "sample")
    load_sample(store, received_at=RECEIVED)
    return store


def _country(folder: Path, incidents: int) -> Store:
    """The made-up store, with areas that touch."""
    store = made_store(folder, incidents)
    codes = store.query("codes", "select area_code from area where level = 'lsoa' order by area_id")[
        "area_code"
    ]
    row, column = np.divmod(np.arange(LSOAS), ACROSS)
    pairs = []
    for down, right in ((0, 1), (1, -1), (1, 0), (1, 1)):
        other = (row + down) * ACROSS + column + right
        kept = (column + right >= 0) & (column + right < ACROSS) & (other < LSOAS)
        ends = codes.to_numpy()[np.flatnonzero(kept)], codes.to_numpy()[other[kept]]
        for one, two in (ends, ends[::-1]):
            pairs.append(pd.DataFrame({"level": "lsoa", "area_code": one, "neighbour_code": two}))
    with publish_build(store, reason="areas that touch", created_at=RECEIVED) as draft:
        draft.connection.execute("delete from neighbour")
        add_rows(draft.connection, "neighbour", pd.concat(pairs, ignore_index=True))
    return store


def _terms(store: Store) -> Selection:
    first, last = catalogue(store).months_of_feed["police-offences"]
    last = min(last, later(FIRST, MONTHS - 1)) if first == FIRST else last
    return Selection(level="lsoa", from_month=later(last, -35), to_month=last, feed="police-offences")


def _measures(store: Store, terms: Selection) -> None:
    asked: dict[str, Callable[[Selection], Any]] = {
        "harm by area": lambda one: harm(store, one),
        "small areas": lambda one: small_areas(store, one),
        "area change": lambda one: area_change(store, one),
        "concentration": lambda one: concentration(store, ConcentrationRequest(one)),
        "concentration summary, 200 falls": lambda one: concentration_summary(
            store, ConcentrationRequest(one, seed=int(time.perf_counter_ns() % 1_000_003))
        ),
        "harm spots, no years": lambda one: hotspots(store, HotspotRequest(one, years=0)),
        "harm spots, 3 years": lambda one: hotspots(store, HotspotRequest(one)),
        "hot spots, two deviations": lambda one: hotspots(store, HotspotRequest(one, "count", "two_sd", 0)),
    }
    for name, ask in asked.items():
        first = _timed(lambda ask=ask: ask(terms))  # type: ignore[misc]
        _timed(lambda ask=ask: ask(replace(terms, from_month=later(terms.from_month, 1))))  # type: ignore[misc]
        later_ones = [_timed(lambda ask=ask: ask(terms)) for _ in range(RUNS)]  # type: ignore[misc]
        wall, processor = (median(one[at] for one in later_ones) for at in (0, 1))
        print(
            f"  {name:36} first {first[0] * 1000:7.0f} ms   later {wall * 1000:7.0f} ms ({processor * 1000:.0f} ms CPU)"
        )


def _beside(store: Store, terms: Selection, places: PlaceFigures) -> None:
    """The arithmetic alone, here and elsewhere."""
    from esda.getisord import G_Local
    from libpysal.graph import Graph
    from scipy.stats import binomtest

    matrix = touching(store, question_of(store, terms).facts, "lsoa", places.areas["area_code"])
    rates = np.log1p(places.harm / places.residents * 1000)
    counts = places.counts.astype("int64")
    elsewhere: dict[str, Callable[[], Any]] = {
        "Gi* with exact p-values": lambda: gi_star(rates, matrix),
        "Gi* in esda, normal curve": lambda: G_Local(
            rates, Graph.from_sparse(matrix), transform="B", star=True, permutations=0
        ),
        "Gi* in esda, 999 permutations": lambda: G_Local(
            rates, Graph.from_sparse(matrix), transform="B", star=True, permutations=999, seed=1, n_jobs=1
        ),
        "p-values of change": lambda: split_p_values(counts, counts[::-1]),
        "p-values of change in a loop": lambda: [
            binomtest(int(one), int(one + two), 0.5).pvalue if one + two else 1.0
            for one, two in zip(counts, counts[::-1], strict=True)
        ],
        "200 falls at random": lambda: at_random([counts.sum()], [1], len(counts), runs=200, seed=1),
        "10 falls at random in a loop": lambda: _falls(int(counts.sum()), len(counts)),
    }
    for name, run in elsewhere.items():
        wall, processor = _timed(run)
        print(f"  {name:36} {wall * 1000:13.0f} ms ({processor * 1000:.0f} ms CPU)")


def _falls(incidents: int, places: int) -> list[float]:
    random = np.random.default_rng(1)
    found = []
    for _ in range(10):
        held = [0] * places
        for at in random.integers(places, size=incidents).tolist():
            held[at] += 1
        found.append(gini(held))
    return found


def _timed(run: Callable[[], object]) -> tuple[float, float]:
    wall, processor = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - wall, time.process_time() - processor


if __name__ == "__main__":
    main()
