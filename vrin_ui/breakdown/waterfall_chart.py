"""What made the harm of one period another than that of an earlier one, as steps from the one to the other."""

from typing import Any

import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.charts import BAND, LINE, TEXT
from vrin_ui.range_charts import (
    BAR,
    BEYOND,
    EDGE,
    amount_at,
    arrow,
    heading,
    labels,
    place,
    row_height,
    row_labels,
    row_spec,
    said,
    tooltip,
    value_axis,
)
from vrin_ui.wording import DASH, number, span

TOTAL, UP, DOWN, OPEN = "total", "more harm", "less harm", "more or less: cannot be told"
COLOURS = {TOTAL: LINE, UP: "#801650", DOWN: "#28a197", OPEN: "#bfc1c3"}
SIGNS = {TOTAL: "", UP: "▲ ", DOWN: "▼ ", OPEN: "◆ "}
ROOM = 1.12
NO_CHANGE: dict[str, Any] = {
    "mark": {"type": "rule", "color": "#505a5f", "strokeDash": [4, 3], "aria": False},
    "encoding": {"x": amount_at("zero"), "y": {"value": 0}, "y2": {"value": "height"}},
}


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
    where the one before ended. Without one every change is a range of its own, from `low` to `high`, of which
    `from` to `to` is certain, and there is no total to step from. Offences without a weight are left out.
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
        "from": 0.0,
        # Of a change that has one direction, its smaller end is certain; of any other nothing is.
        "to": max(low, 0.0) + min(high, 0.0),
        "low": low,
        "high": high,
    }


def _numbered(data: pd.DataFrame) -> pd.DataFrame:
    data.insert(0, "row", range(len(data)))
    return data


def is_stepped(data: pd.DataFrame) -> bool:
    """Whether the data step from a total to a total."""
    return bool((data["kind"] == TOTAL).any())


def waterfall_spec(data: pd.DataFrame, *, title: str, stamp: Stamp) -> dict[str, Any]:
    """The steps one below the other as plain Vega-Lite; a thin line, or a pale bar, where a change is a range."""
    first, last = _reach(data)
    rows = _drawn(data, first, last)
    step = row_height(rows["label"])
    x = value_axis("days" if is_stepped(data) else "change in days", first, last, "from")
    layers = [*([NO_CHANGE] if first < 0 else []), *_marks(x, step), *labels(step)]
    return row_spec(rows, layers, title=heading(title, _notes(rows), stamp), step=step)


def _drawn(data: pd.DataFrame, first: float, last: float) -> pd.DataFrame:
    """The steps with what is drawn of them on this scale; what is not drawn is empty."""
    is_ranged, stepped = data["low"] < data["high"], is_stepped(data)
    low, high = data["low"].clip(first, last), data["high"].clip(first, last)
    return data.assign(
        label=row_labels(data["name"]),
        colour=data["kind"].map(COLOURS),
        zero=0.0,
        thin_from=low.where(is_ranged & stepped),
        pale_from=low.where(is_ranged & (not stepped)),
        range_to=high,
        cut_left=low.where(data["low"] < first),
        cut_right=high.where(data["high"] > last),
    )


def _marks(x: dict[str, Any], step: float) -> list[dict[str, Any]]:
    """Pale what is open, over it the step itself, a line for its range, and arrows where that is cut."""
    bar = {"type": "bar", "size": BAR, "clip": True, **place(step)}
    pale = {**bar, "color": BAND, "stroke": EDGE, "strokeWidth": 0.6}
    line = {"type": "rule", "color": TEXT, "strokeWidth": 1.5, "clip": True, **place(step)}
    colour = {"field": "colour", "type": "nominal", "scale": None}
    under: dict[str, Any] = {"tooltip": tooltip("Of", "Change")}
    ranges: list[dict[str, Any]] = [
        {
            "transform": [said(since)],
            "mark": mark,
            "encoding": {"x": amount_at(since), "x2": {"field": "range_to"}, **under},
        }
        for since, mark in (("pale_from", pale), ("thin_from", line))
    ]
    steps: dict[str, Any] = {
        "mark": bar,
        "encoding": {"x": x, "x2": {"field": "to"}, "color": colour, **under},
    }
    cuts: list[dict[str, Any]] = [
        {"transform": [said(cut)], "mark": arrow(step, side), "encoding": {"x": amount_at(cut), **under}}
        for cut, side in (("cut_left", "left"), ("cut_right", "right"))
    ]
    return [ranges[0], steps, ranges[1], *cuts]


def _reach(data: pd.DataFrame) -> tuple[float, float]:
    """The scale: all steps and totals; a range that goes further is cut at its ends. Without steps all ranges."""
    ends = pd.concat([data[name] for name in (("from", "to") if is_stepped(data) else ("low", "high"))])
    last = max(float(ends.max()), 1.0 if is_stepped(data) else 0.0) * ROOM
    first = min(float(ends.min()), 0.0) * ROOM
    return first, last if last > first else first + 1


def _notes(rows: pd.DataFrame) -> str:
    if not is_stepped(rows):
        return "Dark: certain. Pale: from the least to the most that the change can be. Dashed: no change."
    signs = f"{SIGNS[UP].strip()} more harm, {SIGNS[DOWN].strip()} less harm, with the weights chosen."
    line = " Thin line: how far it may lie either way." if rows["thin_from"].notna().any() else ""
    cut = f" {BEYOND}" if rows[["cut_left", "cut_right"]].notna().any(axis=None) else ""
    return signs + line + cut


def waterfall_alt(data: pd.DataFrame, *, title: str, most: int = 5) -> str:
    """The steps in words."""
    said = [f"{one.name}: {one.words}" for one in data.itertuples(index=False)]
    shown = [said[0], *said[1:-1][:most], said[-1]] if is_stepped(data) else said[:most]
    return f"Chart of changes. {title}. {'; '.join(shown)}. The figures are in the table."
