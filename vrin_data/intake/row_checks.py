"""Checks of a file's rows that need more than the row itself: where land is, what an identifier looks like."""

import duckdb

from vrin_data.contract.feeds import Feed
from vrin_data.contract.identifiers import identifier_in, identifier_of_column
from vrin_data.intake.checks import COORDINATE_KINDS, FREE_TEXTS, IDENTIFIER, IN_THE_SEA, Rule
from vrin_data.intake.file_level import FILE_LEVEL
from vrin_data.intake.parse import ParsedFile
from vrin_data.intake.placing import LAND_SQUARE_M, squares_in_the_sea

TOLD_OTHERWISE = (
    "supplier",
    "simulated",
    "recorded_month",
    "recorded_quarter",
    "victim_age",
    "suspect_age",
    *FILE_LEVEL,
)
"""Columns whose values are read to something that is no text, so that nothing of them is kept as it stands."""


def reject_in_the_sea(connection: duckdb.DuckDBPyConnection, feed: Feed, parsed: ParsedFile) -> None:
    """Add one more bit for points far from any address; a publisher's own snapped points are left alone."""
    if feed.place_precision != "exact":
        return
    at_sea = squares_in_the_sea(connection)
    if not at_sea:
        return
    given = tuple(name for name in COORDINATE_KINDS if name in parsed.present)
    bit = parsed.add_rule(Rule("in_the_sea", given, "", IN_THE_SEA))
    # Nothing but the bits is written: an update of a list moves its row, and a row's line is told from its place.
    connection.execute(
        f"""
        update typed
        set fault_bits = typed.fault_bits | {bit}
        from row
        left join degrees using (longitude, latitude)
        where typed.rowid + 1 = row.rank
            and row.fault_bits = 0
            and (
                floor(coalesce(row.easting, east_m) / {LAND_SQUARE_M})::integer,
                floor(coalesce(row.northing, north_m) / {LAND_SQUARE_M})::integer
            ) in (select (unnest($e5::integer[]), unnest($n5::integer[])))
        """,
        {"e5": [east for east, _ in at_sea], "n5": [north for _, north in at_sea]},
    )


def reject_identifiers(connection: duckdb.DuckDBPyConnection, feed: Feed, parsed: ParsedFile) -> None:
    """Add a bit for rows of a health feed whose texts hold a person's identifier; their cells are not kept."""
    if not feed.is_health:
        return
    for name in FREE_TEXTS:
        if name not in parsed.present:
            continue
        texts = connection.execute(f"select distinct {name} from typed where {name} is not null").fetchall()
        bad = [text for (text,) in texts if identifier_in(text) is not None]
        # One number in eleven passes for an NHS number by chance: keys are judged as a column.
        if bad and (name != "record_key" or identifier_of_column(text for (text,) in texts)):
            bit = parsed.add_rule(Rule("identifier_in_text", (name,), "", IDENTIFIER, hides_value=True))
            connection.execute(
                f"update typed set fault_bits = fault_bits | {bit} "
                f"where {name} in (select unnest($bad::varchar[]))",
                {"bad": bad},
            )
    for name, texts in parsed.values.items():
        if name in TOLD_OTHERWISE:
            continue
        # A code of ten digits passes for an NHS number by chance, as a key does: bare numbers are judged as a column.
        is_of_numbers = identifier_of_column(text for text in texts) is not None
        bad = [
            text
            for text in texts
            if identifier_in(text) is not None and (is_of_numbers or not text.strip().isdigit())
        ]
        if bad:
            bit = parsed.add_rule(Rule("identifier_in_text", (name,), "", IDENTIFIER, hides_value=True))
            connection.execute(
                f"update typed set fault_bits = fault_bits | {bit} "
                f"where coded_{name}::varchar in (select unnest($bad::varchar[]))",
                {"bad": bad},
            )
