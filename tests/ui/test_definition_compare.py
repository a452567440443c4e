"""What sets definitions apart, in sentences, tables and charts: whole small frames in, whole words out."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from vrin_data.measures import Stamp
from vrin_data.records import DefinitionVersion
from vrin_ui.definitions import definition_charts as charts
from vrin_ui.definitions import definition_difference_charts as difference_charts
from vrin_ui.definitions.definition_address import Chosen, parse
from vrin_ui.definitions.definition_compare import called
from vrin_ui.definitions.definition_compare_tables import (
    areas_table,
    months_table,
    places_words,
    totals_table,
)
from vrin_ui.definitions.definition_difference_words import (
    areas_words,
    change_words,
    offences_words,
    overlap_words,
    relation_words,
    step_lines,
    steps_words,
    totals_words,
    why_words,
)
from vrin_ui.definitions.definition_effect_words import (
    area_table,
    months_frame,
    offence_table,
    reason_lines,
    total_lines,
)
from vrin_ui.definitions.definition_total import sure_lines, total_words
from vrin_ui.definitions.definition_worksheet_words import as_saved, said_by_data, share_words

NA = pd.NA


def overlap(
    both: int, first: int, second: int, doubt: int, *, same: int = 0, further: int = 0
) -> pd.DataFrame:
    counts = [both, first, second, same, doubt]
    return pd.DataFrame(
        {
            "relation": ["both", "only_first", "only_second", "same", "cannot_tell"],
            "incident_count": pd.array(counts, dtype="Int64"),
            "further_count": pd.array([further, 0, 0, 0, 0], dtype="Int64"),
            "harm_days_low": pd.array([10.0, 0.0, 5.0, 0.0, 0.0], dtype="Float64"),
            "harm_days_high": pd.array([20.0, 0.0, 9.0, 0.0, 30.0], dtype="Float64"),
        }
    )


def test_an_overlap_is_told_in_sentences() -> None:
    assert overlap_words(overlap(30, 0, 20, 50), "version 1", "version 2", unit="offences") == [
        "Of 100 offences that either may hold, 30 (30%) are surely in both.",
        "Version 1 surely holds nothing that version 2 leaves out.",
        "Version 2 surely adds 20 that version 1 leaves out, with 5 to 9 days of harm.",
        "Of 50 (50%) it cannot be told whether one alone holds them, because the extract does not say enough.",
    ]


def test_what_both_treat_alike_is_said_to_make_no_difference() -> None:
    said = overlap_words(overlap(30, 0, 20, 0, same=50), "A", "B", unit="offences")
    assert said[-1] == "50 (50%) are in both or in neither, so they make no difference."


def test_a_small_overlap_has_no_percentage_and_hidden_counts_are_named() -> None:
    said = overlap_words(overlap(3, 0, 2, 0, further=7), "A", "B", unit="hospital admissions")
    assert said[0] == "Of 5 hospital admissions that either may hold, 3 are surely in both."
    assert said[-1] == "Up to 7 more may stand behind small counts that the supplier does not give."


def test_totals_are_told_in_sentences() -> None:
    assert totals_words(totals(), ["version 1", "‘B’"], unit="offences") == [
        "Version 1 counts 5 to 9 offences, with 50 to 90 days of harm.",
        "‘B’ counts 10 offences, with 100 to 120 days of harm.",
    ]


def test_the_bar_of_an_overlap_is_cut_without_a_rest(a_stamp: Stamp) -> None:
    data = difference_charts.overlap_data(overlap(30, 0, 20, 50), relation_words("A", "B"))
    assert data[["from", "to", "text"]].to_numpy().tolist() == [
        [0, 30, "30"], [30, 30, "0"], [30, 50, "20"], [50, 50, "0"], [50, 100, "50"],
    ]  # fmt: skip
    spec = difference_charts.overlap_chart(data, title="Overlap", stamp=a_stamp).to_dict()
    assert "build 000001" in str(spec["title"])
    alt = difference_charts.overlap_alt(data, title="Overlap")
    assert "Surely in both: 30; Only in A: 0; Only in B: 20" in alt


def offences(**columns: Any) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "offence_key": ["8N|", "3B|003/01", "1|001/01"],
            "offence_label": ["x"] * 3,
            "only_first_count": [0, 4, 0],
            "only_second_count": [7, 0, 0],
            "same_count": [2, 0, 3],
            "cannot_tell_count": [5, 0, 0],
            "both_count": [1, 0, 9],
        }
    )
    return frame.assign(**columns)


def test_offences_that_only_one_counts_are_named() -> None:
    found = offences()
    moved = found[difference_charts.is_moved(found)]
    assert moved["offence_key"].tolist() == ["8N|", "3B|003/01"]
    assert offences_words(moved, "‘A’", "‘B’") == [
        "Only ‘A’ counts: Threats to kill (3B, 003/01), 4.",
        "Only ‘B’ counts: Assault with injury (8N), 7.",
        "It cannot be told most often for: Assault with injury (8N), 5.",
    ]
    assert offences_words(found.head(0), "A", "B") == ["Both count the same offences on these data."]


def test_what_only_the_first_counts_stands_to_the_left(a_stamp: Stamp) -> None:
    data = difference_charts.offences_data(offences(), "A", "B")
    assert data[["side", "from", "to"]].to_numpy().tolist() == [
        ["Only in B", 0, 7], ["Cannot be told", 7, 12], ["Only in A", 0, -4],
    ]  # fmt: skip
    chart = difference_charts.offences_chart(data, "A", "B", title="Offences", stamp=a_stamp).to_dict()
    assert chart["height"] == {"step": 42}
    assert "Threats to kill (3B, 003/01): Only in A, 4" in difference_charts.offences_alt(data, title="x")


def test_a_long_name_is_cut_before_its_code() -> None:
    assert difference_charts.short_offence("8N|008/01") == "Malicious wounding: wounding or inf… (8N, 008/01)"


def areas(moved: list[Any]) -> pd.DataFrame:
    rate = {"first": ([10.0, 20.0, 0.0], [15.0, 20.0, 0.0]), "second": ([10.0, 50.0, 0.0], [20.0, 60.0, 0.0])}
    frame = pd.DataFrame(
        {
            "area_name": ["Ashby", "Belton", "Corby"],
            "population": pd.array([1000, 1000, 0], dtype="Int64"),
            "places_moved": pd.array(moved, dtype="Int64"),
            "places_moved_by_count": pd.array(moved, dtype="Int64"),
            "incident_count_change_low": pd.array([-5, 30, 0], dtype="Int64"),
            "incident_count_change_high": pd.array([10, 40, 0], dtype="Int64"),
            "is_placed": True,
            "is_gap": False,
            "months_covered": [12, 11, 0],
            "months_expected": 12,
        }
    )
    for side, (low, high) in rate.items():
        for end, values in (("low", low), ("high", high)):
            frame[f"{side}_incident_count_{end}"] = pd.array([int(one) for one in values], dtype="Int64")
            frame[f"{side}_incident_count_{end}_per_1000"] = pd.array(values, dtype="Float64")
            frame[f"{side}_harm_days_{end}_per_1000"] = pd.array(values, dtype="Float64")
    return frame


LARGEST = (
    "Measured against residents, and by what is surely in, the difference is largest in Belton: 20.00 incidents for "
    "1,000 under ‘A’, 50.00 to 60.00 under ‘B’."
)


def test_the_area_that_the_difference_touches_most_is_named() -> None:
    assert areas_words(areas([1, -1, NA]), "‘A’", "‘B’", is_crime=True) == [
        LARGEST,
        "By harm for 1,000 residents, of the 2 districts (of 3) that can be placed (those with 10 incidents or more "
        "surely in under both whose harm is a single figure) 2 change place; Ashby moves "
        "furthest, 1 place away from the highest rate.",
    ]
    assert areas_words(areas([0, 0, NA]), "A", "B", is_crime=False)[1] == (
        "By what is surely in for 1,000 residents, of the 2 districts (of 3) that can be placed (those with 10 "
        "incidents or more surely in under both) none changes place."
    )


def test_where_ranges_lie_over_each_other_no_area_is_called_the_largest_for_sure() -> None:
    wide = areas([NA, NA, NA])
    wide["incident_count_change_high"] = pd.array([31, 40, 0], dtype="Int64")
    said = areas_words(wide, "‘A’", "‘B’", is_crime=False)
    assert said[0] == f"{LARGEST} The ranges leave it open whether it is another."
    assert said[1] == (
        "No order can be told: 0 of 3 districts can be placed (those with 10 incidents or more surely in under both)."
    )
    unknown = wide.assign(incident_count_change_high=pd.array([NA, 40, 0], dtype="Int64"))
    assert areas_words(unknown, "‘A’", "‘B’", is_crime=False)[0] == said[0]


def test_an_area_of_few_is_never_the_one_that_is_named() -> None:
    few = areas([NA, NA, NA]).assign(second_incident_count_low=pd.array([10, 9, 0], dtype="Int64"))
    few["first_incident_count_low"] = pd.array([10, 9, 0], dtype="Int64")
    assert areas_words(few, "A", "B", is_crime=False)[0] == (
        "Where 10 incidents or more are surely in, what is surely in is the same under both."
    )


def test_areas_without_anything_are_not_called_the_same() -> None:
    empty = areas([0, 0, 0]).assign(first_incident_count_high=0, second_incident_count_high=0)
    assert areas_words(empty, "A", "B", is_crime=True) == ["Nothing of this could be placed in a district."]


def test_areas_stand_by_name_with_places_in_words() -> None:
    table = areas_table(areas([1, -2, NA]), "A", "B", is_crime=True)
    assert table["Area"].tolist() == ["Ashby", "Belton", "Corby"]
    assert table["Places moved by harm"].tolist() == [
        "1 away from the highest",
        "2 towards the highest",
        "–",
    ]
    assert table["Months"].tolist() == ["12 of 12 months", "11 of 12 months", "no submission"]
    assert places_words(0) == "same place"


def test_the_chart_of_areas_has_both_sides_of_each(a_stamp: Stamp) -> None:
    data = difference_charts.areas_data(areas([0, 0, NA]), "A", "B")
    assert data[["area", "side", "words"]].head(2).to_numpy().tolist() == [
        ["Ashby", "A", "10.00 to 15.00"], ["Ashby", "B", "10.00 to 20.00"],
    ]  # fmt: skip
    difference_charts.areas_chart(data, "A", "B", title="Areas", stamp=a_stamp).to_dict()
    assert "Belton under B: 50.00 to 60.00" in difference_charts.areas_alt(data, title="x")


def steps() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "kind": ["clause", "clause", "together", "all"],
            "words": ["Adds rape", "Only where outside (cannot be made alone)", "Together", "All changes"],
            "incident_count_low_change": pd.array([8, NA, -1, 7], dtype="Float64"),
            "incident_count_high_change": pd.array([47, NA, -1, 46], dtype="Float64"),
            "harm_days_low_change": pd.array([100, NA, 0, 100], dtype="Float64"),
            "harm_days_high_change": pd.array([100, NA, 0, 100], dtype="Float64"),
        }
    )


def test_each_clause_says_what_it_moves() -> None:
    assert step_lines(steps(), is_crime=True) == [
        "Adds rape: count +8 at the lowest reading, +47 at the highest; days of harm +100.",
        "Only where outside (cannot be made alone): no figure.",
        "Together: count −1; days of harm 0.",
        "All changes: count +7 at the lowest reading, +46 at the highest; days of harm +100.",
    ]
    assert step_lines(steps(), is_crime=False)[0] == (
        "Adds rape: count +8 at the lowest reading, +47 at the highest."
    )
    assert steps_words(steps(), "A", "B").startswith("2 clauses set the two apart.")
    assert steps_words(steps().head(0), "A", "B") == "The two say the same, clause by clause."


def test_nothing_left_over_is_no_line() -> None:
    none = steps()
    moved = [name for name in none.columns if name.endswith("_change")]
    none.loc[none["kind"] == "together", moved] = 0
    assert [line.partition(":")[0] for line in step_lines(none, is_crime=True)] == [
        "Adds rape", "Only where outside (cannot be made alone)", "All changes",
    ]  # fmt: skip


def test_the_summary_and_the_clauses_are_told_apart() -> None:
    ends = {
        "first_incident_count_low": [30, 6, 0, 0, 10], "first_incident_count_high": [30, 6, 0, 0, 50],
        "second_incident_count_low": [30, 0, 20, 0, 25], "second_incident_count_high": [30, 0, 20, 0, 50],
    }  # fmt: skip
    found = overlap(30, 6, 20, 50).assign(**ends)
    assert why_words(found, "offences") == (
        "All changes together move the count by +29 at the lowest reading, +14 at the highest. The summary counts only "
        "what one surely holds and the other surely leaves out: +14 offences (20 that only the second surely holds, "
        "less 6). The rest, +15 at the lowest reading, 0 at the highest, is in doubt under one of the two or both."
    )
    sure = overlap(30, 6, 20, 0).assign(**{name: [*counts[:4], 0] for name, counts in ends.items()})
    assert why_words(sure, "offences") == (
        "All changes together come to what the summary says: +14 offences (20 that only the second surely holds, "
        "less 6)."
    )


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(1, 5, "+1 to +5"), (-3, 4, "−3 to +4"), (0, 0, "0"), (NA, NA, "–"), (-0.2, 0, "0")],
)
def test_a_change_has_its_sign(low: Any, high: Any, words: str) -> None:
    assert change_words(low, high) == words


def totals() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "definition": ["a@1", "b@1"],
            "incident_count_low": pd.array([5, 10], dtype="Int64"),
            "incident_count_high": pd.array([9, 10], dtype="Int64"),
            "harm_days_low": pd.array([50.0, 100.0], dtype="Float64"),
            "harm_days": pd.array([NA, 110.0], dtype="Float64"),
            "harm_days_high": pd.array([90.0, 120.0], dtype="Float64"),
            **{f"{one}_per_1000": pd.array([1.0, 2.0], dtype="Float64") for one in (
                "incident_count_low", "incident_count_high", "harm_days_low", "harm_days_high")},
            "months_covered": [11, 11],
            "months_expected": 12,
        }
    )  # fmt: skip


def test_totals_are_drawn_and_told_as_ranges(a_stamp: Stamp) -> None:
    counts = charts.totals_data(totals(), "incident_count", ["A", "B"])
    harm = charts.totals_data(totals(), "harm_days", ["A", "B"])
    assert counts["words"].tolist() == ["5 to 9", "10"]
    assert harm["words"].tolist() == ["50 to 90", "100 to 120; 110 at the chosen weights"]
    assert "A 5 to 9 incidents; B 10 incidents" in charts.totals_alt(counts, "incidents", title="Totals")
    chart = charts.totals_chart(harm, "days", title="Totals", stamp=a_stamp).to_dict()
    below = chart["title"]["subtitle"]
    assert " ".join(below).startswith(f"{charts.HOW_TO_READ} {charts.AT_CHOSEN}")
    assert max(map(len, below)) <= charts.NOTE_WIDTH
    several = replace(a_stamp, definition="weapon-enabled-public-and-home v1, " * 4)
    assert max(map(len, charts.heading("x", [], several).subtitle)) <= charts.NOTE_WIDTH
    plain_chart = charts.totals_chart(counts.tail(1), "incidents", title="Totals", stamp=a_stamp).to_dict()
    assert "Dark" not in str(plain_chart["title"])
    table = totals_table(totals(), ["A", "B"])
    assert table["Harm at the chosen weights"].tolist() == ["–", "110"]
    assert table["Months"].tolist() == ["11 of 12 months"] * 2


def months() -> pd.DataFrame:
    days = pd.to_datetime(["2026-01-01", "2026-02-01", "2026-03-01"])
    one = pd.DataFrame(
        {
            "month": days,
            "is_gap": [True, False, False],
            "is_partial": [False, False, True],
            "incident_count_low": pd.array([NA, 5, 1], dtype="Int64"),
            "incident_count_high": pd.array([NA, 9, 1], dtype="Int64"),
            "harm_days_low": pd.array([NA, 50.0, 1.0], dtype="Float64"),
            "harm_days": pd.array([NA, 60.0, 1.0], dtype="Float64"),
            "harm_days_high": pd.array([NA, 90.0, 1.0], dtype="Float64"),
        }
    )
    return pd.concat([one.assign(definition="a@1"), one.assign(definition="b@1")], ignore_index=True)


def test_a_month_that_did_not_come_whole_is_no_point_of_a_line(a_stamp: Stamp) -> None:
    names = {"a@1": "A", "b@1": "B"}
    data = charts.months_data(months(), "harm_days", names)
    assert data["label"].tolist() == ["February 2026", "March 2026"] * 2
    assert data["shown"].isna().tolist() == [False, True, False, True]
    assert data["words"].tolist()[:2] == ["50 to 90; 60 at the chosen weights", "did not come whole"]
    chart = charts.months_chart(data, "days", figure="harm_days", title="Months", stamp=a_stamp).to_dict()
    assert "Lines: harm with the weight chosen for each offence." in str(chart["title"])
    assert "Thin lines" not in str(chart["title"])
    assert "A: from 50 to 90 days a month. B: from 50" in charts.months_alt(data, "days", title="x")
    assert "Not whole: March 2026" in charts.months_alt(data, "days", title="x")
    assert (
        months_table(months(), names)["Received"].tolist()
        == ["in part"] * 2 + ["yes"] * 2 + ["no submission"] * 2
    )


def test_a_definition_without_a_single_figure_has_a_band_between_lines_of_its_own_dash(
    a_stamp: Stamp,
) -> None:
    open_ = months().assign(harm_days=pd.array([NA] * 6, dtype="Float64"))
    data = charts.months_data(open_, "harm_days", {"a@1": "A", "b@1": "B"})
    chart = charts.months_chart(data, "days", figure="harm_days", title="Months", stamp=a_stamp).to_dict()
    assert charts.NO_LINE in " ".join(chart["title"]["subtitle"])
    assert "Lines: harm" not in str(chart["title"])
    marks = [layer["mark"]["type"] for layer in chart["layer"]]
    # A gap, the bands, their edges: no line and no point, which the legend would show as if there were any.
    assert marks == ["rect", "area", "line", "line"]
    assert "shape" not in chart["layer"][-1]["encoding"]


def test_a_definition_has_one_colour_on_every_chart(a_stamp: Stamp) -> None:
    pair = ("#28a197", "#f46a25")
    told = {"title": "x", "stamp": a_stamp}
    bars = charts.totals_chart(
        charts.totals_data(totals(), "incident_count", ["A", "B"]), "incidents", colours=pair, **told
    ).to_dict()
    assert [row["colour"] for row in next(iter(bars["datasets"].values()))] == [*pair]
    cut = difference_charts.overlap_data(overlap(1, 2, 3, 4), relation_words("A", "B"), pair)
    of = dict(zip(difference_charts.RELATIONS, cut["colour"], strict=True))
    assert (of["only_first"], of["only_second"]) == pair
    assert not {of["both"], of["cannot_tell"]} & {*charts.COLOURS}
    found = difference_charts.offences_data(offences(), "A", "B")
    sides = difference_charts.offences_chart(found, "A", "B", colours=pair, **told).to_dict()
    assert sides["layer"][0]["encoding"]["color"]["scale"]["range"][:2] == [*pair]
    placed = difference_charts.areas_data(areas([0, 0, NA]), "A", "B")
    by_area = difference_charts.areas_chart(placed, "A", "B", colours=pair, **told).to_dict()
    assert {str(layer["encoding"]["color"]["scale"]["range"]) for layer in by_area["layer"]} == {str([*pair])}


def test_months_without_any_are_empty() -> None:
    assert charts.months_data(months().assign(is_gap=True), "incident_count", {}).empty


def a_version(name: str, number: int) -> DefinitionVersion:
    return DefinitionVersion(f"id-{name}", number, name, "built-in", "", "x", None)


def test_what_is_compared_is_called_as_short_as_can_be_told_apart() -> None:
    assert [*called([a_version("A", 1), a_version("A", 2)]).values()] == ["version 1", "version 2"]
    assert [*called([a_version("A", 1), a_version("B", 1)]).values()] == ["A", "B"]
    three = [a_version("A", 1), a_version("A", 2), a_version("B", 1)]
    assert [*called(three).values()] == ["A, v1", "A, v2", "B"]


def test_an_address_that_names_what_is_not_there_is_read_without_it() -> None:
    params = {"view": "nonsense", "read": "gone@9", "compare": "a@1,gone@9,a@1,b@2"}
    chosen = parse(params, ["a@1", "b@2"])
    assert chosen == Chosen(compared=("a@1", "b@2"))
    assert parse(chosen.params(), ["a@1", "b@2"]) == chosen


def effect(**values: Any) -> dict[str, Any]:
    row = {
        "is_gap": False, "months_covered": 11, "months_expected": 12,
        "incident_count_low": 5, "incident_count_high": 9,
        "harm_days_low": 50.0, "harm_days": NA, "harm_days_high": 90.0,
        "beside_incident_count_low": 5, "beside_incident_count_high": 5,
        "beside_harm_days_low": 20.0, "beside_harm_days": 30.0, "beside_harm_days_high": 50.0,
    }  # fmt: skip
    return row | values


class Crimes:
    """As much of a definition as the words about it need."""

    unit, counts_crimes, is_universe = "offence", True, False


def test_the_effect_of_a_draft_stands_beside_what_was_before() -> None:
    assert total_lines(effect(), Crimes()) == [
        "**5 to 9 offences** (before: 5).",
        "Harm **50 to 90 days**; no single figure can be given (before: 20 to 50; at the chosen weights 30).",
        "That stands on 11 of 12 months.",
    ]
    same = effect(
        incident_count_high=5, harm_days=30.0, harm_days_low=20.0, harm_days_high=50.0, months_covered=12
    )
    assert total_lines(same, Crimes()) == [
        "**5 offences** (as before).",
        "Harm **20 to 50 days**; at the chosen weights 30 (as before).",
    ]
    assert total_lines(effect(is_gap=True), Crimes()) == [
        "Nothing came in whole in this period, so nothing can be counted."
    ]


def test_reasons_name_a_flag_that_the_feed_does_not_carry() -> None:
    reasons = pd.DataFrame(
        {
            "label": [
                "have no record of: weapon",
                "have no record of: place",
                "are named coarsely",
                "have no record of: age",
            ],
            "incident_count": [1200, 40, 12, 3],
            "not_recorded_share": [1.0, 0.25, NA, 0.5],
        }
    )
    assert reason_lines(reasons) == [
        "1,200 incidents have no record of: weapon. This feed does not carry it.",
        "40 incidents have no record of: place. It is not recorded for 25% of those asked.",
        "12 incidents are named coarsely.",
        "3 incidents have no record of: age.",
    ]


def test_offences_that_come_in_stand_before_those_that_stay() -> None:
    rows = pd.DataFrame(
        {
            "key": ["1|001/01", "3B|003/01"], "change": ["same", "comes_in"],
            "beside_is_in": ["in", "out"], "is_in": ["in", "in"],
            "beside_incident_count_low": [2, 0], "beside_incident_count_high": [2, 0],
            "incident_count_low": [2, 3], "incident_count_high": [2, 4],
        }
    )  # fmt: skip
    assert offence_table(rows).to_numpy().tolist() == [
        ["Threats to kill (3B, 003/01)", "out", "3 to 4"],
        ["Murder of persons aged 1 yr or over (1, 001/01)", "2", "2"],
    ]


def test_areas_and_months_of_a_draft_stand_beside_those_before() -> None:
    rows = pd.DataFrame([effect(key="2026-02", label="Ashby", is_partial=False)])
    assert area_table(rows, "incident_count").values.tolist() == [["Ashby", "5", "5 to 9"]]
    assert area_table(rows, "harm_days").to_dict("records") == [
        {"Area": "Ashby", "Before": "20 to 50", "Now": "50 to 90"}
    ]
    frame = months_frame(rows)
    assert frame["definition"].tolist() == ["draft", "beside"]
    assert frame["incident_count_high"].tolist() == [9, 5]


def test_a_total_says_its_ends_and_its_months() -> None:
    row = effect(harm_days=60.0)
    assert total_words(row, Crimes(), "all areas, 2026") == [
        "All areas, 2026: **5 to 9 offences**. The lower figure is surely in; the higher one includes those that may "
        "be.",
        "Harm: **50 to 90 days**; 60 with the weight chosen for each offence.",
        "That stands on 11 of 12 months.",
    ]
    assert total_words(effect(is_gap=True), Crimes(), "here") == [
        "Here: nothing came in whole, so nothing can be counted."
    ]


def test_how_sure_a_total_is_leaves_out_what_there_is_none_of() -> None:
    rows = pd.DataFrame(
        {
            "words": ["surely in, with one weight", "may be in", "hidden"],
            "incident_count_low": [1, 0, 0], "incident_count_high": [1, 5, 0],
            "harm_days_low": [10.0, 0.0, NA], "harm_days_high": [10.0, 50.0, NA],
        }
    )  # fmt: skip
    assert sure_lines(rows, Crimes()) == [
        "Surely in, with one weight: 1 offence, 10 days.",
        "May be in: 0 to 5 offences, 0 to 50 days.",
    ]


def item(consideration: str, name: str, words: str, low: Any, high: Any, **more: Any) -> dict[str, Any]:
    usual = {"value": NA, "unit": "incidents", "text": ""}
    return (
        {"consideration": consideration, "item": name, "words": words, "value_low": low, "value_high": high}
        | usual
        | more
    )


def test_what_the_data_say_is_told_once_and_without_shares_of_few() -> None:
    rows = pd.DataFrame(
        [
            item("victim_impact", "harm", "harm", 50.0, 90.0, value=60.0, unit="days"),
            item(
                "victim_impact",
                "i1",
                "share of incidents, injury: none",
                0.0,
                1.0,
                unit="share",
                text="not said",
            ),
            item(
                "victim_impact",
                "i2",
                "share of incidents, injury: death",
                0.0,
                1.0,
                unit="share",
                text="not said",
            ),
            item("prevalence", "count", "incidents", 200.0, 300.0),
            item("prevalence", "rate", "incidents per 1,000 residents", 0.5678, 1.1, unit="per 1,000"),
            item("prevalence", "share", "share of all recorded violence", 0.004, 0.25, unit="share"),
            item("community_impact", "judgement", "impact on the community", NA, NA, text="a judgement"),
        ]
    )
    assert said_by_data(rows) == {
        "victim_impact": [("Harm", "50 to 90 days; 60 at the chosen weights"), ("Injury", "not said")],
        "prevalence": [
            ("Incidents", "200 to 300"),
            ("Incidents per 1,000 residents", "0.57 to 1.10"),
            ("Share of all recorded violence", "less than 1% to 25%"),
        ],
        "community_impact": [("Impact on the community", "a judgement")],
    }
    few = said_by_data(rows.assign(value_low=rows["value_low"].mask(rows["item"] == "count", 8.0)))
    assert few["prevalence"][2] == ("Share of all recorded violence", "too few incidents for a share")


def test_figures_are_kept_with_where_they_come_from() -> None:
    assert as_saved([("Incidents", "5")], "build 1") == {"Incidents": "5", "Figures from": "build 1"}
    assert as_saved([], "build 1") == {}
    assert share_words(0.5, 0.5) == "50%"
