"""Presented figures as CSV, JSON or a plain table, each with its stamp."""

import io
import json
from dataclasses import asdict

import pandas as pd
from rich.console import Console
from rich.table import Table

from vrin_data.protect import Presented

WIDE = 400
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

SMALL = ("share", "gini", "p_value", "q_value")
"""Parts of the names of columns whose values lie within 0 and 1, so that two decimals would say little."""


def as_csv(presented: Presented, *, with_stamp: bool = True) -> str:
    """The figures as CSV; the stamp stands first, in lines that begin with '#'.

    A gap is an empty cell. Text that a spreadsheet would take for a formula gets a leading quote.
    """
    lines = [f"# {line}\n" for line in presented.stamp.lines()] if with_stamp else []
    frame = _with_plain_months(presented.frame)
    for name in frame.columns:
        if pd.api.types.is_string_dtype(frame[name]) or frame[name].dtype == object:
            frame[name] = frame[name].map(harmless)
        elif any(part in name for part in SMALL):
            frame[name] = frame[name].round(6)
        elif "_per_1000" in name:
            frame[name] = frame[name].round(4)
        elif pd.api.types.is_float_dtype(frame[name]):
            frame[name] = frame[name].round(2)
    return "".join(lines) + frame.to_csv(index=False, lineterminator="\n")


def as_json(presented: Presented, *, with_stamp: bool = True) -> str:
    """The figures as one JSON object: `stamp` and `rows`; a gap is null."""
    rows = json.loads(_with_plain_months(presented.frame).to_json(orient="records", double_precision=6))
    content = {"stamp": _stamp_object(presented)} if with_stamp else {}
    return json.dumps({**content, "rows": rows}, indent=2, ensure_ascii=False)


def as_table(presented: Presented, *, with_stamp: bool = True) -> str:
    """The figures as a table for a terminal, the stamp below it. No figure is cut, however narrow it is."""
    out = io.StringIO()
    console = Console(file=out, width=WIDE, highlight=False, soft_wrap=False)
    columns = _table_columns(_with_plain_months(presented.frame))
    table = Table(box=None, pad_edge=False)
    for name in columns:
        table.add_column(name, justify="left" if name in ("code", "area", "month") else "right", no_wrap=True)
    for row in zip(*columns.values(), strict=True):
        table.add_row(*row)
    console.print(table)
    if with_stamp:
        console.print("")
        for line in presented.stamp.lines():
            console.print(line, soft_wrap=True, markup=False)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _table_columns(frame: pd.DataFrame) -> dict[str, list[str]]:
    """The columns of a harm table by heading, each value as it is printed."""
    text = {"area_code": "code", "area_name": "area", "month": "month"}
    columns = {head: frame[name].astype(str).tolist() for name, head in text.items() if name in frame}
    counts = zip(frame["incident_count_low"], frame["incident_count_high"], strict=True)
    columns["incidents"] = [_span(low, high) for low, high in counts]
    for name, head in (
        ("harm_days_low", "harm low"),
        ("harm_days", "harm days"),
        ("harm_days_high", "harm high"),
    ):
        columns[head] = [_cell(value) for value in frame[name]]
    columns["harm/1,000"] = [_cell(value) for value in frame["harm_days_per_1000"]]
    columns["no weight"] = [_cell(value) for value in frame["unweighted_count"]]
    columns["residents"] = [_cell(value) for value in frame["population"]]
    months = zip(frame["months_covered"], frame["months_expected"], frame["is_partial"], strict=True)
    columns["months"] = [_months(had, due, is_partial=part) for had, due, part in months]
    return columns


def _months(had: int, due: int, *, is_partial: bool) -> str:
    if had:
        return f"{had} of {due}"
    return "partial" if is_partial else "no submission"


def _span(low: object, high: object) -> str:
    first, last = _cell(low), _cell(high)
    return first if first == last else f"{first} to {last}"


def _with_plain_months(frame: pd.DataFrame) -> pd.DataFrame:
    plain = frame.copy()
    for name in plain.columns:
        is_month = name == "month" or str(name).endswith("_month")
        if is_month and pd.api.types.is_datetime64_any_dtype(plain[name]):
            plain[name] = plain[name].dt.strftime("%Y-%m")
    return plain


def _stamp_object(presented: Presented) -> dict[str, object]:
    content = asdict(presented.stamp)
    content["built_at"] = presented.stamp.built_at.isoformat()
    content["data_to"] = f"{presented.stamp.data_to:%Y-%m}" if presented.stamp.data_to else None
    return content


def _cell(value: object) -> str:
    if value is pd.NA or pd.isna(value):
        return "-"
    return f"{value:,.1f}" if isinstance(value, float) else f"{value:,}"


def harmless(value: object) -> object:
    """A text that a spreadsheet would take for a formula, with a leading quote; anything else as it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
