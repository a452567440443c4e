"""The rules a row must pass, as data: what each looks at, when it is broken, and what to say.

A condition speaks of the parsed columns (`recorded_at`) and the raw ones (`raw_recorded_at`).
Every row carries the rules it broke as bits of one integer, so that a row is rejected exactly
where at least one bit is set, and every set bit has a reason.
"""

from dataclasses import dataclass

from vrin_data.contract.feeds import Feed, FeedColumn

EASTING_RANGE_M = (1, 700_000)
NORTHING_RANGE_M = (1, 1_300_000)
EARLIEST_YEAR = 1900
COORDINATE_KINDS = ("easting", "northing", "longitude", "latitude")

MISSING = "is blank; the feed needs a value here"
NO_DATE = "is not a date that exists (expected dd/mm/yyyy or yyyy-mm-dd, with or without a time)"
NO_MONTH = f"is not a month (expected yyyy-mm, from {EARLIEST_YEAR} on)"
FUTURE = "lies after the day the file came in"
NO_SUPPLIER = (
    "names no supplier VRIN knows (vrin_data/reference/suppliers.csv lists them); "
    "correct the column, or name the supplier with --supplier"
)
HALF = "both numbers of a coordinate must be given, or both left blank"
NOT_ON_GRID = (
    f"is outside Great Britain's National Grid (easting up to {EASTING_RANGE_M[1]:,} m, "
    f"northing up to {NORTHING_RANGE_M[1]:,} m); leave both blank where the place is not known"
)
NOT_IN_UK = "is outside the United Kingdom (longitude -9 to 2.5, latitude 49.5 to 61.5)"
IN_THE_SEA = "is in the sea, or far from any address; leave both blank where the place is not known"
OUTSIDE_GRID = (
    f"easting not between 1 and {EASTING_RANGE_M[1]} or northing not between 1 and {NORTHING_RANGE_M[1]}"
)
OUTSIDE_UK = "longitude not between -9.0 and 2.5 or latitude not between 49.5 and 61.5"


@dataclass(frozen=True)
class Rule:
    """One way a row can be wrong, and the columns whose raw values show it."""

    name: str
    columns: tuple[str, ...]
    condition: str
    reason: str


def rules_of(feed: Feed, present: set[str]) -> list[Rule]:
    """The rules for a file of this feed that has these columns, in the order of their bits."""
    rules: list[Rule] = []
    for column in feed.columns:
        if column.name in present:
            rules += _column_rules(column)
    rules.append(_supplier_rule())
    rules += _coordinate_rules(present)
    return rules


def bits_sql(rules: list[Rule]) -> str:
    """The broken rules of a row as one integer."""
    # A condition that is NULL counts as not broken; the cheap part of each stands first and ends most rows.
    terms = [f"(case when {rule.condition} then {1 << bit} else 0 end)" for bit, rule in enumerate(rules)]
    return f"({' + '.join(terms)})::uinteger"


def raw_columns_of(rules: list[Rule]) -> list[str]:
    """Columns whose raw value is kept for a row that broke a rule."""
    return sorted({column for rule in rules for column in rule.columns})


def _column_rules(column: FeedColumn) -> list[Rule]:
    name, raw = column.name, f"raw_{column.name}"
    rules: list[Rule] = []
    if column.required and column.kind in ("text", "time", "month") and name != "supplier":
        unread = "" if column.kind == "text" else f"{name} is null and "
        rules.append(Rule("missing", (name,), f"{unread}coalesce(trim({raw}), '') = ''", MISSING))
    if column.kind == "time":
        too_early = f"{name} < timestamp '{EARLIEST_YEAR}-01-01'"
        rules.append(Rule("not_a_date", (name,), f"({_unreadable(name)}) or {too_early}", NO_DATE))
        rules.append(Rule("in_the_future", (name,), f"{name} >= $received_day + interval 1 day", FUTURE))
    if column.kind == "month":
        too_early = f"{name} < date '{EARLIEST_YEAR}-01-01'"
        rules.append(Rule("not_a_month", (name,), f"({_unreadable(name)}) or {too_early}", NO_MONTH))
        rules.append(Rule("in_the_future", (name,), f"{name} > $received_day", FUTURE))
    if column.kind in COORDINATE_KINDS:
        rules.append(Rule("not_a_number", (name,), _unreadable(name), "is not a number"))
    return rules


def _unreadable(name: str) -> str:
    return f"{name} is null and trim(raw_{name}) <> ''"


def _supplier_rule() -> Rule:
    return Rule("unknown_supplier", ("supplier",), "supplier_id is null", NO_SUPPLIER)


def _coordinate_rules(present: set[str]) -> list[Rule]:
    pairs = (
        ("easting", "northing", OUTSIDE_GRID, NOT_ON_GRID),
        ("longitude", "latitude", OUTSIDE_UK, NOT_IN_UK),
    )
    rules: list[Rule] = []
    for first, second, outside, words in pairs:
        if {first, second} <= present:
            blank = [f"(coalesce(trim(raw_{name}), '') = '')" for name in (first, second)]
            half = f"({first} is null) <> ({second} is null) and {blank[0]} <> {blank[1]}"
            rules.append(Rule("half_a_coordinate", (first, second), half, HALF))
            rules.append(Rule("outside_the_country", (first, second), outside, words))
    return rules
