"""Who: persons by age, sex and ethnicity, those not recorded among them; persons are not incidents."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.measures.event_builds import EventBuild, of_one_month
from vrin_data.errors import UsageError
from vrin_data.measures import PeopleRequest, Selection, harm, people, people_basis
from vrin_data.store import Store

Stores = Callable[[EventBuild], Store]
APRIL = Selection(
    definition="violence-with-injury", by=(), from_month=date(2025, 4, 1), to_month=date(2025, 4, 1)
)


def person(years: int | None = None, sex: str = "not_recorded", **values: Any) -> dict[str, Any]:
    return {"age_years": years, "sex": sex, **values}


def counts(store: Store, by: str, role: str | None = None) -> dict[Any, int]:
    """The persons of every row that has some."""
    frame = people(store, PeopleRequest(APRIL, by=by, role=role)).unprotected
    keys = [one for one in ("age_group", "ethnicity_scheme", "ethnicity", "sex") if one in frame]
    rows = frame[frame["person_count_high"] > 0]
    found = zip(rows[keys].itertuples(index=False, name=None), rows["person_count_low"], strict=True)
    return {key[0] if len(key) == 1 else key: int(count) for key, count in found}


def test_an_incident_with_two_victims_counts_two(stores: Stores):
    build, sent = of_one_month()
    build.event(sent, "2025-04", people=(person(17, "male"), person(None, "female")))
    build.event(sent, "2025-04", people=(person(18, "male"), person(30, role="suspect")))
    build.event(sent, "2025-04")
    store = stores(build)
    assert counts(store, "age") == {"16 to 17": 1, "18 to 24": 1, "not_recorded": 1}
    assert counts(store, "sex") == {"female": 1, "male": 2}
    assert counts(store, "age-sex") == {
        ("16 to 17", "male"): 1,
        ("18 to 24", "male"): 1,
        ("not_recorded", "female"): 1,
    }
    assert counts(store, "age", "suspect") == {"25 to 34": 1}
    basis = people_basis(store, PeopleRequest(APRIL)).unprotected
    assert basis.drop(columns="words").to_numpy().tolist() == [
        ["victim", 3, 3, 2, 2, 1, 1],
        ["suspect", 1, 1, 1, 1, 2, 2],
    ]


def test_incidents_with_and_without_a_person_add_up_to_harm(stores: Stores):
    build, sent = of_one_month()
    build.event(sent, "2025-04", offence="8N|", people=(person(17), person(18)))
    build.event(sent, "2025-04", times=3)
    late = build.sent("leicestershire-police", date(2025, 5, 1), is_partial=True)
    build.event(late, "2025-05", people=(person(40),))
    store = stores(build)
    selection = Selection(**{**vars(APRIL), "to_month": date(2025, 5, 1)})
    whole = harm(store, selection).unprotected.iloc[0]
    row = people_basis(store, PeopleRequest(selection)).unprotected.iloc[0]
    for end in ("low", "high"):
        assert row[f"incident_count_{end}"] + row[f"without_count_{end}"] == whole[f"incident_count_{end}"]


def test_shares_are_of_all_persons_and_of_none_below_ten(stores: Stores):
    build, sent = of_one_month()
    build.event(sent, "2025-04", times=6, people=(person(17, "male"),))
    build.event(sent, "2025-04", times=4, people=(person(None),))
    store = stores(build)
    for by in ("age", "sex", "age-sex", "ethnicity"):
        frame = people(store, PeopleRequest(APRIL, by=by)).unprotected
        assert frame["share"].sum() == pytest.approx(1)
        assert not frame["is_recorded"].iloc[-1]
    fewer, sent = of_one_month()
    fewer.event(sent, "2025-04", times=9, people=(person(17, "male"),))
    assert people(stores(fewer), PeopleRequest(APRIL)).unprotected["share"].isna().all()


def test_groups_of_ages_as_given_stand_where_most_are(stores: Stores):
    build, sent = of_one_month()
    for low, high in ((10, 17), (18, 24), (18, 24), (25, 44)):
        build.event(sent, "2025-04", people=(person(age_low_years=low, age_high_years=high),))
    assert counts(stores(build), "age") == {"10 to 17": 1, "18 to 24": 2, "25 to 44": 1}


def test_a_group_across_several_stands_apart_where_most_ages_are_in_years(stores: Stores):
    build, sent = of_one_month()
    build.event(sent, "2025-04", times=2, people=(person(12),))
    build.event(sent, "2025-04", people=(person(age_low_years=15, age_high_years=19),))
    build.event(sent, "2025-04", people=(person(age_low_years=16, age_high_years=17),))
    assert counts(stores(build), "age") == {"10 to 13": 2, "16 to 17": 1, "wider": 1}


def test_the_edges_of_age_groups_are_inclusive(stores: Stores):
    build, sent = of_one_month()
    for years in (0, 9, 10, 17, 18, 24, 25, 64, 65, 120):
        build.event(sent, "2025-04", people=(person(years),))
    assert counts(stores(build), "age") == {
        "0 to 9": 2,
        "10 to 13": 1,
        "16 to 17": 1,
        "18 to 24": 2,
        "25 to 34": 1,
        "55 to 64": 1,
        "65 and over": 2,
    }


def test_ethnicity_is_never_taken_together_between_schemes(stores: Stores):
    build, sent = of_one_month()
    for scheme, raw in (("self", "White"), ("self", "White"), ("officer", "White"), (None, None)):
        build.event(sent, "2025-04", people=(person(ethnicity_raw=raw, ethnicity_scheme=scheme),))
    assert counts(stores(build), "ethnicity") == {
        ("officer", "White"): 1,
        ("self", "White"): 2,
        ("", "not recorded"): 1,
    }


def test_a_feed_without_persons_says_so(stores: Stores):
    build, sent = of_one_month()
    build.event(sent, "2025-04")
    store = stores(build)
    for by in ("age", "sex", "age-sex", "ethnicity"):
        answer = people(store, PeopleRequest(APRIL, by=by))
        assert answer.unprotected.empty
        assert answer.stamp.notes[0].startswith("no incident here has a person on record")
    assert people_basis(store, PeopleRequest(APRIL)).unprotected.empty


def test_what_cannot_be_asked_is_refused():
    for wrong in ({"by": "height"}, {"role": "bystander"}):
        with pytest.raises(UsageError):
            PeopleRequest(APRIL, **wrong)
