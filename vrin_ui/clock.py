"""The time of day, for what the screens ask and record: one place, so that a test can set it."""

from datetime import UTC, date, datetime


def now() -> datetime:
    """The time, UTC, to the second and without a zone, as the records keep it."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def today() -> date:
    """The day it is."""
    return now().date()
