"""The rules a row must pass, as data: what each looks at, when it is broken, and what to say.

A condition speaks of the parsed columns (`recorded_at`) and the raw ones (`raw_recorded_at`).
Every row carries the rules it broke as bits of one integer, so that a row is rejected exactly
where at least one bit is set, and every set bit has a reason.
"""

from dataclasses import dataclass

from vrin_data.contract.checks import OFF, level_of
from vrin_data.contract.feeds import Feed, FeedColumn

EASTING_RANGE_M = (1, 700_000)
NORTHING_RANGE_M = (1, 1_300_000)
EARLIEST_YEAR = 1900
MOST_IN_A_COUNT = 100_000_000
COORDINATE_KINDS = ("easting", "northing", "longitude", "latitude")
FREE_TEXTS = ("record_key", "offence_text", "place_text", "outcome")

MISSING = "is blank; the feed needs a value here"
NO_DATE = "is not a date that exists (expected dd/mm/yyyy or yyyy-mm-dd, with or without a time)"
NO_MONTH = f"is not a period that VRIN can read (expected such as 2026-03, from {EARLIEST_YEAR} on)"
NO_QUARTER = "is not a quarter (expected 1 to 4)"
NO_TIME_AT_ALL = "says neither when it was recorded nor when it happened, so no month can be given to it"
FUTURE = "lies after the day the file came in"
NO_SUPPLIER = (
    "names no supplier VRIN knows (`suppliers list` shows them, `suppliers add` adds one); "
    "correct the column, or name the supplier with --supplier"
)
HALF = "both numbers of a coordinate must be given, or both left blank"
NOT_ON_GRID = (
    f"is outside Great Britain's National Grid (easting up to {EASTING_RANGE_M[1]:,} m, "
    f"northing up to {NORTHING_RANGE_M[1]:,} m); leave both blank where the place is not known"
)
NOT_IN_UK = "is outside the United Kingdom (longitude -9 to 2.5, latitude 49.5 to 61.5)"
IN_THE_SEA = "is in the sea, or far from any address; leave both blank where the place is not known"
OUTSIDE_PERIOD = "lies outside the period that the file names; send the row with its own period"
NOT_A_COUNT = "is not a whole number"
NEGATIVE = "is less than nothing, and this feed has no corrections"
IDENTIFIER = (
    "holds what looks like a person's identifier; the value was not kept. Take it out and send the row again"
)
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
    hides_value: bool = False


def rules_of(feed: Feed, present: set[str], *, has_period: bool = False) -> list[Rule]:
    """The rules for a file of this feed that has these columns, in the order of their bits."""
    rules: list[Rule] = []
    for column in feed.columns:
        if column.name in present:
            rules += _column_rules(column, feed)
    rules.append(_supplier_rule())
    rules += _coordinate_rules(present)
    rules += _period_rules(feed, present, has_period=has_period)
    return [rule for rule in rules if level_of(feed, rule.name) != OFF]


def bits_sql(rules: list[Rule]) -> str:
    """The broken rules of a row as one integer."""
    # A condition that is NULL counts as not broken; the cheap part of each stands first and ends most rows.
    terms = [f"(case when {rule.condition} then {1 << bit} else 0 end)" for bit, rule in enumerate(rules)]
    return f"({' + '.join(terms)})::ubigint"


def raw_columns_of(feed: Feed, present: set[str]) -> list[str]:
    """Columns whose raw cells are kept of a row that broke a rule: all that the feed knows."""
    return [column.name for column in feed.columns if column.name in present]


def _column_rules(column: FeedColumn, feed: Feed) -> list[Rule]:
    name, raw = column.name, f"raw_{column.name}"
    rules: list[Rule] = []
    if (
        column.required
        and column.kind in ("text", "time", "month", "quarter", "count")
        and name != "supplier"
    ):
        unread = f"{name} is null and " if column.kind in ("time", "count") else ""
        rules.append(Rule("missing", (name,), f"{unread}coalesce(trim({raw}), '') = ''", MISSING))
    if column.kind == "time" and name in ("event_start_at", "event_end_at", "recorded_at"):
        too_early = f"{name} < timestamp '{EARLIEST_YEAR}-01-01'"
        rules.append(Rule("not_a_date", (name,), f"({_unreadable(name)}) or {too_early}", NO_DATE))
        rules.append(Rule("in_the_future", (name,), f"{name} >= $received_day + interval 1 day", FUTURE))
    if column.kind == "month" and name == "recorded_month":
        rules.append(Rule("not_a_month", (name,), _unreadable(name), NO_MONTH))
        rules.append(Rule("in_the_future", (name,), f"{name} > $received_day", FUTURE))
    if column.kind == "quarter":
        # A month that could be read and a quarter that could not leave no period.
        rules.append(
            Rule("not_a_quarter", (name,), f"recorded_month is null and trim({raw}) <> ''", NO_QUARTER)
        )
    if column.kind in COORDINATE_KINDS or column.kind == "number":
        rules.append(Rule("not_a_number", (name,), _unreadable(name), "is not a number"))
    if column.kind == "count":
        rules += _count_rules(name, feed)
    return rules


def _count_rules(name: str, feed: Feed) -> list[Rule]:
    odd = f"{name} <> floor({name}) or abs({name}) > {MOST_IN_A_COUNT}"
    rules = [Rule("not_a_count", (name,), f"({_unreadable(name)}) or {odd}", NOT_A_COUNT)]
    if not feed.signed_counts:
        rules.append(Rule("negative_count", (name,), f"{name} < 0", NEGATIVE))
    return rules


def _unreadable(name: str) -> str:
    return f"{name} is null and trim(raw_{name}) <> ''"


def _supplier_rule() -> Rule:
    return Rule("unknown_supplier", ("supplier",), "supplier_id is null", NO_SUPPLIER)


def _period_rules(feed: Feed, present: set[str], *, has_period: bool) -> list[Rule]:
    if feed.mode != "replace_period":
        return []
    by = tuple(name for name in (feed.period_from, "event_start_at") if name in present)
    # What could not be read at all is told by the rule of its own column.
    blank = " and ".join(f"coalesce(trim(raw_{name}), '') = ''" for name in by) or "true"
    rules = [
        Rule("no_time", by or (feed.period_from,), f"recorded_month is null and {blank}", NO_TIME_AT_ALL)
    ]
    required = feed.column(feed.period_from)
    if required is not None and required.required:
        rules = []
    if has_period:
        outside = "recorded_month < $period_first or recorded_month >= $period_after"
        rules.append(Rule("outside_the_period", by, outside, OUTSIDE_PERIOD))
    return rules


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
