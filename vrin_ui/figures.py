"""Tables, stamps and downloads: the same figures as the chart beside them, in every form."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from vrin_data.measures import Stamp
from vrin_data.protect import Presented
from vrin_data.report import as_csv
from vrin_ui.filters import MEASURES
from vrin_ui.readings import reading
from vrin_ui.wording import DASH, listed, missing_words, months_in_words, plain, span

ONE_DECIMAL, WHOLE = "%,.1f", "%,.0f"
SUPPLIER_WIDTH, AREA_WIDTH, FIGURE_WIDTH, MONTHS_WIDTH = 310, 148, 88, 66
NAMED_MONTHS = 3
MANY_ROWS = 1000
DEFINITIONS = Path(__file__).resolve().parents[1] / "pages" / "definitions.py"


def area_table(by_area: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The rows of an answer by area for reading: by name, areas without a submission and unplaced last.

    By name and not by rank: a board's table is no league table, and a click on a heading sorts it.

    Columns: Area, the four measures with the chosen one first, Months, Harm range, Incidents range,
    Residents. Where an area stands on fewer months than the period has, Months comes next to the
    chosen measure, so that a missing month does not pass for a low figure.
    """
    rows = in_reading_order(by_area)
    table = pd.DataFrame({"Area": rows["area_name"]})
    for one in dict.fromkeys((measure, *MEASURES)):
        read = reading(rows, one)
        table[read.title.replace(" residents", "")] = read.shown
    covered = zip(rows["months_covered"], rows["months_expected"], strict=True)
    # The heading says that they are months: a narrow screen has no room to say it twice.
    months = [f"{had} of {due}" if had else "none" for had, due in covered]
    table.insert(2 if is_partial(by_area) else len(table.columns), "Months", months)
    table["Harm range"] = _spans(rows, "harm")
    table["Incidents range"] = _spans(rows, "incidents")
    table["Residents"] = rows["population"]
    return table.reset_index(drop=True)


def in_reading_order(by_area: pd.DataFrame) -> pd.DataFrame:
    """The rows of an answer by name, areas without a submission and what is not placed last."""
    rows = by_area.assign(last=~by_area["is_placed"].astype(bool))
    return rows.sort_values(["last", "is_gap", "area_name"]).drop(columns="last")


def is_partial(by_area: pd.DataFrame) -> bool:
    """Whether a placed area stands on some months of the period but not on all."""
    had, due = by_area["months_covered"], by_area["months_expected"]
    return bool((by_area["is_placed"].astype(bool) & (had > 0) & (had < due)).any())


def sum_words(by_area: pd.DataFrame, missing: Sequence[str] = ()) -> str:
    """What the incidents of all rows add up to, where rows stand on unlike months; '' where they do not.

    A total by month leaves out a month that any force is missing from, and these rows do not.
    """
    placed = by_area[by_area["is_placed"].astype(bool) & (by_area["months_covered"] > 0)]
    if placed["months_covered"].nunique() < 2:
        return ""
    which = f" ({listed(map(missing_words, missing))})" if 0 < len(missing) <= NAMED_MONTHS else ""
    low, high = (by_area[f"incident_count_{end}"].sum() for end in ("low", "high"))
    return (
        f"These rows add up to {span(low, high)} incidents. A total by month, as under Overview, leaves out a month "
        f"that any force is missing from{which}; these rows keep it for the other forces."
    )


def month_table(by_month: pd.DataFrame) -> pd.DataFrame:
    """The rows of an answer by month for reading, newest first, from the first submission on."""
    rows = by_month.loc[(~by_month["is_gap"].astype(bool)).cummax()].sort_values("month", ascending=False)
    table = pd.DataFrame({"Month": rows["month"].dt.strftime("%B %Y")})
    for one in ("harm", "incidents", "harm-rate", "incidents-rate"):
        read = reading(rows, one)
        table[read.title.replace(" residents", "")] = read.shown
    table["Harm range"] = _spans(rows, "harm")
    table["Incidents range"] = _spans(rows, "incidents")
    came = zip(rows["is_gap"], rows["is_partial"], strict=True)
    table["Received"] = ["no submission" if gap else "in part" if part else "yes" for gap, part in came]
    return table.reset_index(drop=True)


def _spans(rows: pd.DataFrame, measure: str) -> list[str]:
    read = reading(rows, measure)
    ends = zip(read.low, read.high, strict=True)
    return [DASH if pd.isna(low) else span(low, high) for low, high in ends]


def draw_table(
    table: pd.DataFrame, *, alt: str, height: int | None = None, formats: Mapping[str, Any] | None = None
) -> None:
    """A table that sorts at a click on a heading; columns that would be empty are left out.

    `formats` are those of columns that have none of their own yet.
    """
    shown = [name for name in table.columns if _is_useful(table, name)]
    st.dataframe(
        table[shown],
        hide_index=True,
        width="stretch",
        height=height or "auto",
        placeholder=DASH,
        column_config={**_formats(table[shown]), **(formats or {})},
        # Of a long table only the rows in sight are sent; the others come as the reader scrolls or sorts.
        lazy=True if len(table) > MANY_ROWS else None,
        alt=alt,
    )


def _is_useful(table: pd.DataFrame, name: str) -> bool:
    if name.endswith("range"):
        # A range is worth its column where one of its rows has two ends.
        return any(" to " in words for words in table[name])
    return not table[name].isna().all()


def _formats(table: pd.DataFrame) -> dict[str, Any]:
    formats: dict[str, Any] = {}
    for name in table.columns:
        if name == "Months":
            formats[name] = st.column_config.TextColumn(width=MONTHS_WIDTH)
            continue
        if name != "Area" and name != "Supplier" and pd.api.types.is_string_dtype(table[name]):
            # A range in words is no number, whatever its heading.
            continue
        if "per 1,000" in name:
            formats[name] = st.column_config.NumberColumn(format=ONE_DECIMAL, width=_width(name))
        elif name == "Residents" or (name.startswith(("Harm (days)", "Incidents")) and "range" not in name):
            formats[name] = st.column_config.NumberColumn(format=WHOLE, width=_width(name))
        elif name == "Area":
            formats[name] = st.column_config.TextColumn(width=AREA_WIDTH, pinned=True)
        elif name == "Supplier":
            formats[name] = st.column_config.TextColumn(width=SUPPLIER_WIDTH, pinned=True)
        elif pd.api.types.is_datetime64_any_dtype(table[name]):
            formats[name] = st.column_config.DateColumn(format="D MMM YYYY")
    return formats


def _width(name: str) -> int:
    """As wide as the heading, and no wider: the figures side by side are what the table is for."""
    return max(FIGURE_WIDTH, round(6.3 * len(name)) + 18)


def _definition_links(stamp: Stamp) -> None:
    """The way to what a figure's definition says in plain English; none where it rests on none."""
    for label in filter(None, stamp.definition.split(", ")):
        name, _, version = label.rpartition(" v")
        of = {"view": "read", "read": f"{name}@{version}"}
        st.page_link(DEFINITIONS, label=f"What {label} counts, in plain English", query_params=of)


def draw_stamp(presented: Presented, *, name: str, write: Callable[[Presented], str] = as_csv) -> None:
    """Where the figures come from, and the same figures as a file, stamp included."""
    stamp = presented.stamp
    st.caption(months_in_words(stamp.short()))
    words, file = st.columns([3, 1], vertical_alignment="top")
    with words, st.expander("Where these figures come from"):
        st.markdown("\n".join(f"- {months_in_words(plain(line))}" for line in stamp.lines()))
        _definition_links(stamp)
    with file:
        st.download_button(
            "Download (CSV)",
            data=lambda: write(presented).encode(),
            file_name=f"vrin-{name}-build-{stamp.build}.csv",
            mime="text/csv",
            on_click="ignore",
            width="stretch",
            key=f"download_{name}",
        )
