"""The harm measure on rows written by hand, with the whole table that must come out."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from tests.conftest import RECEIVED
from vrin_data import protect
from vrin_data.errors import UnknownArea, UnknownDefinition, UnknownEdition, UnknownFeed, UsageError
from vrin_data.intake import ingest
from vrin_data.measures import Selection, harm
from vrin_data.store import Store

LEICESTER = (458700, 304600)
ANALYST = protect.Viewer.analyst()

# The columns stand in the order of OFFENCE_HEADER in conftest.py.
ABH = "A1,Leicestershire Police,8N,008/06,01/03/2026,02/03/2026,458700,304600,street,knife,N,24,M,,live,victim"
ABH_NO_WEAPON = "A2,Leicestershire Police,8N,008/06,01/03/2026,02/03/2026,458700,304600,street,,N,25,F,,live,victim"
ABH_CODE_ONLY = "A3,Leicestershire Police,8N,,01/03/2026,02/03/2026,458700,304600,street,none,N,30,F,,live,victim"
MURDER = "A4,Leicestershire Police,1,001/01,01/04/2026,02/04/2026,,,dwelling,knife,Y,40,F,,live,police"
SHOP = "A5,Leicestershire Police,46,,01/03/2026,02/03/2026,458700,304600,shop,,N,,,,live,company"
CANCELLED = ABH.replace("A1", "A6").replace("live", "cancelled")
UNKNOWN = "A7,Leicestershire Police,999/99,,01/03/2026,02/03/2026,458700,304600,street,knife,N,24,M,,live,victim"

ROWS = (ABH, ABH_NO_WEAPON, ABH_CODE_ONLY, MURDER, SHOP, CANCELLED, UNKNOWN)
Taker = Callable[..., tuple[Store, object]]


def asked(store: Store, **terms: object) -> protect.Presented:
    selection = Selection(**{"from_month": date(2026, 3, 1), "to_month": date(2026, 4, 1), **terms})  # type: ignore[arg-type]
    return protect.present(harm(store, selection), ANALYST)


def row_of(presented: protect.Presented, code: str) -> pd.Series:
    return presented.frame.set_index("area_code").loc[code]


BOUNDS = ["incident_count_low", "incident_count_high", "harm_days_low", "harm_days_high"]
FIGURES = ["incident_count_low", "incident_count_high", "harm_days_low", "harm_days", "harm_days_high"]


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        # murder and three assaults; the unmapped row may be one; the cancelled one is not; 8N alone is 2 to 1,460
        ("all-recorded-crime", [6, 6, 5475 + 10 + 10 + 2 + 1, 5475 + 10 + 10 + 10 + 1, 5475 + 10 + 10 + 1460 + 1]),
        ("violence-with-injury", [3, 4, 10 + 10 + 2, 10 + 10 + 10, 10 + 10 + 1460]),
        # sure: ABH with a knife, the murder; in doubt: ABH without a weapon said, and the unmapped row with a knife
        ("knife-enabled", [2, 4, 5475 + 10, 5475 + 10, 5475 + 10 + 10]),
        # 8N alone may be the s.20 of 547.5 and others up to 1,460; murder is sure; unmapped cannot be told
        # two of three are in doubt, so no central reading is given
        ("capable-of-serious-harm", [1, 3, 5475, None, 5475 + 1460]),
    ],
)
def test_force_total_of_every_definition(offence_store: Taker, definition: str, expected: list[float | None]) -> None:
    store, _ = offence_store(*ROWS)
    row = row_of(asked(store, definition=definition, level="force"), "E23000021")
    found = [None if pd.isna(row[name]) else float(row[name]) for name in FIGURES]
    assert found == pytest.approx(expected)


def test_a_month_without_a_submission_is_a_gap_and_a_month_without_incidents_is_zero(offence_store: Taker) -> None:
    store, _ = offence_store(ABH, MURDER.replace("2026", "2025"), SHOP.replace("/03/2026", "/01/2026"))
    frame = asked(
        store, by=("month",), from_month=date(2026, 1, 1), to_month=date(2026, 3, 1), definition="violence-with-injury"
    ).frame
    assert frame["is_gap"].tolist() == [False, True, False]
    assert frame["incident_count_low"].isna().tolist() == [False, True, False]
    assert frame["harm_days_low"].isna().tolist() == [False, True, False]
    assert frame.loc[0, "harm_days"] == 0
    assert frame.loc[2, "harm_days"] == 10


def test_months_covered_of_a_period_with_a_missing_month(offence_store: Taker) -> None:
    store, _ = offence_store(ABH, MURDER.replace("/04/", "/05/"))
    row = row_of(asked(store, level="force", to_month=date(2026, 5, 1)), "E23000021")
    assert (row["months_covered"], row["months_expected"], row["is_gap"]) == (2, 3, False)
    assert "Leicestershire Police 2026-04" in asked(store, level="force", to_month=date(2026, 5, 1)).stamp.missing


def test_a_force_that_never_sent_is_a_gap_and_not_zero(offence_store: Taker) -> None:
    store, _ = offence_store(*ROWS)
    row = row_of(asked(store, level="force"), "E23000018")
    assert row["is_gap"]
    assert row[FIGURES].isna().all()


def test_levels_add_up_with_what_could_not_be_placed(offence_store: Taker) -> None:
    store, _ = offence_store(*ROWS)
    for definition in ("all-recorded-crime", "knife-enabled"):
        totals = {
            level: asked(store, definition=definition, level=level).frame[BOUNDS].sum().tolist()
            for level in ("region", "force", "csp", "district", "msoa", "lsoa")
        }
        assert len({tuple(total) for total in totals.values()}) == 1, totals
    unplaced = row_of(asked(store, definition="all-recorded-crime", level="district"), "not-placed")
    assert unplaced["incident_count_low"] == 1  # the murder has no coordinates
    assert unplaced["harm_days"] == 5475


def test_areas_and_months_add_up_to_areas(offence_store: Taker) -> None:
    store, _ = offence_store(*ROWS)
    both = asked(store, definition="all-recorded-crime", by=("area", "month")).frame
    areas = asked(store, definition="all-recorded-crime", by=("area",)).frame
    summed = both.groupby("area_code")[FIGURES].sum(min_count=1)
    pd.testing.assert_frame_equal(
        summed.sort_index(), areas.set_index("area_code")[FIGURES].sort_index(), check_names=False
    )


def test_rates_are_per_thousand_residents(offence_store: Taker) -> None:
    store, _ = offence_store(*ROWS)
    row = row_of(asked(store, definition="all-recorded-crime", level="force"), "E23000021")
    assert row["population"] == 1_154_438
    assert row["harm_days_per_1000"] == pytest.approx(row["harm_days"] / 1_154_438 * 1000)
    assert row["incident_count_low_per_1000"] == pytest.approx(6 / 1_154_438 * 1000)


def test_an_area_restricts_to_what_lies_in_it(offence_store: Taker) -> None:
    store, _ = offence_store(*ROWS)
    frame = asked(store, definition="all-recorded-crime", level="lsoa", area_code="E06000016").frame
    assert frame["incident_count_low"].sum() == 5  # without the murder, which is not placed in a district
    assert 150 < len(frame) < 300
    total = asked(store, definition="all-recorded-crime", by=("month",), area_code="E06000016").frame
    assert total["incident_count_low"].sum() == 5
    assert total.loc[0, "population"] == 379_780


def test_the_stamp_says_what_is_unmapped_and_unweighted(offence_store: Taker) -> None:
    strangulation = ABH.replace("A1", "A8").replace("008/06", "008/77")
    store, _ = offence_store(*ROWS, strangulation)
    stamp = asked(store, definition="all-recorded-crime", level="force").stamp
    text = "\n".join(stamp.lines())
    assert "1 incidents have an offence code that is not known (unmapped)" in text
    assert "does not weigh" in text
    assert stamp.definition == "all-recorded-crime v1"
    assert stamp.edition == "cchi-2020"
    assert not stamp.is_simulated
    assert "RESTRICTED" in stamp.disclosure


@pytest.mark.parametrize(
    ("terms", "error"),
    [
        ({"definition": "no-such"}, UnknownDefinition),
        ({"weights": "cchi-1066"}, UnknownEdition),
        ({"area_code": "X99"}, UnknownArea),
        ({"feed": "police-uk"}, UnknownFeed),
        ({"level": "village"}, UsageError),
        ({"by": ("weapon",)}, UsageError),
        ({"from_month": date(2026, 5, 1)}, UsageError),
    ],
)
def test_a_wrong_question_is_named(offence_store: Taker, terms: dict[str, object], error: type[Exception]) -> None:
    store, _ = offence_store(ABH)
    with pytest.raises(error):
        asked(store, **terms)


NOTTS = ABH.replace("Leicestershire Police", "Nottinghamshire Police").replace("458700,304600", "457000,340000")


def test_a_total_of_several_forces_leaves_out_months_that_one_of_them_did_not_send(offence_store: Taker) -> None:
    april = ABH.replace("/03/", "/04/").replace("A1", "A9")
    store, _ = offence_store(ABH, april, NOTTS)
    region = row_of(asked(store, level="region"), "E12000004")
    assert (region["incident_count_low"], region["months_covered"], region["months_expected"]) == (2, 1, 2)
    assert asked(store, by=()).frame["incident_count_low"].tolist() == [2]
    by_month = asked(store, by=("month",)).frame
    assert by_month["is_gap"].tolist() == [False, True]


def test_a_region_is_divided_by_the_residents_of_the_forces_that_sent(offence_store: Taker) -> None:
    store, _ = offence_store(ABH)
    region = row_of(asked(store, level="region", to_month=date(2026, 3, 1)), "E12000004")
    total = asked(store, by=(), to_month=date(2026, 3, 1)).frame.iloc[0]
    assert region["population"] == total["population"] == 1_154_438


def test_harm_of_nothing_but_unknown_offences_is_not_zero(offence_store: Taker) -> None:
    store, _ = offence_store(UNKNOWN)
    row = row_of(asked(store, definition="all-recorded-crime", level="force", to_month=date(2026, 3, 1)), "E23000021")
    assert (row["incident_count_low"], row["unweighted_count"]) == (1, 1)
    assert row[["harm_days_low", "harm_days", "harm_days_high"]].isna().all()


def test_an_area_finer_than_the_level_is_refused_and_not_passed_off_as_the_whole(offence_store: Taker) -> None:
    store, _ = offence_store(ABH)
    with pytest.raises(UsageError, match="finer level"):
        asked(store, level="district", area_code="S01000001")


def test_cancelled_crimes_are_said_beside_the_figure(offence_store: Taker) -> None:
    store, _ = offence_store(*ROWS)
    notes = asked(store, level="force").stamp.notes
    assert "1 crimes were cancelled or transferred and are not counted" in notes


STREET = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context\n"
    "c1,2026-03,Leicestershire Police,Leicestershire Police,-1.13,52.63,On or near High Street,,,Robbery,,\n"
)


def test_two_feeds_of_the_same_crimes_are_never_summed(offence_store: Taker, tmp_path: Path) -> None:
    store, _ = offence_store(ABH, SHOP)
    file = tmp_path / "2026-03-leicestershire-street.csv"
    file.write_text(STREET, encoding="utf-8")
    ingest(store, "police-uk", [file], received_at=RECEIVED)
    counted = {}
    for feed in (None, "police-offences", "police-uk"):
        shown = asked(store, definition="all-recorded-crime", level="force", feed=feed)
        counted[feed] = (shown.stamp.feed, int(row_of(shown, "E23000021")["incident_count_high"]))
    assert counted == {
        None: ("police-offences", 2),
        "police-offences": ("police-offences", 2),
        "police-uk": ("police-uk", 1),
    }
