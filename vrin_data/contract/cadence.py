"""When data are due: the periods that a feed is sent for and the last day on which each is in time.

Inside, a period is half-open (`end` is the first day after it); on a screen its last day is shown.
Quarters of the calendar and of the financial year begin on the same days.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict

from vrin_data.contract.legal_powers import legal_powers
from vrin_data.contract.periods import later
from vrin_data.errors import UsageError

Every = Literal["month", "quarter", "year", "financial_year", "academic_year"]
NEVER_DUE = "none"
RULES = f"days:N, end_of_next_period, day:N_of_next_month or {NEVER_DUE}"
LAST_MONTH_DAY = 31

# Months in a period, and the month of the year in which one begins.
_SHAPES: dict[str, tuple[int, int]] = {
    "month": (1, 1),
    "quarter": (3, 1),
    "year": (12, 1),
    "financial_year": (12, 4),
    "academic_year": (12, 9),
}
_DAYS = re.compile(r"days:(\d{1,4})")
_MONTH_DAY = re.compile(r"day:(\d{1,2})_of_next_month")


@dataclass(frozen=True, order=True)
class Period:
    """One period of a cadence, from `start` up to but not including `end`."""

    start: date
    end: date
    every: Every

    @property
    def last_day(self) -> date:
        """Its last day, as screens show it."""
        return self.end - timedelta(days=1)

    @property
    def label(self) -> str:
        """Its name in words: 2026-03, January to March 2026, 2026, 2025/26."""
        if self.every == "month":
            return f"{self.start:%Y-%m}"
        if self.every == "quarter":
            return f"{self.start:%B} to {self.last_day:%B %Y}"
        if self.start.month == 1:
            return f"{self.start.year}"
        return f"{self.start.year}/{self.end.year % 100:02d}"

    def months(self) -> list[date]:
        """First days of its months, in order."""
        return [later(self.start, number) for number in range(_SHAPES[self.every][0])]


def period_of(day: date, every: Every) -> Period:
    """The period in which a day lies."""
    length, first_month = _SHAPES[every]
    beyond = (day.month - first_month) % length
    start = later(day.replace(day=1), -beyond)
    return Period(start, later(start, length), every)


def periods(every: Every, first: date, last: date) -> list[Period]:
    """Periods from the one in which `first` lies to the one in which `last` lies; none where last is before."""
    return list(_from(period_of(first, every), last)) if first <= last else []


def _from(period: Period, last: date) -> Iterator[Period]:
    while period.start <= last:
        yield period
        period = period_of(period.end, period.every)


def check_rule(rule: str) -> str:
    """The rule itself. Raises ValueError for one that VRIN cannot read."""
    day = _MONTH_DAY.fullmatch(rule)
    if day and not 1 <= int(day.group(1)) <= LAST_MONTH_DAY:
        raise ValueError(f"due '{rule}': the day of a month is 1 to {LAST_MONTH_DAY}")
    if not (day or _DAYS.fullmatch(rule) or rule in ("end_of_next_period", NEVER_DUE)):
        raise ValueError(f"due '{rule}' is no rule; give {RULES}")
    return rule


def due_on(period_start: date, every: Every, rule: str) -> date | None:
    """The last day on which a period's data are in time; None where the rule is that nothing is due.

    `days:N` counts from the period's last day. `day:N_of_next_month` is the month after the period's
    last one, and its last day where that month is shorter. Raises UsageError for an unknown rule.
    """
    period = period_of(period_start, every)
    try:
        check_rule(rule)
    except ValueError as error:
        raise UsageError(f"{error}.") from None
    if rule == NEVER_DUE:
        return None
    if rule == "end_of_next_period":
        return period_of(period.end, every).last_day
    if days := _DAYS.fullmatch(rule):
        return period.last_day + timedelta(days=int(days.group(1)))
    day = int(rule.removeprefix("day:").removesuffix("_of_next_month"))
    return period.end.replace(day=min(day, monthrange(period.end.year, period.end.month)[1]))


def days_late(due: date | None, received: date) -> int:
    """Days by which something came after its due day, 0 where in time or nothing is due."""
    return max(0, (received - due).days) if due else 0


def _known_power(value: str) -> str:
    if value and value not in legal_powers():
        raise ValueError(f"'{value}' is no legal power; there is: {', '.join(legal_powers())}")
    return value


class Cadence(BaseModel):
    """How often a feed is sent and by when: `basis` says in words why, `power` names the statute's id."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    every: Every
    due: Annotated[str, AfterValidator(check_rule)]
    basis: str = ""
    power: Annotated[str, AfterValidator(_known_power)] = ""

    @property
    def is_duty(self) -> bool:
        """Whether the law itself sets the day, so that data can be overdue and not only late."""
        return bool(self.power) and legal_powers()[self.power].is_duty

    def due_on(self, period_start: date) -> date | None:
        """The last day on which the period is in time, None where nothing is due."""
        return due_on(period_start, self.every, self.due)
