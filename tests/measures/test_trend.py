"""Charts over time from builds made by hand: what stands in limits, which chart, and what is said of it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest

from tests.measures.builds import (
    CHARNWOOD,
    LEICESTER,
    LEICS,
    LEICS_POLICE,
    MURDER,
    NOTTINGHAM,
    NOTTS_POLICE,
    UNKNOWN,
    Build,
)
from vrin_data import protect
from vrin_data.contract.periods import later
from vrin_data.errors import UsageError
from vrin_data.measures import Selection, TrendRequest, trend, trend_summary
from vrin_data.methods.chart_settings import ChartSettings
from vrin_data.methods.xmr import limits
from vrin_data.records.rebases import SeriesKey, rebase
from vrin_data.store import Store

FIRST = date(2024, 1, 1)
ANALYST = protect.Viewer.analyst()
STEADY = [20, 24, 21, 23, 20, 25, 22, 21, 24, 20, 23, 22]
Make = Callable[[Build], Store]


def build_of(counts: Sequence[int | None], *, area: str = "L1", partial: Sequence[int] = ()) -> Build:
    """Months from FIRST with so many incidents of Leicester, None for a month that was not sent."""
    build = Build()
    for at, count in enumerate(counts):
        month = later(FIRST, at)
        if count is not None:
            build.sent(LEICS_POLICE, month, is_partial=at in partial)
            if count:
                build.incidents(month, area, count)
    return build


def asked(months: int, **terms: Any) -> TrendRequest:
    own = ("figure", "kind", "settings", "target", "without_season")
    request = {name: terms.pop(name) for name in own if name in terms}
    known = {"by": ("month",), "area_code": LEICS} | terms
    return TrendRequest(Selection(from_month=FIRST, to_month=later(FIRST, months - 1), **known), **request)


def months_of(store: Store, request: TrendRequest) -> pd.DataFrame:
    return protect.present(trend(store, request), ANALYST).frame


def lines_of(store: Store, request: TrendRequest) -> pd.DataFrame:
    return protect.present(trend_summary(store, request), ANALYST).frame


def test_the_limits_are_those_of_the_whole_months(stores: Make) -> None:
    store = stores(build_of(STEADY))
    found, line = months_of(store, asked(12)), lines_of(store, asked(12)).iloc[0]
    own = limits(STEADY)
    assert found["value"].tolist() == STEADY
    assert found["mean"].unique() == pytest.approx([own.mean])
    assert found["upper"].unique() == pytest.approx([own.upper])
    assert set(found["reading"]) == {"common"}
    assert (line["kind"], line["kind_reason"], line["points"], line["variation"]) == (
        "xmr",
        "usual",
        12,
        "common",
    )
    assert (line["upper"], line["last_value"]) == (pytest.approx(own.upper), 22)


def test_a_partial_and_a_missing_month_stand_in_no_limit_and_are_shown(stores: Make) -> None:
    counts: list[int | None] = [*STEADY[:4], 3, *STEADY[4:8], None, *STEADY[8:]]
    store = stores(build_of(counts, partial=[4]))
    found = months_of(store, asked(14))
    assert found["state"].value_counts().to_dict() == {"whole": 12, "partial": 1, "missing": 1}
    assert found.loc[found["state"] == "partial", "value"].tolist() == [3]
    assert found.loc[found["state"] == "missing", "value"].isna().all()
    assert found.loc[~found["is_used"], "reading"].tolist() == ["", ""]
    # Ranges over the two gaps are left out, and the lines reach over the months that have no point.
    is_next = [at not in (0, 4, 8) for at in range(12)]
    own = limits(STEADY, is_next)
    assert found["mean"].tolist() == pytest.approx([own.mean] * 14)
    assert found["lower"].tolist() == pytest.approx([own.lower] * 14)
    notes = trend(store, asked(14)).stamp.notes
    assert "left out of the limits: of the periods shown 1 did not come; 1 came in part" in notes


def test_a_missing_month_is_never_a_fall_and_a_month_of_none_is(stores: Make) -> None:
    missing = lines_of(stores(build_of([*STEADY, None])), asked(13)).iloc[0]
    nothing = lines_of(stores(build_of([*STEADY, 0])), asked(13)).iloc[0]
    assert (missing["variation"], missing["last_month"]) == ("common", pd.Timestamp(2024, 12, 1))
    assert (nothing["variation"], nothing["last_cause"]) == ("improvement", "outside")


@pytest.mark.parametrize(
    ("counts", "terms", "kind", "reason"),
    [
        (STEADY, {}, "xmr", "usual"),
        (STEADY[:11], {}, "run", "short"),
        (STEADY[:8], {}, "run", "short"),
        (STEADY[:7], {}, "none", "short"),
        (STEADY[:7], {"kind": "xmr"}, "xmr", "asked"),
        (STEADY, {"kind": "laney"}, "laney", "asked"),
        (STEADY, {"kind": "run"}, "run", "asked"),
        ([0, 0, 1, 0, 0, 2, 0, 0, 0, 1, 0, 0], {}, "rare", "rare"),
        ([0, 3, 0, 4, 0, 0, 5, 0, 0, 3, 0, 0], {}, "rare", "rare"),
        (STEADY, {"figure": "incidents-rate"}, "xmr", "usual"),
        (STEADY, {"figure": "harm"}, "xmr", "usual"),
        ([2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 90], {"figure": "harm"}, "run", "skewed"),
    ],
)
def test_each_series_has_the_chart_that_suits_it(
    stores: Make, counts: list[int], terms: dict[str, Any], kind: str, reason: str
) -> None:
    line = lines_of(stores(build_of(counts)), asked(len(counts), **terms)).iloc[0]
    assert (line["kind"], line["kind_reason"]) == (kind, reason)


def test_few_points_asked_to_be_on_an_xmr_chart_have_trial_limits(stores: Make) -> None:
    store = stores(build_of(STEADY))
    assert not months_of(store, asked(12))["is_trial"].any()
    assert months_of(store, asked(11, kind="xmr"))["is_trial"].all()


def test_homicide_is_never_charted_by_month_whatever_is_asked(stores: Make) -> None:
    build = build_of([None] * 24)
    for at in range(24):
        build.sent(LEICS_POLICE, later(FIRST, at))
    build.incidents("2024-03", "L1", 2, offence=MURDER)
    build.incidents("2025-07", "L1", 1, offence=MURDER)
    store = stores(build)
    for kind in ("auto", "xmr"):
        found = months_of(store, asked(24, definition="vru-non-domestic-homicide", kind=kind))
        assert found["kind"].tolist() == ["rare"] * 2
    # All of it may be domestic, which these extracts do not tell: nothing of it is certain.
    assert found["value_high"].tolist() == [2, 1]


def test_counts_of_twelve_months_end_with_the_last_month_and_have_exact_limits(stores: Make) -> None:
    counts: list[int | None] = [0] * 26
    counts[1], counts[5], counts[20] = 9, 2, 1
    store = stores(build_of(counts))
    found = months_of(store, asked(26))
    assert found["month"].tolist() == [
        pd.Timestamp(2024, 1, 1),
        pd.Timestamp(2024, 3, 1),
        pd.Timestamp(2025, 3, 1),
    ]
    assert found["state"].tolist() == ["partial", "whole", "whole"]
    assert found["value"].tolist() == [9, 2, 1]
    # Exact Poisson limits of 2 and 1 (Garwood 1936)
    assert found["lower"].tolist()[1:] == pytest.approx([0.2422, 0.0253], abs=5e-5)
    assert found["upper"].tolist()[1:] == pytest.approx([7.2247, 5.5716], abs=5e-5)
    assert pd.isna(found["lower"][0])


def test_harm_that_is_mostly_of_homicide_in_a_month_is_charted_by_twelve(stores: Make) -> None:
    build = build_of(STEADY)
    build.incidents("2024-06", "L1", 1, offence=MURDER)
    build.incidents("2024-06", "L2", 1)
    store = stores(build)
    terms = {
        "figure": "harm",
        "definition": "all-recorded-crime",
        "by": ("area", "month"),
        "level": "district",
    }
    lines = lines_of(store, asked(12, **terms)).set_index("area_code")
    leicester = lines.loc[LEICESTER]
    assert (leicester["kind"], leicester["kind_reason"]) == ("rare", "homicide")
    # The limits of chance, of Fay and Feuer, reach over the total.
    assert leicester["lower"] < leicester["last_value"] < leicester["upper"]
    assert lines.loc[CHARNWOOD, "kind_reason"] != "homicide"
    without = asked(12, **terms, without_homicide=True)
    assert lines_of(store, without).set_index("area_code").loc[LEICESTER, "kind"] == "xmr"


def test_a_series_of_which_hardly_anything_is_certain_is_no_series_of_noughts(stores: Make) -> None:
    build = Build()
    for at in range(12):
        build.sent(LEICS_POLICE, later(FIRST, at))
        build.incidents(later(FIRST, at), "L1", 5, offence=UNKNOWN)
    store = stores(build)
    found, line = months_of(store, asked(12)), lines_of(store, asked(12)).iloc[0]
    assert (line["kind"], line["kind_reason"], line["points"]) == ("none", "untold", 0)
    assert found["value"].isna().all()
    assert found["value_high"].tolist() == [5] * 12
    assert set(found["state"]) == {"untold"}


def test_areas_stand_by_name_each_with_its_own_limits(stores: Make) -> None:
    build = build_of(STEADY)
    for at, count in enumerate(STEADY):
        build.sent(NOTTS_POLICE, later(FIRST, at))
        build.incidents(later(FIRST, at), "L3", 2 * count)
    request = asked(12, by=("area", "month"), level="district", area_code=None)
    store = stores(build)
    lines = lines_of(store, request)
    assert lines["area_name"].tolist() == ["Charnwood", "Leicester", "Nottingham"]
    means = lines.set_index("area_code")["mean"]
    assert means[NOTTINGHAM] == pytest.approx(2 * means[LEICESTER])
    found = months_of(store, request)
    assert len(found) == 12 + 12 + 1
    assert lines["kind"].tolist() == ["rare", "xmr", "xmr"]


def test_limits_begin_anew_where_a_person_said_so(stores: Make) -> None:
    store = stores(build_of([*STEADY, *(count + 20 for count in STEADY)]))
    before = lines_of(store, asked(24)).iloc[0]
    series = SeriesKey("violence-with-injury", "police-offences", "incidents", LEICS)
    rebase(
        store.path,
        series,
        later(FIRST, 12),
        reason="new system",
        recorded_by="A. Lead",
        recorded_at=datetime(2026, 1, 1, 9, 0),
    )
    found, after = months_of(store, asked(24)), lines_of(store, asked(24)).iloc[0]
    assert before["variation"] == "concern"
    assert (after["variation"], after["rebased_months"]) == ("common", "2025-01")
    assert found["segment"].tolist() == [0] * 12 + [1] * 12
    assert found["mean"].tolist() == pytest.approx(
        [limits(STEADY).mean] * 12 + [limits(STEADY).mean + 20] * 12
    )


def test_a_target_is_held_against_the_limits_of_the_last_segment(stores: Make) -> None:
    store = stores(build_of(STEADY))
    found = [lines_of(store, asked(12, target=one)).iloc[0]["assurance"] for one in (5, 22, 90)]
    assert found == ["fail", "inconsistent", "pass"]
    assert lines_of(store, asked(12)).iloc[0]["assurance"] == "none"
    assert lines_of(store, asked(12, target=22, kind="run")).iloc[0]["assurance"] == "none"


def test_the_first_month_of_a_signal_is_named(stores: Make) -> None:
    store = stores(build_of([*STEADY, *(count + 9 for count in STEADY[:8])]))
    line = lines_of(store, asked(20)).iloc[0]
    assert (line["variation"], line["variation_direction"]) == ("concern", "high")
    assert line["first_signal_month"] == pd.Timestamp(2025, 1, 1)
    neutral = asked(20, settings=ChartSettings(improvement="neutral"))
    assert lines_of(store, neutral).iloc[0]["variation"] == "neutral"


def test_a_season_is_taken_out_only_where_one_can_be_told(stores: Make) -> None:
    season = [0, 0, 0, 5, 10, 20, 20, 10, 5, 0, 0, 0]
    counts = [STEADY[at % 11] + season[at % 12] for at in range(36)]
    store = stores(build_of(counts))
    found = months_of(store, asked(36, without_season=True))
    with_season = months_of(store, asked(36))
    assert found["value"].std() < with_season["value"].std() / 2
    assert found["value"].mean() == pytest.approx(with_season["value"].mean(), rel=0.02)
    short = asked(20, without_season=True)
    assert months_of(store, short)["value"].tolist() == counts[:20]
    assert any("1 of 1 series have their season in" in note for note in trend(store, short).stamp.notes)


def test_nothing_sent_has_no_rows_and_what_is_no_chart_is_refused(stores: Make) -> None:
    store = stores(build_of(STEADY))
    empty = asked(12, by=("area", "month"), level="district", area_code=NOTTINGHAM)
    assert months_of(store, empty).empty
    assert lines_of(store, empty).empty
    for terms in (
        {"figure": "days"},
        {"kind": "pie"},
        {"by": ("area",)},
        {"kind": "laney", "figure": "harm"},
    ):
        with pytest.raises(UsageError):
            asked(12, **terms)
