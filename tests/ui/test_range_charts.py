"""Charts of ranges, of how sure a total is, and of what changed: what they draw, and what they say."""

from typing import Any

import pandas as pd

from tests.ui.breakdown_frames import MADE_OF, NONE, change_rows, sureness_rows
from vrin_ui import range_charts
from vrin_ui.breakdown import sureness_chart, waterfall_chart


def marks(spec: dict[str, Any]) -> list[str]:
    return [layer["mark"]["type"] for layer in spec["layer"]]


def told(spec: dict[str, Any], field: str) -> list[str]:
    """The names of the rows that have a field."""
    rows = spec["datasets"]["rows"]
    return rows.loc[rows[field].notna(), "name"].tolist()


def plain(data: pd.DataFrame) -> list[list[Any]]:
    return data.astype(object).where(data.notna(), None).to_numpy().tolist()


def test_rows_are_ranges_in_words_and_what_has_no_weight_is_left_out():
    data = range_charts.range_data([*MADE_OF["offence_label"]], MADE_OF, "harm_days", unit="days")
    assert plain(data) == [
        [0, "Wounding (5D)", "5,840 days", 5840, 5840, 5840],
        [1, "Assault (8N)", "100 days (20 to 14,600)", 20, 100, 14600],
    ]


def test_without_a_central_reading_the_range_stands_alone():
    assert range_charts.range_words(0, NONE, 131400, unit="days") == "0 to 131,400 days"
    assert range_charts.range_words(5, NONE, 5, unit="days") == "5 days"


def test_a_range_that_goes_beyond_the_chart_ends_in_an_arrow(a_stamp):
    wide = MADE_OF.assign(harm_days_high=MADE_OF["harm_days_high"].replace(14600, 90000))
    data = range_charts.range_data([*wide["offence_label"]], wide, "harm_days", unit="days")
    spec = range_charts.range_spec(data, "days", title="T", stamp=a_stamp)
    assert marks(spec) == ["bar", "bar", "tick", "point", *["text"] * 4]
    assert told(spec, "end") == ["Assault (8N)"]
    assert spec["datasets"]["rows"][["dark", "pale"]].iloc[1].tolist() == [20, 5840 * 2.5]
    # A single weight needs no mark within its bar.
    assert told(spec, "mark") == ["Assault (8N)"]
    assert range_charts.BEYOND in " ".join(spec["title"]["subtitle"])


def test_a_mark_is_explained_where_there_is_one(a_stamp):
    for central, is_said in ((100, True), (NONE, False)):
        rows = pd.DataFrame({"harm_days_low": [20], "harm_days": [central], "harm_days_high": [900]})
        data = range_charts.range_data(["Assault (8N)"], rows, "harm_days", unit="days")
        words = " ".join(range_charts.range_spec(data, "days", title="T", stamp=a_stamp)["title"]["subtitle"])
        assert "Dark: certain" in words
        assert ("Upright mark" in words) == is_said


def test_exact_rows_need_no_explanation(a_stamp):
    data = range_charts.range_data(["Wounding"], MADE_OF.iloc[:1], "harm_days", unit="days")
    spec = range_charts.range_spec(data, "days", title="T", stamp=a_stamp)
    assert (told(spec, "mark"), told(spec, "end")) == ([], [])
    assert "Dark" not in " ".join(spec["title"]["subtitle"])


def test_long_names_end_with_their_code_whole():
    name = "Malicious wounding: wounding or inflicting grievous bodily harm upon another person (8N 008/01)"
    lines = range_charts.label_lines(name).split("\n")
    assert len(lines) == 2
    assert lines[-1].endswith("… (8N\u00a0008/01)")
    assert range_charts.row_labels(["Short (2)", name])[0] == " \nShort (2)"


def test_the_text_alternative_of_ranges_has_every_figure():
    data = range_charts.range_data([*MADE_OF["offence_label"]], MADE_OF, "harm_days", unit="days")
    assert range_charts.range_alt(data, title="Harm by offence") == (
        "Bar chart of ranges. Harm by offence. Wounding (5D): 5,840 days; "
        "Assault (8N): 100 days (20 to 14,600). The figures are in the table."
    )


PARTS = {"exact": (4, 4, 5840.0, 5840.0, 5840.0), "several_weights": (10, 10, 20.0, 100.0, 14600.0)}


def test_the_bar_of_sureness_runs_from_nothing_to_the_highest_reading():
    doubt = {"may_be_in": (0, 3, 0.0, 0.0, 600.0), "suppressed": (0, 2, 0.0, 0.0, 7.0)}
    data = sureness_chart.sureness_data(sureness_rows({**PARTS, **doubt}), "days")
    assert data[["piece", "from", "to"]].to_numpy().tolist() == [
        ["exact", 0, 5840],
        ["least", 5840, 5860],
        ["weights", 5860, 20440],
        ["may_be", 20440, 21040],
        ["hidden", 21040, 21047],
    ]
    assert data["words"].iloc[2] == "Open: heavier weights that may apply, 14,580 days"


def test_the_bar_of_sureness_has_a_mark_only_where_there_is_a_central_reading(a_stamp):
    data = sureness_chart.sureness_data(sureness_rows(PARTS), "days")
    with_mark = sureness_chart.sureness_spec(data, 5940.0, "days", title="T", stamp=a_stamp)
    without = sureness_chart.sureness_spec(data, None, "days", title="T", stamp=a_stamp)
    assert (marks(with_mark), marks(without)) == (["bar", "tick"], ["bar"])
    assert "central" not in sureness_chart.sureness_alt(data, None, "days", title="T")
    assert "The central reading is 5,940 days." in sureness_chart.sureness_alt(
        data, 5940.0, "days", title="T"
    )


STEPS = change_rows(
    [
        ("Wounding (5D)", 4, 2, 5840, 5840, 5840, 2920, 2920, 2920),
        ("Assault (8N)", 10, 20, 20, 100, 14600, 40, 200, 29200),
        ("Murder (1)", 1, 1, 5475, 5475, 5475, 5475, 5475, 5475),
    ]
)


def test_steps_lead_from_the_total_before_to_the_total_now():
    data = waterfall_chart.waterfall_data(STEPS, "before", "now")
    assert data[["name", "words", "from", "to"]].to_numpy().tolist() == [
        ["before", "11,415 days (11,335 to 25,915)", 0, 11415],
        ["Wounding (5D)", "▼ −2,920 days", 11415, 8495],
        ["Assault (8N)", "▲ +100 (−14,560 to +29,180) days", 8495, 8595],
        ["Murder (1)", "0 days", 8595, 8595],
        ["now", "8,595 days (8,435 to 37,595)", 0, 8595],
    ]


def test_a_change_that_is_a_range_has_a_line(a_stamp):
    data = waterfall_chart.waterfall_data(STEPS, "before", "now")
    spec = waterfall_chart.waterfall_spec(data, title="T", stamp=a_stamp)
    assert marks(spec) == ["bar", "bar", "rule", "point", "point", *["text"] * 4]
    assert told(spec, "thin_from") == ["before", "Assault (8N)", "now"]
    assert told(spec, "pale_from") == []
    # The scale is that of the steps, so that their sizes can be told; what goes further has an arrow.
    assert told(spec, "cut_left") == ["Assault (8N)"]
    assert told(spec, "cut_right") == ["before", "Assault (8N)", "now"]
    assert range_charts.BEYOND in " ".join(spec["title"]["subtitle"])


def test_without_a_central_reading_each_change_is_a_range_of_its_own(a_stamp):
    rows = STEPS.assign(harm_days_change=pd.array([NONE] * 3, dtype="Float64"))
    data = waterfall_chart.waterfall_data(rows, "before", "now")
    assert not waterfall_chart.is_stepped(data)
    assert data[["name", "words", "kind", "from", "to"]].to_numpy().tolist() == [
        ["Wounding (5D)", "▼ −2,920 days", waterfall_chart.DOWN, 0, -2920],
        ["Assault (8N)", "◆ −14,560 to +29,180 days", waterfall_chart.OPEN, 0, 0],
        ["Murder (1)", "0 days", waterfall_chart.OPEN, 0, 0],
    ]
    spec = waterfall_chart.waterfall_spec(data, title="T", stamp=a_stamp)
    assert marks(spec) == ["rule", "bar", "bar", "rule", "point", "point", *["text"] * 4]
    assert told(spec, "thin_from") == told(spec, "cut_left") == told(spec, "cut_right") == []
    assert told(spec, "pale_from") == ["Assault (8N)"]


def test_of_a_change_in_one_direction_its_smaller_end_is_certain():
    rows = change_rows([("Up", 1, 9, 10, NONE, 20, 50, NONE, 90), ("Down", 9, 1, 50, NONE, 90, 10, NONE, 20)])
    data = waterfall_chart.waterfall_data(rows, "before", "now")
    assert data[["name", "kind", "from", "to", "low", "high"]].to_numpy().tolist() == [
        ["Up", waterfall_chart.UP, 0, 30, 30, 80],
        ["Down", waterfall_chart.DOWN, 0, -30, -80, -30],
    ]


def test_an_offence_without_a_weight_is_no_step():
    rows = pd.concat([STEPS, STEPS.tail(1).assign(offence_label="Not mapped")], ignore_index=True)
    harm = [name for name in rows if name.startswith("harm")]
    rows.loc[3, harm] = NONE
    data = waterfall_chart.waterfall_data(rows, "before", "now")
    assert "Not mapped" not in set(data["name"])
    assert waterfall_chart.is_stepped(data)


def test_the_text_alternative_of_changes_begins_and_ends_with_the_totals():
    data = waterfall_chart.waterfall_data(STEPS, "before", "now")
    words = waterfall_chart.waterfall_alt(data, title="T", most=1)
    assert words == (
        "Chart of changes. T. before: 11,415 days (11,335 to 25,915); Wounding (5D): ▼ −2,920 days; "
        "now: 8,595 days (8,435 to 37,595). The figures are in the table."
    )


def test_signs():
    assert [waterfall_chart.signed(one) for one in (1200, -300, 0, -0.2, NONE)] == [
        "+1,200",
        "−300",
        "0",
        "0",
        "–",
    ]
