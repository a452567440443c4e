"""The suppliers of a build, written down with it, so that an old build still knows their names."""

from collections.abc import Mapping

import duckdb
import pandas as pd

from vrin_data.contract.suppliers import Supplier
from vrin_data.store.frames import fill_table


def write_suppliers(connection: duckdb.DuckDBPyConnection, register: Mapping[str, Supplier]) -> None:
    """Put the suppliers that have a submission in the draft into its table `supplier`."""
    rows = connection.execute("select distinct supplier_id from submission order by 1").fetchall()
    known = [register[row[0]] for row in rows if row[0] in register]
    fill_table(
        connection,
        "supplier",
        pd.DataFrame(
            [(one.supplier_id, one.supplier_name, one.kind, one.home_area_code) for one in known],
            columns=["supplier_id", "supplier_name", "kind", "home_area_code"],
            dtype="object",
        ),
    )
