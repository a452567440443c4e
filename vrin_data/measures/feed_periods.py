"""The periods that a feed's figures are about: months, quarters or years, as the feed declares."""

from collections.abc import Sequence
from datetime import date

from vrin_data.contract.cadence import Every, Period, periods
from vrin_data.contract.feeds import Feed, feeds
from vrin_data.contract.periods import MONTHS_IN

EVERY_OF_FORM: dict[str, Every] = {"financial_year": "financial_year", "academic_year": "academic_year"}


def every_of(feed: Feed) -> Every:
    """The length of the feed's own periods, a year being the one its periods are written as."""
    if feed.period_length == "year":
        return EVERY_OF_FORM.get(feed.period_form, "year")
    return feed.period_length


def month_width(feed_id: str) -> int:
    """Months that one figure of a feed covers; 1 for a feed that is not known any more."""
    feed = feeds().get(feed_id)
    return MONTHS_IN[feed.period_length] if feed else 1


def whole_periods(feed_id: str, months: Sequence[date]) -> list[Period]:
    """The feed's periods that lie wholly within these neighbouring months, oldest first."""
    if not months:
        return []
    feed = feeds().get(feed_id)
    found = periods(every_of(feed) if feed else "month", months[0], months[-1])
    return [one for one in found if one.start >= months[0] and one.months()[-1] <= months[-1]]
