"""What a file says once of itself: its reporting period, when it was drawn, how many rows it should hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from vrin_data.contract.feeds import Feed
from vrin_data.contract.periods import MONTHS_IN, later, read_period
from vrin_data.errors import RefusedInput

FILE_LEVEL = ("period_start", "period_end", "extracted_at", "declared_count")
FORMATS = (
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d-%m-%Y",
    "%d-%b-%Y",
    "%d %B %Y",
)


@dataclass(frozen=True)
class FileLevel:
    """A file's own statements. `period` is first day and first day after; None where nothing is said."""

    period: tuple[date, date] | None = None
    extracted_at: datetime | None = None
    declared_count: int | None = None
    ends_early: date | None = None
    """Last day of the file's own period where that is not a month's last day."""


def file_level(
    name: str, feed: Feed, values: Mapping[str, list[str]], constants: Mapping[str, str]
) -> FileLevel:
    """What the columns and the lines above the header say, read.

    Raises RefusedInput where they contradict themselves or cannot be read, or where the feed needs
    a period and none is given.
    """
    said = {column: _one(name, column, values.get(column, []), constants) for column in FILE_LEVEL}
    period = _period(name, feed, said["period_start"], said["period_end"])
    if feed.needs_period and period is None:
        raise RefusedInput(
            f"{name}: does not name its reporting period, and this feed's files must ({feed.name}). Put the first and "
            "last day above the header line or into columns, or name the period, such as --period 2026-03.",
            cause="no_period",
        )
    extracted = said["extracted_at"]
    return FileLevel(
        period=(period[0], _next_month(period[1])) if period else None,
        ends_early=period[1] - timedelta(days=1) if period and period[1].day != 1 else None,
        extracted_at=_moment(name, "extracted_at", extracted) if extracted else None,
        declared_count=_count(name, said["declared_count"]),
    )


def _one(name: str, column: str, texts: list[str], constants: Mapping[str, str]) -> str | None:
    found = list(dict.fromkeys(text.strip() for text in texts if text.strip()))
    if len(found) > 1:
        raise RefusedInput(
            f"{name}: says {column} in {len(found)} ways ({', '.join(sorted(found)[:3])}). Send one file for a period."
        )
    return found[0] if found else (constants.get(column, "").strip() or None)


def _period(name: str, feed: Feed, start: str | None, end: str | None) -> tuple[date, date] | None:
    if start is None and end is None:
        return None
    month = read_period(start or end or "")
    if end is None or start is None:
        if month is None:
            raise RefusedInput(
                f"{name}: {start or end!r} is not a period (expected a month such as 2026-03)."
            )
        return month, later(month, MONTHS_IN[feed.period_length])
    first = _moment(name, "period_start", start).date()
    after = _moment(name, "period_end", end).date() + timedelta(days=1)
    if first.day != 1 or first >= after:
        raise RefusedInput(
            f"{name}: the reporting period {start} to {end} does not begin on the first day of a month. A file "
            "replaces what came for its months before, so send each month from its first day on."
        )
    return first, after


def _next_month(day: date) -> date:
    """The day itself where a month begins on it, else the first day of the next month."""
    return day if day.day == 1 else later(day, 1)


def _moment(name: str, column: str, text: str) -> datetime:
    for form in FORMATS:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    raise RefusedInput(f"{name}: {column} {text!r} is not a date (expected dd/mm/yyyy or yyyy-mm-dd).")


def _count(name: str, text: str | None) -> int | None:
    if text is None:
        return None
    try:
        return int(text.replace(",", ""))
    except ValueError:
        raise RefusedInput(f"{name}: the declared number of rows {text!r} is not a whole number.") from None
