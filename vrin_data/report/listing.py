"""Presented figures of any question as a plain table: chosen columns under headings, the stamp below."""

import io
from collections.abc import Mapping
from datetime import datetime
from numbers import Integral, Real

import pandas as pd
from rich.console import Console
from rich.table import Table

from vrin_data.protect import Presented
from vrin_data.report.export import WIDE


def as_listing(presented: Presented, headings: Mapping[str, str], *, with_stamp: bool = True) -> str:
    """The columns that have a heading, in the order of the headings, as a table for a terminal.

    A heading for `incident_count` shows incident_count_low to incident_count_high as one range, and so
    any other name that the frame has only with _low and _high. What is NULL is a dash; a share is per cent,
    a date its month.
    """
    out = io.StringIO()
    console = Console(file=out, width=WIDE, highlight=False, soft_wrap=False)
    table = Table(box=None, pad_edge=False)
    columns = [_column(presented.frame, name) for name in headings]
    for heading, (_, is_text) in zip(headings.values(), columns, strict=True):
        table.add_column(heading, justify="left" if is_text else "right", no_wrap=True)
    for row in zip(*(cells for cells, _ in columns), strict=True):
        table.add_row(*row)
    console.print(table, markup=False)
    if with_stamp:
        console.print("")
        for line in presented.stamp.lines():
            console.print(line, soft_wrap=True, markup=False)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _column(frame: pd.DataFrame, name: str) -> tuple[list[str], bool]:
    """The cells of a column as they are printed, and whether they are words."""
    if name not in frame:
        ends = zip(frame[f"{name}_low"], frame[f"{name}_high"], strict=True)
        return [_span(_cell(low, name), _cell(high, name)) for low, high in ends], False
    is_text = not pd.api.types.is_numeric_dtype(frame[name])
    return [_cell(value, name) for value in frame[name]], is_text


def _span(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"


def _cell(value: object, name: str) -> str:
    if value is pd.NA or pd.isna(value):
        return "-"
    if isinstance(value, datetime):
        return f"{value:%Y-%m}"
    if isinstance(value, Integral):
        return f"{int(value):,}"
    if isinstance(value, Real):
        return f"{value:.1%}" if name.startswith("share") else _number(float(value))
    return str(value)


def _number(value: float) -> str:
    """A number with one decimal; one near nothing with the three figures that tell it from nothing."""
    return f"{value:,.1f}" if value == 0 or abs(value) >= 10 else f"{value:,.3g}"
