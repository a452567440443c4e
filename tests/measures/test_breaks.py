"""Which breaks are drawn on which series, and which of them change what is counted."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from tests.measures.builds import CHARNWOOD, LEICESTER, LEICS_POLICE, NOTTINGHAM, NOTTS, NOTTS_POLICE, Build
from vrin_data import protect
from vrin_data.contract.breaks import Concern
from vrin_data.contract.definitions import Definition, definition_from_toml
from vrin_data.errors import UnknownArea
from vrin_data.measures import BreaksRequest, Selection, breaks
from vrin_data.measures.breaks import definition_changes, rebase_months, require_area, usual_feed
from vrin_data.measures.offence_dates import offence_breaks
from vrin_data.measures.question import question_of
from vrin_data.records import SeriesKey, rebase, record_break, withdraw_break
from vrin_data.store import Store

NOON = datetime(2026, 11, 1, 12)
FIRST, LAST = date(2022, 1, 1), date(2023, 12, 1)
EVERY = ["", LEICESTER, CHARNWOOD, NOTTINGHAM]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    build = Build()
    for police in (LEICS_POLICE, NOTTS_POLICE):
        drifted = build.sent(police, "2022-01", months=12)
        build.sent(police, "2023-01", months=12)
    build.found(drifted, "code_drift", "warn", "offences whose code stands for several: 77%")
    for area in ("L1", "L2", "L3"):
        build.incidents("2022-03", area, 5)
    with closing(build.publish(tmp_path_factory.mktemp("breaks") / "store")) as store:
        return store.path


@pytest.fixture
def store(tmp_path: Path, built: Path) -> Iterator[Store]:
    with closing(Store.open(shutil.copytree(built, tmp_path / "store"))) as store:
        yield store


def note(store: Store, day: date, concern: Concern, *, is_change: bool = False) -> int:
    return record_break(
        store.path,
        day,
        kind="system",
        title="New system",
        concern=concern,
        is_definition_change=is_change,
        reason="They said so",
        recorded_by="Data lead",
        recorded_at=NOON,
    )


def selection(definition: str = "violence-with-injury", **terms: object) -> Selection:
    said = {"definition": definition, "by": ("month",), "from_month": FIRST, "to_month": LAST}
    return Selection(**(said | terms))  # type: ignore[arg-type]


def drawn(store: Store, asked: Selection) -> pd.DataFrame:
    return protect.present(breaks(store, BreaksRequest(asked)), protect.Viewer.analyst()).frame


CONCERNS = [
    (Concern(), EVERY),
    (Concern(feed_id="police-*"), EVERY),
    (Concern(feed_id="ed-assaults"), []),
    (Concern(definition_id="violence-with-injury"), EVERY),
    (Concern(definition_id="knife-enabled"), []),
    (Concern(supplier_id=LEICS_POLICE), ["", LEICESTER, CHARNWOOD]),
    (Concern(supplier_id="leicester-ed"), []),
    (Concern(area_code=NOTTINGHAM), ["", NOTTINGHAM]),
    (Concern(area_code=NOTTS), ["", NOTTINGHAM]),
    (Concern(supplier_id=LEICS_POLICE, area_code=LEICESTER), ["", LEICESTER]),
    (Concern(supplier_id=LEICS_POLICE, area_code=NOTTINGHAM), [""]),
]
"""What a break may concern, and the series that it is then drawn on; '' is that of all areas."""


def test_a_break_is_drawn_on_every_series_it_concerns_and_no_other(store: Store) -> None:
    numbers = [note(store, date(2023, 5, 9), concern) for concern, _ in CONCERNS]
    found = pd.concat([drawn(store, selection()), drawn(store, selection(by=("area", "month")))])
    of_break = found.groupby("break_id")["area_code"].agg(set).to_dict()
    series = [of_break.get(f"recorded-{number}", set()) for number in numbers]
    assert [[code for code in EVERY if code in one] for one in series] == [codes for _, codes in CONCERNS]


def test_a_break_outside_the_months_or_taken_back_is_not_drawn(store: Store) -> None:
    note(store, date(2021, 12, 31), Concern())
    gone = note(store, date(2022, 5, 1), Concern())
    kept = note(store, date(2023, 12, 31), Concern())
    withdraw_break(store.path, gone, reason="Wrong", withdrawn_by="Data lead", withdrawn_at=NOON)
    found = drawn(store, selection())
    recorded = found[found["basis"] == "recorded"]
    assert [*recorded["break_id"]] == [f"recorded-{kept}"]
    row = recorded.iloc[0]
    assert (row["month"], row["title"], row["concerns"]) == (date(2023, 12, 1), "New system", "every series")
    assert (row["recorded_by"], row["reason"]) == ("Data lead", "They said so")


def test_codes_that_came_otherwise_are_drawn_on_the_suppliers_areas_alone(store: Store) -> None:
    for area, expected in ((NOTTINGHAM, 1), (LEICESTER, 0)):
        found = drawn(store, selection(area_code=area, from_month=date(2022, 1, 1)))
        assert (found["kind"] == "system").sum() == expected
    row = drawn(store, selection(area_code=NOTTINGHAM)).iloc[0]
    assert (row["basis"], row["happened_on"], row["is_definition_change"]) == (
        "derived",
        date(2022, 1, 1),
        False,
    )
    assert "77%" in row["reason"]


def made_of(include: str, *, sets: str = "") -> Definition:
    text = f"""
        id = "of-sets"
        version = 1
        name = "Of sets"
        status = "local"
        source = "a test"
        author = "a test"
        valid_from = 2020-01-01
        unit = "offence"
        reason = "a test"
        include = {include}
        {sets}
    """
    return definition_from_toml(text, "a test")


def test_codes_that_replace_others_are_no_change_and_new_offences_are() -> None:
    recoded = offence_breaks(made_of('{ sets = ["VWI"] }'))
    assert [(one.happened_on, one.is_definition_change) for one in recoded] == [
        (date(2012, 4, 1), False),
        (date(2017, 4, 1), False),
        (date(2020, 4, 1), False),
    ]
    (new,) = offence_breaks(made_of('{ sets = ["NFS"] }'))[-1:]
    assert (new.happened_on, new.kind, new.is_definition_change) == (date(2022, 6, 7), "definition", True)
    own = '[[sets]]\nid = "OWN"\ncodes = ["34B"]\nvalid_to = 2022-12-31'
    (ended,) = offence_breaks(made_of('{ sets = ["OWN"] }', sets=own))
    assert (ended.happened_on, ended.is_definition_change) == (date(2023, 1, 1), True)
    assert offence_breaks(made_of('{ codes = ["8N"] }')) == []


def test_a_comparison_across_a_change_of_what_is_counted_is_known(store: Store) -> None:
    note(store, date(2023, 4, 1), Concern(), is_change=True)
    note(store, date(2023, 5, 1), Concern(), is_change=False)
    note(store, date(2023, 5, 1), Concern(area_code=NOTTINGHAM), is_change=True)
    question = question_of(store, selection(area_code=LEICESTER))

    def days(first: date, last: date) -> list[date]:
        return [one.happened_on for one in definition_changes(store, question, first, last)]

    assert days(date(2022, 4, 1), date(2023, 4, 1)) == [date(2023, 4, 1)]
    assert days(date(2022, 4, 1), date(2023, 3, 1)) == []
    # On the first day of all that is compared nothing is before it.
    assert days(date(2023, 4, 1), date(2023, 12, 1)) == []


def test_limits_begin_anew_for_a_definition_in_any_version(store: Store) -> None:
    rebase(
        store.path,
        SeriesKey("violence-with-injury", "police-offences", "incidents", NOTTINGHAM),
        date(2023, 4, 1),
        reason="Step",
        recorded_by="Analyst",
        recorded_at=NOON,
    )
    for ref in ("violence-with-injury", "violence-with-injury@1"):
        question = question_of(store, selection(ref))
        assert rebase_months(store, question, "incidents-rate", EVERY) == {NOTTINGHAM: [date(2023, 4, 1)]}
    assert rebase_months(store, question, "harm", EVERY) == {}


def test_an_area_that_is_none_is_refused_and_the_usual_feed_is_known(store: Store) -> None:
    require_area(store, NOTTINGHAM)
    with pytest.raises(UnknownArea, match="There is no area 'E99'"):
        require_area(store, "E99")
    assert usual_feed(store, "violence-with-injury") == "police-offences"
