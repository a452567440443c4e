"""The table beside a map: every figure that the map shows, and every area, gaps and unplaced incidents last."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from vrin_ui import figures as tables
from vrin_ui.filters import MEASURES
from vrin_ui.map.bivariate import Bivariate, classes_table
from vrin_ui.map.map_figures import Figures, figures_of

HEIGHT, ROW_HEIGHT = 600, 35
LETTER, WIDE, WIDEST = 7, 9, 220
HAVE_A_FORMAT = ("Harm (days)", "Incidents", "Residents")


def map_table(frame: pd.DataFrame, figures: Figures, measure: str) -> pd.DataFrame:
    """The rows of an answer of harm by area for reading, the measure that the map shows first.

    `figures` are those of the rows of `frame`, in its order.
    """
    plain = "harm-rate" if "harm" in measure or measure == "share" else "incidents-rate"
    plain = measure if measure in MEASURES else plain
    table = tables.area_table(frame, plain)
    if len(table) > tables.MANY_ROWS:
        table = table.drop(columns=_beside_the_map(table, plain, is_partial=tables.is_partial(frame)))
    own = in_order(frame, figures.rows)
    head = {}
    if measure not in MEASURES:
        head[figures.title] = own["shown"]
    if "raw" in own:
        head["As counted"] = own["raw"]
    if "interval_low" in own and own["interval_low"].notna().any():
        head["95% from"], head["95% to"] = own["interval_low"], own["interval_high"]
    for place, (name, column) in enumerate(head.items()):
        table.insert(1 + place + (measure in MEASURES), name, column.astype("Float64").to_numpy())
    return table


def thirds_table(frame: pd.DataFrame, found: Bivariate) -> pd.DataFrame:
    """The rows of an answer of harm by area for reading, each with its class of incidents against harm."""
    table = map_table(frame, figures_of(frame, "harm"), "harm")
    classes = in_order(frame, classes_table(frame, found).to_frame("class"))
    table.insert(1, "Class", classes["class"].to_numpy())
    return table


def _beside_the_map(table: pd.DataFrame, measure: str, *, is_partial: bool) -> list[str]:
    """The columns of a long table that say nothing of the measure that the map shows: other ranges and rates."""
    other = "Incidents range" if "harm" in measure else "Harm range"
    rates = [name for name in table.columns[2:] if "per 1,000" in name]
    return [other, *rates, *([] if is_partial else ["Months"])]


def in_order(frame: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of the same areas in the order of the table."""
    return rows.loc[tables.in_reading_order(frame).index]


def beside(first: pd.DataFrame, second: pd.DataFrame, names: tuple[str, str]) -> pd.DataFrame:
    """The figures of two maps in one table by area: each with its own heading, and the second less the first.

    Where areas stand on unlike months, both numbers of months stand there too, and no difference: a month
    that did not come would pass for a fall.
    """
    one, other = (rows.set_index("area_code") for rows in (first, second))
    codes = [*one.index, *(code for code in other.index if code not in one.index)]
    shown = [rows["shown"].reindex(codes).astype("Float64") for rows in (one, other)]
    had = [rows["had"].reindex(codes).fillna(0).astype("int64") for rows in (one, other)]
    placed = one["is_placed"].reindex(codes).fillna(other["is_placed"].reindex(codes)).astype(bool)
    unlike = (had[0] != had[1]) & placed
    named = one["area_name"].reindex(codes).fillna(other["area_name"].reindex(codes))
    table = pd.DataFrame({"Area": named, names[0]: shown[0], names[1]: shown[1]})
    table["Difference"] = (shown[1] - shown[0]).mask(unlike)
    if unlike.any():
        due = [int(rows["due"].max()) for rows in (one, other)]
        table["Months of each"] = [
            f"{before} of {due[0]}, {after} of {due[1]}" for before, after in zip(*had, strict=True)
        ]
    return (
        table.assign(last=~placed).sort_values(["last", "Area"]).drop(columns="last").reset_index(drop=True)
    )


def unlike_months(first: pd.DataFrame, second: pd.DataFrame) -> list[str]:
    """Names of the areas that stand on another number of months on the one map than on the other."""
    both = first[first["is_placed"]].merge(second, on="area_code", suffixes=("", "_other"))
    return sorted(both.loc[both["had"] != both["had_other"], "area_name"])


def draw_map_table(
    table: pd.DataFrame, *, alt: str, digits: int = 1, formats: Mapping[str, Any] | None = None
) -> None:
    """The table, as high as the map at most; figures without a format of their own with so many decimals."""
    form = f"%,.{digits}f"
    own: dict[str, Any] = {
        name: st.column_config.NumberColumn(format=form, width=LETTER * max(len(name), WIDE) + 18)
        for name in table.columns
        if pd.api.types.is_float_dtype(table[name])
        and not name.startswith(HAVE_A_FORMAT)
        and "per 1,000" not in name
    }
    longest = int(table["Area"].str.len().max()) if len(table) else 0
    width = min(WIDEST, max(tables.AREA_WIDTH, LETTER * longest + 18))
    own["Area"] = st.column_config.TextColumn(width=width, pinned=True)
    shown = lean(table) if len(table) > tables.MANY_ROWS else table
    height = min(HEIGHT, ROW_HEIGHT * (len(table) + 1) + 2)
    tables.draw_table(shown, alt=alt, height=height, formats={**own, **(formats or {})})


def lean(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its figures in half the bytes: seven digits, which is more than it shows of them."""
    numbers = [name for name in table.columns if pd.api.types.is_numeric_dtype(table[name])]
    return table.astype(dict.fromkeys(numbers, "Float64")).astype(dict.fromkeys(numbers, "float32"))
