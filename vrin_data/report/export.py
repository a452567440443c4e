"""Presented figures as CSV, JSON or a plain table, each with its stamp."""

import io
import json
from dataclasses import asdict

import pandas as pd
from rich.console import Console
from rich.table import Table

from vrin_data.protect import Presented

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def as_csv(presented: Presented, *, with_stamp: bool = True) -> str:
    """The figures as CSV; the stamp stands first, in lines that begin with '#'.

    A gap is an empty cell. Text that a spreadsheet would take for a formula gets a leading quote.
    """
    lines = [f"# {line}\n" for line in presented.stamp.lines()] if with_stamp else []
    frame = _with_plain_months(presented.frame)
    for name in frame.columns:
        if pd.api.types.is_string_dtype(frame[name]) or frame[name].dtype == object:
            frame[name] = frame[name].map(_harmless)
        elif name.endswith(("_per_1000",)):
            frame[name] = frame[name].round(4)
        elif pd.api.types.is_float_dtype(frame[name]):
            frame[name] = frame[name].round(2)
    return "".join(lines) + frame.to_csv(index=False, lineterminator="\n")


def as_json(presented: Presented, *, with_stamp: bool = True) -> str:
    """The figures as one JSON object: `stamp` and `rows`; a gap is null."""
    rows = json.loads(_with_plain_months(presented.frame).to_json(orient="records", double_precision=6))
    content = {"stamp": _stamp_object(presented)} if with_stamp else {}
    return json.dumps({**content, "rows": rows}, indent=2, ensure_ascii=False)


def as_table(presented: Presented, *, with_stamp: bool = True, width: int | None = None) -> str:
    """The figures as a table for a terminal, the stamp below it."""
    out = io.StringIO()
    console = Console(file=out, width=width or 200, highlight=False, soft_wrap=False)
    table = Table(box=None, pad_edge=False)
    frame = _with_plain_months(presented.frame)
    shown = [name for name in frame.columns if name not in ("is_placed", "level")]
    for name in shown:
        is_text = name in ("area_code", "area_name", "month", "is_gap")
        table.add_column(name.replace("incident_count", "incidents"), justify="left" if is_text else "right")
    for row in frame[shown].itertuples(index=False):
        table.add_row(*(_cell(value) for value in row))
    console.print(table)
    if with_stamp:
        console.print("")
        for line in presented.stamp.lines():
            console.print(line, soft_wrap=True, markup=False)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _with_plain_months(frame: pd.DataFrame) -> pd.DataFrame:
    plain = frame.copy()
    if "month" in plain:
        plain["month"] = plain["month"].dt.strftime("%Y-%m")
    return plain


def _stamp_object(presented: Presented) -> dict[str, object]:
    content = asdict(presented.stamp)
    content["built_at"] = presented.stamp.built_at.isoformat()
    content["data_to"] = f"{presented.stamp.data_to:%Y-%m}" if presented.stamp.data_to else None
    return content


def _cell(value: object) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return "-"
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, float):
        return f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
