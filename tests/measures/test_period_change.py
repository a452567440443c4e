"""Two periods against each other on small builds: what is compared, what chance explains, and how it reads."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

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
    NOTTS,
    NOTTS_POLICE,
    Build,
)
from vrin_data import protect
from vrin_data.contract.breaks import Concern
from vrin_data.errors import UsageError
from vrin_data.measures import ChangeRequest, Selection, area_change, period_change
from vrin_data.records import record_break
from vrin_data.report import change_words
from vrin_data.report.changed import Changed, changes_of
from vrin_data.store import Store

ANALYST = protect.Viewer.analyst()
RECORDED = datetime(2026, 1, 5, 9, 0)


def asked(store: Store, first: date, last: date, **terms: Any) -> protect.Presented:
    base = {name: terms.pop(name) for name in ("base_from", "base_to") if name in terms}
    chosen = {"definition": "all-recorded-crime", "by": ("area",), **terms}
    selection = Selection(from_month=first, to_month=last, **chosen)
    return protect.present(period_change(store, ChangeRequest(selection, **base)), ANALYST)


def incidents(found: protect.Presented) -> dict[str, Changed]:
    return {one.area_name: one for one in changes_of(found.frame) if one.is_count}


def harm(found: protect.Presented) -> dict[str, Changed]:
    return {one.area_name: one for one in changes_of(found.frame) if not one.is_count}


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Leicester 30 to 20, Charnwood 826 to 802, Nottingham 4 to 25 in the one month that came in both years."""
    build = Build()
    for year in (2024, 2025):
        for month in ("04", "05"):
            build.sent(LEICS_POLICE, f"{year}-{month}")
        build.sent(NOTTS_POLICE, f"{year}-04")
    build.sent(NOTTS_POLICE, "2025-05")
    for year, counts in ((2024, (30, 826, 4)), (2025, (20, 802, 25))):
        for area, count in zip((LEICESTER, CHARNWOOD, NOTTINGHAM), counts, strict=True):
            build.incidents(f"{year}-04", area, count)
    build.incidents("2025-05", NOTTINGHAM, 900)
    store = build.publish(tmp_path_factory.mktemp("board") / "store")
    yield store
    store.close()


def april_and_may(store: Store, **terms: Any) -> protect.Presented:
    return asked(store, date(2025, 4, 1), date(2025, 5, 1), **terms)


def test_thirty_to_twenty_is_within_usual_variation(board: Store) -> None:
    found = incidents(april_and_may(board))["Leicester"]
    words = change_words.change_words(found)
    assert words == "30 to 20: within usual variation (95% interval: 64% lower to 21% higher)."
    assert change_words.check_words(found) == "Quick check: 2 × (√20 − √30) is −2.0, within ±3."
    assert found.verdict == "within"


def test_826_to_802_is_a_fall_of_2_9_percent(board: Store) -> None:
    found = incidents(april_and_may(board))["Charnwood"]
    assert change_words.change_words(found) == (
        "826 to 802: 2.9% lower, within usual variation (95% interval: 12% lower to 7.1% higher)."
    )


def test_a_base_below_ten_has_no_percentage_however_sure_the_rise(board: Store) -> None:
    found = incidents(april_and_may(board))["Nottingham"]
    assert (found.verdict, found.is_small_base) == ("rise", True)
    words = change_words.change_words(found)
    assert words == "4 to 25: higher, more than usual variation explains; too few for a percentage."
    assert "%" not in words


def test_only_months_whole_in_both_years_are_compared_and_a_missing_one_is_never_zero(board: Store) -> None:
    found = incidents(april_and_may(board))["Nottingham"]
    # The 900 of May 2025 have no May 2024 beside them.
    assert (found.before, found.now, found.months_compared, found.months_left_out) == (4, 25, 1, "2025-05")
    assert change_words.basis_words(found, "the same months a year before") == (
        "Only 1 of 2 months came whole in both periods and is compared; May 2025 is left out because a submission is "
        "missing or partial in one of them."
    )
    assert (found.total, found.months_whole) == (925, 2)
    assert change_words.headline(found) == "925 incidents"


def test_without_a_month_in_both_there_is_nothing_to_compare(board: Store) -> None:
    found = incidents(asked(board, date(2025, 5, 1), date(2025, 5, 1)))["Nottingham"]
    assert (found.before, found.now, found.verdict, found.verdict_reason) == (None, None, "none", "no_months")
    assert change_words.change_words(found) == (
        "No month came whole in both periods, so the two cannot be compared."
    )


def test_the_whole_table_of_a_total(board: Store) -> None:
    frame = april_and_may(board, by=(), area_code=LEICS).frame
    row = frame.iloc[0]
    numbers = ("before", "now", "difference", "ratio", "months_compared", "months_asked", "fewest_incidents")
    assert [row[name] for name in numbers] == pytest.approx([856, 822, -34, 822 / 856, 2, 2, 822])
    assert (row["area_code"], row["area_name"], row["figure"]) == (LEICS, "Leicestershire", "incidents")
    # By hand: the normal limits of 822 - 856, and 2 (sqrt(822) - sqrt(856)).
    assert row["difference_low"] == pytest.approx(-34 - 1.959964 * (822 + 856) ** 0.5, abs=1e-4)
    assert row["root_z"] == pytest.approx(-1.17387, abs=1e-5)
    assert pd.isna(row["dispersion"])
    assert frame["figure"].tolist() == ["incidents", "harm"]
    # An assault of these weighs 10 days, so that the harm says the same as the count.
    assert frame["difference"].tolist() == pytest.approx([-34, -340])
    variance = (822 + 856) * 100
    assert frame["difference_high"].iloc[1] == pytest.approx(-340 + 1.959964 * variance**0.5, abs=1e-3)


def test_the_map_and_the_words_compare_the_same(board: Store) -> None:
    selection = Selection("all-recorded-crime", from_month=date(2025, 4, 1), to_month=date(2025, 5, 1))
    on_map = protect.present(area_change(board, selection), ANALYST).frame.set_index("area_name")
    found = incidents(april_and_may(board))
    for name, one in found.items():
        assert on_map.at[name, "incident_count_before"] == one.before
        assert on_map.at[name, "p_value"] == pytest.approx(one.p_value)


def test_other_periods_can_be_the_base(board: Store) -> None:
    found = asked(
        board, date(2025, 5, 1), date(2025, 5, 1), base_from=date(2025, 4, 1), base_to=date(2025, 4, 1)
    )
    one = incidents(found)["Nottingham"]
    assert (one.before, one.now, one.verdict) == (25, 900, "rise")
    assert any("different months of the year" in note for note in found.stamp.notes)


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        ({"base_from": date(2024, 4, 1), "base_to": date(2024, 4, 1)}, "of 2 and 1 months"),
        ({"base_from": date(2025, 3, 1), "base_to": date(2025, 4, 1)}, "do not overlap"),
        ({"base_from": date(2024, 6, 1)}, "before it begins"),
        ({"by": ("month",)}, "two whole periods"),
    ],
)
def test_periods_that_cannot_be_compared_are_refused(
    board: Store, terms: dict[str, Any], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        april_and_may(board, **terms)


def test_a_change_of_definition_between_the_periods_is_refused_in_words(
    stores: Callable[[Build], Store],
) -> None:
    build = Build()
    for year, count in ((2024, 826), (2025, 802)):
        for supplier, area in ((LEICS_POLICE, LEICESTER), (NOTTS_POLICE, NOTTINGHAM)):
            build.sent(supplier, f"{year}-04")
            build.incidents(f"{year}-04", area, count)
    store = stores(build)
    title = "Stalking is counted from then"
    record_break(
        store.path,
        date(2024, 9, 1),
        kind="definition",
        title=title,
        concern=Concern(area_code=NOTTS),
        is_definition_change=True,
        reason="to be refused",
        recorded_by="A. Name",
        recorded_at=RECORDED,
    )
    found = incidents(asked(store, date(2025, 4, 1), date(2025, 4, 1)))
    refused = found["Nottingham"]
    assert (refused.verdict, refused.verdict_reason) == ("not_comparable", "definition_change")
    assert (refused.before, refused.now, refused.ratio_low, refused.p_value) == (826, 802, None, None)
    assert change_words.change_words(refused) == (
        "Not compared, because what is counted changed: Stalking is counted from then (1 September 2024). "
        "802 against 826 would set different things against each other. Put the same months under both definitions "
        "instead."
    )
    assert found["Leicester"].verdict == "within"


def test_ranges_that_overlap_cannot_be_told_and_those_that_do_not_are_compared_at_their_nearest(
    stores: Callable[[Build], Store],
) -> None:
    build = Build()
    for year, area_counts in ((2024, (40, 400)), (2025, (44, 40))):
        build.sent(LEICS_POLICE, f"{year}-04")
        for area, count in zip((LEICESTER, CHARNWOOD), area_counts, strict=True):
            build.incidents(f"{year}-04", area, count, offence=ABH_CODE_ONLY)
    found = harm(asked(stores(build), date(2025, 4, 1), date(2025, 4, 1)))
    assert found["Leicester"].verdict == "open"
    assert "Whether it rose or fell cannot be told, because the ranges overlap" in change_words.change_words(
        found["Leicester"]
    )


def test_harm_of_few_incidents_is_not_judged(stores: Callable[[Build], Store]) -> None:
    build = Build()
    for year in (2024, 2025):
        build.sent(LEICS_POLICE, f"{year}-04")
        build.incidents(f"{year}-04", LEICESTER, 12)
    build.incidents("2025-04", LEICESTER, 1, offence=MURDER)
    found = harm(asked(stores(build), date(2025, 4, 1), date(2025, 4, 1)))["Leicester"]
    assert (found.verdict, found.verdict_reason) == ("none", "few_cases")
    assert change_words.change_words(found) == (
        "5,595 days against 120 days, on at most 12 incidents in the smaller period: a few serious cases can make "
        "a difference of this size."
    )


def test_corrected_counts_are_not_judged(stores: Callable[[Build], Store]) -> None:
    build = Build()
    for year in (2024, 2025):
        build.sent(LEICS_POLICE, f"{year}-04")
        build.incidents(f"{year}-04", LEICESTER, 50, further=2)
    found = incidents(asked(stores(build), date(2025, 4, 1), date(2025, 4, 1)))["Leicester"]
    assert (found.verdict, found.verdict_reason, found.p_value) == ("none", "corrected", None)


def test_months_that_vary_more_than_by_chance_widen_the_limits_of_harm(
    stores: Callable[[Build], Store],
) -> None:
    build = Build()
    for month in range(1, 7):
        for year in (2024, 2025):
            build.sent(LEICS_POLICE, f"{year}-{month:02}")
        build.incidents(f"2024-{month:02}", LEICESTER, 100)
        build.incidents(f"2025-{month:02}", LEICESTER, 60 if month % 2 else 140)
    frame = asked(stores(build), date(2025, 1, 1), date(2025, 6, 1)).frame
    rows = frame[frame["area_name"] == "Leicester"].set_index("figure")
    # Differences of 40 either way: their variance is 1,920, and that of chance 200 a month.
    assert rows["dispersion"].tolist() == pytest.approx([9.6, 9.6])
    wide = rows.at["harm", "difference_high"] - rows.at["harm", "difference"]
    assert wide == pytest.approx(1.959964 * (1200 * 100 * 9.6) ** 0.5, rel=1e-4)


def test_a_change_that_months_so_restless_explain_is_usual(stores: Callable[[Build], Store]) -> None:
    build = Build()
    for month in range(1, 7):
        for year in (2024, 2025):
            build.sent(LEICS_POLICE, f"{year}-{month:02}")
        build.incidents(f"2024-{month:02}", LEICESTER, 100)
        build.incidents(f"2025-{month:02}", LEICESTER, 80 if month % 2 else 160)
    found = incidents(asked(stores(build), date(2025, 1, 1), date(2025, 6, 1)))["Leicester"]
    assert (found.verdict, (found.ratio_low or 0.0) > 1) == ("within", True)
    assert "within usual variation here" in change_words.change_words(found)


def test_the_step_of_the_sample_is_found_and_nothing_else(sample_store: Store) -> None:
    found = incidents(
        asked(sample_store, date(2025, 4, 1), date(2026, 3, 1), definition="violence-with-injury")
    )
    assert {name: one.verdict for name, one in found.items() if one.verdict != "within"} == {
        "Nottingham": "rise"
    }
