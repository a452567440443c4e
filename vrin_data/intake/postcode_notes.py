"""What is said where postcodes came and their points are not installed."""

import duckdb

from vrin_data.places.postcodes import INSTALL, has_postcodes

RULE = "postcodes_not_installed"
_WHOLE = "regexp_full_match(upper(given_area_code), '[A-Z]{1,2}[0-9][0-9A-Z]?\\s*[0-9][A-Z]{2}')"


def count_postcodes(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """What is said of rows of `good` with a whole postcode where its point cannot be looked up, one text or none.

    The rows are counted in `unused` as well.
    """
    if has_postcodes():
        return []
    connection.execute(
        f"""
        insert into unused
        select supplier_id::varchar, recorded_month, $rule, 'postcode', null, count(*)
        from good
        where {_WHOLE}
        group by all
        """,
        {"rule": RULE},
    )
    row = connection.execute(
        "select coalesce(sum(row_count), 0)::bigint from unused where rule = $rule", {"rule": RULE}
    ).fetchone()
    if not row or not row[0]:
        return []
    return [
        f"postcode: the points of postcodes are not installed, so {row[0]:,} rows are placed by the first half "
        f"alone. Install them with `{INSTALL}` and take the file in again."
    ]
