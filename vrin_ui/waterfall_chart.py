"""What made the harm of one period another than that of an earlier one, as steps from the one to the other."""

from typing import Any

import altair as alt
import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.charts import CONFIG, LINE, TEXT
from vrin_ui.range_charts import (
    BAR,
    FIT,
    GAP,
    heading,
    labels,
    row_axis,
    row_height,
    row_labels,
    value_axis,
)
from vrin_ui.wording import DASH, number, span

TOTAL, UP, DOWN, OPEN = "total", "more harm", "less harm", "more or less: cannot be told"
COLOURS = {TOTAL: LINE, UP: "#801650", DOWN: "#28a197", OPEN: "#bfc1c3"}
SIGNS = {TOTAL: "", UP: "▲ ", DOWN: "▼ ", OPEN: "◆ "}
ROOM = 1.12


def signed(value: object) -> str:
    """+1,200, −300 or 0."""
    words = number(value)
    if words == DASH or not words.strip("-0,"):
        return "0" if words != DASH else DASH
    return f"−{words[1:]}" if words.startswith("-") else f"+{words}"


def change_words(low: object, central: object, high: object) -> str:
    """A change with its range: '+80,300', '+7,470 (−2,153,430 to +3,245,544)'."""
    ends = signed(low) if signed(low) == signed(high) else f"{signed(low)} to {signed(high)}"
    if pd.isna(central):
        return ends
    return signed(central) if signed(central) == ends else f"{signed(central)} ({ends})"


def waterfall_data(frame: pd.DataFrame, before: str, now: str) -> pd.DataFrame:
    """The steps: row, name, words, kind, from, to, low, high.

    With a central reading the first row is the total before, the last the total now, and each step begins
    where the one before ended. Without one every change is a range of its own, from the least it can be
    to the most, and there is no total to step from. Offences without a weight are left out.
    """
    rows = frame[frame["harm_days_change_low"].notna()]
    if rows["harm_days_change"].notna().all() and len(rows):
        return _steps(rows, before, now)
    steps = [_open_step(one) for one in rows.to_dict("records")]
    return _numbered(pd.DataFrame(steps, columns=["name", "words", "kind", "from", "to", "low", "high"]))


def _steps(rows: pd.DataFrame, before: str, now: str) -> pd.DataFrame:
    steps = [_total(rows, "before", before)]
    at = float(steps[0]["to"])
    for one in rows.to_dict("records"):
        low, central, high = (float(one[f"harm_days_change{end}"]) for end in ("_low", "", "_high"))
        kind = UP if central > 0 else DOWN
        steps.append(
            {
                "name": one["offence_label"],
                "words": f"{SIGNS[kind] if central else ''}{change_words(low, central, high)} days",
                "kind": kind,
                "from": at,
                "to": at + central,
                "low": at + low,
                "high": at + high,
            }
        )
        at += central
    return _numbered(pd.DataFrame([*steps, _total(rows, "now", now)]))


def _total(rows: pd.DataFrame, when: str, name: str) -> dict[str, Any]:
    low, central, high = (float(rows[f"harm_days{end}_{when}"].sum()) for end in ("_low", "", "_high"))
    ends = span(low, high)
    words = f"{number(central)} days" + (f" ({ends})" if ends != number(central) else "")
    return {"name": name, "words": words, "kind": TOTAL, "from": 0.0, "to": central, "low": low, "high": high}


def _open_step(one: dict[Any, Any]) -> dict[str, Any]:
    low, high = float(one["harm_days_change_low"]), float(one["harm_days_change_high"])
    kind = UP if low > 0 else DOWN if high < 0 else OPEN
    sign = SIGNS[kind] if low or high else ""
    words = f"{sign}{change_words(low, pd.NA, high)} days"
    return {
        "name": one["offence_label"],
        "words": words,
        "kind": kind,
        # A change that is known is drawn from nothing; one that is not, from the least to the most.
        "from": 0.0 if low == high else low,
        "to": high,
        "low": low,
        "high": high,
    }


def _numbered(data: pd.DataFrame) -> pd.DataFrame:
    data.insert(0, "row", range(len(data)))
    return data


def is_stepped(data: pd.DataFrame) -> bool:
    """Whether the data step from a total to a total."""
    return bool((data["kind"] == TOTAL).any())


def waterfall_chart(data: pd.DataFrame, *, title: str, stamp: Stamp) -> alt.LayerChart:
    """The steps one below the other; a thin line where the change of an offence is a range."""
    first, last = _reach(data)
    rows = data.assign(
        label=row_labels(data["name"]),
        thin_from=data["low"].clip(first, last),
        thin_to=data["high"].clip(first, last),
    )
    step = row_height(rows["label"])
    place: dict[str, Any] = {"yOffset": step / 2 - GAP, "aria": False}
    at = row_axis(len(rows))
    tooltip = [alt.Tooltip("name:N", title="Of"), alt.Tooltip("words:N", title="Change")]
    kinds = [kind for kind in COLOURS if (rows["kind"] == kind).any()]
    colour = alt.Color(
        "kind:N", scale=alt.Scale(domain=kinds, range=[COLOURS[kind] for kind in kinds]), legend=None
    )
    x = value_axis("days" if is_stepped(data) else "change in days", first, last, "from")
    base = alt.Chart(rows)
    bars = base.mark_bar(size=BAR, clip=True, **place).encode(
        y=at, x=x, x2="to:Q", color=colour, tooltip=tooltip
    )
    layers = [bars, *labels(base, at, step)]
    ranged = rows[(rows["low"] < rows["high"]) & is_stepped(data)]
    if len(ranged):
        line = alt.Chart(ranged).mark_rule(color=TEXT, strokeWidth=1.5, clip=True, **place)
        layers.insert(1, line.encode(y=at, x="thin_from:Q", x2="thin_to:Q", tooltip=tooltip))
    if first < 0:
        zero = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(
            color="#505a5f", strokeDash=[4, 3], aria=False
        )
        layers.insert(0, zero.encode(x="zero:Q"))
    return (
        alt.layer(*layers)
        .properties(
            title=heading(title, _notes(data, bool(len(ranged))), stamp),
            height=step * len(rows),
            autosize=FIT,
        )
        .configure(**CONFIG)
    )


def _reach(data: pd.DataFrame) -> tuple[float, float]:
    """The scale: all steps and totals; a range that goes further is cut at its ends."""
    ends = pd.concat([data["from"], data["to"]])
    last = max(float(ends.max()), 1.0 if is_stepped(data) else 0.0) * ROOM
    first = min(float(ends.min()), 0.0) * ROOM
    return first, last if last > first else first + 1


def _notes(data: pd.DataFrame, has_ranges: bool) -> str:
    if not is_stepped(data):
        return "Each bar: from the least to the most that the change can be. Dashed: no change."
    signs = f"{SIGNS[UP].strip()} more harm, {SIGNS[DOWN].strip()} less harm, on the central reading."
    cut = " Thin line: how far it may lie either way; the words beside it have the whole range."
    return signs + (cut if has_ranges else "")


def waterfall_alt(data: pd.DataFrame, *, title: str, most: int = 5) -> str:
    """The steps in words."""
    said = [f"{one.name}: {one.words}" for one in data.itertuples(index=False)]
    shown = [said[0], *said[1:-1][:most], said[-1]] if is_stepped(data) else said[:most]
    return f"Chart of changes. {title}. {'; '.join(shown)}. The figures are in the table."
