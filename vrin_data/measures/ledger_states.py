"""The state of each row of the ledger, and how late it is: facts first, then the word for them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.measures.selection import FIRST_YEAR, MONTHS_PER_YEAR, month_number, parse_month
from vrin_data.measures.spans import Span
from vrin_data.records import Expectation, HeldFile

Flags = npt.NDArray[np.bool_]
PROBLEMS = ("overdue", "partial", "stopped")
DAY = np.timedelta64(1, "D")


@dataclass(frozen=True)
class Decisions:
    """What people said of feeds: declarations, and files that wait for a person."""

    declarations: tuple[Expectation, ...]
    held: tuple[HeldFile, ...]


def add_states(rows: pd.DataFrame, spans: list[Span], decisions: Decisions, as_of: date) -> pd.DataFrame:
    """The rows with state, days_late, lag_days, is_backlog, is_duty, is_owed, is_problem and evidence.

    `days_late` counts to the day of receipt, or to `as_of` where it did not come; 0 for backlog and for
    what somebody declared. Both facts stand where both hold: a partial submission that was late is
    partial and has its days.
    """
    today = np.datetime64(as_of, "s")
    rows["is_duty"] = _of_span(rows, [span.is_duty for span in spans])
    rows["is_owed"] = _of_span(rows, [span.is_owed for span in spans])
    binding = _of_span(rows, [span.is_binding for span in spans])
    end = first_days(rows["period_end"])
    backlog_to = np.array([span.backlog_before for span in spans], dtype="datetime64[s]")
    came, whole = rows["came_count"] > 0, rows["came_count"] == rows["month_count"]
    rows["is_backlog"] = (came & (end <= backlog_to[rows["span"]])).to_numpy()
    declared, reasons = _declared(rows, decisions.declarations)
    stopped, findings = _stopped(rows, decisions.held)
    is_due = rows["due_on"].notna() & (declared == "") & ~rows["is_backlog"]
    past = is_due & (rows["due_on"] < today)
    until = rows["received_on"].where(whole, today)
    rows["days_late"] = ((until - rows["due_on"]) // DAY).where(is_due, 0).clip(lower=0).astype("int64")
    rows["lag_days"] = ((rows["received_on"] - (end - DAY)) // DAY).astype("Int64")
    short = came & ~whole & (past | (rows["due_on"].isna() & (end <= today)))
    rows["state"] = np.select(
        [
            stopped,
            (whole & rows["is_partial"]) | short,
            whole & rows["is_nil"],
            whole & (rows["days_late"] > 0),
            whole,
            declared != "",
            rows["due_on"].isna() | (end > today),
            past & binding,
        ],
        ["stopped", "partial", "nil", "late", "received", declared, "not_due", "overdue"],
        default="due",
    )
    rows["is_problem"] = rows["state"].isin(PROBLEMS) | (
        (rows["state"] == "due") & rows["is_owed"] & (rows["days_late"] > 0)
    )
    rows["evidence"] = _evidence(rows, findings, reasons)
    return rows


def first_days(months: pd.Series) -> pd.Series:
    """The first day of each month by its number, as timestamps."""
    since = np.datetime64("1900-01", "M") + months.to_numpy().astype("timedelta64[M]")
    return pd.Series(since.astype("datetime64[s]"), index=months.index)


def _of_span(rows: pd.DataFrame, values: list[bool]) -> Flags:
    return np.array(values, dtype=bool)[rows["span"].to_numpy()]


def _declared(rows: pd.DataFrame, declarations: Iterable[Expectation]) -> tuple[npt.NDArray, npt.NDArray]:
    """For each row of which not all came the state declared last, and its reason; else empty."""
    state, reason = np.full(len(rows), "", dtype=object), np.full(len(rows), "", dtype=object)
    open_still = rows["came_count"] < rows["month_count"]
    for one in sorted(declarations, key=lambda each: each.expectation_id):
        last = month_number(one.to_month) if one.to_month else None
        about = open_still & _about(rows, one.supplier_id, one.feed_id, month_number(one.from_month), last)
        state[about], reason[about] = one.state, one.reason
    return state, reason


def _stopped(rows: pd.DataFrame, held: Iterable[HeldFile]) -> tuple[Flags, npt.NDArray]:
    """Rows of which a file waits for a person, with what the checks found in it."""
    waits, words = np.zeros(len(rows), dtype=bool), np.full(len(rows), "", dtype=object)
    for one in held:
        if one.supplier_id is None:
            continue
        first, last = held_months(one)
        about = _about(rows, one.supplier_id, one.feed_id, first, last).to_numpy()
        found = "; ".join(one.found)
        waits |= about
        words[about] = f"{one.file_name} waits for a decision: {found}" if found else f"{one.file_name} waits"
    return waits, words


def _about(rows: pd.DataFrame, supplier_id: str, feed_id: str, first: int, last: int | None) -> pd.Series:
    own = (rows["supplier_id"] == supplier_id) & (rows["feed_id"] == feed_id) & (rows["period_end"] > first)
    return own if last is None else own & (rows["period_start"] <= last)


def held_months(one: HeldFile) -> tuple[int, int]:
    """First and last month of a file that waits; the month before it came where its period has none."""
    named = re.findall(r"\d{4}-(?:0[1-9]|1[0-2])(?!\d)", one.period)
    if named:
        return month_number(parse_month(named[0])), month_number(parse_month(named[-1]))
    before = (one.held_at.year - FIRST_YEAR) * MONTHS_PER_YEAR + one.held_at.month - 2
    return before, before


def _evidence(rows: pd.DataFrame, findings: npt.NDArray, reasons: npt.NDArray) -> list[str]:
    """Why the state is what it is: what waits, what checks found, what did not come, what was declared."""
    gaps = ["" if not text else f"did not come: {text}" for text in rows["missing"]]
    told = zip(findings, rows["evidence"], gaps, reasons, strict=True)
    return ["; ".join(filter(None, parts)) for parts in told]
