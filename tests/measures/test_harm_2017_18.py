"""The real table of 2017/18: low and high totals against a computation that shares nothing with VRIN's tables.

Each offence code weighs its lowest and its highest row of the published index; codes that were rolled up
or split are written out here by hand.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from vrin_data.contract.offences import offences
from vrin_data.contract.weights import edition
from vrin_data.intake import Batch, ingest_batches
from vrin_data.intake.terms import Acceptance
from vrin_data.measures import Selection, harm
from vrin_data.protect import Presented, Viewer, present
from vrin_data.store import Store

pytestmark = pytest.mark.real

NOT_TERRITORIAL = {
    "Action Fraud",
    "British Transport Police",
    "CIFAS",
    "Financial Fraud Action UK",
    "UK Finance",
}
ROLLED_UP = {
    "1/4.1/4.10/4.2": ("1", "4.1", "4.2", "4.10"),
    "28A": ("28E",),
    "28B": ("28F",),
    "28C": ("28G",),
    "28D": ("28H",),
    "29": ("29A",),
    "30A": ("30C",),
    "30B": ("30D",),
    "31": ("31A",),
}
"""Codes of the table that the index has no row for, with the codes they were made of."""
WITHOUT_WEIGHT = {"60": 370, "88D": 33, "4.6": 31, "15": 12, "90": 8, "72": 2}
INCIDENTS, LOW, HIGH = 4_821_452, 231_845_095.5, 1_409_895_579.0
"""harm_weights: 4,821,452 offences; 232m days by the lowest row of each code, 1,410m by the highest."""

Counts = list[tuple[str, str, str, int]]
"""Force, quarter, code and incidents, one for each of the first three."""
Ends = dict[str, tuple[float, float]]


@pytest.fixture(scope="module")
def everything(real_data: Path) -> Counts:
    """The whole table, fraud bodies and transport police included."""
    found: Counter[tuple[str, str, str]] = Counter()
    with (real_data / "home_office" / "prc-pfa-2017-18.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            force = row["Force Name"].replace(" and Cornwall", " & Cornwall")
            found[force, row["Financial Quarter"], row["Offence Code"]] += int(row["Number of Offences"])
    return [(*key, count) for key, count in found.items()]


@pytest.fixture(scope="module")
def table(everything: Counts) -> Counts:
    """The table of the 43 territorial forces."""
    return [one for one in everything if one[0] not in NOT_TERRITORIAL]


@pytest.fixture(scope="module")
def ends(real_data: Path) -> Ends:
    """Lowest and highest row of each code, from the published figures."""
    days: dict[str, list[float]] = defaultdict(list)
    with (real_data / "harm" / "cchi_2020.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            days[row["ho_code"]].append(float(row["days"]))
    for code, parts in ROLLED_UP.items():
        days[code] = [each for part in parts for each in days.get(part, [])]
    return {code: (min(each), max(each)) for code, each in days.items() if each}


def of_force(table: Counts) -> dict[str, Counts]:
    """The counts by force."""
    found: dict[str, Counts] = defaultdict(list)
    for one in table:
        found[one[0]].append(one)
    return found


def net(counts: Counts, ends: Ends) -> tuple[float, float]:
    """Lowest and highest row of each code, times its incidents of the year."""
    weighed = [(ends[code], count) for _, _, code, count in counts if code in ends]
    return sum(low * count for (low, _), count in weighed), sum(high * count for (_, high), count in weighed)


def bounds(counts: Counts, ends: Ends) -> tuple[float, float]:
    """The same, where a correction takes back what may have been the highest row, or the lowest."""
    each = [
        (low * count, high * count)
        for _, _, code, count in counts
        if code in ends
        for low, high in [ends[code]]
    ]
    return sum(map(min, each)), sum(map(max, each))


def without_weight(counts: Counts, ends: Ends) -> Counter[str]:
    """Incidents by code that the index has no row for."""
    found: Counter[str] = Counter()
    for _, _, code, count in counts:
        if code not in ends and count:
            found[code] += count
    return found


def test_the_weights_of_the_edition_give_the_totals_computed_by_hand(table: Counts, ends: Ends) -> None:
    assert sum(count for *_, count in table) == INCIDENTS
    assert net(table, ends) == (LOW, HIGH)
    assert without_weight(table, ends) == WITHOUT_WEIGHT
    resolved = edition("cchi-2020").resolved().set_index("offence_key")
    counts: Counter[str] = Counter()
    without: Counter[str] = Counter()
    for _, _, code, count in table:
        key = offences().parse(code).key
        counts[key] += count
        if count and resolved.at[key, "basis"] == "none":
            without[code] += count
    counted = pd.Series(counts)
    assert (resolved["days_low"].mul(counted).sum(), resolved["days_high"].mul(counted).sum()) == (LOW, HIGH)
    assert without == WITHOUT_WEIGHT


def test_the_weights_give_each_force_what_was_computed_by_hand(table: Counts, ends: Ends) -> None:
    weight = edition("cchi-2020").weight
    weights = {code: weight(offences().parse(code).key) for _, _, code, _ in table}
    read = {
        code: (one.days_low, one.days_high)
        for code, one in weights.items()
        if one.days_low is not None and one.days_high is not None
    }
    forces = of_force(table)
    assert len(forces) == 43
    found = {force: net(counts, read) for force, counts in forces.items()}
    assert found == {force: net(counts, ends) for force, counts in forces.items()}


@pytest.fixture(scope="module")
def presented(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Presented]:
    """Harm of all recorded crime by force, from the real file taken in."""
    store = Store.open(tmp_path_factory.mktemp("prc") / "store")
    batch = Batch(
        "home-office-prc",
        (real_data / "home_office" / "prc-pfa-2017-18.csv",),
        without_agreement=Acceptance("A. Analyst", "a test"),
    )
    assert not ingest_batches(store, [batch], received_at=datetime(2019, 2, 10)).is_refused
    selection = Selection(
        definition="all-recorded-crime",
        level="force",
        by=("area",),
        from_month=date(2017, 4, 1),
        to_month=date(2018, 3, 1),
        feed="home-office-prc",
    )
    yield present(harm(store, selection), Viewer.analyst())
    store.close()


def test_the_measure_gives_each_force_the_range_computed_by_hand(
    presented: Presented, table: Counts, ends: Ends
) -> None:
    frame = presented.frame[presented.frame["is_placed"]]
    columns = ["incident_count_low", "harm_days_low", "harm_days_high", "unweighted_count"]
    found = {
        name: tuple(float(each) for each in row)
        for name, *row in frame[["area_name", *columns]].itertuples(index=False)
    }
    assert found == {
        force: (
            sum(count for *_, count in counts),
            *bounds(counts, ends),
            without_weight(counts, ends).total(),
        )
        for force, counts in of_force(table).items()
    }
    assert (frame["harm_days_low"] < frame["harm_days"]).all()
    assert (frame["harm_days"] < frame["harm_days_high"]).all()


def test_the_total_of_the_measure_is_the_range_computed_by_hand(presented: Presented) -> None:
    frame = presented.frame[presented.frame["is_placed"]]
    low, high = frame["harm_days_low"].sum(), frame["harm_days_high"].sum()
    # Corrections take crimes back, and nobody says which: the range is wider by what these may have weighed.
    assert (LOW - low, high - HIGH) == (12_947.5, 12_947.5)
    assert (round(low / 1e6), round(high / 1e6)) == (232, 1410)


def test_codes_without_a_weight_are_listed_with_their_counts(
    presented: Presented, everything: Counts, ends: Ends
) -> None:
    (note,) = [one for one in presented.stamp.notes if "does not weigh" in one]
    # The fraud bodies' crimes stand beside those of the forces, and have no weight either.
    without = without_weight(everything, ends)
    assert note.startswith(f"{without.total():,} incidents are of offences that this edition does not weigh")
    listed = [f"{code} " for code, _ in without.most_common(8)]
    places = [note.find(one) for one in listed]
    assert -1 not in places
    assert [f"({count:,})" in note for _, count in without.most_common(8)] == [True] * 8
