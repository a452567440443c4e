"""A draft of a definition: what it makes, what it runs as, and what is wrong with it in words."""

import copy
from datetime import date

import pytest

from vrin_data.contract.definitions import Definition, DefinitionError, built_in_versions, definition
from vrin_ui.definitions.definition_boxes import without_groups
from vrin_ui.definitions.definition_choices import GROUPS, PUBLIC
from vrin_ui.definitions.definition_draft import (
    OF_THE_ORIGINAL,
    as_copy,
    definition_of,
    from_definition,
    from_nothing,
    is_short,
    local_set,
    part,
    running,
    values_of,
)
from vrin_ui.definitions.definition_faults import faults, in_words

BUILT_IN = {one.ref: one for one, _ in built_in_versions()}


@pytest.mark.parametrize("ref", BUILT_IN)
def test_a_draft_of_a_definition_makes_the_same_definition(ref: str) -> None:
    one = BUILT_IN[ref]
    made = definition_of(from_definition(one))
    assert made.model_copy(update={"version": one.version}) == one


def a_draft(**changes: object) -> dict[str, object]:
    filled = {
        "id": "ours",
        "name": "Ours",
        "source": "the board",
        "reason": "agreed",
        "valid_from": "1/4/2026",
    }
    draft = from_nothing("A. Author") | filled | changes
    draft["parts"][0]["include"]["sets"] = ["HOM"]
    return draft


def test_an_empty_draft_counts_nothing_and_says_all_that_is_missing() -> None:
    draft = from_nothing("")
    assert running(draft) is None
    assert faults(draft) == [
        "Short name: is missing",
        "Name: is missing",
        "Source: is missing",
        "Author: is missing",
        "In use from: is missing",
        "Why it is coded so: is missing",
        "No offence is chosen: choose sets, offence codes or classifications",
    ]


def test_what_is_counted_runs_before_the_texts_are_written() -> None:
    draft = from_nothing("") | {"id": "Not A Name", "valid_from": "soon", "valid_to": "1/1/1990"}
    draft["parts"][0]["include"]["sets"] = ["HOM"]
    one = running(draft)
    assert isinstance(one, Definition)
    assert one.pairs() == definition("vru-non-domestic-homicide").pairs()


def test_a_whole_draft_makes_a_definition_in_short_form() -> None:
    made = definition_of(a_draft(cannot_say="one thing\n\n another thing "))
    assert (made.id, made.version, made.status, made.unknown) == ("ours", 1, "local", "range")
    assert made.valid_from == date(2026, 4, 1)
    assert made.cannot_say == ("one thing", "another thing")
    assert made.filters.status == ("live",)
    assert made.parts == ()


def test_two_parts_make_the_long_form() -> None:
    draft = a_draft()
    draft["parts"][0]["name"] = "Killings"
    draft["parts"].append(part("Robbery"))
    draft["parts"][1]["include"]["sets"] = ["ROB"]
    draft["parts"][1]["ages"] = [{"whose": "victim", "min": None, "max": 24}]
    draft["parts"][1]["threshold"] = 365
    assert not is_short(draft)
    made = definition_of(draft)
    assert [one.name for one in made.parts] == ["Killings", "Robbery"]
    assert made.parts[1].ages[0].greatest == 24
    assert made.parts[1].harm is not None
    assert made.parts[1].harm.at_least_days == 365


def test_a_day_that_is_none_is_told_once() -> None:
    assert faults(a_draft(valid_from="32/1/2026")) == [
        "In use from: '32/1/2026' is not a day (expected dd/mm/yyyy)"
    ]


def test_faults_name_the_part_and_the_box() -> None:
    draft = a_draft(id="Our Area")
    draft["parts"][0]["name"] = "First"
    draft["parts"].append(part(""))
    draft["ages"] = [{"whose": "victim", "min": 25, "max": 15}]
    draft["sets"] = [local_set()]
    assert faults(draft) == [
        "Short name: use small letters, numbers and hyphens, such as our-area-2026",
        "Sets, Short name: use capitals, numbers and hyphens, such as OUR-SET",
        "Ages: it begins at 25, which is above 15, where it ends",
        "Part 2, Name: is missing",
    ]


def test_a_choice_and_its_contrary_are_told_in_the_words_of_the_box() -> None:
    draft = a_draft()
    draft["filters"]["location_type"] = ["street", "not dwelling"]
    assert faults(draft) == [
        "Narrowed to: Kind of place: choose either what it is, or what it is not (the choices that begin with Not), "
        "and not both"
    ]


def test_a_public_place_is_chosen_at_once_and_is_what_the_definitions_mean() -> None:
    chosen = without_groups(["street", PUBLIC, "dwelling"], GROUPS)
    assert chosen == ["street", "park", "transport", "licensed", "shop", "dwelling"]
    assert {*GROUPS[PUBLIC]} == {*BUILT_IN["grip-public-violence@1"].filters.location_type}


def test_two_parts_of_one_name_are_told() -> None:
    draft = a_draft()
    draft["parts"] = [copy.deepcopy(draft["parts"][0] | {"name": "Same"}) for _ in range(2)]
    assert faults(draft) == ["Parts: two are called 'Same'"]


def test_a_definition_that_is_whole_has_no_fault() -> None:
    assert faults(a_draft()) == []


def test_a_copy_is_another_definition_of_another_author() -> None:
    one = from_definition(BUILT_IN["london-duty@1"])
    copied = as_copy(one, "B. Author")
    assert (copied["id"], copied["name"]) == ("london-duty-copy", "Copy of Serious violence, London")
    assert (copied["author"], copied["status"], copied["number"], copied["approval"]) == (
        "B. Author",
        "local",
        "",
        "",
    )
    # What was said of the original is not said of the copy: it has to be written before it can be saved.
    assert {copied[name] for name in OF_THE_ORIGINAL} == {""}
    assert faults(copied) == [
        "Source: is missing",
        "In use from: is missing",
        "Why it is coded so: is missing",
    ]
    assert copied["cannot_say"] == one["cannot_say"]
    copied["parts"][0]["include"]["sets"].append("ROB")
    assert "ROB" not in one["parts"][0]["include"]["sets"]


def test_status_that_is_cleared_lets_every_status_in() -> None:
    draft = a_draft()
    draft["filters"]["status"] = []
    values, _ = values_of(draft)
    assert values["filters"] == {"status": []}
    assert definition_of(draft).filters.status == ()


def test_faults_of_a_check_are_said_in_the_words_of_the_editor() -> None:
    error = (
        "x: the definition has 1 error(s):\n  parts.0.include.codes.1: 'ZZ' is not a Home Office offence code"
    )
    assert in_words(error, a_draft()) == [
        "Part 1, What is counted, Offence codes: 'ZZ' is not a Home Office offence code"
    ]


def test_a_draft_that_cannot_be_made_raises_with_every_fault() -> None:
    with pytest.raises(DefinitionError) as told:
        definition_of(a_draft(name="", valid_to="never"))
    assert str(told.value).splitlines() == [
        "The draft",
        "  name: is missing",
        "  valid_to: 'never' is not a day (expected dd/mm/yyyy)",
    ]
