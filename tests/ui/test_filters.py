"""The address holds the whole choice, and a wrong address still shows something."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from vrin_data.measures import Catalogue
from vrin_ui.filter_bar import area_options, month_options, rule_words, standing_words
from vrin_ui.filters import Filters, View, parse, shifted, view

AREAS = pd.DataFrame(
    [
        ("R", "Region", "region", None, None, None),
        ("F", "Force", "force", "F", None, None),
        ("P", "Partnership", "csp", "F", "P", None),
        ("D", "District", "district", "F", "P", "D"),
        ("E", "Elsewhere", "district", "F", "P", "E"),
        ("S", "Small", "lsoa", "F", "P", "D"),
        ("T", "Tiny", "lsoa", "F", "P", "E"),
    ],
    columns=["area_code", "area_name", "level", "in_force", "in_csp", "in_district"],
)
CHOICES = Catalogue(
    build_id="000001",
    definitions={"all-recorded-crime": "All (v1)", "violence-with-injury": "Violence (v1)"},
    versions={
        "all-recorded-crime@1": "All (v1)",
        "violence-with-injury@1": "Violence (v1)",
        "admitted@1": "Admitted (v1)",
    },
    units={"all-recorded-crime": "offence", "violence-with-injury": "offence", "admitted@1": "admission"},
    editions={"cchi-2020": "CCHI 2020"},
    other_editions={},
    feeds_of_unit={"attendance": {}, "admission": {"hospital-admissions": "Admissions"}},
    feeds={"police-offences": "Offences", "police-uk": "police.uk"},
    months_of_feed={
        "police-offences": (date(2023, 4, 1), date(2026, 3, 1)),
        "police-uk": (date(2018, 10, 1), date(2018, 12, 1)),
        "hospital-admissions": (date(2024, 4, 1), date(2026, 3, 1)),
    },
    levels={"region": "", "force": "", "csp": "", "district": "", "lsoa": ""},
    areas=AREAS,
    outlines={},
    attribution=(),
    is_simulated=False,
)
DEFAULT = Filters(
    definition="violence-with-injury",
    from_month=date(2025, 4, 1),
    to_month=date(2026, 3, 1),
    edition="cchi-2020",
    feed="police-offences",
    first_month=date(2023, 4, 1),
)


def test_a_version_is_asked_for_by_its_number_and_admissions_of_their_own_feed():
    first = parse({"definition": "violence-with-injury@1", "feed": "police-uk"}, CHOICES)
    assert (first.definition, first.feed) == ("violence-with-injury@1", "police-uk")
    admitted = parse({"definition": "admitted@1", "feed": "police-uk"}, CHOICES)
    assert (admitted.definition, admitted.feed) == ("admitted@1", "hospital-admissions")


OLD = replace(
    CHOICES,
    versions={
        **CHOICES.versions,
        "old@9": "Old (v9, retired)",
        "old@10": "Old, narrower (v10, retired)",
        "old@11": "Old (v11, draft)",
        "new@1": "New (v1, submitted)",
    },
)


def test_a_retired_definition_shows_its_last_version_and_says_so():
    chosen = parse({"definition": "old"}, OLD)
    assert chosen.definition == "old@10"
    assert standing_words(chosen, OLD, "old") == (
        "Old, narrower (v10) is retired; these figures are of that version."
    )


def test_what_is_not_in_force_is_said_to_be_so():
    assert standing_words(parse({"definition": "old@11"}, OLD), OLD) == (
        "Old (v11) is a draft and not in force; these figures are of that version."
    )
    chosen = parse({"definition": "new"}, OLD)
    assert standing_words(chosen, OLD, "new") == (
        "New (v1, submitted) is not in force; these figures are of Violence (v1)."
    )
    assert standing_words(chosen, OLD, "nothing") == (
        "The definition that the address names is not known here; these figures are of Violence (v1)."
    )


def test_nothing_is_said_of_what_is_in_force():
    assert standing_words(DEFAULT, CHOICES) == ""
    assert standing_words(parse({"definition": "violence-with-injury@1"}, CHOICES), CHOICES) == ""


def test_an_empty_address_is_the_last_12_months_of_the_finest_feed():
    assert parse({}, CHOICES) == DEFAULT


@pytest.mark.parametrize(
    "params",
    [
        {"area": "X1", "definition": "nothing", "from": "soon", "to": "2026-13", "level": "street",
         "measure": "'; drop table", "weights": "../..", "feed": "nhs"},
        {"from": "", "to": "", "area": ""},
        {"definition": "__class__", "level": "msoa"},
        {"level": "region"},
        {"series": "everything", "homicide": "yes", "attempts": "1"},
    ],
)  # fmt: skip
def test_what_is_not_known_takes_its_default(params: dict[str, str]):
    assert parse(params, CHOICES) == DEFAULT


@pytest.mark.parametrize(
    "params",
    [
        {"area": "D", "definition": "all-recorded-crime", "from": "2024-01", "to": "2024-06", "level": "lsoa",
         "measure": "incidents", "weights": "cchi-2020", "feed": "police-offences"},
        {"definition": "violence-with-injury", "from": "2018-11", "to": "2018-12", "level": "force",
         "measure": "harm", "weights": "cchi-2020", "feed": "police-uk"},
        {"definition": "violence-with-injury", "from": "2025-04", "to": "2026-03", "level": "force",
         "measure": "harm", "weights": "cchi-2020", "feed": "police-offences", "series": "chi",
         "homicide": "without", "attempts": "as_completed"},
    ],
)  # fmt: skip
def test_a_link_opens_the_same_view_again(params: dict[str, str]):
    assert parse(params, CHOICES).params() == params


def test_months_outside_the_feed_move_to_its_ends_and_a_reversed_period_turns():
    found = parse({"from": "2031-01", "to": "2001-01"}, CHOICES)
    assert (found.from_month, found.to_month) == (date(2023, 4, 1), date(2026, 3, 1))


def test_periods_of_the_overview():
    long = parse({"from": "2023-05", "to": "2026-02"}, CHOICES)
    assert long.year == (date(2025, 3, 1), date(2026, 2, 1))
    assert long.trend == (date(2023, 4, 1), date(2026, 2, 1))
    short = parse({"from": "2025-12", "to": "2026-02"}, CHOICES)
    assert short.year == (date(2025, 12, 1), date(2026, 2, 1))


@pytest.mark.parametrize(
    ("area", "level", "expected"),
    [
        (None, "district", View(None, None)),
        ("F", "district", View("F", None)),
        ("D", "lsoa", View("D", None)),
        ("D", "district", View("F", "D")),
        ("D", "force", View(None, "F")),
        ("S", "lsoa", View("D", "S")),
        ("S", "district", View("F", "D")),
        ("R", "region", View(None, "R")),
    ],
)
def test_a_map_shows_the_parts_of_an_area_or_the_area_among_its_neighbours(area, level, expected):
    assert view(parse({"area": area or ""}, CHOICES), CHOICES, level) == expected


def test_small_areas_are_offered_inside_the_chosen_district_only():
    broad = ["", "R", "F", "P", "D", "E"]
    assert list(area_options(CHOICES, None)) == broad
    assert list(area_options(CHOICES, "F")) == broad
    assert list(area_options(CHOICES, "D")) == [*broad, "S"]
    assert list(area_options(CHOICES, "T")) == [*broad, "T"]
    assert area_options(CHOICES, None)["D"] == "District (district)"


def test_months_are_offered_newest_first():
    assert month_options(date(2025, 12, 1), date(2026, 1, 1)) == {
        "2026-01": "January 2026",
        "2025-12": "December 2025",
    }


def test_months_move_over_the_turn_of_a_year():
    assert [shifted(date(2026, 1, 1), by) for by in (-13, -1, 0, 11, 12)] == [
        date(2024, 12, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
    ]


def test_the_rules_of_the_method_go_into_the_question_and_are_said():
    chosen = parse({"series": "hochi", "homicide": "without", "attempts": "as_completed"}, CHOICES)
    asked = chosen.selection()
    assert (asked.series, asked.without_homicide, asked.attempts) == ("hochi", True, "as_completed")
    assert rule_words(chosen) == (
        "Only the Historic Offences Crime Harm Index (HOCHI), without homicide, "
        "attempts weigh as the completed offence."
    )
    assert rule_words(DEFAULT) == ""
