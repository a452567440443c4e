"""Ranges as bars, one below the other: no query and no screen in here.

Dark up to the lowest reading, pale on to the highest, a mark at the central one. Names and figures stand
above each bar, so that they can be read on a narrow screen and nothing rests on colour alone.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt
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
FIT: Any = alt.AutoSizeParams(type="fit-x", contains="padding")
"""The height given is that of the rows alone; what stands above and below them comes to it."""
HOW_TO_READ = "Dark: the lowest reading. Pale: on to the highest. Upright mark: the central reading."
BEYOND = "Arrow: the range goes on beyond the chart."


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


def range_chart(data: pd.DataFrame, unit: str, *, title: str, stamp: Stamp) -> alt.LayerChart:
    """The ranges, in the order of the rows, on one scale from 0."""
    top = _top(data)
    rows = data.assign(
        label=row_labels(data["name"]),
        dark=data["low"].clip(0, top),
        pale=data["high"].clip(0, top),
        mark=data["central"].where((data["central"] <= top) & (data["low"] < data["high"])),
        end=top,
    )
    tooltip = [alt.Tooltip("name:N", title="Of"), alt.Tooltip("words:N", title="Reading")]
    step = row_height(rows["label"])
    x = value_axis(unit, 0, top)
    bar: dict[str, Any] = {"size": BAR, "yOffset": step / 2 - GAP, "aria": False}
    base = alt.Chart(rows)
    at = row_axis(len(rows))
    layers = [
        base.mark_bar(color=BAND, stroke=EDGE, strokeWidth=0.6, **bar).encode(
            y=at, x=x, x2="pale:Q", tooltip=tooltip
        ),
        base.mark_bar(color=LINE, **bar).encode(y=at, x=alt.X("zero:Q"), x2="dark:Q", tooltip=tooltip),
    ]
    marked = alt.Chart(rows[rows["mark"].notna()])
    if len(marked.data):
        tick = marked.mark_tick(color=TEXT, thickness=3, size=BAR + 8, yOffset=step / 2 - GAP, aria=False)
        layers.append(tick.encode(y=at, x="mark:Q", tooltip=tooltip))
    layers += labels(base, at, step)
    beyond = rows[rows["high"] > top * 1.001]
    if len(beyond):
        layers.append(_arrows(beyond, step).encode(y=at, x="end:Q", tooltip=tooltip))
    # A bar from 0 needs the 0 as a field of its own.
    layers = [layer.transform_calculate(zero="0") for layer in layers]
    notes = " ".join([*([HOW_TO_READ] if has_range(data) else []), *([BEYOND] if len(beyond) else [])])
    return (
        alt.layer(*layers)
        .properties(title=heading(title, notes, stamp), height=step * len(rows), autosize=FIT)
        .configure(**CONFIG)
    )


def _arrows(rows: pd.DataFrame, step: float) -> alt.Chart:
    return alt.Chart(rows).mark_point(
        shape="triangle-right",
        size=130,
        filled=True,
        opacity=1,
        color=TEXT,
        yOffset=step / 2 - GAP,
        xOffset=-6,
    )


def labels(base: alt.Chart, at: alt.Y, step: float) -> list[alt.Chart]:
    """The name and the words of every row, above its bar."""
    text: dict[str, Any] = {
        "align": "left",
        "baseline": "top",
        "lineBreak": "\n",
        "lineHeight": LINE_HEIGHT,
        "aria": False,
    }
    name = base.mark_text(fontSize=NAME_SIZE, fontWeight="bold", color=TEXT, yOffset=-step / 2 + 6, **text)
    below = step / 2 - GAP - BAR / 2 - LINE_HEIGHT
    words = base.mark_text(fontSize=WORDS_SIZE, color=GREY, yOffset=below, **text)
    return [
        layer.encode(y=at, x=alt.value(0), text=f"{field}:N")
        for layer, field in ((name, "label"), (words, "words"))
    ]


def row_axis(count: int) -> alt.Y:
    """A place a row, without words on an axis."""
    scale = alt.Scale(domain=[*range(count)], paddingInner=0, paddingOuter=0)
    return alt.Y("row:O", title=None, axis=None, scale=scale)


def value_axis(unit: str, low: float, high: float, field: str = "zero") -> alt.X:
    """The scale of the figures."""
    return alt.X(
        f"{field}:Q",
        title=unit,
        scale=alt.Scale(domain=[low, high], nice=False),
        axis=alt.Axis(tickCount=4, format=",.0f", labelOverlap="greedy"),
    )


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


def heading(title: str, notes: str, stamp: Stamp) -> alt.TitleParams:
    """A title that says what the chart shows, what its signs mean, and where its figures come from."""
    below = [*wrapped(notes, STAMP_WIDTH), *wrapped(stamp.short(), STAMP_WIDTH, at=" · ")]
    return alt.TitleParams(text=wrapped(title, TITLE_WIDTH), subtitle=below)


def has_range(data: pd.DataFrame) -> bool:
    """Whether the lowest and the highest reading of a row differ."""
    return bool((data["low"] < data["high"]).any())


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
