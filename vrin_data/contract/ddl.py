"""The tables of the contract as DuckDB statements. There is no second copy of them anywhere."""

from vrin_data.contract.tables import TABLES, Table


def create_table(table: Table) -> str:
    """`create table` for one table of the contract."""
    columns = ",\n    ".join(
        f"{column.name} {column.type}{'' if column.nullable else ' not null'}" for column in table.columns
    )
    return f"create table {table.name} (\n    {columns}\n)"


def create_all() -> list[str]:
    """Statements that make an empty build."""
    return [create_table(table) for table in TABLES.values()]
