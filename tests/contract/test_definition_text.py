"""A definition as TOML: it reads back as the same, says no more than it must, and keeps a person's own text."""

import tomllib

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.second.definition_cases import definition_tables
from vrin_data.contract.definition_text import as_toml, read_draft, with_version
from vrin_data.contract.definitions import (
    DefinitionError,
    built_in_versions,
    check_definition,
    definition_from_toml,
)
from vrin_data.contract.toml_text import toml_lines

HEAD = """id = "our-town"
version = 1
name = "Knives in our town"
status = "local"
source = "Board minutes"
author = "Our partnership"
valid_from = 2026-04-01
unit = "offence"
reason = "The board asked for it."
"""
LONG = (
    HEAD
    + """cannot_say = ["who was there"]
unknown = "out"

[[sets]]
id = "OURS"
codes = ["8N"]

[exclude]
classifications = ["008/21"]

[filters]
status = []

[[ages]]
whose = "either"
max = 24

[[parts]]
name = "Injury"

[parts.include]
sets = ["OURS", "ROB"]

[parts.within]
sets = ["ALL"]

[[parts]]
name = "Homicide"

[parts.include]
sets = ["HOM"]

[parts.filters]
domestic = ["no"]

[parts.harm]
at_least_days = 365.0
"""
)


def test_every_built_in_definition_reads_back_as_the_same() -> None:
    for one, _ in built_in_versions():
        assert definition_from_toml(as_toml(one), one.label) == one


def test_a_definition_of_parts_is_written_as_a_person_would() -> None:
    assert as_toml(definition_from_toml(LONG, "long")) == LONG


def test_a_long_list_runs_over_several_lines() -> None:
    codes = ["1", "2", "3A", "3B", "5D", "5E", "8N", "8P", "8S", "8T", "19C", "19D", "19E", "19F", "34A", "34B"]
    text = as_toml(check_definition({**tomllib.loads(HEAD), "include": {"codes": codes}}, "test"))
    assert text.endswith("[include]\ncodes = [\n" + "".join(f'    "{code}",\n' for code in codes) + "]\n")


@settings(deadline=None)
@given(definition_tables())
def test_any_definition_reads_back_as_the_same(table: dict) -> None:
    try:
        one = check_definition(table, "made up")
    except DefinitionError:
        # What it takes in turned out to be nothing.
        return
    assert definition_from_toml(as_toml(one), "again") == one


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
plain = texts | st.integers(-(2**62), 2**62) | st.booleans() | st.dates() | st.floats(allow_nan=False)
tables = st.recursive(
    st.dictionaries(texts, plain | st.lists(plain, max_size=3), max_size=3),
    lambda inner: st.dictionaries(texts, plain | inner | st.lists(inner, min_size=1, max_size=2), max_size=3),
    max_leaves=6,
)


@given(tables)
def test_any_table_reads_back_as_the_same(table: dict) -> None:
    assert tomllib.loads("\n".join(toml_lines(table))) == table


def test_a_new_version_keeps_comments_and_order() -> None:
    text = HEAD.replace("version = 1", "version = 1 # the first") + '\n# counted\n[include]\nsets = ["HOM"]\n'
    one = definition_from_toml(text, "text").model_copy(update={"version": 12})
    assert with_version(text, one) == text.replace("version = 1 #", "version = 12 #")


def test_a_text_without_a_version_is_given_one() -> None:
    text = HEAD.replace("version = 1\n", "") + '[include]\nsets = ["HOM"]\n'
    one = read_draft(text, "text").model_copy(update={"version": 3})
    assert with_version(text, one) == "version = 3\n" + text


def test_a_text_that_hides_its_version_is_written_anew() -> None:
    text = HEAD.replace("version = 1", '"version" = 1') + '[include]\nsets = ["HOM"]\n'
    one = definition_from_toml(text, "text").model_copy(update={"version": 2})
    assert with_version(text, one) == as_toml(one)
