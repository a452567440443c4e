"""What is asked: definition, level, period, area, edition and feed, as one frozen value."""

from dataclasses import dataclass
from datetime import date

from vrin_data.contract.codes import LEVELS, is_level
from vrin_data.contract.series import ALL_SERIES, series_filters
from vrin_data.errors import UsageError

DIMENSIONS = ("area", "month")
ATTEMPTS = ("listed", "as_completed")
MONTHS_PER_YEAR = 12
FIRST_YEAR = 1900


@dataclass(frozen=True)
class Selection:
    """A question's terms. Months are first days; `to_month` is the last month, included.

    `definition` is an id, for its version in force, or id@version. `series` is one of the series that
    the method of the index keeps apart. `attempts` as `listed` weighs an attempt as the completed offence
    but for those that the edition lists apart; `as_completed` weighs those so too whose offence has a
    completed row. Attempted murder is an offence of its own and has none.
    """

    definition: str = "violence-with-injury"
    level: str = "district"
    by: tuple[str, ...] = ("area",)
    from_month: date = date(2000, 1, 1)
    to_month: date = date(2000, 12, 1)
    area_code: str | None = None
    weights: str = "cchi-2020"
    feed: str | None = None
    series: str = ALL_SERIES
    without_homicide: bool = False
    attempts: str = "listed"

    def __post_init__(self) -> None:
        if not is_level(self.level):
            raise UsageError(
                f"There is no level {self.level!r}. Levels: {', '.join(LEVELS)}, and own-... layers."
            )
        strange = [name for name in self.by if name not in DIMENSIONS]
        if strange:
            raise UsageError(
                f"Figures cannot be given by {', '.join(strange)}. Choose of: {', '.join(DIMENSIONS)}."
            )
        series_filters(self.series)
        if self.attempts not in ATTEMPTS:
            raise UsageError(f"Attempts are weighed {' or '.join(ATTEMPTS)}, not {self.attempts!r}.")
        if self.from_month > self.to_month:
            raise UsageError(
                f"The period ends ({self.to_month:%Y-%m}) before it begins ({self.from_month:%Y-%m})."
            )

    @property
    def months(self) -> list[date]:
        """First day of every month of the period."""
        return [
            month_of(number)
            for number in range(month_number(self.from_month), month_number(self.to_month) + 1)
        ]


def month_number(month: date) -> int:
    """Months since January 1900."""
    return (month.year - FIRST_YEAR) * MONTHS_PER_YEAR + month.month - 1


def month_of(number: int) -> date:
    """First day of a month by its number."""
    return date(FIRST_YEAR + number // MONTHS_PER_YEAR, number % MONTHS_PER_YEAR + 1, 1)


def parse_month(text: str) -> date:
    """A month written yyyy-mm. Raises UsageError for anything else."""
    try:
        year, month = text.split("-")
        if len(year) != 4 or len(month) != 2:
            raise ValueError
        return date(int(year), int(month), 1)
    except ValueError:
        raise UsageError(f"{text!r} is not a month (expected yyyy-mm, such as 2026-03).") from None
