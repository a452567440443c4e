"""The day on which a store's ledger stands, where none is asked for."""

from datetime import date

import pandas as pd

from vrin_data.store import Store


def standing_day(store: Store, today: date) -> date:
    """Today; of a store that holds simulated data alone, the last day on which any came in.

    Simulated extracts end at some day for good, and would be overdue ever after.
    """
    if store.current_build() is None:
        return today
    found = store.query(
        "day of the ledger",
        "select bool_and(is_simulated) as is_simulated, max(received_at) as last_at from submission",
    ).iloc[0]
    is_simulated = found["is_simulated"]
    if pd.isna(is_simulated) or not is_simulated:
        return today
    return min(found["last_at"].date(), today)
