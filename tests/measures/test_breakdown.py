"""What a harm total is made of and how sure it is: whole tables by hand, and the parts sum to the whole."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.measures.builds import (
    ABH,
    ABH_CODE_ONLY,
    LEICESTER,
    LEICS_POLICE,
    MURDER,
    NOTTINGHAM,
    NOTTS_POLICE,
    SHOP,
    UNKNOWN,
    Build,
)
from tests.measures.profiled import ProfiledBuild
from tests.measures.random_builds import builds
from vrin_data import protect
from vrin_data.errors import UsageError
from vrin_data.measures import (
    Answer,
    BetweenRequest,
    Selection,
    breakdown,
    costs,
    harm,
    severity,
    sureness,
    waterfall,
)
from vrin_data.measures.joined_offences import joined_by_code
from vrin_data.measures.waterfall import ALL_OTHERS
from vrin_data.methods.intervals import fay_feuer_interval, poisson_interval
from vrin_data.store import Store

ANALYST = protect.Viewer.analyst()
COUNTS = ["incident_count_low", "incident_count_high"]
FIGURES = [*COUNTS, "harm_days_low", "harm_days", "harm_days_high"]
TERMS = Selection("all-recorded-crime", by=(), from_month=date(2026, 1, 1), to_month=date(2026, 3, 1))
DEFINITIONS = ("all-recorded-crime", "violence-with-injury", "knife-enabled", "capable-of-serious-harm")
WOUND = "8N|008/01"


def shown(answer: Answer) -> pd.DataFrame:
    return protect.present(answer, ANALYST).frame


def table(answer: Answer, columns: list[str]) -> list[list[object]]:
    frame = shown(answer)[columns].astype(object)
    return frame.where(frame.notna(), None).to_numpy().tolist()


@contextmanager
def opened(build: Build, folder: Path) -> Iterator[Store]:
    store = build.publish(folder)
    try:
        yield store
    finally:
        store.close()


def law(test: Callable[..., None]) -> Callable[..., None]:
    """A law held on builds drawn by chance; each is a store on disk, so there are few of them."""
    return settings(
        max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )(test)


def three_months() -> Build:
    """January, February and March of one force, the last in part."""
    build = Build()
    build.sent(LEICS_POLICE, "2026-01")
    build.sent(LEICS_POLICE, "2026-02")
    build.sent(LEICS_POLICE, "2026-03", is_partial=True)
    return build


def four_offences() -> Build:
    build = three_months()
    build.incidents("2026-01", LEICESTER, 3)
    build.incidents("2026-02", LEICESTER, 2)
    build.incidents("2026-01", LEICESTER, 1, offence=MURDER)
    build.incidents("2026-02", LEICESTER, 4, offence=ABH_CODE_ONLY)
    build.incidents("2026-02", LEICESTER, 6, offence=UNKNOWN)
    build.incidents("2026-03", LEICESTER, 9, offence=MURDER)  # a partial month stands in no total
    return build


def test_a_total_by_offence_is_the_whole_table(stores: Callable[[Build], Store]) -> None:
    answer = breakdown(stores(four_offences()), TERMS)
    columns = [
        "offence_key",
        *FIGURES,
        "unweighted_count",
        "basis",
        "weight_low",
        "weight_central",
        "weight_high",
    ]
    assert table(answer, columns) == [
        [MURDER, 1, 1, 5475, 5475, 5475, 0, "exact", 5475, 5475, 5475],
        [ABH, 5, 5, 50, 50, 50, 0, "exact", 10, 10, 10],
        [ABH_CODE_ONLY, 4, 4, 8, 40, 5840, 0, "chosen", 2, 10, 1460],
        [UNKNOWN, 6, 6, None, None, None, 6, "none", None, None, None],
    ]
    frame = shown(answer)
    assert frame["share_of_harm"].tolist()[:3] == pytest.approx([5475 / 5565, 50 / 5565, 40 / 5565])
    assert frame["share_of_harm"].isna().tolist() == [False, False, False, True]
    assert frame["offence_label"].tolist()[1:3] == [
        "Assault occasioning actual bodily harm (8N 008/06)",
        "Assault with injury (8N)",
    ]
    assert frame["weight_reason"].tolist()[2].startswith("008/06: ordinary line of this code")
    assert "shares of harm are of the central reading" in answer.stamp.notes


def test_a_threshold_leaves_of_a_weight_what_it_counts_and_says_so(stores: Callable[[Build], Store]) -> None:
    build = three_months()
    build.incidents("2026-01", LEICESTER, 4, offence=ABH_CODE_ONLY)
    build.incidents("2026-01", LEICESTER, 1, offence=WOUND)
    answer = breakdown(stores(build), replace(TERMS, definition="capable-of-serious-harm"))
    columns = [
        "offence_key",
        *COUNTS,
        "basis",
        "weight_low",
        "weight_central",
        "weight_high",
        "weight_reason",
    ]
    assert table(answer, columns) == [
        [
            *(ABH_CODE_ONLY, 0, 4, "range", 547.5, None, 1460),
            "the row that was chosen for the offence (10) is none that the definition counts",
        ],
        [
            *(WOUND, 0, 1, "exact", 547.5, None, 547.5),
            "of the weights that the offence may have, the definition counts this one alone",
        ],
    ]
    assert shown(answer)["share_of_harm"].tolist() == pytest.approx([5840 / 6387.5, 547.5 / 6387.5])
    assert (
        "shares of harm are of the highest reading, since this total has no central one" in answer.stamp.notes
    )


def test_how_sure_a_total_is_is_the_whole_table(stores: Callable[[Build], Store]) -> None:
    build = four_offences()
    build.incidents("2026-01", LEICESTER, 2, offence=WOUND)
    answer = sureness(stores(build), replace(TERMS, definition="violence-with-injury"))
    assert table(answer, ["sureness", *FIGURES]) == [
        ["exact", 5, 5, 50, 50, 50],
        ["several_weights", 6, 6, 8 + 38, 40 + 38, 5840 + 1095],
        ["may_be_in", 0, 0, 0, 0, 0],
        ["suppressed", 0, 0, 0, 0, 0],
        ["not_weighed", 0, 6, None, None, None],
    ]
    assert (
        "50 days of the harm are exact; the rest is a range of 46 to 6,935 days, because several weights are possible"
        in answer.stamp.notes
    )


def test_what_may_be_in_and_what_was_suppressed_are_told_apart(stores: Callable[[Build], Store]) -> None:
    build = three_months()
    build.incidents("2026-01", LEICESTER, 3, further=2)
    build.incidents("2026-01", LEICESTER, 4, offence=ABH_CODE_ONLY, further=1)
    build.incidents("2026-02", LEICESTER, -1, offence=ABH_CODE_ONLY)
    answer = sureness(stores(build), TERMS)
    assert table(answer, ["sureness", *FIGURES]) == [
        ["exact", 3, 3, 30, 30, 30],
        # one of the four is taken back, and it may have been the heaviest or the lightest
        ["several_weights", 3, 3, 8 - 1460, 30, 5840 - 2],
        ["may_be_in", 0, 0, 0, 0, 0],
        ["suppressed", 0, 3, 0, 0, 20 + 1460],
        ["not_weighed", 0, 0, None, None, None],
    ]
    assert shown(sureness(stores(build), replace(TERMS, definition="knife-enabled")))["sureness"].tolist()[
        2
    ] == ("may_be_in")


def test_a_total_that_is_exact_says_so(stores: Callable[[Build], Store]) -> None:
    build = three_months()
    build.incidents("2026-01", LEICESTER, 3)
    notes = sureness(stores(build), TERMS).stamp.notes
    assert "all of the harm is exact: every incident that is weighed is surely in and has one weight" in notes


def test_without_a_whole_month_there_is_nothing_to_break_down(stores: Callable[[Build], Store]) -> None:
    build = three_months()
    build.incidents("2026-03", LEICESTER, 3)
    store = stores(build)
    only_march = replace(TERMS, from_month=date(2026, 3, 1))
    assert len(shown(breakdown(store, only_march))) == 0
    assert shown(harm(store, only_march))["harm_days_low"].isna().all()


@law
@given(build=builds(), name=st.sampled_from(DEFINITIONS))
def test_parts_sum_to_the_total_of_harm(tmp_path_factory: Any, build: ProfiledBuild, name: str) -> None:
    with opened(build, tmp_path_factory.mktemp("law")) as store:
        asked = replace(TERMS, definition=name)
        whole = shown(harm(store, asked)).iloc[0]
        if whole["is_gap"]:
            return
        for parts in (shown(breakdown(store, asked)), shown(sureness(store, asked))):
            for figure in FIGURES:
                summed = parts[figure].sum(min_count=1)
                none = pd.isna(whole[figure]) or pd.isna(summed)
                assert none or summed == pytest.approx(whole[figure]), figure
                assert pd.isna(whole[figure]) or pd.notna(summed) or whole[figure] == 0, figure
            assert (parts["harm_days_low"].dropna() <= parts["harm_days_high"].dropna()).all()


def limits(answer: Answer) -> list[float | None]:
    names = [f"{what}_interval_{end}" for what in ("incident_count", "harm_days") for end in ("low", "high")]
    return [None if pd.isna(value) else float(value) for value in shown(answer)[names].iloc[0]]


def test_limits_of_chance_go_from_the_low_reading_to_the_high_one(stores: Callable[[Build], Store]) -> None:
    store = stores(four_offences())
    counts = [1, 5, 4]
    low = fay_feuer_interval([5475, 10, 2], counts, 5475).low
    high = fay_feuer_interval([5475, 10, 1460], counts, 5475).high
    expected = [float(value) for value in (poisson_interval(16).low, poisson_interval(16).high, low, high)]
    assert limits(harm(store, TERMS)) == pytest.approx(expected)
    by_area = shown(harm(store, replace(TERMS, level="district", by=("area",)))).set_index("area_name")
    assert float(by_area.loc["Leicester", "harm_days_interval_high"]) == pytest.approx(expected[3])
    # Nothing was recorded in Charnwood, and one murder could have been.
    assert float(by_area.loc["Charnwood", "harm_days_interval_high"]) == pytest.approx(
        5475 * 3.688879, rel=1e-6
    )
    assert by_area.loc["Charnwood", "harm_days_interval_low"] == 0


def test_a_gap_has_no_limits_of_chance_and_neither_has_a_month(stores: Callable[[Build], Store]) -> None:
    store = stores(four_offences())
    by_area = shown(harm(store, replace(TERMS, level="district", by=("area",)))).set_index("area_name")
    assert by_area.filter(like="interval").loc["Nottingham"].isna().all()
    assert not [name for name in shown(harm(store, replace(TERMS, by=("month",)))) if "interval" in name]


def test_counts_that_corrections_take_back_have_no_limits_of_chance(stores: Callable[[Build], Store]) -> None:
    build = four_offences()
    build.incidents("2026-01", LEICESTER, -1)
    assert limits(harm(stores(build), TERMS)) == [None, None, None, None]


def two_years() -> Build:
    """The first quarters of two years: February of the first was never sent."""
    build = Build()
    for month in ("2025-01", "2025-03", "2026-01", "2026-02", "2026-03"):
        build.sent(LEICS_POLICE, month)
    build.incidents("2025-01", LEICESTER, 4)
    build.incidents("2025-03", LEICESTER, 1, offence=MURDER)
    build.incidents("2026-01", LEICESTER, 9)
    build.incidents("2026-02", LEICESTER, 99, offence=MURDER)
    build.incidents("2026-03", LEICESTER, 2, offence=ABH_CODE_ONLY)
    return build


BEFORE = BetweenRequest(TERMS, date(2025, 1, 1), date(2025, 3, 1))


def test_a_waterfall_compares_the_months_that_both_periods_have(stores: Callable[[Build], Store]) -> None:
    answer = waterfall(stores(two_years()), BEFORE)
    columns = ["offence_key", "harm_days_before", "harm_days_now"]
    columns += [f"harm_days_change{end}" for end in ("_low", "", "_high")]
    assert table(answer, columns) == [
        [MURDER, 5475, 0, -5475, -5475, -5475],
        [ABH_CODE_ONLY, 40, 110, 54, 70, 2970],
    ]
    counts = ["incident_count_low_before", "incident_count_high_now", "incident_count_change_low"]
    assert table(answer, [*counts, "offence_count"]) == [[1, 0, -1, 1], [4, 11, 7, 2]]
    finer = waterfall(stores(two_years()), replace(BEFORE, is_joined=False))
    assert table(finer, columns) == [
        [MURDER, 5475, 0, -5475, -5475, -5475],
        [ABH, 40, 90, 50, 50, 50],
        [ABH_CODE_ONLY, 0, 20, 4, 20, 2920],
    ]
    assert [note for note in answer.stamp.notes if "one row under its code (8N)" in note] == [
        answer.stamp.notes[1]
    ]
    assert not [note for note in finer.stamp.notes if "under its code" in note]
    assert answer.stamp.notes[0] == (
        "compared with January 2025 to March 2025, on the 2 of 3 months that both have whole; left out, with the "
        "months of January 2025 to March 2025 they stand against: 2026-02"
    )


def test_a_waterfall_without_a_central_reading_is_in_the_order_of_the_largest_it_may_be(
    stores: Callable[[Build], Store],
) -> None:
    asked = replace(BEFORE, selection=replace(TERMS, definition="knife-enabled"))
    columns = ["offence_key", "harm_days_before", "harm_days_now", "harm_days_change"]
    columns += ["harm_days_change_low", "harm_days_change_high"]
    assert table(waterfall(stores(two_years()), asked), columns) == [
        [MURDER, None, None, None, -5475, 0],
        [ABH_CODE_ONLY, None, None, None, -40, 3010],
    ]


def test_a_supplier_that_stops_sending_classifications_is_no_change_of_crime(
    stores: Callable[[Build], Store],
) -> None:
    build = Build()
    for month, offence in (("2025-01", "5D|005/01"), ("2026-01", "5D|")):
        build.sent(LEICS_POLICE, month)
        build.incidents(month, LEICESTER, 7, offence=offence)
    asked = replace(BEFORE, selection=replace(TERMS, to_month=date(2026, 1, 1)), before_to=date(2025, 1, 1))
    store = stores(build)
    columns = ["offence_key", "offence_label", "incident_count_low_before", "incident_count_low_now"]
    assert table(waterfall(store, asked), [*columns, "harm_days_change"]) == [
        ["5D|", "Assault with intent to cause serious harm (5D)", 7, 7, 0]
    ]
    finer = shown(waterfall(store, replace(asked, is_joined=False)))
    assert finer["offence_key"].tolist() == ["5D|", "5D|005/01"]
    # A code that came with classifications alone keeps them apart.
    before = replace(asked.selection, from_month=date(2025, 1, 1), to_month=date(2025, 1, 1))
    assert shown(breakdown(store, before))["offence_key"].tolist() == ["5D|005/01"]


@law
@given(build=builds(), name=st.sampled_from(DEFINITIONS))
def test_joined_rows_sum_to_what_the_finer_ones_do(
    tmp_path_factory: Any, build: ProfiledBuild, name: str
) -> None:
    with opened(build, tmp_path_factory.mktemp("law")) as store:
        fine = shown(breakdown(store, replace(TERMS, definition=name)))
        joined, codes = joined_by_code(fine)
        assert [*joined[FIGURES].sum()] == pytest.approx([*fine[FIGURES].sum()])
        assert joined["offence_key"].is_unique
        assert (len(joined) < len(fine)) == bool(codes)


def test_a_waterfall_shows_the_ten_largest_changes_and_all_others(stores: Callable[[Build], Store]) -> None:
    keys = ["8N|008/06", "8N|008/01", "46|", "1|001/01", "34B|034/01", "34A|034/02", "2|002/00", "5D|005/01"]
    keys += ["3B|003/01", "30C|", "10D|", "8P|008/60", "19C|019/08"]
    build = Build()
    for number, month in enumerate(("2025-01", "2026-01"), start=1):
        build.sent(LEICS_POLICE, month)
        for key in keys:
            build.incidents(month, LEICESTER, number, offence=key)
    asked = replace(BEFORE, selection=replace(TERMS, to_month=date(2026, 1, 1)), before_to=date(2025, 1, 1))
    store = stores(build)
    frame = shown(waterfall(store, asked))
    assert frame["offence_key"].tolist()[-1] == ALL_OTHERS
    assert frame["offence_count"].tolist() == [*[1] * 10, 3]
    sizes = frame["harm_days_change"].abs().tolist()[:-1]
    assert sizes == sorted(sizes, reverse=True)
    for name, months in (
        ("now", asked.selection),
        ("before", replace(TERMS, from_month=date(2025, 1, 1), to_month=date(2025, 1, 1))),
    ):
        whole = shown(harm(store, months)).iloc[0]
        for figure in FIGURES:
            assert frame[f"{figure}_{name}"].sum() == pytest.approx(whole[figure]), (name, figure)


def test_periods_of_unlike_length_are_not_compared(stores: Callable[[Build], Store]) -> None:
    with pytest.raises(UsageError, match="3 months now and 2 before"):
        waterfall(stores(two_years()), replace(BEFORE, before_to=date(2025, 2, 1)))


def test_periods_without_a_month_in_common_have_nothing_to_compare(stores: Callable[[Build], Store]) -> None:
    build = Build()
    build.sent(LEICS_POLICE, "2026-01")
    build.incidents("2026-01", LEICESTER, 3)
    answer = waterfall(stores(build), BEFORE)
    assert len(shown(answer)) == 0
    assert "on the 0 of 3 months" in answer.stamp.notes[0]


def test_a_threshold_in_days_is_asked_of_days_alone(stores: Callable[[Build], Store]) -> None:
    store = stores(three_months())
    in_pounds = replace(TERMS, definition="capable-of-serious-harm", weights="unit-costs-2018")
    with pytest.raises(UsageError, match="threshold in days, which the edition unit-costs-2018, in pounds"):
        costs(store, in_pounds)


def test_the_line_on_a_chart_names_the_terms(stores: Callable[[Build], Store]) -> None:
    store = stores(three_months())
    asked = replace(TERMS, series="ppi", without_homicide=True, attempts="as_completed")
    short = harm(store, asked).stamp.short()
    assert "cchi-2020, attempts as completed · PPI alone · without homicide · data to" in short


def test_cost_and_severity_are_asked_under_their_own_editions_and_never_called_days(
    stores: Callable[[Build], Store],
) -> None:
    build = three_months()
    build.incidents("2026-01", LEICESTER, 3)
    build.incidents("2026-01", LEICESTER, 2, offence=SHOP)
    store = stores(build)
    in_pounds = replace(TERMS, weights="unit-costs-2018")
    answer = costs(store, in_pounds)
    row = shown(answer).iloc[0]
    assert row[["cost_gbp_low", "cost_gbp", "cost_gbp_high"]].tolist() == [3 * 14_050] * 3
    assert (row["unweighted_count"], row["incident_count_high"]) == (2, 5)
    assert row["cost_gbp_interval_high"] > row["cost_gbp_high"]
    assert not [name for name in shown(answer).columns if "days" in name]
    assert not [line for line in answer.stamp.lines() if "days" in line and "never" not in line]
    assert any(line.startswith("Cost: Unit costs of crime") for line in answer.stamp.lines())
    assert not [note for note in answer.stamp.notes if "is exact" in note]
    assert any("surely in and have one unit cost each" in note for note in answer.stamp.notes)
    assert any("Unit costs are of actual crimes" in note for note in answer.stamp.notes)
    for question, other in ((harm, in_pounds), (costs, TERMS), (severity, in_pounds), (breakdown, in_pounds)):
        with pytest.raises(UsageError, match=r"Ask for (costs|harm) under it"):
            question(store, other)


def test_two_forces_total_only_months_that_both_sent(stores: Callable[[Build], Store]) -> None:
    build = three_months()
    build.sent(NOTTS_POLICE, "2026-02")
    build.incidents("2026-01", LEICESTER, 3)
    build.incidents("2026-02", LEICESTER, 1)
    build.incidents("2026-02", NOTTINGHAM, 1)
    assert table(breakdown(stores(build), TERMS), ["offence_key", *COUNTS]) == [[ABH, 2, 2]]
