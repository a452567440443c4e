"""What maps draw: every placed area once, in the class of its figure, with words made from the figures alone."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from tests.ui.frames import DOUBTED, GAP, KNOWN, NOTHING, RANGED, STAMP, by_area
from tests.ui.test_filters import CHOICES
from vrin_ui.classes import NO_SUBMISSION, NOT_PLACED, NOT_TOLD, SPECIAL, SUPPRESSED
from vrin_ui.filters import next_level, parse
from vrin_ui.map import bivariate, change, hexes
from vrin_ui.map.drill import level_of_all, trail
from vrin_ui.map.map_choice import MapChoice, in_other_period, modes, other_start, other_starts, parse_choice
from vrin_ui.map.map_figures import figures_of
from vrin_ui.map.map_table import beside, map_table, thirds_table, unlike_months
from vrin_ui.map.map_values import classes, map_values, tooltip
from vrin_ui.map.map_words import map_alt, unlike_words
from vrin_ui.map.pictures import two_scales
from vrin_ui.map.spec import map_spec, together
from vrin_ui.map.unplaced_table import unplaced_table

EVERY = by_area(
    ["Known", "Ranged", "Gap", "Doubted", "Rest"], [KNOWN, RANGED, GAP, DOUBTED, NOTHING], unplaced=True
)


def spec_of(frame: pd.DataFrame, measure: str = "harm", **options):
    found = figures_of(frame, measure)
    scale = classes(found)
    values = map_values(found, scale)
    terms = {"outline": "district-0.topo.json", "level": "district", "heading": "Harm", "legend": found.title}
    return map_spec(
        values, scale, stamp=STAMP, tooltip=tooltip(found, values, scale), **terms, **options
    ), scale


def test_a_map_draws_every_placed_area_once():
    found = figures_of(EVERY, "harm")
    scale = classes(found)
    values = map_values(found, scale)
    assert values[["id", "figure", "low", "high", "had"]].astype(object).where(values.notna(), None).to_dict(
        "list"
    ) == {
        "id": ["A0", "A1", "A2", "A3"],
        "figure": [40.0, 30.0, None, None],
        "low": [40.0, 20.0, None, 0.0],
        "high": [40.0, 90.0, None, 50.0],
        "had": [1, 1, 0, 1],
    }
    assert [scale.labels[code] for code in values["band"]][2:] == [NO_SUBMISSION, NOT_TOLD]
    assert map_alt(found, scale, heading="Harm") == (
        "Map of 4 areas. Harm. Highest: Known 40; Ranged 30. 1 without a submission. "
        "The same figures are in the table."
    )


def test_domain_and_range_go_with_the_classes_in_every_channel():
    spec, scale = spec_of(EVERY, also=[("Not placed: 3", SPECIAL[NOT_PLACED])])
    for channel, part in (("fill", "fill"), ("stroke", "stroke"), ("strokeDash", "dash")):
        encoding = spec["encoding"][channel]
        assert encoding["scale"]["domain"] == [*range(len(scale.labels) + 1)]
        looks = [*scale.looks, SPECIAL[NOT_PLACED]]
        assert encoding["scale"]["range"] == [
            [*look.dash] if part == "dash" else getattr(look, part) for look in looks
        ]
        assert encoding["legend"] == spec["encoding"]["fill"]["legend"]
    labels = spec["encoding"]["fill"]["legend"]["labelExpr"]
    assert all(
        f'"{label} ({count})"' in labels for label, count in zip(scale.labels, scale.counts, strict=True)
    )
    assert '"Not placed: 3"' in labels


def test_a_map_has_its_stamp_its_outline_and_no_figure_outside_its_data_set():
    spec, _ = spec_of(EVERY, chosen="A1")
    assert spec["data"]["url"] == "/outlines/district-0.topo.json"
    assert spec["title"]["subtitle"][0].startswith("SIMULATED DATA")
    assert spec["encoding"]["strokeWidth"]["condition"]["test"] == 'datum.id === "A1"'
    rest = repr({name: part for name, part in spec.items() if name not in ("datasets", "encoding", "title")})
    assert not any(figure in rest for figure in ("40.0", "30.0", "90.0", "50.0"))


def test_a_code_cannot_break_out_of_an_expression():
    spec, _ = spec_of(EVERY, chosen='A1" || true || "')
    assert spec["encoding"]["order"]["condition"]["test"] == 'datum.id === "A1\\" || true || \\""'


def test_what_is_suppressed_is_not_drawn_by_its_figure():
    frame = EVERY.assign(is_suppressed=[True, False, False, False, False])
    frame.loc[0, ["harm_days_low", "harm_days", "harm_days_high"]] = pd.NA
    found = figures_of(frame, "harm")
    assert classes(found).of_values[0] == SUPPRESSED


def test_shares_of_all_harm_hold_what_is_not_placed_as_well():
    frame = by_area(["One", "Two", "Rest"], [KNOWN, KNOWN, (8, 8, 120.0, 120.0, 120.0)], unplaced=True)
    found = figures_of(frame, "share")
    assert list(found.rows["shown"]) == [20.0, 20.0, 60.0]
    assert found.title == "Share of all harm (%)"
    assert figures_of(EVERY, "share").title == "Share of the harm that can be told (%)"


def test_harm_per_offence_is_of_the_incidents_that_were_weighed():
    frame = by_area(["One", "None"], [KNOWN, NOTHING]).assign(
        unweighted_count=pd.array([2, 0], dtype="Int64")
    )
    assert list(figures_of(frame, "per-offence").rows["shown"]) == [20.0, 0.0]


def test_smoothed_rates_stand_beside_those_as_counted_with_their_intervals():
    smoothed = EVERY.assign(
        harm_days_per_1000_smoothed=pd.array([18.0, 15.0, None, None, None], dtype="Float64"),
        harm_days_per_1000_interval_low=1.0,
        harm_days_per_1000_interval_high=60.0,
        is_busy_centre=[True, False, False, False, False],
    )
    found = figures_of(smoothed, "harm-smoothed")
    values = map_values(found, classes(found))
    assert values[["figure", "raw", "interval_low", "interval_high", "busy"]].iloc[0].tolist() == [
        18.0,
        20.0,
        1.0,
        60.0,
        1,
    ]
    headings = [heading for heading, _ in tooltip(found, values, classes(found))]
    assert headings == ["Area", found.title, "As counted", "95% interval", "Class", "Note", "Received"]
    table = map_table(smoothed, found, "harm-smoothed")
    assert list(table.columns[:5]) == ["Area", found.title, "As counted", "95% from", "95% to"]
    assert dict(zip(table["Area"], table[found.title], strict=True))["Known"] == 18.0


def test_the_table_has_the_figures_of_the_map_area_by_area():
    found = figures_of(EVERY, "share")
    table = map_table(EVERY, found, "share").set_index("Area")[found.title]
    for row in found.rows.itertuples():
        shown = table[row.area_name]
        assert (pd.isna(shown) and pd.isna(row.shown)) or shown == row.shown


def test_two_maps_have_the_same_classes_and_one_table():
    first = figures_of(by_area(["One", "Two"], [KNOWN, NOTHING]), "incidents")
    second = figures_of(by_area(["One", "Two", "Three"], [RANGED, GAP, KNOWN]), "incidents")
    scales = two_scales(first, second, "quantiles")
    assert scales[0].labels == scales[1].labels
    assert [len(scale.codes) for scale in scales] == [2, 3]
    table = beside(first.rows, second.rows, ("Before", "Now"))
    assert table["Area"].tolist() == ["One", "Three", "Two"]
    assert table["Difference"].fillna(-99).tolist() == [-2, -99, -99]
    specs = [spec_of(EVERY)[0], spec_of(EVERY)[0]]
    both = together(specs)["hconcat"]
    assert [[*one["datasets"]] for one in both] == [["values0"], ["values1"]]
    assert [one["transform"][0]["from"]["data"]["name"] for one in both] == ["values0", "values1"]


def test_areas_on_unlike_months_have_no_difference_and_are_named():
    first = figures_of(by_area(["Ash", "Beech"], [KNOWN, KNOWN]), "incidents").rows
    second = first.assign(had=[11, 12])
    assert unlike_months(first, first) == []
    assert "Months of each" not in beside(first, first, ("Then", "Now"))
    table = beside(first.assign(had=12), second, ("Then", "Now"))
    assert table["Difference"].isna().tolist() == [True, False]
    assert table["Months of each"].iloc[0] == f"12 of {first['due'].max()}, 11 of {first['due'].max()}"
    assert unlike_months(first.assign(had=12), second) == ["Ash"]
    assert "Ash came whole" in unlike_words(["Ash"], 2)
    assert unlike_words([], 2) == ""


def change_frame(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["incident_count_before", "incident_count_now", "is_significant"])
    frame["area_code"] = [f"A{number}" for number in range(len(rows))]
    frame["area_name"] = frame["area_code"]
    frame["incident_count_change"] = frame["incident_count_now"] - frame["incident_count_before"]
    return frame.assign(
        is_placed=True, is_gap=False, change_share=None, harm_days_before=1.0, harm_days_now=1.0
    )


def test_only_a_change_beyond_chance_is_named_a_rise_or_a_fall():
    frame = change_frame(
        [(100, 160, True), (100, 130, True), (1000, 1100, True), (100, 160, False), (5, 30, True), (100, 40, True),
         (12, 0, True), (9, 0, True), (100, 100, True)]
    )  # fmt: skip
    assert change.change_of(frame).scale.of_values == (
        "Rose by 50% or more", "Rose by 20% to under 50%", "Rose by under 20%", change.UNCLEAR,
        "Rose, from under 10", "Fell by 50% or more", "Fell by 50% or more", "Fell, from under 10", change.UNCLEAR,
    )  # fmt: skip


def test_a_change_against_a_missing_year_is_a_gap():
    frame = change_frame([(pd.NA, 5, pd.NA), (20, 60, True)])
    frame.loc[0, "is_gap"] = True
    found = change.change_of(frame)
    assert found.scale.of_values == (NO_SUBMISSION, "Rose by 50% or more")
    assert change.change_table(frame, found.scale)["What can be told"].tolist() == [
        NO_SUBMISSION,
        "Rose by 50% or more",
    ]


def test_incidents_against_harm_by_thirds_of_each():
    rows = [
        (count, count, float(harm), float(harm), float(harm))
        for count in (1, 10, 100)
        for harm in (5, 50, 500)
    ]
    frame = by_area([f"Area {number}" for number in range(9)], rows)
    found = bivariate.bivariate(frame)
    assert sorted(found.scale.of_values) == sorted(bivariate.NAMES)
    assert found.scale.of_values[2] == "High harm, few incidents"
    assert [one["fill"] for one in map(vars, found.scale.looks)] == [*bivariate.PALETTE]
    legend = bivariate.legend_spec(found)
    assert legend["datasets"]["legend"]["areas"].tolist() == [1] * 9
    assert bivariate.classes_table(frame, found).tolist() == [*found.scale.of_values]


def test_the_class_of_each_area_stands_in_its_own_row_whatever_the_order():
    frame = by_area(["Gap", "Zeal", "Ash"], [GAP, (1, 1, 5.0, 5.0, 5.0), (90, 90, 500.0, 500.0, 500.0)])
    table = thirds_table(frame, bivariate.bivariate(frame))
    assert table["Area"].tolist() == ["Ash", "Zeal", "Gap"]
    assert table["Class"].iloc[2] == NO_SUBMISSION
    assert table["Class"].iloc[0] != table["Class"].iloc[1]
    assert table["Class"].iloc[1] == "Low harm, few incidents"


def test_areas_without_either_figure_stand_outside_the_nine_classes():
    found = bivariate.bivariate(by_area(["One", "Gap", "Two"], [KNOWN, GAP, NOTHING]))
    assert found.scale.of_values[1] == NO_SUBMISSION
    assert len(found.scale.labels) == 10
    assert bivariate.bivariate(by_area(["Gap"], [GAP])).scale.of_values == (NO_SUBMISSION,)


@pytest.mark.parametrize(
    ("name", "short"),
    [("Leicester", "Leices."), ("North East Derbyshire", "N E\nDerbys."), ("Blaby", "Blaby"),
     ("Newark and Sherwood", "Newark\nSherwo."), ("King's Lynn and West Norfolk", "King's\nLynn W"), ("", "")],
)  # fmt: skip
def test_names_are_shortened_to_fit_their_cell(name: str, short: str):
    assert hexes.short_name(name) == short


def test_names_are_white_on_dark_and_black_on_light():
    assert hexes.lightness("#ffffff") == pytest.approx(100)
    assert hexes.lightness("#000000") == 0
    assert hexes.lightness("#08468b") < hexes.DARK < hexes.lightness("#68abd6")


def test_an_area_opens_into_the_next_finer_level_and_the_trail_leads_back():
    assert [next_level(area, CHOICES) for area in ("F", "D", "S")] == ["district", "lsoa", None]
    assert trail("S", CHOICES) == [("F", "Force"), ("D", "District"), ("S", "Small")]
    assert trail(None, CHOICES) == []
    assert [level_of_all(level, CHOICES) for level in ("force", "lsoa")] == ["force", "district"]


def test_the_address_names_how_a_map_is_drawn_and_what_it_names_wrongly_takes_its_default():
    chosen = parse({}, CHOICES)
    drawn = replace(CHOICES, outlines={"hex-district": "x"})
    asked = {"mode": "periods", "scheme": "natural", "beside": "2023-04"}
    assert parse_choice(asked, chosen, drawn).params() == {**asked, "against": ""}
    wrong = {"mode": "'; drop", "scheme": "best", "beside": "soon", "against": "nothing"}
    assert parse_choice(wrong, chosen, drawn) == MapChoice(against="all-recorded-crime")
    assert "hexagons" not in modes(CHOICES, "violence-with-injury")


def test_the_other_period_is_as_long_and_a_year_before_where_the_feed_has_it():
    chosen = parse({"from": "2025-01", "to": "2025-03"}, CHOICES)
    start = other_start(MapChoice("periods"), chosen, CHOICES)
    assert start == date(2024, 1, 1)
    other = in_other_period(chosen, start)
    assert (other.from_month, other.to_month) == (date(2024, 1, 1), date(2024, 3, 1))
    assert chosen.from_month not in other_starts(chosen, CHOICES)
    whole = parse({"from": "2023-04", "to": "2026-03"}, CHOICES)
    assert other_start(MapChoice("periods"), whole, CHOICES) is None


def test_what_lies_outside_a_layer_is_told_apart_from_what_is_not_known():
    rows = pd.DataFrame(
        {
            "supplier_name": ["A Police", "A Police"],
            "place_precision": ["exact", "force"],
            "is_elsewhere": [True, False],
            "incident_count_low": [3, 2],
            "incident_count_high": [3, 4],
        }
    )
    assert unplaced_table(rows).to_numpy().tolist() == [
        ["A Police", "Known, and outside every area of this layer: not a fault", "3"],
        ["A Police", "No place given: the supplier's own area only", "2 to 4"],
    ]


def test_many_areas_are_sent_in_few_bytes():
    count = 2_847
    frame = by_area([f"Area {number}" for number in range(count)], [KNOWN] * count)
    frame["area_code"] = [f"E01{number:06d}" for number in range(count)]
    frame["harm_days_high"] = np.arange(count) + 40.0
    found = figures_of(frame, "harm")
    values = map_values(found, classes(found))
    assert values.drop(columns="id").dtypes.map(lambda one: one.itemsize).sum() <= 13
