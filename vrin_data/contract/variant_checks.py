"""What can be wrong with a variant: every fault of it at once, each naming its place."""

from collections.abc import Iterator, Mapping

from vrin_data.contract.codes import CODE_LISTS
from vrin_data.contract.feeds import Feed, FeedColumn, fold
from vrin_data.contract.labels import parse_label
from vrin_data.contract.offences import UNMAPPED, offences
from vrin_data.contract.policeuk import parse_crime_type
from vrin_data.contract.suppliers import find_supplier

OFFENCE_COLUMNS = ("offence_code", "classification", "offence_raw")
RESPELLED = (*OFFENCE_COLUMNS, "supplier")
"""Columns without a code list whose values may be given another spelling."""

_Values = Mapping[str, Mapping[str, str]]


def variant_faults(
    feed: Feed,
    *,
    feed_id: str,
    columns: Mapping[str, str],
    codes: _Values,
    ignored: _Values,
    not_used: Mapping[str, str],
) -> list[str]:
    """Everything that is wrong with a variant of this feed, in words; none where it can be used."""
    if feed_id != feed.id:
        return [f"feed: is a variant of {feed_id}, not of {feed.id}"]
    return [
        *_column_faults(feed, columns),
        *_heading_faults(columns, not_used),
        *_lost_columns(feed, columns, not_used),
        *_code_faults(feed, codes),
        *_ignored_faults(feed, codes, ignored),
        *_reason_faults(ignored, not_used),
    ]


def is_known_offence(feed: Feed, column: str, spelling: str) -> bool:
    """Whether a spelling of an offence is one that VRIN can read in this column of this feed."""
    if feed.offence_source == "home_office":
        raw = (spelling, None) if column == "offence_code" else (None, spelling)
        return offences().parse(*raw).mapping_status != UNMAPPED
    if feed.offence_source == "police_uk":
        return parse_crime_type(spelling).mapping_status != UNMAPPED
    if feed.offence_source == "labels":
        return parse_label(spelling).mapping_status != UNMAPPED
    return bool(spelling.strip())


def _column_faults(feed: Feed, columns: Mapping[str, str]) -> Iterator[str]:
    known = ", ".join(column.name for column in feed.columns)
    for name in columns:
        if feed.column(name) is None:
            yield f"columns.{name}: the feed {feed.id} has no such column; it has {known}"


def _heading_faults(columns: Mapping[str, str], not_used: Mapping[str, str]) -> Iterator[str]:
    uses: dict[str, list[str]] = {}
    for name, heading in columns.items():
        uses.setdefault(fold(heading), []).append(f"columns.{name}")
    for heading in not_used:
        uses.setdefault(fold(heading), []).append("not_used")
    for folded, places in uses.items():
        if not folded:
            yield f"{', '.join(places)}: a heading needs a letter or a digit"
        elif len(places) > 1:
            yield f"the heading {folded!r} is used twice ({', '.join(places)}); keep one"


def _lost_columns(feed: Feed, columns: Mapping[str, str], not_used: Mapping[str, str]) -> Iterator[str]:
    taken = {fold(heading) for heading in (*columns.values(), *not_used)}
    for column in feed.columns:
        is_lost = all(fold(heading) in taken for heading in column.accepted)
        if column.required and column.name not in columns and is_lost:
            yield f"columns.{column.name}: is needed, and no heading would be left for it"


def _code_faults(feed: Feed, codes: _Values) -> Iterator[str]:
    for name, values in codes.items():
        column = feed.column(name)
        if column is None or not (column.kind == "code" or name in RESPELLED):
            yield f"codes.{name}: the feed {feed.id} has no such column of codes, offences or suppliers"
            continue
        yield from _raw_faults(f"codes.{name}", values)
        for raw, code in values.items():
            if fault := _code_fault(feed, column, code):
                yield f"codes.{name}: {raw!r} is mapped to {code!r}, {fault}"


def _code_fault(feed: Feed, column: FeedColumn, code: str) -> str:
    if column.kind == "code":
        known = CODE_LISTS[column.codes]
        return "" if code in known else f"which is not one of {', '.join(known)}"
    if column.name == "supplier":
        return "" if find_supplier(code) else "which is no supplier that VRIN knows"
    return "" if is_known_offence(feed, column.name, code) else "which is no offence that VRIN knows"


def _ignored_faults(feed: Feed, codes: _Values, ignored: _Values) -> Iterator[str]:
    for name, values in ignored.items():
        if feed.column(name) is None:
            yield f"ignored.{name}: the feed {feed.id} has no such column"
        yield from _raw_faults(f"ignored.{name}", values)
        mapped = {fold(raw) for raw in codes.get(name, {})}
        for raw in values:
            if fold(raw) in mapped:
                yield f"ignored.{name}: {raw!r} is mapped to a code as well; keep one"


def _raw_faults(place: str, values: Mapping[str, str]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for raw, said in values.items():
        folded = fold(raw)
        if not folded:
            yield f"{place}: {raw!r} has neither letter nor digit and is read as a blank anyway"
        elif seen.setdefault(folded, said) != said:
            yield f"{place}: {raw!r} stands there twice with different meanings"


def _reason_faults(ignored: _Values, not_used: Mapping[str, str]) -> Iterator[str]:
    reasons = [
        (f"ignored.{name}", raw, why) for name, values in ignored.items() for raw, why in values.items()
    ]
    reasons += [("not_used", heading, why) for heading, why in not_used.items()]
    for place, raw, why in reasons:
        if not why.strip():
            yield f"{place}: {raw!r} needs a reason"
