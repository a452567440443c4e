"""Ranges as bars, one below the other, as plain Vega-Lite: no query and no screen in here.

Dark is certain: up to the lowest reading. Pale is what is open: from there to the highest. A mark stands at the
central one. Names and figures stand
above each bar, so that they can be read on a narrow screen and nothing rests on colour alone.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.charts import BAND, BAND_SHARE, CONFIG, LINE, STAMP_WIDTH, TEXT, TITLE_WIDTH
from vrin_ui.wording import number, span, wrapped

GREY = "#3b4045"
EDGE = "#505a5f"
BAR = 16
NAME_SIZE, WORDS_SIZE, LINE_HEIGHT = 13, 12, 16
NAME_WIDTH, MOST_LINES = 44, 2
GAP = 18
FIT = {"type": "fit-x", "contains": "padding"}
"""The height given is that of the rows alone; what stands above and below them comes to it."""
HOW_TO_READ = "Dark: certain. Pale: from the lowest to the highest reading."
UPRIGHT = "Upright mark: the central reading (weights chosen)."
BEYOND = "Arrow: goes on beyond the chart."
HALO = 5


def range_data(
    names: Sequence[str], rows: pd.DataFrame, figure: str, *, unit: str, digits: int = 0
) -> pd.DataFrame:
    """What a chart of ranges draws: row, name, words, low, central, high; rows without a figure are left out."""
    low, high = (rows[f"{figure}_{end}"].astype("Float64") for end in ("low", "high"))
    central = rows[figure].astype("Float64") if figure in rows else pd.Series(pd.NA, rows.index, "Float64")
    ends = zip(low, central, high, strict=True)
    data = pd.DataFrame(
        {
            "name": [*names],
            "words": [range_words(*one, unit=unit, digits=digits) for one in ends],
            "low": low.array,
            "central": central.array,
            "high": high.array,
        }
    )
    data = data[data["high"].notna()].reset_index(drop=True)
    data.insert(0, "row", range(len(data)))
    return data


def range_words(low: object, central: object, high: object, *, unit: str, digits: int = 0) -> str:
    """A reading with its range: '24,310 days (4,862 to 3,549,260)', or the range where none is central."""
    ends, shown = span(low, high, digits), number(central, digits)
    if pd.isna(central):
        return f"{ends} {unit}"
    return f"{shown} {unit}" if ends == shown else f"{shown} {unit} ({ends})"


def range_spec(data: pd.DataFrame, unit: str, *, title: str, stamp: Stamp) -> dict[str, Any]:
    """The ranges, in the order of the rows, on one scale from 0, as plain Vega-Lite."""
    top = _top(data)
    is_ranged = data["low"] < data["high"]
    rows = data.assign(
        label=row_labels(data["name"]),
        zero=0.0,
        dark=data["low"].clip(0, top),
        pale=data["high"].clip(0, top),
        mark=data["central"].where((data["central"] <= top) & is_ranged),
        end=pd.Series(top, data.index, "Float64").where(data["high"] > top * 1.001),
    )
    step = row_height(rows["label"])
    bar = {"type": "bar", "size": BAR, **place(step)}
    ends: dict[str, Any] = {"tooltip": tooltip("Of", "Reading")}
    tick = {"type": "tick", "color": TEXT, "thickness": 3, "size": BAR + 8, **place(step)}
    layers: list[dict[str, Any]] = [
        {
            "mark": {**bar, "color": BAND, "stroke": EDGE, "strokeWidth": 0.6},
            "encoding": {"x": value_axis(unit, 0, top), "x2": {"field": "pale"}, **ends},
        },
        {
            "mark": {**bar, "color": LINE},
            "encoding": {"x": amount_at("zero"), "x2": {"field": "dark"}, **ends},
        },
        {"transform": [said("mark")], "mark": tick, "encoding": {"x": amount_at("mark"), **ends}},
        {"transform": [said("end")], "mark": arrow(step), "encoding": {"x": amount_at("end"), **ends}},
        *labels(step),
    ]
    said_of = ((HOW_TO_READ, is_ranged), (UPRIGHT, rows["mark"].notna()), (BEYOND, rows["end"].notna()))
    notes = [words for words, has in said_of if has.any()]
    return row_spec(rows, layers, title=heading(title, " ".join(notes), stamp), step=step)


def arrow(step: float, side: str = "right") -> dict[str, Any]:
    """The mark at an end of the scale beyond which a range goes on."""
    shape = {"type": "point", "shape": f"triangle-{side}", "size": 130, "filled": True, "opacity": 1}
    return {**shape, "color": TEXT, "xOffset": -6 if side == "right" else 6, **place(step)}


def row_spec(
    rows: pd.DataFrame, layers: list[dict[str, Any]], *, title: dict[str, Any], step: float
) -> dict[str, Any]:
    """A chart of rows, one below the other, each with its labels above its bar."""
    # Rows are placed by number; their names are drawn as text, since an axis would take half a narrow screen.
    at = {"field": "row", "type": "ordinal", "axis": None, "scale": {"paddingInner": 0, "paddingOuter": 0}}
    return {
        "title": title,
        "datasets": {"rows": rows},
        "data": {"name": "rows"},
        "height": step * len(rows),
        "autosize": FIT,
        "encoding": {"y": at},
        "layer": layers,
        "config": CONFIG,
        "usermeta": {"embedOptions": {"renderer": "svg"}},
    }


def place(step: float) -> dict[str, Any]:
    """Where the bar of a row stands, with what all marks have: the text alternative speaks for them."""
    return {"yOffset": step / 2 - GAP, "aria": False}


def labels(step: float) -> list[dict[str, Any]]:
    """The name and the words of every row, above its bar, with a white edge that keeps lines out of the letters."""
    text = {"type": "text", "align": "left", "baseline": "top", "lineBreak": "\n", "lineHeight": LINE_HEIGHT}
    below = step / 2 - GAP - BAR / 2 - LINE_HEIGHT
    name = {"fontSize": NAME_SIZE, "fontWeight": "bold", "color": TEXT, "yOffset": -step / 2 + 6}
    words = {"fontSize": WORDS_SIZE, "color": GREY, "yOffset": below}
    edge = {"stroke": "#ffffff", "strokeWidth": HALO, "strokeJoin": "round", "color": "#ffffff"}
    return [
        {
            "mark": {**text, **look, "aria": False},
            "encoding": {"x": {"value": 0}, "text": {"field": field, "type": "nominal"}},
        }
        for field, one in (("label", name), ("words", words))
        for look in ({**one, **edge}, one)
    ]


def value_axis(unit: str, low: float, high: float, field: str = "zero") -> dict[str, Any]:
    """The scale of the figures, with its axis."""
    return {
        **amount_at(field),
        "title": unit,
        "scale": {"domain": [low, high], "nice": False},
        "axis": {"tickCount": 4, "format": ",.0f", "labelOverlap": "greedy"},
    }


def amount_at(field: str) -> dict[str, Any]:
    """A place on the scale of the figures."""
    return {"field": field, "type": "quantitative"}


def said(field: str) -> dict[str, Any]:
    """Only the rows that have this."""
    return {"filter": f"isValid(datum.{field})"}


def tooltip(name: str, words: str) -> list[dict[str, Any]]:
    """What a row says under the pointer."""
    return [
        {"field": "name", "type": "nominal", "title": name},
        {"field": "words", "type": "nominal", "title": words},
    ]


def row_height(names: Sequence[str] | pd.Series) -> float:
    """Pixels for one row: the most lines that a name has, the words, and the bar."""
    lines = max((name.count("\n") + 1 for name in names), default=1)
    return float((lines + 1) * LINE_HEIGHT + BAR + GAP)


def row_labels(names: Iterable[str]) -> list[str]:
    """The names in lines, each filled up from above, so that every name ends just above its figures."""
    lines = [label_lines(name) for name in names]
    most = max((one.count("\n") for one in lines), default=0)
    return [" \n" * (most - one.count("\n")) + one for one in lines]


def label_lines(name: str) -> str:
    """A name in at most two lines; the code at its end is kept where it is cut."""
    code = name[name.rfind("(") :] if name.endswith(")") else ""
    # A code is not parted from its classification.
    name = name.removesuffix(code) + code.replace(" ", "\u00a0")
    lines = wrapped(name, NAME_WIDTH)
    if len(lines) <= MOST_LINES:
        return "\n".join(lines)
    code = code.replace(" ", "\u00a0")
    kept = wrapped(name.removesuffix(code).strip(), NAME_WIDTH - len(code) - 2)
    return "\n".join([*kept[: MOST_LINES - 1], f"{kept[MOST_LINES - 1]}… {code}".strip()])


def heading(title: str, notes: str, stamp: Stamp) -> dict[str, Any]:
    """A title that says what the chart shows, what its signs mean, and where its figures come from."""
    below = [*wrapped(notes, STAMP_WIDTH), *wrapped(stamp.short(), STAMP_WIDTH, at=" · ")]
    return {"text": wrapped(title, TITLE_WIDTH), "subtitle": below}


def _top(data: pd.DataFrame) -> float:
    """Where the scale ends: at the highest reading, but no further than the central ones stay readable."""
    high = float(data["high"].max() or 1)
    central = float(data["central"].max()) if data["central"].notna().any() else 0.0
    return max(min(high, central * BAND_SHARE) if central > 0 else high, 1.0)


def range_alt(data: pd.DataFrame, *, title: str, most: int = 6) -> str:
    """The ranges in words."""
    said = [f"{one.name}: {one.words}" for one in data.head(most).itertuples(index=False)]
    more = f" and {len(data) - most} more" if len(data) > most else ""
    return f"Bar chart of ranges. {title}. {'; '.join(said)}{more}. The figures are in the table."
