"""Checks of a file's rows that need more than the row itself: where land is, what an identifier looks like."""

import duckdb

from vrin_data.contract.feeds import Feed
from vrin_data.contract.identifiers import identifier_in, identifier_of_column
from vrin_data.intake.axes import put_right_at_sea
from vrin_data.intake.checks import COORDINATE_KINDS, FREE_TEXTS, IDENTIFIER, IN_THE_SEA, Rule
from vrin_data.intake.coordinates import pairs_of
from vrin_data.intake.parse import ParsedFile
from vrin_data.intake.placing import LAND_SQUARE_M, squares_in_the_sea


def reject_in_the_sea(connection: duckdb.DuckDBPyConnection, feed: Feed, parsed: ParsedFile) -> None:
    """Add one more bit for points that lie far from any address either way round; snapped points are left alone."""
    if feed.place_precision != "exact":
        return
    at_sea = squares_in_the_sea(connection)
    if at_sea and "grid_was" in pairs_of(parsed.present):
        put_right_at_sea(connection, at_sea)
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
    for name, column in {**{name: name for name in FREE_TEXTS}, **_coded(parsed)}.items():
        if name not in parsed.present:
            continue
        texts = connection.execute(
            f"select distinct {column} from typed where {column} is not null"
        ).fetchall()
        bad = _identifying([text for (text,) in texts], name, is_coded=name in parsed.values)
        if bad:
            bit = parsed.add_rule(Rule("identifier_in_text", (name,), "", IDENTIFIER, hides_value=True))
            connection.execute(
                f"update typed set fault_bits = fault_bits | {bit} "
                f"where {column} in (select unnest($bad::varchar[]))",
                {"bad": bad},
            )


def _coded(parsed: ParsedFile) -> dict[str, str]:
    """The columns that are read as enumerations, with the text of each."""
    return {name: f"coded_{name}::varchar" for name in parsed.values}


def _identifying(texts: list[str], name: str, *, is_coded: bool) -> list[str]:
    """Those of a column's texts that would identify a person.

    One number in eleven passes for an NHS number by chance: keys, and codes that are numbers, are judged as a column.
    """
    bad = [text for text in texts if identifier_in(text) is not None]
    if not bad or identifier_of_column(texts):
        return bad
    if name == "record_key":
        return []
    return [text for text in bad if not (is_coded and text.strip().isdigit())]
