"""What was planted in the simulated extracts stands out on its control chart, and what did not come does not."""

from typing import Any

import pandas as pd

from tests.test_known_truth import FIRST, LAST, LEICESTERSHIRE, NOTTINGHAM, NOTTINGHAMSHIRE, planted
from vrin_data import protect
from vrin_data.measures import Selection, TrendRequest, trend, trend_summary
from vrin_data.store import Store

ANALYST = protect.Viewer.analyst()
STEP = pd.Timestamp(2025, 4, 1)


def request(*, without_season: bool = False, **terms: Any) -> TrendRequest:
    selection = Selection(from_month=FIRST, to_month=LAST, **{"by": ("month",)} | terms)
    return TrendRequest(selection, without_season=without_season)


def months_of(store: Store, asked: TrendRequest) -> pd.DataFrame:
    return protect.present(trend(store, asked), ANALYST).frame


def test_the_step_is_a_concern_from_the_month_it_begins(sample_store: Store) -> None:
    assert planted("step", NOTTINGHAMSHIRE)["from_month"] == f"{STEP:%Y-%m}"
    found = months_of(sample_store, request(area_code=NOTTINGHAM))
    high = found[(found["direction"] == "high")]
    assert high["month"].min() == STEP
    assert {"run", "outside"} <= set(high["cause"])


def test_with_its_season_out_every_month_since_the_step_stands_out(sample_store: Store) -> None:
    asked = request(area_code=NOTTINGHAM, without_season=True)
    found = months_of(sample_store, asked)
    since = found[found["is_used"] & (found["month"] >= STEP)]
    assert set(since["reading"]) == {"concern"}
    assert len(since) == 11
    assert not (found.loc[found["month"] < STEP, "direction"] == "high").any()
    line = protect.present(trend_summary(sample_store, asked), ANALYST).frame.iloc[0]
    assert (line["variation"], line["first_signal_month"]) == ("concern", STEP)


def test_the_half_month_and_the_missing_one_stand_in_no_limit(sample_store: Store) -> None:
    found = months_of(sample_store, request(by=("area", "month"), level="force"))
    rows = found.set_index(["area_code", "month"])
    half = rows.loc[(LEICESTERSHIRE, pd.Timestamp(2024, 8, 1))]
    missing = rows.loc[(NOTTINGHAMSHIRE, pd.Timestamp(2025, 11, 1))]
    assert (half["state"], half["is_used"], half["reading"]) == ("partial", False, "")
    assert (missing["state"], missing["is_used"], missing["reading"]) == ("missing", False, "")
    assert half["value"] < half["lower"]
    assert rows["is_used"].sum() == 5 * 36 - 2
