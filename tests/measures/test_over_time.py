"""Season, same month, outlook and changes of level as answers: whole tables, months left out, and the planted truth."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.measures.builds import LEICESTER, LEICS_POLICE, NOTTINGHAM, NOTTS_POLICE, Build
from vrin_data import measures, protect
from vrin_data.contract.breaks import Concern
from vrin_data.contract.periods import later
from vrin_data.measures import Answer, Selection, TrendRequest
from vrin_data.records import SeriesKey, rebase, record_break
from vrin_data.store import Store

FIRST, LENGTH = date(2022, 1, 1), 40
LAST = later(FIRST, LENGTH - 1)
PARTIAL, MISSING = 16, 30
STEP = 24


def counts() -> np.ndarray:
    season = 12 * np.sin(np.arange(LENGTH) * 2 * np.pi / 12)
    noise = np.random.default_rng(11).normal(0, 2, LENGTH)
    return np.rint(50 + season + noise + 25 * (np.arange(LENGTH) >= STEP)).astype(int)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Leicestershire for 40 months with a step, one month in part and one not at all; Nottinghamshire for ten."""
    build = Build()
    for at, count in enumerate(counts()):
        month = later(FIRST, at)
        if at != MISSING:
            build.sent(LEICS_POLICE, month, is_partial=at == PARTIAL)
            build.incidents(month, "L1", int(count) // (2 if at == PARTIAL else 1))
    for at in range(LENGTH - 10, LENGTH):
        build.sent(NOTTS_POLICE, later(FIRST, at))
        build.incidents(later(FIRST, at), "L3", 7)
    with closing(build.publish(tmp_path_factory.mktemp("time") / "store")) as store:
        return store.path


@pytest.fixture
def store(tmp_path: Path, built: Path) -> Iterator[Store]:
    with closing(Store.open(shutil.copytree(built, tmp_path / "store"))) as store:
        yield store


def asked(**terms: Any) -> TrendRequest:
    said = {"by": ("area", "month"), "from_month": FIRST, "to_month": LAST}
    return TrendRequest(Selection("violence-with-injury", **(said | terms)))


def shown(
    measure: Callable[[Store, TrendRequest], Answer], store: Store, request: TrendRequest
) -> pd.DataFrame:
    return protect.present(measure(store, request), protect.Viewer.analyst()).frame


def of(frame: pd.DataFrame, code: str) -> pd.DataFrame:
    return frame[frame["area_code"] == code].reset_index(drop=True)


def test_the_parts_of_whole_months_add_up_and_others_have_no_remainder(store: Store) -> None:
    rows = of(shown(measures.season, store, asked()), LEICESTER)
    left_out = rows["state"].isin(["partial", "missing"])
    assert [*np.flatnonzero(left_out)] == [PARTIAL, MISSING]
    assert [*np.flatnonzero(~rows["is_used"])] == [PARTIAL, MISSING]
    whole = rows[~left_out]
    summed = whole["trend"] + whole["seasonal"] + whole["remainder"]
    assert summed.to_numpy() == pytest.approx(counts()[~left_out].astype(float))
    assert rows.loc[left_out, ["remainder", "adjusted"]].isna().all(axis=None)
    assert rows["seasonal"].notna().all()


def test_what_is_told_of_a_season_and_why_none_is(store: Store) -> None:
    found = shown(measures.season_summary, store, asked()).set_index("area_code")
    line = found.loc[LEICESTER]
    assert (line["is_offered"], line["reason"], line["points"], line["filled_count"]) == (True, "", 38, 2)
    # The sine is highest in the fourth month and lowest in the tenth.
    assert line["peak_month"] in (3, 4, 5)
    assert line["trough_month"] in (9, 10, 11)
    assert line["strength"] > 0.6
    short = found.loc[NOTTINGHAM]
    assert (short["is_offered"], short["reason"], short["points"]) == (False, "short", 10)
    assert short[["strength", "peak_month", "peak", "trough_month", "trough"]].isna().all()


def test_the_same_month_of_three_years_stands_side_by_side(store: Store) -> None:
    rows = of(shown(measures.same_month, store, asked()), LEICESTER)
    assert len(rows) == 36
    april = rows[rows["calendar_month"] == 4].set_index("years_ago")
    assert [f"{april.loc[ago, 'month']:%Y-%m}" for ago in (0, 1, 2)] == ["2025-04", "2024-04", "2023-04"]
    assert set(april["position"]) == {12}
    assert [*april["year_ending"]] == [date(2023, 4, 1), date(2024, 4, 1), date(2025, 4, 1)]
    gone = rows[rows["state"] == "missing"]
    assert gone["value"].isna().all()
    assert len(of(shown(measures.same_month, store, asked()), NOTTINGHAM)) == 10


def test_an_outlook_follows_the_last_month_and_its_bands_lie_within_each_other(store: Store) -> None:
    summary = shown(measures.outlook_summary, store, asked()).set_index("area_code")
    line = summary.loc[LEICESTER]
    assert (line["reason"], line["points"], line["is_offered"]) == ("", 38, True)
    assert line["error_own"] < line["error_naive"]
    assert (summary.loc[NOTTINGHAM, "reason"], summary.loc[NOTTINGHAM, "is_offered"]) == ("short", False)
    assert pd.isna(summary.loc[NOTTINGHAM, "origins"])
    rows = shown(measures.outlook, store, asked())
    to_come = of(rows[rows["kind"] == "outlook"], LEICESTER)
    assert [*to_come["month"]] == [pd.Timestamp(later(LAST, ahead)) for ahead in range(1, 13)]
    bands = to_come[["lower95", "lower80", "value", "upper80", "upper95"]].to_numpy(dtype=float)
    assert (np.diff(bands, axis=1) >= 0).all()
    assert (bands >= 0).all()
    assert set(rows[rows["area_code"] == NOTTINGHAM]["kind"]) == {"observed"}


def test_a_step_is_asked_about_with_the_break_beside_it_and_moves_no_limit(store: Store) -> None:
    def question() -> dict[str, Any]:
        (row,) = shown(measures.change_points, store, asked()).to_dict("records")
        return row

    found = question()
    assert (found["area_code"], f"{found['month']:%Y-%m}") == (LEICESTER, "2024-01")
    assert (found["is_season_out"], found["is_rebased"], found["breaks_near"]) == (True, False, "")
    assert found["level_after"] - found["level_before"] == pytest.approx(25, abs=4)
    said = {"reason": "They said so", "recorded_by": "Analyst", "recorded_at": datetime(2026, 11, 1)}
    record_break(
        store.path,
        date(2024, 2, 9),
        kind="system",
        title="New system",
        concern=Concern(supplier_id=LEICS_POLICE),
        is_definition_change=False,
        **said,
    )
    series = SeriesKey("violence-with-injury", "police-offences", "incidents", LEICESTER)
    rebase(store.path, series, date(2024, 1, 1), **said)
    found = question()
    assert (found["is_rebased"], found["breaks_near"]) == (True, "New system")


def test_the_planted_step_of_nottingham_is_asked_about_and_its_season_is_found(sample_store: Store) -> None:
    request = asked(
        area_code=NOTTINGHAM, by=("month",), from_month=date(2023, 4, 1), to_month=date(2026, 3, 1)
    )
    (row,) = shown(measures.change_points, sample_store, request).to_dict("records")
    assert f"{row['month']:%Y-%m}" == "2025-04"
    # Planted: a factor of 1.3.
    assert row["level_after"] / row["level_before"] == pytest.approx(1.3, abs=0.12)
    everywhere = asked(by=("month",), from_month=date(2023, 4, 1), to_month=date(2026, 3, 1))
    line = shown(measures.season_summary, sample_store, everywhere).iloc[0]
    assert (line["filled_count"], line["peak_month"], line["strength"] > 0.6) == (2, 7, True)
