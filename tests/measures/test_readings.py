"""The same incidents by series, part, edition and rule, and the figures of the worksheet."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measures.builds import LEICS_POLICE, Build
from tests.measures.profiled import ProfiledBuild
from tests.measures.random_builds import builds
from tests.measures.test_breakdown import DEFINITIONS, FIGURES, TERMS, law, opened, shown, table
from vrin_data.contract.definitions import definition
from vrin_data.contract.series import SERIES
from vrin_data.errors import UsageError
from vrin_data.measures import (
    EditionsRequest,
    Selection,
    by_edition,
    by_part,
    by_rule,
    by_series,
    harm,
    worksheet_data,
)
from vrin_data.measures.penalties import greatest_penalty, incidents_by_penalty
from vrin_data.store import Store

ABH, MURDER, CODE_ONLY = "8N|008/06", "1|001/01", "8N|"
SAME, EARLIER = "same_year", "over_a_year"
JANUARY = replace(TERMS, to_month=date(2026, 1, 1))


def january(*incidents: dict[str, Any]) -> ProfiledBuild:
    """One whole month of one force with these incidents."""
    build = ProfiledBuild()
    build.sent(LEICS_POLICE, "2026-01")
    for one in incidents:
        build.add(one, month="2026-01")
    return build


def told(offence: str, reported_by: str, lag: str, **values: Any) -> dict[str, Any]:
    return {"offence_key": offence, "reported_by": reported_by, "recorded_lag": lag, **values}


def test_series_part_the_total_and_leave_what_cannot_be_told_to_itself(
    stores: Callable[[Build], Store],
) -> None:
    build = january(
        told(ABH, "victim", SAME),
        told(MURDER, "witness", SAME),
        told(ABH, "police", SAME),
        told(ABH, "company", SAME),
        told(CODE_ONLY, "police", EARLIER),
        told(ABH, "not_recorded", SAME),  # CHI, PPI or CDCHI
        told(ABH, "victim", "not_recorded"),  # CHI or HOCHI
        told(ABH, "not_recorded", EARLIER),  # HOCHI, whoever reported it
    )
    store = stores(build)
    columns = ["series", *FIGURES, "incident_count_at_most", "harm_days_at_most"]
    assert table(by_series(store, JANUARY), columns) == [
        ["chi", 2, 2, 5485, 5485, 5485, 4, 5505],
        ["ppi", 1, 1, 10, 10, 10, 2, 20],
        ["cdchi", 1, 1, 10, 10, 10, 2, 20],
        ["hochi", 2, 2, 12, 20, 1470, 3, 1480],
        ["cannot_tell", 2, 2, 20, 20, 20, None, None],
    ]
    # What a series may hold at most is what harm says of it.
    for series, at_most in zip(SERIES, (5505, 20, 20, 1480), strict=True):
        assert shown(harm(store, replace(JANUARY, series=series)))["harm_days_high"].tolist() == [at_most]


@law
@given(build=builds(), name=st.sampled_from(DEFINITIONS))
def test_series_sum_to_the_total(tmp_path_factory: Any, build: ProfiledBuild, name: str) -> None:
    with opened(build, tmp_path_factory.mktemp("law")) as store:
        asked = replace(TERMS, definition=name)
        whole, parts = shown(harm(store, asked)).iloc[0], shown(by_series(store, asked))
        for figure in FIGURES:
            if pd.isna(whole[figure]):
                assert (
                    figure not in ("incident_count_low", "incident_count_high") or parts[figure].isna().all()
                )
            else:
                assert parts[figure].sum() == pytest.approx(whole[figure]), figure


def test_each_part_of_a_definition_alone_and_the_whole_last(stores: Callable[[Build], Store]) -> None:
    build = january(
        told("34B|034/01", "victim", SAME, weapon="sharp", weapon_use="used", domestic="no"),
        told(ABH, "victim", SAME, weapon="none", domestic="yes", victim_age=40, suspect_age=40),
    )
    store = stores(build)
    asked = replace(JANUARY, definition="northamptonshire-svpp")
    frame = shown(by_part(store, asked))
    parts = definition("northamptonshire-svpp").all_parts()
    assert frame["part_name"].tolist() == [*(part.name for part in parts), "All parts together"]
    assert frame["part"].tolist()[:-1] == [*range(1, len(parts) + 1)]
    by_name = frame.set_index("part_name")["incident_count_low"]
    assert (by_name["Personal robbery"], by_name["Knife crime"], by_name["Domestic abuse"]) == (1, 1, 1)
    whole = shown(harm(store, asked)).iloc[0]
    assert frame.iloc[-1][FIGURES].tolist() == whole[FIGURES].tolist()
    assert any("do not sum to the whole" in note for note in by_part(store, asked).stamp.notes)
    assert not [note for note in by_part(store, JANUARY).stamp.notes if "do not sum" in note]


def test_editions_beside_each_other_are_those_of_days(stores: Callable[[Build], Store]) -> None:
    store = stores(january(told(ABH, "victim", SAME), told("8N|008/77", "victim", SAME)))
    answer = by_edition(store, EditionsRequest(JANUARY, ("cchi-2020",)))
    assert table(answer, ["edition", "harm_days", "unweighted_count"]) == [["cchi-2020", 10, 1]]
    assert "editions beside each other: cchi-2020" in answer.stamp.notes
    with pytest.raises(UsageError, match="Ask for costs under it"):
        by_edition(store, EditionsRequest(JANUARY, ("cchi-2020", "unit-costs-2018")))
    with pytest.raises(UsageError, match="No edition was named"):
        by_edition(store, EditionsRequest(JANUARY, ()))


def test_what_each_rule_of_the_method_changes(stores: Callable[[Build], Store]) -> None:
    build = january(told(ABH, "victim", SAME), told(ABH, "police", SAME), told(MURDER, "victim", SAME))
    store = stores(build)
    assert table(by_rule(store, JANUARY), ["rule", "incident_count_low", "harm_days"]) == [
        ["as_asked", 3, 5495],
        ["series", 2, 5485],
        ["attempts", 3, 5495],
        ["homicide", 2, 20],
    ]
    the_other_way = by_rule(store, replace(JANUARY, series="chi", without_homicide=True))
    assert table(the_other_way, ["rule", "incident_count_low", "harm_days"]) == [
        ["as_asked", 1, 10],
        ["series", 2, 20],
        ["attempts", 1, 10],
        ["homicide", 2, 5485],
    ]


def figures(frame: pd.DataFrame) -> dict[str, tuple[float | None, float | None, float | None]]:
    ends = ["value_low", "value", "value_high"]
    return {
        row["item"]: tuple(None if pd.isna(row[end]) else round(float(row[end]), 4) for end in ends)
        for _, row in frame.iterrows()
    }


def test_the_worksheet_says_what_the_data_say_of_each_consideration(stores: Callable[[Build], Store]) -> None:
    build = january(
        told(MURDER, "victim", SAME, injury="fatal", location_type="street", hate="no"),
        told(ABH, "victim", SAME, injury="minor", location_type="dwelling", hate="yes"),
        told(ABH, "victim", SAME, injury="not_recorded", location_type="not_recorded", hate="no"),
        told(CODE_ONLY, "victim", SAME, injury="not_recorded", location_type="park", hate="no"),
        told("34B|034/01", "victim", SAME),
    )
    frame = shown(worksheet_data(stores(build), replace(JANUARY, definition="derby-and-derbyshire")))
    assert frame["consideration"].drop_duplicates().tolist() == [
        "maximum_penalty",
        "victim_impact",
        "prevalence",
        "community_impact",
    ]
    assert (
        frame.set_index("item").loc["greatest", "text"]
        == "Life: Murder of persons aged 1 yr or over (1 001/01)"
    )
    assert frame.set_index("item").loc["judgement", "text"].startswith("a judgement")


def test_the_worksheet_gives_shares_from_what_is_recorded_to_what_may_be(
    stores: Callable[[Build], Store],
) -> None:
    build = january(
        told(MURDER, "victim", SAME, injury="fatal", location_type="street", hate="no"),
        told(ABH, "victim", SAME, injury="minor", location_type="dwelling", hate="yes"),
        told(ABH, "victim", SAME, injury="not_recorded", location_type="not_recorded", hate="no"),
        told(CODE_ONLY, "victim", SAME, injury="not_recorded", location_type="park", hate="no"),
        told("46|", "company", SAME, injury="none", location_type="shop", hate="no"),
    )
    found = figures(shown(worksheet_data(stores(build), JANUARY)))
    assert found["harm"] == (5475 + 20 + 2 + 1, 5475 + 20 + 10 + 1, 5475 + 20 + 1460 + 1)
    assert (found["injury_fatal"], found["injury_serious"]) == ((0.2, None, 0.6), (0, None, 0.4))
    assert found["injury_not_recorded"] == (0.4, 0.4, 0.4)
    assert (found["public_place_yes"], found["public_place_not_recorded"]) == (
        (0.6, None, 0.8),
        (0.2, 0.2, 0.2),
    )
    assert found["hate_yes"] == (0.2, 0.2, 0.2)
    assert found["count"] == (5, 5, 5)
    # All violence is the murder and three assaults, all of which are in, and the shop theft is none.
    assert found["share_of_violence"] == (1, 1, 1)
    assert found["judgement"] == (None, None, None)


def test_the_share_of_all_violence_is_a_range_where_it_cannot_be_told(
    stores: Callable[[Build], Store],
) -> None:
    knife = {"location_type": "street", "domestic": "no"}
    build = january(
        told(ABH, "victim", SAME, weapon="sharp", weapon_use="used", **knife),
        told(ABH, "victim", SAME, weapon="none", **knife),
        told(ABH, "victim", SAME, **knife),
        told("46|", "company", SAME, domestic="no"),
    )
    found = figures(shown(worksheet_data(stores(build), replace(JANUARY, definition="knife-enabled"))))
    assert found["share_of_violence"] == (0.3333, None, 0.6667)


def test_penalties_are_told_in_bands_and_an_offence_of_several_counts_for_none_of_them_surely() -> None:
    counted = definition("all-recorded-crime")
    by_offence = pd.DataFrame(
        [(MURDER, 2, 2), (ABH, 3, 4), (CODE_ONLY, 5, 5)],
        columns=["offence_key", "incident_count_low", "incident_count_high"],
    )
    bands = incidents_by_penalty(by_offence, counted).set_index("band")
    assert bands.loc["of life"].tolist() == [2, 2]
    assert bands.loc["of 5 years or more, less than 10"].tolist() == [3, 9]
    assert bands.loc["of less than 5 years, or a fine"].tolist() == [0, 5]
    assert greatest_penalty(counted)[0] == "Life"
    assert greatest_penalty(definition("assault-admissions")) == ("", "")


def test_a_worksheet_of_admissions_says_what_is_not_asked_of_them(stores: Callable[[Build], Store]) -> None:
    build = ProfiledBuild()
    build.sent("nhs-england", "2026-01", feed_id="hospital-admissions")
    build.home["nhs-england"] = "E23000021"
    build.add({"offence_key": "hospital-admissions:X99.9"}, month="2026-01", feed="hospital-admissions")
    asked = Selection("assault-admissions", by=(), from_month=date(2026, 1, 1), to_month=date(2026, 1, 1))
    frame = shown(worksheet_data(stores(build), asked)).set_index("item")
    assert frame.loc["greatest", "text"] == "not asked of what hospitals count"
    assert frame.loc["share_of_violence", "text"] == "not asked of what hospitals count"
    assert pd.isna(frame.loc["harm", "value_high"])
    assert frame.loc["count", "value"] == 1


def test_a_month_that_is_missing_leaves_the_figures_of_a_worksheet_empty(
    stores: Callable[[Build], Store],
) -> None:
    store = stores(january(told(ABH, "victim", SAME)))
    asked = replace(TERMS, from_month=date(2026, 2, 1), to_month=date(2026, 2, 1))
    frame = shown(worksheet_data(store, asked))
    assert frame[["value_low", "value", "value_high"]].isna().all().all()
