"""The data dictionary: the contract as Markdown or JSON, for people who did not collect the data."""

import json
from collections.abc import Iterable
from typing import Any

from vrin_data.contract.codes import CODE_LISTS
from vrin_data.contract.record_tables import RECORD_TABLES
from vrin_data.contract.tables import TABLES, Column, Table


def as_json() -> str:
    """Tables, columns and code lists as one JSON object."""
    content = {
        "builds": [_table_object(table) for table in TABLES.values()],
        "records": [_table_object(table) for table in RECORD_TABLES.values()],
        "code_lists": CODE_LISTS,
    }
    return json.dumps(content, indent=2, ensure_ascii=False)


def as_markdown() -> str:
    """Tables, columns and code lists as one Markdown page."""
    parts = ["# Data dictionary", "", "## Builds: what partners sent", ""]
    parts += [line for table in TABLES.values() for line in _table_lines(table)]
    parts += ["## Records: what people decided", ""]
    parts += [line for table in RECORD_TABLES.values() for line in _table_lines(table)]
    parts += ["## Code lists", ""]
    parts += [line for name, codes in CODE_LISTS.items() for line in _code_lines(name, codes)]
    return "\n".join(parts).rstrip() + "\n"


def _table_object(table: Table) -> dict[str, Any]:
    return {
        "table": table.name,
        "one_row_is": table.grain,
        "columns": [
            {
                "name": column.name,
                "type": column.type,
                "unit": column.unit,
                "may_be_empty": column.nullable,
                "code_list": column.codes,
                "meaning": column.meaning,
            }
            for column in table.columns
        ],
    }


def _table_lines(table: Table) -> list[str]:
    heading = ["| column | type | unit or code list | may be empty | meaning |", "|---|---|---|---|---|"]
    rows = [_column_line(column) for column in table.columns]
    return [f"### {table.name}", "", f"One row is {table.grain}.", "", *heading, *rows, ""]


def _column_line(column: Column) -> str:
    kind = f"list `{column.codes}`" if column.codes else column.unit
    return f"| {column.name} | {column.type} | {kind} | {'yes' if column.nullable else 'no'} | {column.meaning} |"


def _code_lines(name: str, codes: dict[str, str]) -> Iterable[str]:
    return (
        [f"### {name}", "", "| value | meaning |", "|---|---|"]
        + [f"| {code} | {meaning} |" for code, meaning in codes.items()]
        + [""]
    )
