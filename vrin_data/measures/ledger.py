"""The ledger: what was due of every supplier and feed, what came, what is late, partial or wrong."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from vrin_data.contract.cadence import period_of
from vrin_data.contract.feeds import feed, feeds
from vrin_data.errors import EmptyStore, UsageError
from vrin_data.measures.answer import Answer
from vrin_data.measures.build_facts import NO_DATA
from vrin_data.measures.handed_in import HandedIn, handed_in
from vrin_data.measures.ledger_rows import COUNTS, ledger_rows
from vrin_data.measures.ledger_states import Decisions, add_states, first_days
from vrin_data.measures.ledger_terms import decisions_of, known_of, names_of
from vrin_data.measures.selection import month_number, month_of
from vrin_data.measures.spans import Pair, Span, spans
from vrin_data.measures.stamp import Stamp
from vrin_data.records import last_event_id
from vrin_data.store import Store

COLUMNS = [
    "supplier_id",
    "supplier_name",
    "feed_id",
    "feed_name",
    "period",
    "period_start",
    "period_end",
    "state",
    "due_on",
    "received_on",
    "days_late",
    "lag_days",
    *COUNTS,
    "evidence",
    "check_ids",
    "agreement_id",
    "basis",
    "is_duty",
    "is_owed",
    "is_backlog",
    "is_problem",
]


@dataclass(frozen=True)
class LedgerRequest:
    """Whose ledger, of which months, by what was received up to the end of the day `as_of`.

    Agreements and declarations are those on record now: they speak of days and months themselves.
    """

    as_of: date
    supplier: str | None = None
    feed: str | None = None
    from_month: date | None = None
    to_month: date | None = None

    def __post_init__(self) -> None:
        if self.from_month and self.to_month and self.from_month > self.to_month:
            raise UsageError(
                f"The period ends ({self.to_month:%Y-%m}) before it begins ({self.from_month:%Y-%m})."
            )


def ledger(store: Store, request: LedgerRequest) -> Answer:
    """Every period that was due of a supplier's feed or that came, with its state.

    One row per supplier (by name), feed and period of the feed (oldest first). Expected is what a live
    agreement promises, by its cadence or the feed's; and of a feed without one, whatever its supplier
    once began to send. Columns: supplier_id, supplier_name, feed_id, feed_name, period (words), period_start,
    period_end (half-open), state (code list feed_state), due_on (last day in time, NaT where nothing is
    due), received_on (first version), days_late (to the receipt, or to `as_of` where it did not come),
    lag_days (receipt after the period's last day), row_count, incident_count, rejected_count (NULL where
    nothing came), version_count (replaced versions), evidence (words), check_ids, agreement_id, basis
    (agreement, statute or licence in words), is_duty, is_owed, is_backlog (from before the agreement,
    never late), is_problem (overdue, partial, stopped, or past a day that was agreed).
    A mere power to share, as section 115 is, makes nothing overdue, nor does a licence: past its day
    it stays `due`, with its days.
    Raises UnknownFeed, UsageError for an unknown supplier, EmptyStore where there is neither a build
    nor anything expected.
    """
    return Answer(*ledger_frame(store, request))


def ledger_frame(store: Store, request: LedgerRequest) -> tuple[pd.DataFrame, Stamp]:
    """The ledger's rows and stamp, for the measures that are made of them; not to be written to.

    Made once for a build and a state of the records, since one screen asks several things of it.
    """
    build_id = store.current_build()
    if build_id is None and not store.path.is_dir():
        raise EmptyStore(NO_DATA)
    return _made(store, build_id, last_event_id(store.path), request)


@lru_cache(maxsize=8)
def _made(
    store: Store, build_id: str | None, _last_event: int, request: LedgerRequest
) -> tuple[pd.DataFrame, Stamp]:
    had = handed_in(store, request.as_of)
    names = names_of(store, had)
    _check(request, names)
    decisions = decisions_of(store, request.as_of)
    known = known_of(store, had, decisions, request.as_of)
    spans_made = [span for span in spans(known) if _asked(span.pair, request)]
    rows = ledger_rows(spans_made, _of_request(had.units, request))
    rows = add_states(rows, spans_made, decisions, request.as_of)
    frame = _named(_between(rows, request), spans_made, names)
    if build_id is None and frame.empty:
        raise EmptyStore(NO_DATA)
    return frame, _stamp(had, request, rows, decisions)


def _check(request: LedgerRequest, names: dict[str, str]) -> None:
    if request.feed is not None:
        feed(request.feed)
    if request.supplier is not None and request.supplier not in names:
        raise UsageError(
            f"There is no supplier {request.supplier!r}. `suppliers list` shows those there are."
        )


def _asked(pair: Pair, request: LedgerRequest) -> bool:
    return request.supplier in (None, pair.supplier_id) and request.feed in (None, pair.feed_id)


def _of_request(units: pd.DataFrame, request: LedgerRequest) -> pd.DataFrame:
    for name, wanted in (("supplier_id", request.supplier), ("feed_id", request.feed)):
        if wanted is not None:
            units = units[units[name] == wanted]
    return units.reset_index(drop=True)


def _between(rows: pd.DataFrame, request: LedgerRequest) -> pd.DataFrame:
    """Rows whose period touches the months asked for."""
    if request.from_month:
        rows = rows[rows["period_end"] > month_number(request.from_month)]
    if request.to_month:
        rows = rows[rows["period_start"] <= month_number(request.to_month)]
    return rows


def _named(rows: pd.DataFrame, spans_made: list[Span], names: dict[str, str]) -> pd.DataFrame:
    frame = rows.copy()
    own = [spans_made[number] for number in rows["span"]]
    frame["supplier_name"] = frame["supplier_id"].map(names).fillna(frame["supplier_id"])
    feed_names = {one.id: one.name for one in feeds().values()}
    frame["feed_name"] = frame["feed_id"].map(feed_names).fillna(frame["feed_id"])
    frame["period"] = _labels(rows, own)
    for name in ("period_start", "period_end"):
        frame[name] = first_days(rows[name])
    frame["agreement_id"] = np.where(
        rows["came_under"] != "", rows["came_under"], [span.agreement_id for span in own]
    )
    frame["basis"] = [span.basis for span in own]
    frame = frame.sort_values(["supplier_name", "supplier_id", "feed_id", "period_start"], kind="stable")
    return frame[COLUMNS].reset_index(drop=True)


def _labels(rows: pd.DataFrame, own: list[Span]) -> list[str]:
    words: dict[tuple[int, str], str] = {}
    keys = [(int(start), span.every) for start, span in zip(rows["period_start"], own, strict=True)]
    for start, every in dict.fromkeys(keys):
        words[start, every] = period_of(month_of(start), every).label
    return [words[key] for key in keys]


def _stamp(had: HandedIn, request: LedgerRequest, rows: pd.DataFrame, decisions: Decisions) -> Stamp:
    came = rows[rows["came_count"] > 0]
    unplaced = sum(one.supplier_id is None for one in decisions.held)
    notes = [f"as it stood at the end of {request.as_of:%d %B %Y}"]
    if unplaced:
        notes.append(f"{unplaced} stopped files wait whose supplier is not known; they stand in no row")
    first = f"{request.from_month:%B %Y}" if request.from_month else "the first period"
    last = f"{request.to_month:%B %Y}" if request.to_month else "today"
    return Stamp(
        build=had.build_id,
        built_at=had.built_at,
        data_to=month_of(int(came["period_end"].max()) - 1) if len(came) else None,
        feed=request.feed or "every feed",
        period=f"{first} to {last}",
        notes=tuple(notes),
        is_simulated=bool(came["is_simulated"].any()),
        feeds=tuple(sorted(set(came["feed_id"]))),
    )
