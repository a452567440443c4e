"""The ledger, its chase list and what was made of it on paper: a table to read, CSV and JSON, messages."""

import io
from collections import Counter

import pandas as pd
from rich.console import Console
from rich.table import Table

from vrin_data.protect import Presented
from vrin_data.report.export import WIDE, as_csv, as_json

HEADS = {
    "supplier_id": "supplier",
    "feed_id": "feed",
    "period": "period",
    "state": "state",
    "due_on": "due",
    "received_on": "received",
    "days_late": "days late",
    "lag_days": "lag",
    "row_count": "rows",
    "rejected_count": "rejected",
    "version_count": "versions",
    "agreement_id": "agreement",
    "evidence": "why",
}
NUMBERS = ("days_late", "lag_days", "row_count", "rejected_count", "version_count")
RULE = "-" * 72


def ledger_as(presented: Presented, shape: str, *, with_stamp: bool = True) -> str:
    """The rows as `table` (ledger columns to read), `csv` or `json` (every column, days as YYYY-MM-DD)."""
    plain = Presented(_with_plain_days(presented.frame), presented.stamp)
    if shape == "csv":
        return as_csv(plain, with_stamp=with_stamp)
    if shape == "json":
        return as_json(plain, with_stamp=with_stamp)
    return _table(plain, HEADS, with_stamp=with_stamp)


def frame_as(presented: Presented, shape: str, *, with_stamp: bool = True) -> str:
    """Any answer about feeds as `table` (all its columns), `csv` or `json`, days as YYYY-MM-DD."""
    if shape != "table":
        return ledger_as(presented, shape, with_stamp=with_stamp)
    plain = Presented(_with_plain_days(presented.frame), presented.stamp)
    heads = {name: name.replace("_", " ") for name in plain.frame.columns if name != "supplier_name"}
    return _table(plain, heads, with_stamp=with_stamp)


def messages(presented: Presented) -> str:
    """The messages of a chase list, one after another, each with its subject; a line where there is none."""
    if presented.frame.empty:
        return "There is nothing to ask anybody for.\n"
    parts = [
        f"To: {row.supplier_name}\nSubject: {row.subject}\n\n{row.message}\n"
        for row in presented.frame.itertuples(index=False)
    ]
    simulated = "SIMULATED DATA: do not send\n\n" if presented.stamp.is_simulated else ""
    return simulated + f"{RULE}\n".join(parts)


def _with_plain_days(frame: pd.DataFrame) -> pd.DataFrame:
    """Days and times as text; months are left to the export, which writes them as months."""
    plain = frame.copy()
    for name in plain.columns.drop("month", errors="ignore"):
        if pd.api.types.is_datetime64_any_dtype(plain[name]):
            shape = "%Y-%m-%d %H:%M" if name.endswith("_at") else "%Y-%m-%d"
            days = plain[name].dt.strftime(shape).astype(object)
            plain[name] = days.where(plain[name].notna(), None)
    return plain


def _table(presented: Presented, heads: dict[str, str], *, with_stamp: bool) -> str:
    out = io.StringIO()
    console = Console(file=out, width=WIDE, highlight=False)
    table = Table(box=None, pad_edge=False)
    for name, head in heads.items():
        table.add_column(head, justify="right" if _is_number(name) else "left", no_wrap=name != "evidence")
    for row in presented.frame[list(heads)].itertuples(index=False):
        cells = zip(heads, row, strict=True)
        table.add_row(*(_cell(value, is_number=_is_number(name)) for name, value in cells))
    console.print(table, markup=False)
    if "state" in heads:
        console.print(_summary(presented.frame), markup=False)
    if with_stamp:
        console.print("")
        for line in presented.stamp.lines():
            console.print(line, soft_wrap=True, markup=False)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _summary(frame: pd.DataFrame) -> str:
    counts = Counter(frame["state"])
    words = ", ".join(f"{count:,} {state.replace('_', ' ')}" for state, count in sorted(counts.items()))
    return f"{len(frame):,} periods: {words}" if counts else "No period was expected, and nothing came."


def _is_number(name: str) -> bool:
    return name in NUMBERS or name.endswith(("_count", "_share", "_median", "_most"))


def _cell(value: object, *, is_number: bool) -> str:
    if value is None or value is pd.NA or value != value:
        return "-"
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m}"
    if is_number:
        return f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"
    return str(value)
