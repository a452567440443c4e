"""A harm total in cards and tables: what is said of it, and what is not said on a small base."""

from dataclasses import replace
from datetime import date

import pandas as pd

from tests.ui.breakdown_frames import MADE_OF, NONE, change_rows, offence_rows, sureness_rows
from vrin_ui.breakdown.breakdown_costs import MEASURES, about, money, total_lines
from vrin_ui.breakdown.breakdown_readings import rule_lines, rule_name
from vrin_ui.breakdown.breakdown_tables import (
    amounts,
    change_table,
    made_of_words,
    offences_table,
    series_lines,
    series_names,
    series_sum_words,
    sureness_table,
    weights_table,
    with_others,
    with_shares,
)
from vrin_ui.breakdown.breakdown_words import share_words, total_cards
from vrin_ui.filters import Filters

READINGS = "the lightest and the heaviest reading. The figure takes the weights that were chosen."
TOTAL = {
    "incident_count_low": 15, "incident_count_high": 15, "harm_days_low": 5860.0, "harm_days": 5940.0,
    "harm_days_high": 20440.0, "unweighted_count": 1, "incident_count_interval_low": 8.4,
    "incident_count_interval_high": 24.7, "harm_days_interval_low": 1500.0, "harm_days_interval_high": 32000.0,
    "harm_days_low_per_1000": 58.6, "harm_days_per_1000": 59.4, "harm_days_high_per_1000": 204.4,
    "months_covered": 11, "months_expected": 12,
}  # fmt: skip
PARTS = sureness_rows(
    {
        "exact": (4, 4, 5840.0, 5840.0, 5840.0),
        "several_weights": (10, 10, 20.0, 100.0, 14600.0),
        "not_weighed": (1, 1, NONE, NONE, NONE),
    }
)


def cards(total: dict[str, object], other: dict[str, object], *, has_left: bool = False):
    return total_cards(pd.Series(total), PARTS, pd.Series(other), has_left=has_left)


def test_six_cards_of_a_total():
    less = {
        **TOTAL,
        "incident_count_high": 14,
        "harm_days_low": 385.0,
        "harm_days": 465.0,
        "harm_days_high": 14965.0,
    }
    assert [(one.label, one.figure, one.words) for one in cards(TOTAL, less)] == [
        (
            "Harm",
            "5,940 days",
            (
                f"Range 5,860 to 20,440 days: {READINGS}",
                "Chance alone could widen this range to between 1,500 and 32,000 (95% limits).",
                "Stands on 11 of 12 months.",
            ),
        ),
        (
            "Incidents",
            "15",
            (
                "Chance alone could move it to between 8 and 25 (95% limits).",
                "1 of them has no weight and adds no harm.",
            ),
        ),
        (
            "Of this, exact",
            "5,840 days",
            ("98% of 5,940 days and 29% of the highest reading.", "The rest is a range: see “How sure is this total”."),
        ),
        ("Harm per 1,000 residents", "59.4 days", ("Range 58.6 to 204.4 days.",)),
        ("Harm for each incident", "424.3 days", ("418.6 to 1,460.0 days on the lowest and the highest reading.",)),
        (
            "Without homicide",
            "465 days",
            (f"Range 385 to 14,965 days: {READINGS}", "One incident fewer."),
        ),
    ]  # fmt: skip


def test_without_a_central_reading_the_range_is_the_figure():
    open_total = {**TOTAL, "harm_days": NONE, "harm_days_per_1000": NONE}
    found = {one.label: one for one in cards(open_total, open_total, has_left=True)}
    assert found["Harm"].figure == "5,860 to 20,440 days"
    assert found["Harm"].words[0] == "No single figure can be given: the extract does not say enough."
    assert found["Harm per 1,000 residents"].figure == "58.6 to 204.4 days"
    assert found["Of this, exact"].words[0] == "29% of the highest reading."
    assert found["With homicide"].figure == "The same"


def test_where_nothing_is_certain_the_most_is_said():
    doubtful = {**TOTAL, "incident_count_low": 1, "harm_days_low": 0.0, "harm_days": NONE}
    less = {**doubtful, "harm_days_low": -1.0}
    found = {one.label: (one.figure, one.words) for one in cards(doubtful, less)}
    assert found["Harm for each incident"] == (
        "–",
        ("Which incidents are counted is in doubt, so it cannot be told.",),
    )
    assert found["Without homicide"][1][-1] == "Which of them are homicides cannot be told."


def test_a_small_base_has_no_percentage():
    small = {**TOTAL, "incident_count_low": 9, "incident_count_high": 9}
    words = " ".join(" ".join(one.words) for one in cards(small, small))
    assert "% of" not in words
    few = MADE_OF[MADE_OF["offence_label"] == "Wounding (5D)"]
    assert offences_table(few)["Share of harm"].tolist() == ["–"]
    assert with_shares(["5,840 days"], few, small=True) == ["5,840 days"]


def test_a_feed_without_limits_of_chance_says_so():
    bare = {
        **TOTAL,
        **{name: NONE for name in TOTAL if "interval" in name},
    }
    found = {one.label: one for one in cards(bare, bare)}
    assert "No limits of chance can be given for this feed." in found["Incidents"].words
    assert not any("Chance" in words for words in found["Harm"].words)


def test_what_a_total_is_made_of_says_why_each_weight():
    table = offences_table(MADE_OF)
    assert table[["One weighs", "It may weigh"]].to_numpy().tolist() == [
        ["1,460", "1,460"],
        ["10", "2 to 1,460"],
        ["–", "–"],
    ]
    assert weights_table(MADE_OF)[["One weighs", "Why this weight"]].to_numpy().tolist() == [
        ["1,460", "All that it may be, and that is within the definition, weighs the same."],
        ["10 (2 to 1,460)", "Ordinary line (VRIN default)"],
        ["–", "The edition has no row for it."],
    ]
    nobody = MADE_OF.assign(weight_central=pd.array([NONE] * 3, dtype="Float64"))
    assert weights_table(nobody)["One weighs"].tolist() == ["1,460", "2 to 1,460", "–"]
    assert table["Share of harm"].tolist() == ["98%", "2%", "–"]


def test_what_the_chart_joins_is_said_above_the_table():
    assert "in the chart they are one row (2, 5D and 8N)" in made_of_words(9, ("2", "5D", "8N"))
    assert made_of_words(1, ()) == (
        "1 offence as the extract names them, which add up to the total. "
        "“One weighs” is the weight that was chosen, in days."
    )


def test_shares_name_the_reading_they_are_of():
    shared = with_shares(["a", "b"], MADE_OF.iloc[:2], small=False)
    assert shared == ["98% of the harm: a", "2% of the harm: b"]
    high = MADE_OF.assign(harm_days=pd.array([NONE] * 3, dtype="Float64"))
    assert with_shares(["a", "b"], high.iloc[:2], small=False)[0] == "98% of the highest reading: a"
    assert "Share of the highest reading" in offences_table(high)


def test_ten_offences_are_shown_and_the_rest_in_one_row():
    one = ("x", 1, 1, 10, 10, 10, 0.0625, "exact", 10, 10, 10, "")
    rows = offence_rows([(f"Offence {number}", *one[1:]) for number in range(16)])
    shown = with_others(rows)
    assert len(shown) == 11
    assert shown["offence_label"].iloc[-1] == "All 6 other offences"
    for name in ("incident_count_high", "harm_days_low", "harm_days", "harm_days_high", "share_of_harm"):
        assert shown[name].sum() == rows[name].sum()
    # One more than ten is not worth a row for the rest.
    assert with_others(rows.head(11))["offence_label"].iloc[-1] == "Offence 10"


def test_parts_of_which_there_is_nothing_are_no_rows():
    table = sureness_table(PARTS)
    assert table["How sure"].tolist() == [
        "Surely in, with one weight",
        "Surely in, several weights are possible",
        "Counted, and not weighed by this edition",
    ]
    assert table["Harm, lowest to highest"].tolist() == ["5,840", "20 to 14,600", "–"]


def test_changes_as_a_table():
    rows = change_rows([("Assault (8N)", 10, 20, 20, 100, 14600, 40, 200, 29200)])
    assert change_table(rows, "before", "now").to_numpy().tolist() == [
        ["Assault (8N)", "10", "20", "100 (20 to 14,600)", "200 (40 to 29,200)", "+100 (−14,560 to +29,180)"]
    ]  # fmt: skip


def test_every_series_says_what_it_leaves_out():
    frame = pd.DataFrame(
        {
            "series": ["chi", "cannot_tell"],
            "series_name": ["Crime Harm Index (CHI)", "Cannot tell"],
            "words": ["crimes of the year", "it does not say"],
        }
    )
    first, last = series_lines(frame)
    assert first.startswith(
        "**Crime Harm Index (CHI)** counts crimes of the year. It leaves out crimes of an earlier"
    )
    assert last == "**Cannot tell**: it does not say."


def test_the_bars_of_the_series_say_why_they_end_before_the_reading_alone():
    frame = pd.DataFrame(
        {
            "series": ["chi", "cannot_tell"],
            "series_name": ["Crime Harm Index (CHI)", "Cannot tell"],
            "harm_days_high": [3862035.0, 119968.0],
            "harm_days_at_most": [3982002.0, NONE],
        }
    )
    assert series_names(frame) == ["Crime Harm Index (CHI), for sure", "Cannot tell"]
    assert "ends at 3,862,035 days here, and at 3,982,002 days where it is read alone" in series_sum_words(
        frame
    )
    assert "ends at" not in series_sum_words(frame.assign(harm_days_at_most=frame["harm_days_high"]))


def test_rules_are_named_from_where_the_reader_stands():
    usual = Filters(
        "d", date(2025, 1, 1), date(2025, 12, 1), "cchi-2020", "police-offences", date(2024, 1, 1)
    )
    other = replace(usual, series="chi", without_homicide=True, attempts="as_completed")
    names = ("as_asked", "series", "attempts", "homicide")
    assert [rule_name(one, usual) for one in names] == [
        "As chosen above",
        "Only the Crime Harm Index (CHI)",
        "Attempts as the completed offence",
        "Without homicide",
    ]
    assert [rule_name(one, other) for one in names] == [
        "As chosen above",
        "All recorded crime",
        "Attempts as the edition lists them",
        "With homicide",
    ]


def test_a_rule_is_explained_where_its_name_does_not_say_all():
    frame = pd.DataFrame(
        {"words": ["as asked", "only crimes of one year", "without homicide"], "source": ["", "S 2020", ""]}
    )
    assert rule_lines(frame, ["As chosen above", "Only the CHI", "Without homicide"]) == [
        "**Only the CHI**: only crimes of one year. Source: S 2020."
    ]


def test_costs_are_pounds_and_say_what_they_leave_out():
    row = pd.Series(
        {
            "cost_gbp_low": 14050.0, "cost_gbp": NONE, "cost_gbp_high": 28100.0, "unweighted_count": 3,
            "cost_gbp_low_per_1000": 140.5, "cost_gbp_per_1000": NONE, "cost_gbp_high_per_1000": 281.0,
            "incident_count_low": 1, "incident_count_high": 5, "months_covered": 11, "months_expected": 12,
        }
    )  # fmt: skip
    lines = total_lines(row, MEASURES["pounds"], "Leicester")
    assert lines == [
        "Cost of the recorded crimes, Leicester: about £14,000 to £28,000, on 11 of 12 months.",
        "For 1,000 residents: about £140 to £280.",
        "Incidents counted: 1 to 5.",
        "3 incidents are not costed and left out of it.",
    ]
    assert not any("day" in line for line in lines)
    assert money(1, 2, 3, MEASURES["pounds"]) == "£2 (£1 to £3)"
    assert money(1, 1, 1, MEASURES["score"]) == "1 points"
    assert [about(one, one, one, MEASURES["pounds"]) for one in (64_433_300, 5_610_000, 12_909, 999_999, 0)] == [
        "about £64 million", "about £5.6 million", "about £13,000", "about £1.0 million", "about £0",
    ]  # fmt: skip
    assert about(1_000_000, 2_000_000, 30_000_000, MEASURES["pounds"]) == (
        "about £2.0 million (£1.0 million to £30 million)"
    )
    nothing = row.copy()
    nothing[["cost_gbp_low", "cost_gbp", "cost_gbp_high"]] = NONE
    assert total_lines(nothing, MEASURES["pounds"], "Leicester")[0] == (
        "Cost, Leicester: nothing of this is in the edition."
    )


def test_shares_and_weights_have_no_needless_digits():
    assert [share_words(*one) for one in ((1, 3), (1, 1000), (999.5, 1000), (0, 5), (5, 0))] == [
        "33%", "less than 1%", "more than 99%", "0%", "–",
    ]  # fmt: skip
    assert [amounts(*one) for one in ((2.0, 182.5), (10.0, 10.0), (NONE, NONE))] == ["2 to 182.5", "10", "–"]
