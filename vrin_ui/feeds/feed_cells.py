"""What the matrix of feeds by month draws, as frames and words: a cell a period, a row a supplier's feed."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from vrin_ui.feeds.feed_states import LOOKS, PROBLEM_STATES, shown_states, state_words
from vrin_ui.feeds.feed_view import kinds_of
from vrin_ui.filters import shifted
from vrin_ui.wording import DASH, day_words, listed, month_words, number

SELECTED = "period"
LONGEST_MONTH = 31
MOST_NAMES, MOST_LETTERS = 8, 200


def matrix_cells(rows: pd.DataFrame, first: date, last: date) -> pd.DataFrame:
    """What the matrix draws of narrowed rows of a ledger, one row a period.

    Columns: period (the cell's text), row (supplier and feed), from, to, mid (ISO days, of the part that lies
    within the months), state (of LOOKS), and for the tooltip supplier, feed, when, state_name, due, received,
    late, rows, why.
    """
    start = rows["period_start"].clip(lower=pd.Timestamp(first))
    end = rows["period_end"].clip(upper=pd.Timestamp(shifted(last, 1)))
    row = rows["supplier_id"] + "." + rows["feed_id"]
    states = shown_states(rows)
    return pd.DataFrame(
        {
            SELECTED: row + "." + rows["period_start"].dt.strftime("%Y-%m"),
            "row": row,
            "from": start.dt.strftime("%Y-%m-%d"),
            "to": end.dt.strftime("%Y-%m-%d"),
            "mid": (start + (end - start) / 2).dt.strftime("%Y-%m-%d"),
            "state": states,
            "supplier": rows["supplier_name"],
            "feed": rows["feed_name"],
            "when": period_words(rows),
            "state_name": [LOOKS[state].name for state in states],
            "due": _days(rows["due_on"]),
            "received": _days(rows["received_on"]),
            "late": [number(days) if days else DASH for days in rows["days_late"]],
            "rows": [number(count) for count in rows["row_count"]],
            "why": [_cut(text) for text in rows["evidence"]],
        }
    )


def period_words(rows: pd.DataFrame) -> list[str]:
    """The period of each row in words: months written out, longer ones as the ledger names them."""
    is_month = (rows["period_end"] - rows["period_start"]).dt.days <= LONGEST_MONTH
    # Many periods, few months: each is put into words once.
    named = {start: month_words(start) for start in rows["period_start"].unique()}
    told = rows["period_start"].map(named).where(is_month, rows["period"])
    return [str(words) for words in told]


def _cut(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS].rsplit(' ', 1)[0]} …"


def _days(days: pd.Series) -> list[str]:
    named = {day: day_words(day) for day in days.dropna().unique()}
    return [named.get(day, DASH) for day in days]


def matrix_rows(rows: pd.DataFrame, kinds: Mapping[str, str]) -> dict[str, str]:
    """The rows of the matrix from the top with their labels: suppliers by kind and feed, below a heading each.

    A heading is a row as well, whose key begins with '#'.
    """
    pairs = rows[["supplier_id", "supplier_name", "feed_id", "feed_name"]].drop_duplicates()
    pairs = pairs.assign(kind=pairs["supplier_id"].map(kinds).fillna("other"))
    labels: dict[str, str] = {}
    for kind, words in kinds_of(pairs["supplier_id"], kinds).items():
        own = pairs[pairs["kind"] == kind].sort_values(["feed_name", "supplier_name", "supplier_id"])
        for one in own.itertuples(index=False):
            labels.setdefault(f"#{kind}.{one.feed_id}", f"{words}: {one.feed_name}")
            labels[f"{one.supplier_id}.{one.feed_id}"] = str(one.supplier_name)
    return labels


def matrix_alt(rows: pd.DataFrame, cells: pd.DataFrame, *, heading: str) -> str:
    """The matrix in words: how many feeds and periods, the states, and whose periods are problems."""
    wanted = rows[cells["state"].isin(PROBLEM_STATES).to_numpy()]
    whose = wanted["supplier_name"].value_counts(sort=False)
    named = [f"{name} {count}" for name, count in whose.items()]
    more = f" and {len(named) - MOST_NAMES} more" if len(named) > MOST_NAMES else ""
    problems = (
        f"Problems by supplier: {listed(named[:MOST_NAMES])}{more}." if named else "No period is a problem."
    )
    feeds = cells["row"].nunique()
    return (
        f"Matrix of {feeds} feeds by month. {heading}. {len(cells):,} periods: {state_words(cells['state'])}. "
        f"{problems} The same is in the table below."
    )
