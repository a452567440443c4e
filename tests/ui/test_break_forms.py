"""The forms for breaks, re-basings and targets: what is asked for, what stands, and the way back."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.measures.builds import LEICS_POLICE, Build
from vrin_data.records import SeriesKey, rebases, recorded_breaks, targets
from vrin_data.store import Store

SERIES = SeriesKey("violence-with-injury", "police-offences", "incidents", "E06000016")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    build = Build()
    build.sent(LEICS_POLICE, "2025-01", months=3)
    build.incidents("2025-01", "L1", 4)
    with closing(build.publish(tmp_path_factory.mktemp("forms") / "store")) as store:
        return store.path


@pytest.fixture
def store(tmp_path: Path, built: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    found = Store.open(shutil.copytree(built, tmp_path / "store"))
    monkeypatch.setenv("VRIN_STORE", str(found.path))
    with closing(found):
        yield found


def _register() -> None:
    from vrin_ui.ask import choices
    from vrin_ui.breaks.register import draw_register

    draw_register(choices())


def _series() -> None:
    from datetime import date

    from vrin_data.records import SeriesKey
    from vrin_ui.breaks.rebase_forms import draw_rebase_form
    from vrin_ui.breaks.target_forms import draw_target_form

    series = SeriesKey("violence-with-injury", "police-offences", "incidents", "E06000016")
    months = [date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1)]
    draw_rebase_form(series, months)
    draw_target_form(series, "incidents", months, unit="incidents a month")


def press(page: AppTest, label: str) -> AppTest:
    """The page after its button of this label was pressed."""
    next(one for one in page.button if one.label == label).click()
    page.run()
    assert not page.exception
    return page


def said(page: AppTest) -> str:
    return "\n".join(str(one.value).replace("\\", "") for one in (*page.success, *page.error))


def test_a_break_needs_a_day_a_line_a_reason_and_a_name(store: Store) -> None:
    page = AppTest.from_function(_register, default_timeout=30).run()
    assert "No day was given" in said(press(page, "Record this break"))
    page.date_input(key="break_day").set_value(date(2025, 2, 3))
    words = said(press(page, "Record this break"))
    assert all(f"{name}: is empty" in words for name in ("title", "reason", "by"))
    assert recorded_breaks(store.path) == []


def test_a_break_is_recorded_shown_and_taken_back(store: Store) -> None:
    page = AppTest.from_function(_register, default_timeout=30).run()
    assert "Take back a break" not in [one.label for one in page.expander]
    page.date_input(key="break_day").set_value(date(2025, 2, 3))
    for key, text in (("title", "New crime system"), ("reason", "They said so"), ("by", "A. Lead")):
        page.text_input(key=f"break_{key}").set_value(text)
    page.selectbox(key="break_supplier").set_value(LEICS_POLICE)
    page.checkbox(key="break_is_change").set_value(True)
    assert "stands on record" in said(press(page, "Record this break"))
    (one,) = recorded_breaks(store.path)
    assert (one.what.happened_on, one.what.concern.supplier_id) == (date(2025, 2, 3), LEICS_POLICE)
    assert one.what.is_definition_change
    table = page.dataframe[0].value
    row = table[table["What happened"] == "New crime system"].iloc[0]
    assert (row["Concerns"], row["Counts another thing"]) == ("Leicestershire Police", "yes")
    assert page.text_input(key="break_title").value == ""
    assert "reason: is empty" in said(press(page, "Take this break back"))
    page.text_input(key="break_back_reason").set_value("Wrong force")
    assert "taken back" in said(press(page, "Take this break back"))
    assert recorded_breaks(store.path) == []
    assert page.dataframe[0].value["Taken back"].iloc[0].endswith("Wrong force")


def test_limits_begin_anew_at_the_month_that_is_chosen_and_back(store: Store) -> None:
    page = AppTest.from_function(_series, default_timeout=30).run()
    assert "No month was chosen" in said(press(page, "Let the limits begin anew"))
    next(one for one in page.selectbox if one.label == "First month of the new limits").set_value(
        date(2025, 2, 1)
    )
    assert "reason: is empty" in said(press(page, "Let the limits begin anew"))
    page.text_input(key="rebase_reason").set_value("A new team")
    page.text_input(key="rebase_by").set_value("Analyst")
    assert "begin anew in February 2025" in said(press(page, "Let the limits begin anew"))
    (one,) = rebases(store.path)
    assert (one.series, one.month, one.reason) == (SERIES, date(2025, 2, 1), "A new team")
    page.text_input(key="rebase_back_reason").set_value("It was one busy month")
    assert "as they were before" in said(press(page, "Take this re-basing back"))
    assert rebases(store.path) == []


def test_a_target_is_set_and_taken_back(store: Store) -> None:
    page = AppTest.from_function(_series, default_timeout=30).run()
    assert "No value was given" in said(press(page, "Set this target"))
    page.number_input(key="target_value").set_value(40.0)
    page.text_input(key="target_reason").set_value("Board of May")
    page.text_input(key="target_by").set_value("Director")
    assert "holds from March 2025" in said(press(page, "Set this target"))
    (one,) = targets(store.path)
    assert (one.value, one.direction, one.from_month) == (40.0, "at_most", date(2025, 3, 1))
    page.text_input(key="target_back_reason").set_value("Set anew")
    assert "taken back" in said(press(page, "Take this target back"))
    assert targets(store.path) == []
