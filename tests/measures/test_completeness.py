"""Months that did not come whole: left out of totals, shown and marked by month, named in the stamp."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from tests.measures.builds import (
    ABH,
    ABH_CODE_ONLY,
    CHARNWOOD,
    LEICESTER,
    LEICS,
    LEICS_POLICE,
    NOTTINGHAM,
    NOTTS,
    NOTTS_POLICE,
    REGION,
    SHOP,
    UNKNOWN,
    Build,
)
from vrin_data import protect
from vrin_data.errors import EmptyStore, UnknownFeed, UsageError
from vrin_data.measures import Selection, catalogue, coverage, harm
from vrin_data.store import Store

ANALYST = protect.Viewer.analyst()
COUNTS = ["incident_count_low", "incident_count_high"]
HARMS = ["harm_days_low", "harm_days", "harm_days_high"]


def asked(store: Store, measure: Any = harm, **terms: Any) -> protect.Presented:
    selection = Selection(
        **{
            "definition": "all-recorded-crime",
            "from_month": date(2026, 1, 1),
            "to_month": date(2026, 3, 1),
            **terms,
        }
    )
    return protect.present(measure(store, selection), ANALYST)


def two_forces() -> Build:
    """Three months of two forces; February of Leicestershire came in part."""
    build = Build()
    for month, count in (("2026-01", 10), ("2026-02", 4), ("2026-03", 12)):
        build.sent(LEICS_POLICE, month, is_partial=month == "2026-02", incident_count=count + 1)
        build.sent(NOTTS_POLICE, month, incident_count=5)
        build.incidents(month, "L1", count)
        build.incidents(month, LEICS, 1)
        build.incidents(month, "L3", 5)
    return build


def test_a_partial_month_stands_in_no_total_and_is_said_to_be_left_out(stores: Any) -> None:
    frame = asked(stores(two_forces()), level="force").frame.set_index("area_code")
    columns = ["incident_count_low", "months_covered", "months_expected", "is_gap", "is_partial"]
    assert frame.loc[[LEICS, NOTTS], columns].to_numpy().tolist() == [
        [24, 2, 3, False, True],
        [15, 3, 3, False, False],
    ]


def test_a_partial_month_keeps_its_own_figure_by_month_and_is_marked(stores: Any) -> None:
    frame = asked(stores(two_forces()), level="force", by=("area", "month"), area_code=LEICS).frame
    columns = ["incident_count_low", "months_covered", "months_expected", "is_gap", "is_partial"]
    assert frame[columns].to_numpy().tolist() == [
        [11, 1, 1, False, False],
        [5, 0, 1, False, True],
        [13, 1, 1, False, False],
    ]


def test_a_month_that_is_partial_for_one_force_is_partial_in_total(stores: Any) -> None:
    store = stores(two_forces())
    by_month = asked(store, by=("month",)).frame
    assert by_month["incident_count_low"].tolist() == [16, 10, 18]
    assert by_month["is_partial"].tolist() == [False, True, False]
    total = asked(store, by=()).frame.iloc[0]
    assert (total["incident_count_low"], total["months_covered"], total["is_partial"]) == (34, 2, True)


def test_every_level_leaves_out_the_same_incidents_of_a_partial_month(stores: Any) -> None:
    store = stores(two_forces())
    totals = {
        level: int(asked(store, level=level).frame["incident_count_low"].sum())
        for level in ("force", "district", "lsoa")
    }
    assert totals == {"force": 39, "district": 39, "lsoa": 39}
    by_month = asked(store, level="district", by=("area", "month")).frame
    unplaced = by_month[by_month["area_code"] == "not-placed"]
    assert unplaced["incident_count_low"].tolist() == [1, 1, 1]
    assert unplaced["is_partial"].tolist() == [False, True, False]


def test_a_selection_of_nothing_but_a_partial_month_is_a_gap_by_area(stores: Any) -> None:
    february = {"from_month": date(2026, 2, 1), "to_month": date(2026, 2, 1)}
    row = asked(stores(two_forces()), level="force", **february).frame.set_index("area_code").loc[LEICS]
    assert row["is_gap"]
    assert row["is_partial"]
    assert row[COUNTS + HARMS].isna().all()


def test_the_stamp_names_missing_and_partial_months_and_counts_the_whole_ones(stores: Any) -> None:
    build = two_forces()
    del build.submissions[-1]  # March of Nottinghamshire
    stamp = asked(stores(build), level="force").stamp
    assert stamp.missing == ("Nottinghamshire Police 2026-03",)
    assert stamp.partial == ("Leicestershire Police 2026-02",)
    assert (stamp.whole_months, stamp.asked_months) == (1, 3)
    lines = stamp.lines()
    assert "Missing: Nottinghamshire Police 2026-03" in lines
    assert "Partial: Leicestershire Police 2026-02" in lines
    assert "Whole from every supplier: 1 of 3 months" in lines
    assert "1 monthly submission missing · 1 partial" in stamp.short()


def test_a_stamp_without_a_partial_month_does_not_speak_of_one(stores: Any) -> None:
    stamp = asked(stores(two_forces()), level="force", area_code=NOTTS).stamp
    assert stamp.partial == ()
    assert not any(line.startswith("Partial") for line in stamp.lines())
    assert "3 of 3 months" in "\n".join(stamp.lines())


def test_coverage_tells_received_nil_partial_and_missing_apart(stores: Any) -> None:
    build = Build()
    build.sent(LEICS_POLICE, "2026-01", incident_count=7)
    build.sent(LEICS_POLICE, "2026-02", is_nil=True, incident_count=0)
    build.sent(LEICS_POLICE, "2026-03", is_partial=True, incident_count=3)
    frame = asked(stores(build), coverage, to_month=date(2026, 4, 1)).frame
    pd.testing.assert_frame_equal(
        frame,
        pd.DataFrame(
            {
                "supplier_id": LEICS_POLICE,
                "supplier_name": "Leicestershire Police",
                "feed": "police-offences",
                "month": pd.to_datetime(["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"]),
                "status": ["received", "nil", "partial", "missing"],
                "incident_count": pd.array([7, 0, 3, None], dtype="Int64"),
            }
        ),
        check_dtype=False,
    )


def test_a_nil_is_a_zero_and_no_gap(stores: Any) -> None:
    build = Build()
    build.sent(LEICS_POLICE, "2026-01", is_nil=True, incident_count=0)
    build.sent(LEICS_POLICE, "2026-02", incident_count=3)
    build.incidents("2026-02", "L1", 3)
    frame = asked(stores(build), by=("month",), to_month=date(2026, 2, 1)).frame
    assert frame["incident_count_low"].tolist() == [0, 3]
    assert frame["harm_days_low"].iloc[0] == 0
    assert not frame["is_gap"].any()


def test_a_supplier_of_a_district_belongs_to_the_force_area_it_lies_in(stores: Any) -> None:
    build = Build()
    build.home["charnwood-council"] = CHARNWOOD
    build.sent("charnwood-council", "2026-01")
    build.incidents("2026-01", "L2", 2)
    presented = asked(stores(build), level="force", to_month=date(2026, 2, 1))
    row = presented.frame.set_index("area_code").loc[LEICS]
    assert (row["incident_count_low"], row["months_covered"]) == (2, 1)
    assert presented.stamp.missing == ("charnwood-council 2026-02", "Nottinghamshire: never sent this feed")


def test_a_month_came_when_every_supplier_of_the_force_area_has_sent_it(stores: Any) -> None:
    build = Build()
    build.home["charnwood-council"] = CHARNWOOD
    for supplier, months in ((LEICS_POLICE, ("2026-01", "2026-02")), ("charnwood-council", ("2026-01",))):
        for month in months:
            build.sent(supplier, month)
            build.incidents(month, "L1", 3)
    frame = asked(stores(build), by=("month",), to_month=date(2026, 2, 1)).frame
    assert frame["is_gap"].tolist() == [False, True]


def test_names_come_from_the_build_and_not_from_the_register(stores: Any, monkeypatch: Any) -> None:
    store = stores(two_forces())
    monkeypatch.setattr("vrin_data.contract.suppliers.suppliers", lambda: {})
    assert "Leicestershire Police" in set(asked(store, coverage).frame["supplier_name"])


def quarterly() -> Build:
    """Recorded crime by quarter, the second of 2025 missing."""
    build = Build()
    for month, count in (("2025-01", 6), ("2025-07", 9), ("2025-10", 3)):
        build.sent(LEICS_POLICE, month, months=3, feed_id="home-office-prc", incident_count=count)
        build.incidents(month, LEICS, count, feed="home-office-prc")
    return build


YEAR = {"from_month": date(2025, 1, 1), "to_month": date(2025, 12, 1), "area_code": LEICS, "level": "force"}


def test_a_quarter_covers_its_three_months(stores: Any) -> None:
    store = stores(quarterly())
    presented = asked(store, **YEAR)
    row = presented.frame.iloc[0]
    assert (row["incident_count_low"], row["months_covered"], row["months_expected"]) == (18, 9, 12)
    assert presented.stamp.missing == ("Leicestershire Police 2025-04 to 2025-06",)
    assert presented.stamp.missing_month_count == 3
    assert presented.stamp.data_to == date(2025, 12, 1)
    assert "9 of 12 months" in "\n".join(presented.stamp.lines())
    assert "figures of this feed are by quarter and stand at its first month" in presented.stamp.notes


def test_only_the_first_month_of_a_quarter_has_a_row(stores: Any) -> None:
    frame = asked(stores(quarterly()), **YEAR, by=("month",)).frame
    assert [f"{month:%Y-%m}" for month in frame["month"]] == ["2025-01", "2025-04", "2025-07", "2025-10"]
    assert frame["incident_count_low"].isna().tolist() == [False, True, False, False]
    assert frame["months_covered"].tolist() == [3, 0, 3, 3]
    assert frame["months_expected"].tolist() == [3, 3, 3, 3]


def test_months_outside_whole_quarters_are_left_out_and_said(stores: Any) -> None:
    presented = asked(
        stores(quarterly()), **(YEAR | {"from_month": date(2025, 2, 1), "to_month": date(2025, 10, 1)})
    )
    row = presented.frame.iloc[0]
    assert (row["incident_count_low"], row["months_covered"], row["months_expected"]) == (9, 3, 9)
    assert any("2025-02 to 2025-03, 2025-10 lie in no whole quarter" in note for note in presented.stamp.notes)


def test_a_period_shorter_than_a_quarter_is_refused(stores: Any) -> None:
    with pytest.raises(UsageError, match="counts by quarter"):
        asked(stores(quarterly()), **(YEAR | {"to_month": date(2025, 2, 1)}))


def test_coverage_of_a_feed_by_quarter_has_a_row_a_quarter(stores: Any) -> None:
    frame = asked(stores(quarterly()), coverage, **YEAR).frame
    assert frame["status"].tolist() == ["received", "missing", "received", "received"]
    assert frame["incident_count"].tolist() == [6, pd.NA, 9, 3]


def with_attendances() -> Build:
    build = two_forces()
    build.sent("leicester-ed", "2026-01", feed_id="ed-assaults")
    build.incidents("2026-01", "L1", 40, feed="ed-assaults", offence=UNKNOWN)
    return build


def test_harm_is_asked_of_feeds_of_crimes_alone(stores: Any) -> None:
    store = stores(with_attendances())
    assert list(catalogue(store).feeds) == ["police-offences"]
    row = asked(store, level="force").frame.set_index("area_code").loc[LEICS]
    assert row["incident_count_high"] == 24
    for measure in (harm, coverage):
        with pytest.raises(UnknownFeed, match="no recorded crimes"):
            asked(store, measure, feed="ed-assaults")


def test_a_store_without_a_feed_of_crimes_says_so(stores: Any) -> None:
    build = Build()
    build.sent("leicester-ed", "2026-01", feed_id="ed-assaults")
    store = stores(build)
    for question in (lambda: catalogue(store), lambda: asked(store)):
        with pytest.raises(EmptyStore, match="no feed of recorded crimes"):
            question()


def corrected() -> Build:
    """A month in which corrections take back more than was recorded, of sure and of doubtful incidents."""
    build = Build()
    build.sent(LEICS_POLICE, "2026-01")
    build.incidents("2026-01", "L1", -2, offence=ABH)
    build.incidents("2026-01", "L1", -1, offence=ABH_CODE_ONLY)
    build.incidents("2026-01", "L1", -3, offence=UNKNOWN)
    build.incidents("2026-01", "L2", 5, offence=ABH)
    return build


JANUARY = {"from_month": date(2026, 1, 1), "to_month": date(2026, 1, 1)}


def test_corrections_leave_low_below_high(stores: Any) -> None:
    store = stores(corrected())
    frame = asked(store, definition="violence-with-injury", level="district", **JANUARY).frame
    row = frame.set_index("area_code").loc[LEICESTER]
    # The unknown three may be violence with injury: taking them back is worth 0 to 3 fewer.
    assert row[COUNTS].tolist() == [-6, -3]
    # ABH weighs 10 days; 8N alone 2 to 1,460.
    assert row[["harm_days_low", "harm_days_high"]].tolist() == [-20 - 1460, -20 - 2]


@pytest.mark.parametrize("definition", ["all-recorded-crime", "violence-with-injury", "capable-of-serious-harm"])
@pytest.mark.parametrize("level", ["region", "force", "district", "lsoa"])
def test_low_central_and_high_keep_their_order(stores: Any, definition: str, level: str) -> None:
    build = corrected()
    build.incidents("2026-01", "L2", 2, offence=SHOP, further=5)
    frame = asked(stores(build), definition=definition, level=level, **JANUARY).frame
    came = frame[~frame["is_gap"]]
    assert (came["incident_count_low"] <= came["incident_count_high"]).all()
    weighed = came[came["harm_days_low"].notna()]
    assert (weighed["harm_days_low"] <= weighed["harm_days_high"]).all()
    told = came[came["harm_days"].notna()]
    assert (told["harm_days_low"] <= told["harm_days"]).all()
    assert (told["harm_days"] <= told["harm_days_high"]).all()


def test_suppressed_counts_widen_the_high_end(stores: Any) -> None:
    build = Build()
    build.sent(LEICS_POLICE, "2026-01")
    build.incidents("2026-01", "L1", 100, offence=ABH)
    build.incidents("2026-01", "L2", 1, offence=ABH, further=6)
    presented = asked(stores(build), level="force", area_code=LEICS, **JANUARY)
    row = presented.frame.iloc[0]
    assert row[COUNTS + HARMS].tolist() == [101, 107, 1010, 1010, 1070]
    assert any("up to 6 more" in note for note in presented.stamp.notes)


def test_a_sum_of_nothing_but_unknown_offences_has_no_harm_even_when_corrected(stores: Any) -> None:
    build = Build()
    build.sent(LEICS_POLICE, "2026-01")
    build.incidents("2026-01", "L1", -1, offence=UNKNOWN)
    row = asked(stores(build), level="force", area_code=LEICS, **JANUARY).frame.iloc[0]
    assert row[HARMS].isna().all()
    assert row["unweighted_count"] == -1


def test_a_region_needs_the_forces_of_its_own(stores: Any) -> None:
    frame = asked(stores(two_forces()), level="region").frame.set_index("area_code")
    assert frame.loc[REGION, ["months_covered", "incident_count_low"]].tolist() == [2, 34]
    assert NOTTINGHAM not in frame.index
