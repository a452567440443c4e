"""Which months came in: what a chart must show as a gap, and what the data lead must chase."""

import numpy as np
import pandas as pd

from vrin_data.measures.answer import Answer
from vrin_data.measures.build_facts import build_facts
from vrin_data.measures.received import feed_of, forces_of
from vrin_data.measures.selection import Selection
from vrin_data.measures.stamps import make_stamp
from vrin_data.store import Store


def coverage(store: Store, selection: Selection) -> Answer:
    """Every supplier and month of the selection's feed and period, received or missing.

    One row per supplier that has ever sent the feed and whose area the selection touches, and
    month, oldest first: supplier_id, supplier_name, feed, month, status (received, missing),
    incident_count (NULL where missing).
    """
    facts = build_facts(store)
    feed_id = feed_of(facts, selection)
    received = facts.received[facts.received["feed_id"] == feed_id]
    forces = forces_of(facts, selection.area_code)
    senders = received[received["force_code"].isin(forces)].drop_duplicates("supplier_id")
    grid = senders[["supplier_id", "supplier_name"]].merge(
        pd.Series(selection.months, name="month"), how="cross"
    )
    grid = grid.merge(
        received[["supplier_id", "month", "incident_count"]], how="left", on=["supplier_id", "month"]
    )
    grid["feed"] = feed_id
    grid["status"] = np.where(grid["incident_count"].notna(), "received", "missing")
    grid["incident_count"] = grid["incident_count"].astype("Int64")
    grid["month"] = pd.to_datetime(grid["month"])
    frame = grid[["supplier_id", "supplier_name", "feed", "month", "status", "incident_count"]]
    return Answer(frame.reset_index(drop=True), make_stamp(facts, selection, feed_id))
