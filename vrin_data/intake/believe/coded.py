"""What the incidents' coded columns and offences hold, counted by submission."""

import duckdb
import numpy as np
import pandas as pd

from vrin_data.contract.codes import CODE_LISTS, NOT_RECORDED
from vrin_data.contract.offences import Offence, offences
from vrin_data.contract.tables import VALUE_CODES
from vrin_data.store.frames import write_frame

AGE_COLUMNS = {"victim_age": "victim_age_band", "suspect_age": "suspect_age_band"}
GIVEN = "given"


def read_codes(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Rows per submission of the table `assessed`, coded column and value: row_count.

    Of ages no more is told than whether one is given.
    """
    lists = {name: list(CODE_LISTS[codes]) for name, codes in VALUE_CODES.items()}
    lists |= {name: [NOT_RECORDED, GIVEN] for name in AGE_COLUMNS}
    counted = connection.execute(_packed_sql(lists)).fetchnumpy()
    numbers, own = np.unique(counted["submission_id"], return_inverse=True)
    parts, packed = [], np.asarray(counted["packed"])
    for name, values in lists.items():
        place = own * len(values) + packed % len(values)
        rows = np.bincount(place, weights=counted["row_count"], minlength=len(numbers) * len(values))
        table = {"submission_id": np.repeat(numbers, len(values)), "value": np.tile(values, len(numbers))}
        parts.append(pd.DataFrame({**table, "column_name": name, "row_count": rows.astype(np.int64)}))
        packed = packed // len(values)
    codes = pd.concat(parts, ignore_index=True)
    return codes[codes["row_count"] > 0].reset_index(drop=True)


def by_value(codes: pd.DataFrame, submission_ids: pd.Series) -> pd.DataFrame:
    """Rows by submission, and by coded column and value; a submission without rows has zeros."""
    table = codes.pivot_table(
        index="submission_id",
        columns=["column_name", "value"],
        values="row_count",
        aggfunc="sum",
        fill_value=0,
    )
    return table.reindex(submission_ids, fill_value=0)


def read_kinds(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Rows per submission and class of offence, so that a finer or coarser code is the same kind."""
    keys = connection.execute("select offence_id, offence_key from offence order by offence_id").df()
    by_key = offences().by_key
    keys["kind"] = [_kind(by_key.get(key), key) for key in keys["offence_key"]]
    write_frame(connection, "kind_of", keys[["offence_id", "kind"]])
    found = connection.execute(_KINDS).df()
    connection.execute("drop table kind_of")
    return found


def _kind(offence: Offence | None, key: str) -> str:
    return (offence.class_name or offence.police_uk_category or key) if offence else key


def _packed_sql(lists: dict[str, list[str]]) -> str:
    """Rows per submission and combination of codes.

    Codes become numbers once a profile and are packed into one integer, the first column its last
    digit, so that the scan of the incidents groups by a number and not by a dozen texts.
    """
    terms, radix = [], 1
    for name, values in lists.items():
        terms.append(f"{_number_sql(name, values)}::bigint * {radix}")
        radix *= len(values)
    return f"""
        with coded as (
            select profile_id, {" + ".join(terms)} as packed
            from profile
        )
        select submission_id, packed, count(*) as row_count
        from incident
        semi join assessed using (submission_id)
        join coded using (profile_id)
        group by all
    """


def _number_sql(name: str, values: list[str]) -> str:
    if name in AGE_COLUMNS:
        return f"({AGE_COLUMNS[name]} > 0)"
    texts = ", ".join(f"'{value}'" for value in values)
    return f"(list_position([{texts}], {name}) - 1)"


_KINDS = """
    with counted as (
        select submission_id, offence_id, count(*) as row_count
        from incident
        semi join assessed using (submission_id)
        join profile using (profile_id)
        group by all
    )
    select submission_id, kind, sum(row_count)::bigint as row_count
    from counted
    join kind_of using (offence_id)
    group by all
    order by all
"""
