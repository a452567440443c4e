"""What screens do to breaks, re-basings and targets: each does one thing and says what came of it."""

from datetime import date

from vrin_data import records
from vrin_data.contract.breaks import Concern
from vrin_data.errors import RefusedInput
from vrin_data.records import SeriesKey
from vrin_ui import clock
from vrin_ui.ask import open_store
from vrin_ui.wording import day_words, month_words


def record_break(
    happened_on: date | None,
    *,
    kind: str,
    title: str,
    concern: Concern,
    is_definition_change: bool,
    by: str,
    reason: str,
) -> str:
    """Put a break on record."""
    if happened_on is None:
        raise RefusedInput("No day was given. Say on which day it happened; the first of the month will do.")
    number = records.record_break(
        open_store().path,
        happened_on,
        kind=kind,
        title=title,
        concern=concern,
        is_definition_change=is_definition_change,
        reason=reason,
        recorded_by=by,
        recorded_at=clock.now(),
    )
    return f"Break {number} of {day_words(happened_on)} stands on record, and is drawn on every series it concerns."


def withdraw_break(number: int, *, by: str, reason: str) -> str:
    """Take a break back."""
    records.withdraw_break(
        open_store().path, number, reason=reason, withdrawn_by=by, withdrawn_at=clock.now()
    )
    return f"Break {number} is taken back and no longer drawn. It stays on record."


def rebase(series: SeriesKey, month: date | None, *, by: str, reason: str) -> str:
    """Let the limits of a series begin anew."""
    if month is None:
        raise RefusedInput("No month was chosen. Say with which month the new limits begin.")
    made = records.rebase(
        open_store().path, series, month, reason=reason, recorded_by=by, recorded_at=clock.now()
    )
    return f"The limits of this series begin anew in {month_words(made.month)} (re-basing {made.rebase_id})."


def withdraw_rebase(number: int, *, by: str, reason: str) -> str:
    """Take a re-basing back."""
    records.withdraw_rebase(
        open_store().path, number, reason=reason, withdrawn_by=by, withdrawn_at=clock.now()
    )
    return f"Re-basing {number} is taken back: the limits are as they were before. It stays on record."


def set_target(
    series: SeriesKey,
    figure: str,
    *,
    value: float | None,
    direction: str,
    from_month: date,
    by: str,
    reason: str,
) -> str:
    """Put a target on record."""
    if value is None:
        raise RefusedInput("No value was given. Say what the figure of a month is to be.")
    made = records.set_target(
        open_store().path,
        series,
        figure,
        value=value,
        direction=direction,
        from_month=from_month,
        reason=reason,
        recorded_by=by,
        recorded_at=clock.now(),
    )
    return f"Target {made.target_id} holds from {month_words(made.from_month)} on."


def withdraw_target(number: int, *, by: str, reason: str) -> str:
    """Take a target back."""
    records.withdraw_target(
        open_store().path, number, reason=reason, withdrawn_by=by, withdrawn_at=clock.now()
    )
    return f"Target {number} is taken back. It stays on record."
