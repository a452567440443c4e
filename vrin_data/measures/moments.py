"""When incidents happen: by hour, by weekday and by both, as far as their times are told."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.errors import UsageError
from vrin_data.measures.answer import Answer
from vrin_data.measures.events import COUNTS, LEAST_BASE, SUMS, in_total, shares, told_as, total_of
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.moment_rows import BACKWARDS, DAY, LONGEST_SPAN, NONE, Moments, moments_read
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.selection import Selection
from vrin_data.measures.stamps import question_stamp
from vrin_data.measures.weight_kinds import require_kind
from vrin_data.methods.aoristic import DAY_HOURS, WEEK_HOURS, by_hour_of_week
from vrin_data.store import Store

BY = ("hour", "weekday", "hour-weekday")
SPANNING = ("spread", "exclude")
LONGEST = (2, 6, 12, 24, 48)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
AT, SPREAD = "at", "spread"
DAY_TOLD, SPANS, TOO_LONG, FILLED_IN, UNTIMED, REVERSED = (
    "day",
    "spans",
    "too_long",
    "filled_in",
    "none",
    "backwards",
)
REASONS = {
    AT: "the time is told to the hour",
    SPREAD: "may have happened in any of several hours: spread evenly over them",
    DAY_TOLD: "only the day is told",
    SPANS: "may have happened in any of several hours",
    TOO_LONG: "may have happened in more hours than are spread",
    FILLED_IN: "stands at exactly 00:00 or 12:00, where its supplier's times heap: filled in, not observed",
    REVERSED: "ends before it begins",
    UNTIMED: "no time is told, or only its month",
}
"""What is told of the time of an incident."""


@dataclass(frozen=True)
class MomentsRequest:
    """When the incidents of a selection happened.

    `by` is hour, weekday, or hour-weekday. An event that began and ended within an hour is taken at its start; one
    that spans more is spread over the hours between, up to `longest_hours`, or left out where `spanning` is exclude.
    """

    selection: Selection
    by: str = "hour-weekday"
    spanning: str = "spread"
    longest_hours: int = 24

    def __post_init__(self) -> None:
        if self.by not in BY:
            raise UsageError(f"Times are given by {', '.join(BY)}, not by {self.by!r}.")
        if self.spanning not in SPANNING:
            raise UsageError(
                f"Events that span several hours are {' or '.join(SPANNING)}, not {self.spanning!r}."
            )
        if not 2 <= self.longest_hours <= LONGEST_SPAN:
            raise UsageError(
                f"Events are spread over 2 to {LONGEST_SPAN} hours at most, not {self.longest_hours}."
            )


def moments(store: Store, request: MomentsRequest) -> Answer:
    """Incidents and harm by the hour, the weekday, or both, of those whose time is told so far.

    Rows: every hour of the day, every day of the week from Monday on, or every hour of every day; 0 where none fell.
    Columns: weekday (1 is Monday) and weekday_name, hour (0 to 23), incident_count_low and incident_count_high,
    harm_days_low, harm_days and harm_days_high (days), share_of_incidents and share_of_harm (0 to 1, of what is
    counted here: certain incidents, central harm; NULL below 10 incidents). Counts are no whole numbers where events
    are spread over hours. By weekday also those count of which the day alone is told. `moments_basis` says what is
    not counted; both add up to `harm` in total for the selection. Harm is NULL where that total has none.
    The hour is local clock time as the supplier gives it. Months that did not come whole are left out.
    Raises UsageError for what cannot be asked, and what `harm` raises.
    """
    question = _question(store, request)
    found = moments_read(store, question)
    grid = _grid(found, request)
    frame = told_as(_rows(grid, request), total_of(store, question), in_parts=True)
    certain = float(grid[:, 0].sum())
    frame["share_of_incidents"] = shares(frame["incident_count_low"], certain)
    days = frame["harm_days"].sum(min_count=1)
    frame["share_of_harm"] = shares(
        frame["harm_days"], float(days) if certain >= LEAST_BASE and pd.notna(days) else 0.0
    )
    return Answer(frame, question_stamp(question, _notes(store, question, request, found)))


def moments_basis(store: Store, request: MomentsRequest) -> Answer:
    """What is told of the times of a selection's incidents, and what of them `moments` counts; they sum to `harm`.

    Rows: one for each of REASONS that some incident has, those counted first. Columns: reason, words, is_counted,
    incident_count_low and incident_count_high, harm_days_low, harm_days and harm_days_high (days), share_of_incidents
    (0 to 1, of the certain incidents; NULL below 10). Raises what `moments` raises.
    """
    question = _question(store, request)
    found = moments_read(store, question)
    reasons, counted = _reasons(found.rows, request)
    sums = found.rows[[*SUMS]].groupby(pd.Series(reasons, index=found.rows.index)).sum()
    frame = sums.reindex([name for name in REASONS if name in sums.index]).reset_index(names="reason")
    frame.insert(1, "words", frame["reason"].map(REASONS).astype("str"))
    frame.insert(2, "is_counted", frame["reason"].isin(set(reasons[counted])))
    frame = frame.sort_values("is_counted", ascending=False, kind="stable", ignore_index=True)
    frame = told_as(frame, total_of(store, question))
    frame["share_of_incidents"] = shares(frame["incident_count_low"], float(sums["incident_count_low"].sum()))
    return Answer(frame, question_stamp(question, _notes(store, question, request, found)))


def _question(store: Store, request: MomentsRequest) -> Question:
    question = in_total(question_of(store, request.selection))
    require_kind(question.edition, "days")
    return question


def _reasons(
    rows: pd.DataFrame, request: MomentsRequest
) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.bool_]]:
    """Of every row of times what is told of them, and whether the request counts them."""
    told, span = rows["told"].to_numpy(), rows["span"].to_numpy()
    several = span > 1
    within_day = rows["hour_of_week"].to_numpy() % DAY_HOURS + span <= DAY_HOURS
    excluded = several & (request.spanning == "exclude")
    too_long = several & (span > request.longest_hours)
    by_day = request.by == "weekday"
    # An event of several hours of one day is as good as told where only the day is asked for.
    at_hour = ~several | (by_day & within_day)
    chosen = np.select(
        [
            told == NONE,
            told == BACKWARDS,
            told == DAY,
            rows["is_filled_in"].to_numpy(),
            at_hour,
            too_long,
            excluded,
        ],
        [UNTIMED, REVERSED, DAY_TOLD, FILLED_IN, AT, TOO_LONG, SPANS],
        SPREAD,
    ).astype(object)
    counted = np.isin(chosen, [AT, SPREAD, *((DAY_TOLD, FILLED_IN) if by_day else ())])
    return chosen, counted


def _grid(found: Moments, request: MomentsRequest) -> npt.NDArray[np.float64]:
    """The sums by hour of the week, of what the request counts."""
    reasons, counted = _reasons(found.rows, request)
    rows, own = found.rows[counted], reasons[counted]
    spans = np.where(own == SPREAD, rows["span"], 1).astype("int64")
    hours = rows["hour_of_week"].to_numpy().astype("int64")
    return by_hour_of_week(hours, spans, rows[[*SUMS]].to_numpy(dtype="float64"))


def _rows(grid: npt.NDArray[np.float64], request: MomentsRequest) -> pd.DataFrame:
    """The grid as the rows that are asked for."""
    by_week = grid.reshape(WEEK_HOURS // DAY_HOURS, DAY_HOURS, -1)
    day, hour = np.divmod(np.arange(WEEK_HOURS), DAY_HOURS)
    if request.by == "hour":
        return pd.DataFrame({"hour": range(DAY_HOURS)}).join(_named(by_week.sum(axis=0)))
    if request.by == "weekday":
        days = pd.DataFrame({"weekday": range(1, len(WEEKDAYS) + 1), "weekday_name": [*WEEKDAYS]})
        return days.join(_named(by_week.sum(axis=1)))
    names = [WEEKDAYS[number] for number in day]
    return pd.DataFrame({"weekday": day + 1, "weekday_name": names, "hour": hour}).join(_named(grid))


def _named(sums: npt.NDArray[np.float64]) -> pd.DataFrame:
    return pd.DataFrame(sums, columns=[*SUMS])


def _notes(store: Store, question: Question, request: MomentsRequest, found: Moments) -> tuple[str, ...]:
    return (
        *_count_notes(found, request),
        "times are local clock time as suppliers give them: of the nights on which the clocks change one has no "
        "hour from 01:00, the other has it twice; an incident counts in the month in which it was recorded, "
        "whenever it happened",
        *_spanning_notes(request),
        *_heap_notes(found),
        *harm_notes(store, question),
    )


def _count_notes(found: Moments, request: MomentsRequest) -> list[str]:
    _, counted = _reasons(found.rows, request)
    high = found.rows[COUNTS[1]].to_numpy()
    of = {"hour": "hour", "weekday": "weekday", "hour-weekday": "hour"}[request.by]
    return [
        f"the {of} is told of {round(float(high[counted].sum())):,} of {round(float(high.sum())):,} incidents that "
        f"are in or may be; the others are left out here"
    ]


def _spanning_notes(request: MomentsRequest) -> list[str]:
    if request.spanning == "exclude":
        return ["an event that spans more than an hour is left out of the hours"]
    return [
        "an event that spans more than an hour is spread evenly over the hours that it may have happened in, up to "
        f"{request.longest_hours}; a longer one is left out (aoristic analysis, Ratcliffe 2002)"
    ]


def _heap_notes(found: Moments) -> list[str]:
    notes = [
        f"{one.supplier_id}: {int(one.on_the_hour):,} times of the feed stand at exactly {int(one.hour):02d}:00, where "
        f"the hours beside it suggest about {round(float(one.expected)):,}"
        + (
            ": taken as filled in, the day alone counts"
            if int(one.hour) in (0, 12)
            else ": read that hour with care"
        )
        for one in found.heaps.itertuples()
    ]
    share = found.on_the_hour_share
    if share is not None and share > 2 / 60:
        notes.append(
            f"{share:.0%} of the feed's times stand on an hour exactly, where 1 in 60 would by chance: an hour here is "
            "about an hour"
        )
    return notes
