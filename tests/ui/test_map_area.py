"""The card of the chosen area: its words from frames, and the card as drawn, at levels from force to small area."""

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.frames import by_area
from vrin_data.store import Store
from vrin_ui.map_area import area_words as words


def catalogue_of(*areas: dict[str, Any], levels: dict[str, str] | None = None) -> Any:
    return SimpleNamespace(areas=pd.DataFrame(areas), levels=levels or {})


def an_area(code: str, name: str, level: str, **ups: Any) -> dict[str, Any]:
    return {
        "area_code": code,
        "area_name": name,
        "level": level,
        **dict.fromkeys(words.ABOVE),
        **ups,
    }


def offences(*rows: tuple[Any, ...]) -> pd.DataFrame:
    columns = ["offence_label", "incident_count_low", "incident_count_high"]
    columns += ["harm_days_low", "harm_days", "harm_days_high", "share_of_harm"]
    return pd.DataFrame(rows, columns=columns).astype(
        dict.fromkeys(columns[1:3], "Int64") | dict.fromkeys(columns[3:], "Float64")
    )


def around(names: list[str], rows: list[tuple[object, ...]]) -> pd.DataFrame:
    """The first area is the chosen one."""
    return by_area(names, rows).assign(is_own=[number == 0 for number in range(len(names))])


def test_an_area_is_named_with_what_it_lies_in() -> None:
    known = catalogue_of(
        an_area("S1", "Leicester 1", "lsoa", in_district="D1", in_csp="C1", in_force="F1", in_region="R1"),
        an_area("D1", "Leicester", "district", in_district="D1", in_csp="C1", in_force="F1", in_region="R1"),
        an_area("C1", "Leicester", "csp", in_csp="C1", in_force="F1", in_region="R1"),
        an_area("F1", "Leicestershire", "force", in_force="F1", in_region="R1"),
        an_area("R1", "East Midlands", "region", in_region="R1"),
    )
    assert [words.place_words(code, known) for code in ("S1", "D1", "F1", "R1")] == [
        "Small area in Leicester, Leicestershire and East Midlands.",
        "District in Leicestershire and East Midlands.",
        "Police force area in East Midlands.",
        "Region.",
    ]


def test_an_own_area_has_its_layers_name() -> None:
    known = catalogue_of(an_area("own-1", "Town", "own-zones"), levels={"own-zones": "Zones"})
    assert words.place_words("own-1", known) == "Area of Zones."


def test_offences_come_by_harm_and_by_count() -> None:
    frame = offences(
        ("Wounding", 2, 2, 2920, 2920, 2920, 0.8),
        ("Assault", 20, 21, 100, 700, 900, 0.2),
        ("Unknown", 3, 3, None, None, None, None),
    )
    assert words.top_by_harm(frame) == [
        "Wounding: 2,920 days, 80%",
        "Assault: 700 days (range 100 to 900), 20%",
    ]
    assert words.top_by_count(frame) == ["Assault: 20 to 21", "Unknown: 3", "Wounding: 2"]


def test_few_incidents_have_no_share_of_harm() -> None:
    assert words.top_by_harm(offences(("Wounding", 2, 2, 2920, 2920, 2920, 1.0))) == ["Wounding: 2,920 days"]


def test_harm_without_a_single_figure_is_a_range_and_says_whose_share_it_is() -> None:
    frame = offences(("Assault", 12, 12, 24, None, 17520, 1.0))
    assert words.top_by_harm(frame) == ["Assault: 24 to 17,520 days, 100% of the highest reading"]


@pytest.mark.parametrize(
    ("mine", "said"),
    [
        (100, "Above all of its 2 neighbours"),
        (2, "Below all of its 2 neighbours"),
        (30, "Within the range of its 2 neighbours"),
    ],
)
def test_an_area_stands_above_below_or_among_its_neighbours(mine: int, said: str) -> None:
    frame = around(["Here", "Low", "High"], [(1, 1, n, n, n) for n in (mine, 10, 50)])
    found = words.neighbour_words(frame, "harm-rate")
    assert found == f"**Harm per 1,000 residents: {mine / 2:.1f}.** {said}: 5.0 (Low) to 25.0 (High)."


def test_a_neighbour_without_a_submission_is_counted_and_not_taken_for_zero() -> None:
    frame = around(["Here", "There", "Gap"], [(4, 4, 8, 8, 8), (2, 2, 4, 4, 4), ()])
    assert words.neighbour_words(frame, "incidents-rate") == (
        "**Incidents per 1,000 residents: 2.0.** Above its one neighbour: 1.0 (There). 1 neighbour without a figure."
    )


def test_an_area_without_a_figure_or_neighbours_says_so() -> None:
    gap = around(["Here", "There"], [(), (2, 2, 4, 4, 4)])
    assert "cannot be compared" in words.neighbour_words(gap, "harm-rate")
    assert words.neighbour_words(around(["Here"], [(2, 2, 4, 4, 4)]), "harm-rate") == words.ALONE


def test_harm_of_few_incidents_is_told_to_be_so() -> None:
    one = around(["Here"], [(1, 1, 4, 4, 4)])
    assert words.few_words(one).startswith("This harm is that of 1 incident:")
    assert words.few_words(around(["Here"], [(30, 30, 4, 4, 4)])) == ""
    assert words.few_words(around(["Here"], [()])) == ""


def test_limits_of_chance_are_per_1000_residents() -> None:
    frame = around(["Here"], [(4, 4, 8, 8, 8)])
    assert words.chance_words(frame) == ""
    limits = frame.assign(incident_count_interval_low=1.1, incident_count_interval_high=10.2)
    assert "between 0.6 and 5.1 per 1,000" in words.chance_words(limits)


def test_grades_say_by_what_places_are_known() -> None:
    frame = pd.DataFrame(
        {
            "place_precision": ["snapped", "force"],
            "words": ["moved", "no place"],
            "incident_count_low": [7, 1],
            "incident_count_high": [8, 2],
        }
    )
    assert words.grade_lines(frame) == [
        "7 to 8 of 10: at an anonymous point near the place, as data.police.uk publishes them",
        "1 to 2 of 10: without a place, so in the police force area alone",
    ]


@pytest.mark.parametrize(
    ("value", "class_name", "unit", "line"),
    [
        (0.2134, None, "share of residents", "Income (2025): 21.3% of residents"),
        (31.25, None, "score", "Income (2025): 31.2"),
        (2.0, None, "decile of England", "Income (2025): 2 (decile of England)"),
        (
            7.256,
            None,
            "% of residents in the most deprived tenth",
            "Income (2025): 7.26% of residents in the most deprived tenth",
        ),
        (3.0, None, "", "Income (2025): 3"),
        (None, "Urban", "class", "Income (2025): Urban"),
        (None, None, "score", ""),
    ],
)
def test_a_context_figure_is_one_line(
    value: float | None, class_name: str | None, unit: str, line: str
) -> None:
    frame = pd.DataFrame({"value": [value], "class_name": [class_name], "unit": [unit], "year": [2025]})
    assert words.indicator_line("Income", frame) == line


def test_an_area_that_a_figure_does_not_know_has_no_line() -> None:
    assert words.indicator_line("Income", pd.DataFrame()) == ""


def card(area: str, **params: str) -> AppTest:
    """The card alone, of an area of the store that VRIN_STORE names."""

    def drawn() -> None:
        import streamlit as st

        from vrin_ui import figures, filter_bar
        from vrin_ui.ask import choices
        from vrin_ui.map_area import draw_card
        from vrin_ui.map_area.area_card import SPOTS

        def page() -> None:
            offered = choices()
            draw_card(filter_bar.current_filters(offered), offered)

        # The stamp links to the definitions, and a link needs a page that is there.
        st.navigation(
            [st.Page(page, title="Map", default=True), st.Page(figures.DEFINITIONS), st.Page(SPOTS)]
        ).run()

    app = AppTest.from_function(drawn, default_timeout=60)
    for name, value in {"area": area, **params}.items():
        app.query_params[name] = value
    return app.run()


@pytest.mark.parametrize(
    ("area", "said"),
    [
        ("E23000021", "Police force area in East Midlands."),
        ("E06000016", "District in Leicestershire and East Midlands."),
        ("S01000205", "Small area in Leicester, Leicestershire and East Midlands."),
    ],
)
def test_a_card_is_drawn_at_every_level(
    sample_store: Store, monkeypatch: pytest.MonkeyPatch, area: str, said: str
) -> None:
    monkeypatch.setenv("VRIN_STORE", str(sample_store.path))
    app = card(area)
    assert not app.exception
    text = "\n".join(one.value for one in app.markdown)
    assert said in text
    assert [one.value for one in app.subheader][:5] == [
        "Offences",
        "Beside its neighbours",
        "Deprivation and kind of area",
        "What is missing",
        "How closely places are known",
    ]
    assert "neighbours" in text


def test_a_month_without_a_submission_is_no_quiet_month(
    sample_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VRIN_STORE", str(sample_store.path))
    # Nottinghamshire Police sent nothing of this month.
    app = card("E23000019", **{"from": "2025-11", "to": "2025-11"})
    assert not app.exception
    text = "\n".join(one.value for one in app.markdown)
    assert words.NO_OFFENCE in text
    assert "cannot be compared" in text
    assert "0 of 1 monthly submissions" in text


def test_without_a_chosen_area_there_is_no_card(sample_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VRIN_STORE", str(sample_store.path))
    assert len(card("E99999999").subheader) == 0
