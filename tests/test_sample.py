"""The sample: its files say what `truth.toml` says, and the generator makes them again."""

import csv
import gzip
import hashlib
import io
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas
import pytest
import shapely

from sample_data import generate, simulate
from sample_data.extract import HEADER, as_csv, simulate_force, spell
from vrin_data.contract.codes import CODE_LISTS
from vrin_data.contract.offences import offences

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "sample_data"
LEICESTERSHIRE, NOTTINGHAMSHIRE = simulate.FORCES


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    return tomllib.loads((SAMPLE / "truth.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def extracts(truth: dict[str, Any]) -> dict[str, pandas.DataFrame]:
    """The committed extracts as text, by force code, with the month of recording as YYYY-MM."""
    frames = {}
    for file in truth["file"]:
        rows = pandas.read_csv(SAMPLE / file["name"], dtype=str, keep_default_na=False)
        rows["month"] = rows["recorded_date"].str[6:] + "-" + rows["recorded_date"].str[3:5]
        frames[file["force_code"]] = rows
    return frames


@pytest.fixture(scope="module")
def words() -> dict[tuple[str, str, str], str]:
    """A force's spelling by slug, column and meaning."""
    with (SAMPLE / "spellings.csv").open(encoding="utf-8", newline="") as file:
        return {
            (force.slug, row["column"], row["meaning"]): row[force.slug]
            for row in csv.DictReader(file)
            for force in simulate.FORCES
        }


def planted(truth: dict[str, Any], which: str, force: simulate.Force) -> dict[str, Any]:
    (table,) = (t for t in truth["planted"] if t["id"] == which and t["force_code"] == force.code)
    return table


def squares() -> geopandas.GeoDataFrame:
    """Four square neighbourhoods of a kilometre: two in Nottingham, two in Broxtowe."""
    cities = ["E06000018", "E06000018", "E07000172", "E07000172"]
    return geopandas.GeoDataFrame(
        {
            "area_code": ["S1", "S2", "S3", "S4"],
            "area_name": ["one", "two", "three", "four"],
            "district_code": cities,
            "force_code": "E23000019",
            "persons": [1_500, 1_600, 1_700, 1_800],
        },
        geometry=[
            shapely.box(east, 340_000, east + 1_000, 341_000) for east in range(450_000, 454_000, 1_000)
        ],
        crs="EPSG:27700",
    )


def test_the_generator_makes_the_committed_files_again(tmp_path: Path) -> None:
    generate.generate(tmp_path, geopandas.read_parquet(generate.NEIGHBOURHOODS))
    stale = "run: python -m sample_data.generate"
    for force in simulate.FORCES:
        name = generate.file_name(force)
        made, kept = (gzip.decompress((folder / name).read_bytes()) for folder in (tmp_path, SAMPLE))
        assert hashlib.sha256(made).hexdigest() == hashlib.sha256(kept).hexdigest(), stale
    assert (tmp_path / "truth.toml").read_text(encoding="utf-8") == (SAMPLE / "truth.toml").read_text(
        encoding="utf-8"
    ), stale


def test_equal_seeds_give_equal_bytes_and_another_seed_does_not() -> None:
    other = simulate.Force(**{**NOTTINGHAMSHIRE.__dict__, "seed": 7})
    first, again, different = (
        as_csv(spell(simulate_force(squares(), force), force))
        for force in (NOTTINGHAMSHIRE, NOTTINGHAMSHIRE, other)
    )
    assert first == again
    assert first != different


def test_files_are_small_and_as_truth_names_them(truth: dict[str, Any]) -> None:
    paths = sorted(SAMPLE.glob("*.csv.gz"))
    assert [path.name for path in paths] == sorted(file["name"] for file in truth["file"])
    assert sum(path.stat().st_size for path in paths) < 2_500_000
    for file in truth["file"]:
        content = gzip.decompress((SAMPLE / file["name"]).read_bytes())
        assert hashlib.sha256(content).hexdigest() == file["content_sha256"]
        rows = list(csv.reader(io.StringIO(content.decode("utf-8"))))
        assert tuple(rows[0]) == HEADER
        assert len(rows) - 1 == file["rows"]


def test_every_row_says_it_is_simulated_and_has_its_own_reference(
    extracts: dict[str, pandas.DataFrame],
) -> None:
    for force in simulate.FORCES:
        rows = extracts[force.code]
        assert set(rows["simulated"]) == {"SIMULATED"}
        assert set(rows["force"]) == {force.name}
        assert rows["crime_reference"].is_unique


@pytest.mark.parametrize("force", simulate.FORCES, ids=lambda force: force.slug)
def test_months_hold_the_rows_truth_says(
    force: simulate.Force,
    truth: dict[str, Any],
    extracts: dict[str, pandas.DataFrame],
    words: dict[tuple[str, str, str], str],
) -> None:
    rows = extracts[force.code]
    live = rows[rows["status"] == words[force.slug, "status", "live"]]
    knife = live[live["weapon"] == words[force.slug, "weapon", "sharp"]]
    tables = [table for table in truth["month"] if table["force_code"] == force.code]
    assert [table["month"] for table in tables] == simulate.months()
    for counted, frame in {"rows": rows, "live_rows": live, "knife_rows": knife}.items():
        found = Counter(frame["month"])
        assert {t["month"]: t[counted] for t in tables} == {m: found[m] for m in simulate.months()}
    for table in tables:
        assert table["rows"] == table["live_rows"] + table["cancelled_rows"]
        assert table["live_rows"] == sum(table["groups"].values()) + table["unmapped_rows"]
        assert table["knife_enabled_low"] <= min(table["knife_rows"], table["knife_enabled_high"])


@pytest.mark.parametrize("force", simulate.FORCES, ids=lambda force: force.slug)
def test_groups_by_code_are_those_of_truth(
    force: simulate.Force, truth: dict[str, Any], extracts: dict[str, pandas.DataFrame]
) -> None:
    """Groups of one code are counted together: a code without classification cannot tell them apart."""
    code_of = simulate.offence_mix().set_index("offence_group")["ho_code"]
    expected: Counter[str] = Counter()
    for table in truth["month"]:
        if table["force_code"] == force.code:
            for group, count in table["groups"].items():
                expected[code_of[group]] += count
    rows = extracts[force.code]
    live = rows[~rows["status"].str.lower().eq("cancelled") & rows["ho_code"].isin(set(code_of))]
    assert Counter(live["ho_code"]) == expected


def test_missing_month_and_half_month(extracts: dict[str, pandas.DataFrame]) -> None:
    nottinghamshire, leicestershire = (extracts[f.code] for f in (NOTTINGHAMSHIRE, LEICESTERSHIRE))
    assert set(simulate.months()) - set(nottinghamshire["month"]) == {"2025-11"}
    assert set(simulate.months()) == set(leicestershire["month"])
    half = leicestershire[leicestershire["month"] == "2024-08"]
    assert sorted(half["recorded_date"].str[:2].astype(int).unique()) == list(range(1, 15))


def test_the_classification_stops_where_truth_says(
    truth: dict[str, Any], extracts: dict[str, pandas.DataFrame]
) -> None:
    rows = extracts[LEICESTERSHIRE.code]
    drift = planted(truth, "code_drift", LEICESTERSHIRE)
    blank = rows["ho_classification"] == ""
    assert drift["from_month"] == rows.loc[blank, "month"].min() == "2025-10"
    assert int(blank.sum()) == drift["rows"] == int((rows["month"] >= "2025-10").sum())
    assert set(extracts[NOTTINGHAMSHIRE.code]["ho_classification"]) == {""}


def test_unknown_codes_cancelled_and_equal_rows(
    truth: dict[str, Any], extracts: dict[str, pandas.DataFrame]
) -> None:
    for force, column, count in ((LEICESTERSHIRE, "ho_classification", 5), (NOTTINGHAMSHIRE, "ho_code", 2)):
        rows = extracts[force.code]
        unknown = planted(truth, "unknown_code", force)
        assert int((rows[column] == unknown["code"]).sum()) == unknown["rows"] == count
        assert offences().parse(unknown["code"]).mapping_status == "unmapped"
        assert int(rows["status"].str.lower().eq("cancelled").sum()) == 3
    equal = {
        force.code: int(extracts[force.code].duplicated(subset=list(HEADER[1:])).sum())
        for force in simulate.FORCES
    }
    assert equal == {"E23000021": 2, "E23000019": 1}


def test_known_codes_of_the_mix_map_exactly() -> None:
    mix = simulate.offence_mix()
    found = [
        offences().parse(code, classification).mapping_status
        for code, classification in zip(mix["ho_code"], mix["ho_classification"], strict=True)
    ]
    assert found == ["exact"] * len(mix)


def test_spellings_are_words_the_feed_knows(words: dict[tuple[str, str, str], str]) -> None:
    feed = tomllib.loads(
        (ROOT / "vrin_data/reference/feeds/police-offences.toml").read_text(encoding="utf-8")
    )
    known = {column["name"]: column for column in feed["columns"]}
    unread = []
    for (_, column, meaning), word in words.items():
        spelt = word.lower().replace("/", " ")
        if meaning == "not_recorded":
            readable = spelt == "" or spelt in feed["null_marks"]
        else:
            readable = spelt in known[column]["map"].get(meaning, []) or spelt == meaning
        if not readable:
            unread.append((column, meaning, word))
        assert meaning in CODE_LISTS["sex" if column == "victim_sex" else column]
    assert unread == []


def test_points_fall_in_the_district_truth_counts_them_in(
    truth: dict[str, Any], extracts: dict[str, pandas.DataFrame]
) -> None:
    frame = geopandas.read_parquet(generate.NEIGHBOURHOODS)
    for force in simulate.FORCES:
        own = simulate.of_force(frame, force)
        rows = extracts[force.code]
        live = rows[~rows["status"].str.lower().eq("cancelled") & (rows["easting"] != "")]
        points = shapely.points(live["easting"].astype(int), live["northing"].astype(int))
        point, place = shapely.STRtree(own.geometry.to_numpy()).query(points, predicate="within")
        assert np.array_equal(np.sort(point), np.arange(len(live)))
        found = Counter(own["district_code"].to_numpy()[place])
        tables = [t for t in truth["district"] if t["force_code"] == force.code]
        assert found == {t["district_code"]: t["live_rows"] for t in tables}


def test_about_one_row_in_a_hundred_has_no_place(extracts: dict[str, pandas.DataFrame]) -> None:
    for rows in extracts.values():
        assert (rows["easting"] == "").equals(rows["northing"] == "")
        assert 0.008 < (rows["easting"] == "").mean() < 0.012


def test_nothing_is_recorded_before_it_happened(extracts: dict[str, pandas.DataFrame]) -> None:
    for rows in extracts.values():
        began, ended = (
            pandas.to_datetime(rows[c], format="%d/%m/%Y %H:%M") for c in ("occurred_from", "occurred_to")
        )
        recorded = pandas.to_datetime(rows["recorded_date"], format="%d/%m/%Y")
        latest = recorded + pandas.Timedelta(days=1)
        assert ((began < latest) & ~(ended >= latest) & ~(ended <= began)).all()


def test_month_factors_are_the_season_and_the_share_of_the_month_sent() -> None:
    mix = simulate.offence_mix()
    murder, shoplifting = (mix.index[mix["offence_group"] == g][0] for g in ("murder", "shoplifting"))
    at = {month: position for position, month in enumerate(simulate.months())}
    east = simulate.month_factors(mix, LEICESTERSHIRE)
    west = simulate.month_factors(mix, NOTTINGHAMSHIRE)
    assert east[murder, at["2024-07"]] == pytest.approx(1.15)
    assert east[murder, at["2024-01"]] == pytest.approx(0.85)
    assert east[shoplifting, at["2024-07"]] == 1.0
    assert east[shoplifting, at["2024-08"]] == pytest.approx(14 / 31)
    assert west[shoplifting, at["2024-08"]] == 1.0
    assert set(west[:, at["2025-11"]]) == {0.0}


def test_step_and_spot_change_what_they_are_meant_to_and_nothing_else() -> None:
    """Share a quarter everywhere: the only differences left are the planted ones."""
    share = np.full(4, 0.25)
    mix = simulate.offence_mix().set_index("offence_group")
    row = {group: position for position, group in enumerate(mix.index)}
    before, after = (simulate.months().index(month) for month in ("2025-03", "2025-04"))
    stepped = simulate.expected_counts(squares(), NOTTINGHAMSHIRE, share)
    assert stepped[row["abh"], after, 0] == pytest.approx(1.3 * stepped[row["abh"], after, 2])
    assert stepped[row["abh"], before, 0] == pytest.approx(stepped[row["abh"], before, 2])
    assert stepped[row["shoplifting"], after, 0] == pytest.approx(stepped[row["shoplifting"], before, 0])
    moved = squares().assign(force_code="E23000021", district_code="E06000016")
    spotted = simulate.expected_counts(moved, LEICESTERSHIRE, share)
    spot = simulate.spot_index(moved, LEICESTERSHIRE)
    assert spot == 3
    assert spotted[row["gbh"], 0] == pytest.approx(spotted[row["gbh"], 0, 0] * np.array([1, 1, 1, 8]))
    assert spotted[row["abh"], 0] == pytest.approx(np.full(4, spotted[row["abh"], 0, 0]))


def test_the_planted_step_spot_and_season_can_be_seen_in_the_counts(truth: dict[str, Any]) -> None:
    step, spot = planted(truth, "step", NOTTINGHAMSHIRE), planted(truth, "harm_spot", LEICESTERSHIRE)
    for side in ("before", "after"):
        assert abs(step[f"rows_{side}"] - step[f"expected_{side}"]) < 3 * step[f"expected_{side}"] ** 0.5
    assert abs(spot["rows"] - spot["expected"]) < 3 * spot["expected"] ** 0.5
    assert spot["rows"] > 1.5 * spot["rows_of_next_neighbourhood"]
    assert season_amplitude(truth) == pytest.approx(simulate.SEASON_AMPLITUDE, abs=0.03)


def season_amplitude(truth: dict[str, Any]) -> float:
    """Amplitude estimated from Leicestershire's counts, its half month left out."""
    groups = planted(truth, "seasonality", LEICESTERSHIRE)["groups"]
    whole = [t for t in truth["month"] if t["force_code"] == "E23000021" and t["month"] != "2024-08"]
    counts = np.array([sum(t["groups"].get(group, 0) for group in groups) for t in whole])
    wave = np.cos(2 * np.pi * (np.array([int(t["month"][5:]) for t in whole]) - 7) / 12)
    slope, level = np.polyfit(wave, counts, 1)
    return float(slope / level)


def test_points_of_a_sliver_stay_inside_it() -> None:
    """A strip narrower than twice the edge has no inner part; its own outline serves."""
    outlines = [
        shapely.box(450_000, 340_000, 450_010, 341_000),
        shapely.box(460_000, 340_000, 461_000, 341_000),
    ]
    places = geopandas.GeoDataFrame(geometry=outlines, crs="EPSG:27700")
    place = np.array([0, 1, 0, 1, 1])
    points = simulate.draw_points(places, place, np.random.default_rng(1))
    assert points.dtype == np.int64
    assert [outlines[p].contains(shapely.Point(*xy)) for p, xy in zip(place, points, strict=True)] == [
        True
    ] * 5
    assert outlines[1].buffer(-simulate.EDGE_M).contains(shapely.MultiPoint(points[place == 1]))


def test_a_force_without_neighbourhoods_is_refused() -> None:
    with pytest.raises(SystemExit, match="Leicestershire Police"):
        simulate.of_force(squares(), LEICESTERSHIRE)
