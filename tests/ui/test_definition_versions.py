"""The library as a table, versions and steps, and the offences of a definition."""

from datetime import date, datetime

import pandas as pd
import pytest

from vrin_data.contract.definition_text import as_toml
from vrin_data.contract.definitions import Definition, definition
from vrin_data.contract.offences import offences
from vrin_data.contract.weights import edition
from vrin_data.records import DefinitionStep, DefinitionVersion
from vrin_ui.definitions.definition_offences import (
    DETAILS,
    changed_offences,
    changed_words,
    detail_of,
    doubt_words,
    narrowing_words,
    offences_table,
    summary,
)
from vrin_ui.definitions.definition_versions import (
    in_force_refs,
    library_table,
    option_words,
    shown,
    steps_table,
    versions_table,
)

CCHI = edition("cchi-2020")


def made(**changes: object) -> Definition:
    values = {
        "id": "ours", "version": 1, "name": "Ours", "status": "local", "source": "x", "author": "A. Author",
        "valid_from": date(2026, 4, 1), "unit": "offence", "reason": "x", "include": {"sets": ["HOM"]},
    }  # fmt: skip
    return Definition.model_validate({**values, **changes})


def version(state: str, *steps: DefinitionStep, **changes: object) -> DefinitionVersion:
    one = made(**changes)
    at = None if state == "built-in" else datetime(2026, 4, 2)
    return DefinitionVersion(one.id, one.version, one.name, state, as_toml(one), one.author, at, steps)


OLD = version("built-in", number="D13")
NEW = version("approved", number="D13", version=2, valid_to=date(2027, 3, 31))
DRAFT = version("draft", number="D13", version=3)
LEGACY = version("built-in", id="legacy", name="Old one", number="D7", status="legacy")
UNIVERSE = version("built-in", id="universe", name="All of it", number="D02", is_universe=True)
PLAIN = version("retired", id="plain", name="Plain")
EVERY = [PLAIN, DRAFT, NEW, OLD, LEGACY, UNIVERSE]


def test_the_library_stands_by_number_with_one_current_version_each() -> None:
    rows = shown(EVERY, "", "")
    assert library_table(rows, in_force_refs(EVERY)).to_dict("records") == [
        {"Number": "D02", "Definition": "All of it", "What it is": "To choose from: not a count", "Counts": "Offences",
         "Version": 1, "State": "Comes with VRIN", "In use": "from 1 April 2026"},
        {"Number": "D7", "Definition": "Old one", "What it is": "Legacy: no longer in use", "Counts": "Offences",
         "Version": 1, "State": "Comes with VRIN", "In use": "from 1 April 2026"},
        {"Number": "D13", "Definition": "Ours", "What it is": "Local", "Counts": "Offences",
         "Version": 2, "State": "Approved", "In use": "1 April 2026 to 31 March 2027"},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("standing", "kind", "refs"),
    [
        ("open", "", ["ours@3"]),
        ("past", "", ["ours@1", "plain@1"]),
        ("every", "", ["universe@1", "legacy@1", "ours@1", "ours@2", "ours@3", "plain@1"]),
        ("", "universe", ["universe@1"]),
        ("", "local", ["ours@2"]),
        ("", "published wording", []),
    ],
)
def test_what_is_shown_of_the_library(standing: str, kind: str, refs: list[str]) -> None:
    assert [one.ref for one in shown(EVERY, standing, kind)] == refs


def test_an_empty_library_has_its_columns() -> None:
    assert list(library_table([], {}).columns)[:2] == ["Number", "Definition"]


def test_a_version_in_a_box_says_what_it_is() -> None:
    in_force = in_force_refs(EVERY)
    assert [option_words(one, in_force) for one in (OLD, NEW, DRAFT, PLAIN)] == [
        "D13 Ours (v1, earlier version)",
        "D13 Ours (v2)",
        "D13 Ours (v3, draft)",
        "Plain (v1, retired)",
    ]


def test_versions_stand_newest_first() -> None:
    table = versions_table([OLD, NEW], in_force_refs(EVERY))
    assert table["Version"].tolist() == [2, 1]
    assert table["State"].tolist() == ["Approved", "Earlier version"]
    assert table["On record"].isna().tolist() == [False, True]


def test_steps_say_who_did_what_and_why() -> None:
    saved = DefinitionStep("save", "A. Author", "", None, datetime(2026, 4, 1, 9))
    alone = DefinitionStep("approve", "A. Author", "agreed", "nobody else", datetime(2026, 4, 2, 9))
    table = steps_table([version("approved", saved, alone)])
    assert table[["What", "By", "Why"]].to_numpy().tolist() == [
        ["approved", "A. Author", "agreed Decided alone, because: nobody else"],
        ["saved as a draft", "A. Author", ""],
    ]
    assert steps_table([OLD]).empty


def test_offences_stand_with_their_weights_the_heaviest_first() -> None:
    table = offences_table(made(include={"codes": ["1"], "classifications": ["008/06"]}), CCHI)
    assert table[["Offence", "Code", "Comes in", "Lowest weight", "Highest weight"]].head(
        2
    ).to_numpy().tolist() == [
        ["Murder of persons aged 1 yr or over", "1, 001/01", "yes", 5475.0, 5475.0],
        ["Murder of persons under 1yr of age", "1, 001/02", "yes", 5475.0, 5475.0],
    ]
    assert set(table["Code"].iloc[2:]) == {"8N, 008/06", "8S, 008/06", "8T, 008/06"}
    assert summary(table) == "5 kinds of offence come in; none is in doubt."


def test_a_code_alone_may_be_in_and_says_what_else_it_may_be() -> None:
    table = offences_table(made(include={"sets": ["GBH20"]}), CCHI, "code").set_index("Code")
    assert table.loc["8N", "Comes in"] == "may be"
    assert table.loc["8N", "Why it may be"].startswith("it may also be ")
    assert "others" in table.loc["8N", "Why it may be"]
    assert table.loc["8F", "Comes in"] == "yes"
    assert table.loc["8F", "Why it may be"] == ""


def test_a_threshold_that_some_weights_reach_is_a_doubt() -> None:
    one = made(include={"codes": ["8N"]}, harm={"at_least_days": 365})
    table = offences_table(one, CCHI).set_index("Code")
    assert table.loc["8N, 008/01", "Comes in"] == "may be"
    assert table.loc["8N, 008/01", "Why it may be"].startswith("some of its weights reach the threshold")


def test_parts_say_which_of_them_takes_an_offence_in() -> None:
    parts = [{"name": "Killing", "include": {"codes": ["1"]}}, {"name": "All", "include": {"sets": ["HOM"]}}]
    table = offences_table(made(include={}, parts=parts), CCHI).set_index("Code")
    assert table.loc["1, 001/01", "Through"] == "Killing; All"
    assert table.loc["4.1, 004/01", "Through"] == "All"


def test_a_definition_of_admissions_names_no_offence() -> None:
    table = offences_table(definition("vru-knife-admissions"), CCHI)
    assert table.empty


def test_every_offence_is_of_one_detail() -> None:
    found = {detail_of(one) for one in offences().all}
    assert found == set(DETAILS)


def test_what_nobody_could_map_is_a_doubt_of_its_own() -> None:
    assert doubt_words(offences().by_key["unmapped"], frozenset()) == "nobody could say which offence it is"


def test_offences_that_come_in_and_go_out() -> None:
    before, after = made(include={"codes": ["1", "3B"]}), made(include={"codes": ["1", "34B"]})
    table = changed_offences(before, after, CCHI)
    codes = table["Offence"].str.extract(r"\((\w+), [^)]*\)$", expand=False)
    assert set(codes[table["Now"] == "in"]) == {"34B"}
    assert set(codes[table["Now"] == "out"]) == {"3B"}
    assert list(table["Now"]) == sorted(table["Now"], key=["in", "may be in", "out"].index)
    same = changed_offences(before, before, CCHI)
    assert same.empty
    assert changed_words(same) == "The same kinds of offence come in as before."


def test_changes_are_counted_in_words() -> None:
    table = pd.DataFrame({"Now": ["in", "out", "out", "may be in"]})
    assert (
        changed_words(table)
        == "Against before: 1 kind of offence comes in, 2 kinds of offence go out, 1 kind of offence now may be in."
    )


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("most-serious-violence", ""),
        ("knife-enabled", "Each counts only where"),
        ("london-duty", "Some count only where"),
        ("home-office-serious-violence-strategy", "Some count only where"),
    ],
)
def test_what_also_has_to_fit_is_said_beside_the_offences(ref: str, words: str) -> None:
    said = narrowing_words(definition(ref))
    assert said.startswith(words)
    assert bool(said) == bool(words)
