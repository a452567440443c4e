"""Areas held against their comparators: who they are, what is expected of each, and who is no point at all."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime

import pandas as pd
import pytest

from tests.measures.builds import (
    ABH_CODE_ONLY,
    CHARNWOOD,
    LEICESTER,
    LEICS,
    LEICS_POLICE,
    MURDER,
    NOTTINGHAM,
    NOTTS_POLICE,
    REGION,
    Build,
)
from vrin_data.contract.comparators import ComparatorList
from vrin_data.errors import UsageError
from vrin_data.measures import (
    ComparisonRequest,
    Selection,
    comparator_months,
    comparison,
    comparison_summary,
    funnel_curve,
)
from vrin_data.records import save_comparators
from vrin_data.store import Store

Stores = Callable[[Build], Store]
YEAR = Selection(from_month=date(2025, 1, 1), to_month=date(2025, 12, 1))
AT = datetime(2026, 11, 1, 9, 0)


def a_year(*, notts_months: int = 12) -> Build:
    """300 residents with 60 incidents, 100 with 10, and 200 with 5 a month that came."""
    build = Build()
    build.sent(LEICS_POLICE, "2025-01", months=12)
    if notts_months:
        build.sent(NOTTS_POLICE, "2025-01", months=notts_months)
    build.incidents("2025-02", "L1", 60)
    build.incidents("2025-03", "L2", 10)
    for month in range(1, notts_months + 1):
        build.incidents(f"2025-{month:02}", "L3", 5)
    return build


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The store of a year that came whole; tests put no more than lists on record in it."""
    store = a_year().publish(tmp_path_factory.mktemp("whole") / "store")
    yield store
    store.close()


def shown(answer, *columns: str) -> list[tuple]:
    return [*answer.unprotected[[*columns]].round(3).itertuples(index=False, name=None)]


def test_areas_stand_in_name_order_beside_what_the_rate_of_all_gives(whole: Store):
    found = comparison(whole, ComparisonRequest(YEAR))
    # 130 incidents of 600 residents: 216.667 per 1,000 a year.
    assert shown(found, "area_name", "observed", "expected", "value", "target", "is_comparator") == [
        ("Charnwood", 10.0, 21.667, 100.0, 216.667, True),
        ("Leicester", 60.0, 65.0, 200.0, 216.667, True),
        ("Nottingham", 60.0, 43.333, 300.0, 216.667, True),
    ]


def test_an_area_on_fewer_months_is_expected_to_have_what_its_own_months_give(stores: Stores):
    found = comparison(stores(a_year(notts_months=6)), ComparisonRequest(YEAR))
    # 100 incidents of 300 + 100 + 200 x 6/12 resident years: 200 per 1,000 a year, 20 of them in 100 resident years.
    assert shown(found, "area_name", "months_whole", "resident_years", "observed", "expected", "value") == [
        ("Charnwood", 12, 100.0, 10.0, 20.0, 100.0),
        ("Leicester", 12, 300.0, 60.0, 60.0, 200.0),
        ("Nottingham", 6, 100.0, 30.0, 20.0, 300.0),
    ]
    assert any("what its own months would give" in note for note in found.stamp.notes)


def test_an_area_of_a_missing_feed_is_no_point_at_zero(stores: Stores):
    store = stores(a_year(notts_months=0))
    found = comparison(store, ComparisonRequest(replace(YEAR, area_code=REGION)))
    nottingham = found.unprotected.set_index("area_code").loc[NOTTINGHAM]
    assert (nottingham["class"], nottingham["is_gap"]) == ("none", True)
    assert nottingham[["value", "observed", "expected"]].isna().all()
    # The other two alone make the rate.
    assert found.unprotected["target"].iloc[0] == pytest.approx(70 / 400 * 1000)
    summary = comparison_summary(store, ComparisonRequest(replace(YEAR, area_code=REGION))).unprotected.iloc[
        0
    ]
    assert (summary["area_count"], summary["left_out_count"]) == (2, 1)


def test_what_the_extract_cannot_tell_is_no_low_figure(stores: Stores):
    build = a_year()
    for place, count in (("L1", 30), ("L2", 2), ("L3", 20)):
        build.incidents("2025-04", place, count, offence=MURDER)
    # Of this code alone it cannot be told whether the definition counts it.
    build.incidents("2025-04", "L2", 40, offence=ABH_CODE_ONLY)
    found = comparison(stores(build), ComparisonRequest(replace(YEAR, definition="capable-of-serious-harm")))
    charnwood = found.unprotected.set_index("area_code").loc[CHARNWOOD]
    assert (charnwood["class"], charnwood["is_untold"], charnwood["observed_most"]) == ("none", True, 42)
    assert found.unprotected["target"].iloc[0] == pytest.approx(50 / 500 * 1000)
    assert any(note.startswith("1 area is no point") for note in found.stamp.notes)


def test_comparators_are_of_the_force_the_region_or_all(whole: Store):
    own = replace(YEAR, area_code=LEICESTER)
    of_force = comparison(whole, ComparisonRequest(own, comparators="force"))
    assert shown(of_force, "area_name", "is_chosen", "is_comparator") == [
        ("Charnwood", False, True),
        ("Leicester", True, False),
    ]
    assert of_force.unprotected["target"].iloc[0] == pytest.approx(70 / 400 * 1000)
    for comparators in ("region", "all"):
        found = comparison(whole, ComparisonRequest(own, comparators=comparators))
        assert len(found.unprotected) == 3
    within = comparison(whole, ComparisonRequest(replace(YEAR, area_code=LEICS)))
    assert shown(within, "area_name", "is_chosen") == [("Charnwood", False), ("Leicester", False)]


def test_a_list_gives_the_comparators_and_says_which_are_not_held(whole: Store):
    listed = ComparatorList(
        "ons", "Nearest", ((LEICESTER, (NOTTINGHAM, "E06000015", CHARNWOOD)),), "ONS 2024"
    )
    save_comparators(whole.path, listed, recorded_by="J Smith", recorded_at=AT, reason="as published")
    request = ComparisonRequest(replace(YEAR, area_code=LEICESTER), comparators="list:ons")
    found = comparison(whole, request)
    ranks = found.unprotected.set_index("area_name")["comparator_rank"]
    assert (ranks["Nottingham"], ranks["Charnwood"], pd.isna(ranks["Leicester"])) == (1, 3, True)
    assert any("Nearest (ons v1, ONS 2024); 1 of its 3 areas" in note for note in found.stamp.notes)
    assert comparison_summary(whole, request).unprotected["comparators"].iloc[0] == "ons v1"
    with pytest.raises(UsageError, match="has no comparators of"):
        comparison(whole, replace(request, selection=replace(YEAR, area_code=NOTTINGHAM)))


def test_limits_are_those_of_the_class_and_the_lines_go_through_them(whole: Store):
    request = ComparisonRequest(YEAR, limits="chance")
    rows = comparison(whole, request).unprotected.set_index("area_name")
    # 60 or more where 43.333 are expected: 1.0% (R: ppois), beyond 97.5% and within 99.8%.
    assert (rows.loc["Nottingham", "class"], rows.loc["Charnwood", "class"]) == ("high95", "low95")
    assert rows.loc["Nottingham", "upper95"] < 300 < rows.loc["Nottingham", "upper998"]
    curve = funnel_curve(whole, request).unprotected
    near = curve.iloc[(curve["resident_years"] - 200).abs().argmin()]
    assert near["upper95"] == pytest.approx(rows.loc["Nottingham", "upper95"], rel=0.05)
    assert (curve["upper95"] == curve["chance_upper95"]).all()


def test_over_dispersion_is_printed_and_a_few_areas_are_warned_of(whole: Store):
    found = comparison(whole, ComparisonRequest(YEAR, outliers="none"))
    summary = comparison_summary(whole, ComparisonRequest(YEAR, outliers="none")).unprotected.iloc[0]
    assert summary["phi"] == pytest.approx((found.unprotected["z"] ** 2).mean())
    assert summary["is_adjusted"]
    notes = "\n".join(found.stamp.notes)
    assert (
        f"phi {summary['phi']:.2f}, tau2 {summary['tau2']:.4f}, from 3 areas, all areas counted alike"
        in notes
    )
    assert "a funnel of 3 areas says little" in notes


def test_one_grave_crime_makes_harm_uncertain_and_not_an_area_stand_out(stores: Stores):
    build = a_year()
    build.incidents("2025-05", "L2", 1, offence=MURDER)
    request = ComparisonRequest(
        replace(YEAR, definition="all-recorded-crime"), figure="harm-rate", limits="chance"
    )
    rows = comparison(stores(build), request).unprotected.set_index("area_name")
    assert rows.loc["Charnwood", "ratio"] > 3
    assert rows.loc["Charnwood", "class"] == "within"


def test_months_of_an_area_stand_beside_how_far_its_comparators_reach(whole: Store):
    found = comparator_months(whole, ComparisonRequest(replace(YEAR, area_code=NOTTINGHAM)))
    rows = found.unprotected[found.unprotected["is_chosen"]]
    assert rows["value"].tolist() == [25.0] * 12
    # Two comparators are too few for a band.
    assert rows["comparator_count"].unique().tolist() == [2]
    assert rows["comparator_median"].isna().all()


def test_months_that_did_not_come_are_gaps_and_in_no_band(stores: Stores):
    store = stores(a_year(notts_months=6))
    found = comparator_months(store, ComparisonRequest(replace(YEAR, area_code=LEICESTER))).unprotected
    counts = found[found["is_chosen"]]["comparator_count"].tolist()
    assert counts == [2] * 6 + [1] * 6
    nottingham = found[found["area_code"] == NOTTINGHAM]
    assert nottingham["state"].tolist() == ["whole"] * 6 + ["missing"] * 6
    assert nottingham["value"].iloc[6:].isna().all()


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"figure": "incidents"}, "Areas are compared by"),
        ({"comparators": "neighbours"}, "Comparators are"),
        ({"outliers": "drop"}, "Outliers"),
        ({"limits": "narrow"}, "Limits"),
    ],
)
def test_terms_that_there_are_not_are_refused(terms: dict[str, str], words: str):
    with pytest.raises(UsageError, match=words):
        ComparisonRequest(YEAR, **terms)


@pytest.mark.parametrize(
    ("area", "comparators", "words"),
    [
        (None, "force", "name an area of the level"),
        (LEICS, "region", "name an area of the level"),
        (LEICESTER, "list:msf", "No list of comparators 'msf'"),
    ],
)
def test_comparators_that_make_no_sense_are_refused(whole: Store, area: str, comparators: str, words: str):
    with pytest.raises(UsageError, match=words):
        comparison(whole, ComparisonRequest(replace(YEAR, area_code=area), comparators=comparators))


def test_months_without_an_area_are_refused(whole: Store):
    with pytest.raises(UsageError, match="one area against its comparators"):
        comparator_months(whole, ComparisonRequest(YEAR))
