"""Which months came in: what a chart must show as a gap or as partial, and what to ask a supplier about."""

import numpy as np
import pandas as pd

from vrin_data.measures.answer import Answer
from vrin_data.measures.build_facts import build_facts
from vrin_data.measures.feed_periods import whole_periods
from vrin_data.measures.known import known_definition, known_edition
from vrin_data.measures.placed_levels import unplaced_at
from vrin_data.measures.received import feed_of, forces_of
from vrin_data.measures.selection import Selection
from vrin_data.measures.stamps import make_stamp, unplaced_too
from vrin_data.store import Store


def coverage(store: Store, selection: Selection) -> Answer:
    """Every supplier and month of the selection's feed and period: received, nil, partial or missing.

    One row per supplier that has ever sent the feed and whose area the selection touches, and
    month, oldest first (of a feed by quarter or year the first month of each): supplier_id,
    supplier_name, feed, month, status, incident_count (0 for a nil, NULL where missing).
    """
    facts = build_facts(store)
    known = known_definition(store, selection.definition)
    feed_id = feed_of(facts, selection, known.definition)
    own = facts.received[
        (facts.received["feed_id"] == feed_id)
        & facts.received["force_code"].isin(forces_of(facts, selection.area_code))
    ]
    frame = _grid(own, selection, feed_id).merge(
        own[["supplier_id", "month", "incident_count", "is_partial", "is_nil"]],
        how="left",
        on=["supplier_id", "month"],
    )
    frame["status"] = _status(frame)
    frame["incident_count"] = frame["incident_count"].astype("Int64")
    frame["month"] = pd.to_datetime(frame["month"])
    columns = ["supplier_id", "supplier_name", "feed", "month", "status", "incident_count"]
    stamp = make_stamp(facts, selection, feed_id, known, known_edition(store, selection.weights))
    return Answer(
        frame[columns], unplaced_too(stamp, unplaced_at(store, facts, feed_id, selection.area_code))
    )


def _grid(own: pd.DataFrame, selection: Selection, feed_id: str) -> pd.DataFrame:
    starts = [one.start for one in whole_periods(feed_id, selection.months)]
    suppliers = own.drop_duplicates("supplier_id")[["supplier_id", "supplier_name"]]
    return suppliers.merge(pd.Series(starts, name="month", dtype=object), how="cross").assign(feed=feed_id)


def _status(frame: pd.DataFrame) -> np.ndarray:
    kinds = [frame["is_partial"].isna(), frame["is_partial"].eq(True), frame["is_nil"].eq(True)]
    return np.select(kinds, ["missing", "partial", "nil"], default="received")
