"""The README speaks of every command, dependency and page there is; the dictionary of every column."""

import argparse
import json
import re
from pathlib import Path

from vrin_data.cli.parser import make_parser
from vrin_data.contract.codes import CODE_LISTS
from vrin_data.contract.ddl import create_all
from vrin_data.contract.definition_clauses import Filters, HarmClause, LocalSet, OffenceClause, Part
from vrin_data.contract.definitions import Definition, definition_from_toml
from vrin_data.contract.dictionary import as_json, as_markdown
from vrin_data.contract.record_tables import RECORD_TABLES
from vrin_data.contract.tables import TABLES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> list[str]:
    parser = make_parser()
    sub = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    return sorted(sub.choices)


def test_readme_names_every_command() -> None:
    missing = [name for name in commands() if f"vrin_data {name}" not in README]
    assert missing == []


def test_readme_names_every_page_and_folder() -> None:
    for page in (ROOT / "pages").glob("*.py"):
        assert f"pages/{page.name}" in README, page.name
    for folder in (ROOT / "vrin_data").iterdir():
        if (folder / "__init__.py").is_file():
            assert f"vrin_data/{folder.name}/" in README, folder.name


def test_readme_gives_a_reason_for_every_direct_dependency() -> None:
    direct = direct_dependencies(ROOT / "requirements.txt") + direct_dependencies(ROOT / "requirements-test.txt")
    missing = [name for name in direct if f"| {name} |" not in README]
    assert missing == []


def direct_dependencies(path: Path) -> list[str]:
    """Names above the heading under which a requirements file lists what its own needs bring in."""
    names = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# What those bring"):
            break
        if match := re.match(r"([A-Za-z0-9_.-]+)==", line):
            names.append(match.group(1).lower())
    assert names
    return names


def test_requirements_are_pinned_exactly() -> None:
    for name in ("requirements.txt", "requirements-test.txt"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        wanted = [line for line in lines if line and not line.startswith(("#", "-r "))]
        assert wanted
        assert [line for line in wanted if not re.fullmatch(r"[A-Za-z0-9_.\[\]-]+==[^ ]+( ; .+)?", line)] == []


def test_dictionary_holds_every_column_with_its_code_list() -> None:
    content = json.loads(as_json())
    listed = {table["table"]: table for table in content["builds"] + content["records"]}
    for table in [*TABLES.values(), *RECORD_TABLES.values()]:
        columns = {column["name"]: column for column in listed[table.name]["columns"]}
        assert tuple(columns) == table.column_names
        assert all(column["meaning"] for column in columns.values())
        assert {column["code_list"] for column in columns.values()} - {""} <= set(CODE_LISTS)
    page = as_markdown()
    for table in TABLES.values():
        for column in table.columns:
            assert f"| {column.name} | {column.type} |" in page


def test_ddl_is_the_contract() -> None:
    text = "\n".join(create_all())
    for table in TABLES.values():
        assert f"create table {table.name} (" in text
        for column in table.columns:
            assert f"    {column.name} {column.type}{'' if column.nullable else ' not null'}" in text


def test_numbers_carry_a_unit_in_the_contract() -> None:
    kinds = ("_count", "_m", "_days", "_years", "_line", "_number", "_quantity")
    for table in TABLES.values():
        for column in table.columns:
            if column.type in ("DOUBLE", "BIGINT", "USMALLINT", "SMALLINT") and not column.name.endswith("_id"):
                assert column.unit or column.name.endswith(kinds) or column.name in ("year", "value"), column.name


def test_coded_columns_can_say_not_recorded() -> None:
    for name in ("weapon", "domestic", "hate", "injury", "location_type"):
        assert "not_recorded" in CODE_LISTS[name]


def test_the_definition_in_the_readme_is_one() -> None:
    section = README.split("## Writing a definition")[1].split("\n## ")[0]
    example = re.search(r"```toml\n(.*?)```", section, re.DOTALL)
    assert example is not None
    assert definition_from_toml(example.group(1), "README.md").label == "our-town-street-violence v1"


def test_the_readme_names_every_key_of_a_definition() -> None:
    table = README.split("## Writing a definition")[1].split("\n## ")[0].split("| key |")[1]
    models = (Definition, Part, OffenceClause, LocalSet, Filters, HarmClause)
    keys = {name for model in models for name in model.model_fields} | {"whose", "min", "max"}
    assert {name for name in keys if f"`{name}`" not in table and f"`{name} =" not in table} == set()
