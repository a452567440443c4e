"""Since when a series stands out, and when it did last where its latest month does not."""

import pandas as pd

RECENT = 12
"""Signals that ended longer ago than so many months are history."""
EARLIER = ("earlier_from", "earlier_to", "earlier_reading", "earlier_direction")
"""The columns of `earlier_signals`."""


def first_signal(used: pd.DataFrame) -> pd.Timestamp:
    """The first month of the signals of one direction that follow each other up to the last month used; else NaT."""
    if used.empty or used["cause"].iloc[-1] == "":
        return pd.NaT
    return used["month"].iloc[_beginning(used, len(used) - 1)]


def earlier_signals(used: pd.DataFrame) -> dict[str, object]:
    """EARLIER of a series whose latest month is as usual: the last signals of one direction, of the last 12 months.

    NaT and '' where there are none.
    """
    nothing = dict(zip(EARLIER, (pd.NaT, pd.NaT, "", ""), strict=True))
    if used.empty or used["cause"].iloc[-1] != "":
        return nothing
    at = (used["cause"] != "").to_numpy().nonzero()[0]
    recent = used["month"].iloc[-1] - pd.DateOffset(months=RECENT)
    if not len(at) or used["month"].iloc[at[-1]] <= recent:
        return nothing
    last = used.iloc[at[-1]]
    began = used["month"].iloc[_beginning(used, int(at[-1]))]
    found = (began, last["month"], last["reading"], last["direction"])
    return dict(zip(EARLIER, found, strict=True))


def _beginning(used: pd.DataFrame, at: int) -> int:
    """Where the signals began that reach this row without a month between that is as usual or points the other way."""
    alike = (used["cause"] != "") & (used["direction"] == used["direction"].iloc[at])
    others = (~alike.iloc[:at]).to_numpy().nonzero()[0]
    return int(others[-1]) + 1 if len(others) else 0
