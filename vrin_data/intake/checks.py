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
# Beyond this a number that was read as a double is no longer the one that was written.
MOST_IN_A_VERSION = 2**53
MOST_IN_A_GRAVITY = 1_000
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
NOT_A_VERSION = "is not a whole number, so it cannot be told which version is the later one"
NEGATIVE = "is less than nothing, and this feed has no corrections"
IDENTIFIER = (
    "holds what looks like a person's identifier; the value was not kept. Take it out and send the row again"
)
NOT_A_PERSON_KEY = (
    "is not a person key (expected such as k1: and 64 digits, made with `python -m vrin_data pseudonyms`); the value "
    "was not kept"
)
PERSON_KEY_FORM = "[a-z][a-z0-9]{0,11}:[0-9a-f]{64}"
RANGES = {
    "easting": EASTING_RANGE_M,
    "northing": NORTHING_RANGE_M,
    "longitude": (-9.0, 2.5),
    "latitude": (49.5, 61.5),
}


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
            rules += _column_rules(column, feed, present)
    rules.append(_supplier_rule())
    rules += _coordinate_rules(feed, present)
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


def _column_rules(column: FeedColumn, feed: Feed, present: set[str]) -> list[Rule]:
    name = column.name
    rules: list[Rule] = []
    if _is_needed(column):
        unread = f"{name} is null and " if column.kind in ("time", "count") else ""
        rules.append(Rule("missing", (name,), f"{unread}{_is_blank(name, feed)}", MISSING))
    if column.kind == "time" and name in ("event_start_at", "event_end_at", "recorded_at"):
        rules.append(Rule("not_a_date", (name,), _no_date(name, feed), NO_DATE))
        rules.append(Rule("in_the_future", (name,), f"{name} >= $received_day + interval 1 day", FUTURE))
    if column.kind == "month" and name == "recorded_month":
        rules.append(Rule("not_a_month", (name,), _names_none("months", name, feed), NO_MONTH))
        month = name if "recorded_quarter" in present else _read_as("months", name)
        rules.append(Rule("in_the_future", (name,), f"{month} > $received_day", FUTURE))
    if column.kind == "quarter":
        rules.append(Rule("not_a_quarter", (name,), _names_none("quarters", name, feed), NO_QUARTER))
    if column.kind in COORDINATE_KINDS or column.kind == "number":
        rules += _number_rules(name, feed)
    if column.kind == "count":
        rules += _count_rules(name, feed)
    if name == "person_key":
        odd = f"not regexp_full_match(coalesce({name}, ''), '{PERSON_KEY_FORM}') and not {_is_blank(name, feed)}"
        # What stands in its place may be the number or the name that it should hide.
        rules.append(Rule("not_a_person_key", (name,), odd, NOT_A_PERSON_KEY, hides_value=True))
    return rules


def _is_needed(column: FeedColumn) -> bool:
    """Whether a cell must not be blank: a place may not be known, a count where counts are given must be."""
    by_cell = column.kind in ("text", "time", "month", "quarter") and column.name != "supplier"
    return column.kind == "count" or (column.required and by_cell)


def _number_rules(name: str, feed: Feed) -> list[Rule]:
    odd = f"({_unreadable(name, feed)}) or not isfinite({name})"
    if name == "row_version":
        fraction = f"isfinite({name}) and ({name} <> floor({name}) or abs({name}) > {MOST_IN_A_VERSION})"
        return [
            Rule("not_a_number", (name,), odd, "is not a number"),
            Rule("not_a_version", (name,), fraction, NOT_A_VERSION),
        ]
    if name == "gravity":
        odd = f"{odd} or {name} <> floor({name}) or abs({name}) > {MOST_IN_A_GRAVITY}"
        return [Rule("not_a_number", (name,), odd, f"is not a whole number up to {MOST_IN_A_GRAVITY:,}")]
    return [Rule("not_a_number", (name,), odd, "is not a number")]


def _count_rules(name: str, feed: Feed) -> list[Rule]:
    odd = f"{name} <> floor({name}) or abs({name}) > {MOST_IN_A_COUNT}"
    rules = [Rule("not_a_count", (name,), f"({_unreadable(name, feed)}) or {odd}", NOT_A_COUNT)]
    if not feed.signed_counts:
        rules.append(Rule("negative_count", (name,), f"{name} < 0", NEGATIVE))
    return rules


def _unreadable(name: str, feed: Feed) -> str:
    return f"{name} is null and not {_is_blank(name, feed)}"


def _no_date(name: str, feed: Feed) -> str:
    first_day = f"timestamp '{EARLIEST_YEAR}-01-01'"
    # DuckDB reads the words epoch and infinity under any format, and gives this day for them.
    word = f"({name} = {first_day} and not contains(raw_{name}, '{EARLIEST_YEAR}'))"
    return f"({_unreadable(name, feed)}) or coalesce({name} < {first_day} or {word}, false)"


def _names_none(parameter: str, name: str, feed: Feed) -> str:
    """Whether a cell holds something and no period, whatever else the row may have its month from."""
    return f"{_read_as(parameter, name)} is null and not {_is_blank(name, feed)}"


def _read_as(parameter: str, name: str) -> str:
    """What a cell's own text was read to: a month or the number of a quarter."""
    kind = "date" if parameter == "months" else "integer"
    return f"(${parameter}::{kind}[])[enum_code(coded_{name})::integer + 1]"


def is_blank_sql(cell: str, feed: Feed) -> str:
    """Whether a cell says nothing: it is empty, or holds one of the feed's marks for a blank."""
    words = ", ".join("'{}'".format(mark.replace("'", "''")) for mark in ["", *sorted(blank_marks(feed))])
    # A long `in` is made a join, which may give the rows back in another order; a row's line is told from its place.
    return f"list_contains([{words}], coalesce(lower(trim({cell})), ''))"


def text_sql(cell: str, feed: Feed) -> str:
    """A cell's text, NULL for one that says nothing."""
    return f"case when not {is_blank_sql(cell, feed)} then trim({cell}) end"


def blank_marks(feed: Feed) -> set[str]:
    """The feed's marks for a blank, in small letters."""
    return {mark.strip().lower() for mark in feed.null_marks} - {""}


def _is_blank(name: str, feed: Feed) -> str:
    return is_blank_sql(f"raw_{name}", feed)


def _supplier_rule() -> Rule:
    return Rule("unknown_supplier", ("supplier",), "supplier_id is null", NO_SUPPLIER)


def _period_rules(feed: Feed, present: set[str], *, has_period: bool) -> list[Rule]:
    if feed.mode != "replace_period":
        return []
    by = tuple(name for name in (feed.period_from, "event_start_at") if name in present)
    telling = dict.fromkeys([*by, *({"recorded_month"} & present)])
    # What could not be read at all is told by the rule of its own column.
    blank = " and ".join(_is_blank(name, feed) for name in telling) or "true"
    rules = [
        Rule("no_time", by or (feed.period_from,), f"recorded_month is null and {blank}", NO_TIME_AT_ALL)
    ]
    required = feed.column(feed.period_from)
    if required is not None and required.required:
        rules = []
    if has_period:
        outside = "(recorded_month < $period_first or recorded_month >= $period_after)"
        rules.append(Rule("outside_the_period", by, f"{outside}{_and_is_read(by, feed)}", OUTSIDE_PERIOD))
    return rules


def _and_is_read(by: tuple[str, ...], feed: Feed) -> str:
    """The condition that the date which tells a row's period could be read: the first that is not blank."""
    words, blank_so_far = "", ""
    for name in by:
        if name == "recorded_month":
            break
        words += f" and not ({blank_so_far}({_no_date(name, feed)}))"
        blank_so_far += f"{_is_blank(name, feed)} and "
    return words


def _coordinate_rules(feed: Feed, present: set[str]) -> list[Rule]:
    pairs = (
        ("easting", "northing", "grid_was", NOT_ON_GRID),
        ("longitude", "latitude", "degree_was", NOT_IN_UK),
    )
    rules: list[Rule] = []
    for first, second, was, words in pairs:
        if {first, second} <= present:
            # The reading of blanks is dear, so that whole coordinates do not come to it.
            blank = [_is_blank(name, feed) for name in (first, second)]
            half = f"({first} is null) <> ({second} is null) and {blank[0]} <> {blank[1]}"
            rules.append(Rule("half_a_coordinate", (first, second), half, HALF))
            # What lies in the country when it is read another way is put right in place of being rejected.
            outside = f"{was} = 0 and ({' or '.join(_outside(name) for name in (first, second))})"
            rules.append(Rule("outside_the_country", (first, second), outside, words))
    return rules


def _outside(name: str) -> str:
    low, high = RANGES[name]
    return f"({name} not between {low} and {high} and isfinite({name}))"
