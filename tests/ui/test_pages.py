"""Every page through the shell: on the sample, on an empty store, and with a choice in the address."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from vrin_data.store import Store

ROOT = Path(__file__).parents[2]
SHELL = ROOT / "vrin_ui" / "shell.py"
PAGES = ("overview", "map")
LEICESTER = "E06000016"


@pytest.fixture
def app(sample_store: Store, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("VRIN_STORE", str(sample_store.path))
    return AppTest.from_file(SHELL, default_timeout=60)


@pytest.fixture
def empty_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("VRIN_STORE", str(tmp_path / "nothing"))
    return AppTest.from_file(SHELL, default_timeout=60)


@pytest.fixture
def lonely_app(offence_store: Any, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The application on a store to which one force of the five has sent anything."""
    row = "A{n},Leicestershire Police,8N,008/06,{day},{day},458000,304000,Street,none,N,34,M,,Live,Victim"
    days = [f"{n:02d}/{month:02d}/2025" for month in range(1, 7) for n in range(1, 29)]
    store, _ = offence_store(*(row.format(n=n, day=day) for n, day in enumerate(days)))
    monkeypatch.setenv("VRIN_STORE", str(store.path))
    return AppTest.from_file(SHELL, default_timeout=60)


def opened(app: AppTest, page: str, **params: str) -> AppTest:
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    if page != "overview":
        app.switch_page(f"../pages/{page}.py").run()
    assert not app.exception, app.exception
    return app


def words(app: AppTest) -> str:
    kinds = ("title", "header", "markdown", "caption", "info", "warning", "error")
    return "\n".join(str(one.value) for kind in kinds for one in app.get(kind))


def charts(app: AppTest) -> list[str]:
    return [one.proto.alt for one in app.get("vega_lite_chart")]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_on_an_empty_store_says_what_to_do(empty_app: AppTest, page: str):
    app = opened(empty_app, page)
    assert [title.value for title in app.title] == ["There is no data yet"]
    assert [code.value for code in app.code] == [
        "python -m vrin_data sample",
        "python -m vrin_data ingest police-uk PATH-TO-THE-ARCHIVE.zip",
    ]


@pytest.mark.parametrize("page", PAGES)
def test_an_area_that_never_sent_is_a_gap_and_no_error(lonely_app: AppTest, page: str):
    opened(lonely_app, page, area="E07000032")
    shown = words(lonely_app)
    assert "No month of this period has come in for this area." in shown
    assert "Amber Valley" in shown


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_that_the_sample_is_simulated_beside_every_chart(app: AppTest, page: str):
    opened(app, page)
    assert [one.value[:19] for one in app.warning] == ["**Simulated data.**"]
    assert charts(app)
    for chart in app.get("vega_lite_chart"):
        assert "SIMULATED DATA" in chart.proto.spec


@pytest.mark.parametrize("page", PAGES)
def test_every_chart_has_a_text_alternative(app: AppTest, page: str):
    assert all(len(words) > 40 for words in charts(opened(app, page)))


def test_the_overview_names_area_and_definition(app: AppTest):
    opened(app, "overview", area=LEICESTER, definition="knife-enabled")
    assert app.title[0].value == "Knife-enabled serious violence: Leicester"


def test_the_overview_says_what_is_missing(app: AppTest):
    text = words(opened(app, "overview"))
    assert "Nottinghamshire Police: November 2025" in text
    assert "In part only: Leicestershire Police: August 2024" in text
    assert "Stands on 11 of 12 months." in text
    assert "November 2025 are left out because a submission is missing or partial" in text
    assert "No submission: November 2025" in charts(app)[0]


def test_the_overview_names_forces_that_never_sent(lonely_app: AppTest):
    assert "Derbyshire: never sent this feed" in words(opened(lonely_app, "overview"))


def test_the_choice_goes_along_to_the_next_page(app: AppTest):
    opened(app, "overview", area=LEICESTER, definition="knife-enabled")
    app.query_params.clear()
    app.switch_page("../pages/map.py").run()
    assert {name: app.query_params[name] for name in ("area", "definition")} == {
        "area": LEICESTER,
        "definition": "knife-enabled",
    }


def test_a_choice_in_the_filter_bar_goes_into_the_address(app: AppTest):
    opened(app, "overview")
    app.selectbox(key="choose_area").set_value(LEICESTER).run()
    app.selectbox(key="choose_from").set_value("2025-10").run()
    assert app.query_params["area"] == LEICESTER
    assert app.query_params["from"] == "2025-10"
    assert app.title[0].value == "Violence with injury: Leicester"


@pytest.mark.parametrize("level", ["force", "csp", "district", "msoa", "lsoa"])
def test_the_map_draws_every_level(app: AppTest, level: str):
    opened(app, "map", level=level, measure="incidents")
    assert charts(app)[0].startswith("Map of ")
    assert f"/outlines/{level}-" in app.get("vega_lite_chart")[0].proto.spec


def test_the_map_of_an_area_shows_its_trend(app: AppTest):
    opened(app, "map", level="lsoa", area=LEICESTER)
    assert len(charts(app)) == 3
    assert app.header[0].value == "Leicester"
    app.button[0].click().run()
    assert "area" not in app.query_params
    assert len(charts(app)) == 1


def test_a_wrong_address_shows_the_default_view(app: AppTest):
    opened(app, "overview", area="nowhere", definition="'; drop table build; --", to="later")
    assert app.title[0].value == "Violence with injury: all areas"
    assert app.query_params["definition"] == "violence-with-injury"
    told = "The definition that the address names is not known here"
    assert [one.value[: len(told)] for one in app.info] == [told]
    # It stands until another definition is chosen.
    app.run()
    assert [one.value[: len(told)] for one in app.info] == [told]
    app.selectbox(key="choose_definition").set_value("knife-enabled").run()
    assert not app.info
