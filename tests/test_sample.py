"""The sample: its files say what `truth.toml` says, and the generator makes them again."""

import csv
import hashlib
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas
import pytest
import shapely
from python_calamine import CalamineWorkbook

from sample_data import generate, simulate
from sample_data.extract import HEADER, as_text, file_name, headings_of, simulate_force, spell
from sample_data.files import as_csv, unpacked
from sample_data.forces import (
    DERBYSHIRE,
    FORCES,
    LEICESTERSHIRE,
    LINCOLNSHIRE,
    NOTTINGHAMSHIRE,
    USUAL_DAY,
    Delivery,
    Force,
)
from sample_data.restate import first_told
from vrin_data.contract.codes import CODE_LISTS
from vrin_data.contract.feeds import feed, fold
from vrin_data.contract.offences import offences

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "sample_data"
MOST_BYTES = 6_000_000


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    return tomllib.loads((SAMPLE / "truth.toml").read_text(encoding="utf-8"))


def as_handed_in(path: Path, delivery: Delivery) -> pandas.DataFrame:
    """A police file as text under the usual headings, days in the usual form, with its month as YYYY-MM."""
    if delivery.form == "xlsx":
        rows = from_workbook(path)
    else:
        rows = pandas.read_csv(path, dtype=str, keep_default_na=False, encoding=delivery.encoding)
    usual = {heading: name for name, heading in headings_of(delivery).items()}
    assert set(rows.columns) == set(usual)
    rows = rows.rename(columns=usual)
    for column, time in (("occurred_from", " %H:%M"), ("occurred_to", " %H:%M"), ("recorded_date", "")):
        # A workbook's midnight has no time of day.
        text = rows[column].mask(
            rows[column].str.fullmatch(r"\d\d/\d\d/\d{4}") & bool(time), rows[column] + " 00:00"
        )
        read = pandas.to_datetime(text.mask(text == ""), format=delivery.day_form + time)
        rows[column] = read.dt.strftime(USUAL_DAY + time).fillna("")
    return rows.assign(month=read.dt.strftime("%Y-%m"))


def from_workbook(path: Path) -> pandas.DataFrame:
    """A workbook's one sheet with every cell as the CSV of the same force would have it."""
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    rows = pandas.DataFrame(sheet[1:], columns=sheet[0], dtype=object)
    return rows.map(as_cell)


def as_cell(value: Any) -> str:
    if isinstance(value, float):
        return str(int(value))
    if hasattr(value, "hour"):
        return f"{value:{USUAL_DAY} %H:%M}"
    return f"{value:{USUAL_DAY}}" if hasattr(value, "year") else str(value)


@pytest.fixture(scope="module")
def extracts() -> dict[str, pandas.DataFrame]:
    """The first versions of the committed extracts, by force code."""
    return {
        force.code: pandas.concat(
            [as_handed_in(SAMPLE / file_name(force, one), one) for one in force.deliveries], ignore_index=True
        )
        for force in FORCES
    }


@pytest.fixture(scope="module")
def current(extracts: dict[str, pandas.DataFrame]) -> dict[str, pandas.DataFrame]:
    """The committed extracts by force code, the restated months as they were handed in last."""
    found = dict(extracts)
    restatement = DERBYSHIRE.restatement
    assert restatement
    name = "extracts/derbyshire-offences-2025-06-to-2025-08-restated-simulated.csv.gz"
    restated = as_handed_in(SAMPLE / name, DERBYSHIRE.deliveries[0])
    assert set(restated["month"]) == set(restatement.months)
    others = found[DERBYSHIRE.code]
    others = others[~others["month"].isin(restatement.months)]
    return found | {DERBYSHIRE.code: pandas.concat([others, restated], ignore_index=True)}


@pytest.fixture(scope="module")
def words() -> dict[tuple[str, str, str], str]:
    """A force's spelling by slug, column and meaning."""
    with (SAMPLE / "spellings.csv").open(encoding="utf-8", newline="") as file:
        return {
            (force.slug, row["column"], row["meaning"]): row[force.slug]
            for row in csv.DictReader(file)
            for force in FORCES
        }


def planted(truth: dict[str, Any], which: str, force: Force) -> dict[str, Any]:
    (table,) = (t for t in truth["planted"] if t["id"] == which and t["force_code"] == force.code)
    return table


def is_cancelled(rows: pandas.DataFrame) -> pandas.Series:
    return rows["status"].str.lower().isin(["cancelled", "no crime"])


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
    made = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    extracts = sorted(path.relative_to(SAMPLE).as_posix() for path in (SAMPLE / "extracts").iterdir())
    assert made == sorted([*extracts, "order.toml", "received.csv", "truth.toml"]), stale
    for name in made:
        assert unpacked((tmp_path / name).read_bytes()) == unpacked((SAMPLE / name).read_bytes()), (
            name,
            stale,
        )


def test_equal_seeds_give_equal_bytes_and_another_seed_does_not() -> None:
    other = Force(**{**NOTTINGHAMSHIRE.__dict__, "seed": 7})
    first, again, different = (
        as_csv(as_text(spell(simulate_force(squares(), force), force), force.deliveries[0]))
        for force in (NOTTINGHAMSHIRE, NOTTINGHAMSHIRE, other)
    )
    assert first == again
    assert first != different


def test_files_are_small_and_as_truth_names_them(truth: dict[str, Any]) -> None:
    paths = sorted((SAMPLE / "extracts").iterdir())
    assert [f"extracts/{path.name}" for path in paths] == sorted(file["name"] for file in truth["file"])
    assert sum(path.stat().st_size for path in paths) < MOST_BYTES
    for file in truth["file"]:
        content = unpacked((SAMPLE / file["name"]).read_bytes())
        assert hashlib.sha256(content).hexdigest() == file["content_sha256"]


def test_police_files_hold_the_rows_truth_says(truth: dict[str, Any]) -> None:
    counted = {file["name"]: file["rows"] for file in truth["file"]}
    for force in FORCES:
        for delivery in force.deliveries:
            name = file_name(force, delivery)
            rows = as_handed_in(SAMPLE / name, delivery)
            assert tuple(rows.columns) == (*HEADER, "month")
            assert len(rows) == counted[name]
            assert set(rows["month"]) <= {*simulate.months()}
            assert rows["month"].min() >= delivery.from_month
            assert rows["month"].max() <= delivery.to_month


def test_the_older_extracts_keep_their_content(truth: dict[str, Any]) -> None:
    """Figures of these two have been shown and written down; a change to the others must not move them."""
    found = {file["supplier_ids"][0]: file["content_sha256"] for file in truth["file"]}
    assert (
        found["leicestershire-police"] == "296dfc1d601332f5ed3a2047a1ab79a8cbe9896ce284cf6df11b8882c2418ae6"
    )
    assert (
        found["nottinghamshire-police"] == "ea68a60f55123efa6b5b08666289d31ca1cd3dd877d1f857bf5bff140035a4bd"
    )


def test_every_row_says_it_is_simulated_and_has_its_own_reference(
    extracts: dict[str, pandas.DataFrame], current: dict[str, pandas.DataFrame]
) -> None:
    for force in FORCES:
        for rows in (extracts[force.code], current[force.code]):
            assert set(rows["simulated"]) == {"SIMULATED"}
            assert set(rows["force"]) == {force.name}
            assert rows["crime_reference"].is_unique


@pytest.mark.parametrize("force", FORCES, ids=lambda force: force.slug)
def test_months_hold_the_rows_truth_says(
    force: Force,
    truth: dict[str, Any],
    current: dict[str, pandas.DataFrame],
    words: dict[tuple[str, str, str], str],
) -> None:
    rows = current[force.code]
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


@pytest.mark.parametrize("force", FORCES, ids=lambda force: force.slug)
def test_groups_by_code_are_those_of_truth(
    force: Force, truth: dict[str, Any], current: dict[str, pandas.DataFrame]
) -> None:
    """Groups of one code are counted together: a code without classification cannot tell them apart."""
    code_of = simulate.offence_mix().set_index("offence_group")["ho_code"]
    expected: Counter[str] = Counter()
    for table in truth["month"]:
        if table["force_code"] == force.code:
            for group, count in table["groups"].items():
                expected[code_of[group]] += count
    rows = current[force.code]
    live = rows[~is_cancelled(rows) & rows["ho_code"].isin(set(code_of))]
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
        assert int(is_cancelled(rows).sum()) == 3
    equal = {
        force.code: int(extracts[force.code].duplicated(subset=list(HEADER[1:])).sum()) for force in FORCES
    }
    assert {code: pairs for code, pairs in equal.items() if pairs} == {"E23000021": 2, "E23000019": 1}


def test_known_codes_of_the_mix_map_exactly() -> None:
    mix = simulate.offence_mix()
    found = [
        offences().parse(code, classification).mapping_status
        for code, classification in zip(mix["ho_code"], mix["ho_classification"], strict=True)
    ]
    assert found == ["exact"] * len(mix)


def test_spellings_are_words_the_feed_knows(words: dict[tuple[str, str, str], str]) -> None:
    police = feed("police-offences")
    blanks = {"", *map(fold, police.null_marks)}
    unread = []
    for (slug, name, meaning), word in words.items():
        column = police.column(name)
        assert column is not None
        known = {**dict.fromkeys(blanks, "not_recorded"), **column.raw_to_code()}
        # A null mark is looked for first, so a word that is one never reaches the code map.
        read = "not_recorded" if fold(word) in blanks else known.get(fold(word))
        if read != meaning:
            unread.append((slug, name, meaning, word))
        assert meaning in CODE_LISTS[column.codes]
    assert unread == []


def test_headings_are_known_to_the_feed_and_differ_where_truth_says(truth: dict[str, Any]) -> None:
    known = feed("police-offences").headings()
    usual = headings_of(LEICESTERSHIRE.deliveries[0])
    for force in FORCES:
        for delivery in force.deliveries:
            own = headings_of(delivery)
            assert {name: known.get(fold(heading)) for name, heading in own.items()} == {
                name: known[fold(heading)] for name, heading in usual.items()
            }
    change = planted(truth, "headings_changed", LINCOLNSHIRE)
    before, after = (set(map(fold, change[f"headings_{when}"])) for when in ("before", "after"))
    assert len(before - after) >= 15
    assert change["from_month"] == LINCOLNSHIRE.deliveries[1].from_month == "2025-01"


def test_the_resend_changes_what_truth_says_and_nothing_else(
    truth: dict[str, Any], extracts: dict[str, pandas.DataFrame], current: dict[str, pandas.DataFrame]
) -> None:
    resend = planted(truth, "resend", DERBYSHIRE)
    first, later = (
        frames[DERBYSHIRE.code].set_index("crime_reference").sort_index() for frames in (extracts, current)
    )
    for at, month in enumerate(resend["months"]):
        old, new = (rows[rows["month"] == month] for rows in (first, later))
        both = old.index.intersection(new.index)
        changed = both[(old.loc[both] != new.loc[both]).any(axis=1)]
        assert (len(old), len(new)) == (resend["rows_before"][at], resend["rows_after"][at])
        assert len(new.index.difference(old.index)) == resend["added"][at] > 0
        assert len(old.index.difference(new.index)) == resend["vanished"][at] > 0
        assert len(changed) == resend["changed"][at] > 0
        assert set(old.loc[changed, "ho_classification"]) == {"105/01"}
        assert set(new.loc[changed, "ho_classification"]) == {"008/06"}
    rest = [rows[~rows["month"].isin(resend["months"])] for rows in (first, later)]
    assert rest[0].equals(rest[1])


def test_a_first_version_keeps_the_order_of_the_file() -> None:
    events = simulate_force(squares(), NOTTINGHAMSHIRE)
    restatement = DERBYSHIRE.restatement
    assert restatement
    told = first_told(events, restatement, np.random.default_rng(3))
    assert told["recorded_date"].is_monotonic_increasing
    assert told["number"].is_unique
    assert len(told) - len(events) == sum(restatement.vanished) - sum(restatement.added)


def test_points_fall_in_the_district_truth_counts_them_in(
    truth: dict[str, Any], current: dict[str, pandas.DataFrame]
) -> None:
    frame = geopandas.read_parquet(generate.NEIGHBOURHOODS)
    for force in FORCES:
        own = simulate.of_force(frame, force)
        rows = current[force.code]
        live = rows[~is_cancelled(rows) & (rows["easting"] != "")]
        points = shapely.points(live["easting"].astype(int), live["northing"].astype(int))
        point, place = shapely.STRtree(own.geometry.to_numpy()).query(points, predicate="within")
        assert np.array_equal(np.sort(point), np.arange(len(live)))
        found = Counter(own["district_code"].to_numpy()[place])
        tables = [t for t in truth["district"] if t["force_code"] == force.code]
        assert found == {t["district_code"]: t["live_rows"] for t in tables}


def test_about_one_row_in_a_hundred_has_no_place(extracts: dict[str, pandas.DataFrame]) -> None:
    for rows in extracts.values():
        assert (rows["easting"] == "").equals(rows["northing"] == "")
        assert 0.006 < (rows["easting"] == "").mean() < 0.014


def test_nothing_is_recorded_before_it_happened(extracts: dict[str, pandas.DataFrame]) -> None:
    for rows in extracts.values():
        began, ended, recorded = (
            pandas.to_datetime(rows[column].mask(rows[column] == ""), format=form)
            for column, form in (
                ("occurred_from", f"{USUAL_DAY} %H:%M"),
                ("occurred_to", f"{USUAL_DAY} %H:%M"),
                ("recorded_date", USUAL_DAY),
            )
        )
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
