"""Charts that set definitions side by side: no query and no screen in here.

A colour always comes with a label, a dash or a shape, so that nothing rests on it alone.
"""

from collections.abc import Sequence
from itertools import chain
from typing import Any

import altair as alt
import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.charts import CONFIG, GAP, LINE, TEXT, TITLE_WIDTH
from vrin_ui.wording import listed, number, span, wrapped

COLOURS = ("#12436d", "#801650", "#28a197", "#f46a25", "#7a5c00", "#a285d1")
"""Of the definitions in the order in which they are compared, on every chart of the comparison; grey is of none."""
DASHES = ([1, 0], [8, 4], [2, 3], [10, 3, 2, 3], [5, 5], [1, 2])
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
PALE = 0.35
"""How much of its colour a bar keeps where it is not certain."""
ROW, BAR, OFFSET = 66, 18, 18
NAME_LIMIT, NOTE_WIDTH = 330, 58
IN_LINES = "split(trim(replace(datum.label, regexp('(.{1,46})(\\\\s|$)', 'g'), '$1\\n')), '\\n')"
NAME_ABOVE, WORDS_ABOVE = -14, 3
HOW_TO_READ = "Dark: certain, up to the lowest reading. Pale: from the lowest to the highest."
AT_CHOSEN = "Upright mark: with the weight chosen for each offence."
LINES = {
    "harm_days": "Lines: harm with the weight chosen for each offence.",
    "incident_count": "Lines: what is surely in.",
}
"""What the line of a trend is, by its figure."""
NO_LINE = "Thin lines: no single figure can be given; it lies between the two."


def heading(title: str, notes: Sequence[str], stamp: Stamp) -> alt.TitleParams:
    """A title that says what the chart shows, what its signs mean, and where its figures come from."""
    # Several definitions may be longer by name than a line is.
    of_stamp = (wrapped(line, NOTE_WIDTH) for line in wrapped(stamp.short(), NOTE_WIDTH, at=" · "))
    lines = [*wrapped(" ".join(notes), NOTE_WIDTH), *chain.from_iterable(of_stamp)]
    return alt.TitleParams(text=wrapped(title, TITLE_WIDTH), subtitle=lines)


def legend(**more: Any) -> alt.Legend:
    """A legend below a chart whose long names go on in a second line, which a narrow screen would cut."""
    return alt.Legend(orient="bottom", columns=1, labelLimit=0, labelExpr=IN_LINES, **more)


def totals_data(totals: pd.DataFrame, figure: str, names: Sequence[str]) -> pd.DataFrame:
    """What a chart of totals draws, a row a definition: name, low, central, high, words."""
    low, high = totals[f"{figure}_low"], totals[f"{figure}_high"]
    central = totals[figure] if figure in totals else pd.Series(pd.NA, index=totals.index, dtype="Float64")
    ends = zip(low, central, high, strict=True)
    return pd.DataFrame(
        {
            "name": list(names),
            "low": low.astype("Float64").to_numpy(),
            "central": central.astype("Float64").to_numpy(),
            "high": high.astype("Float64").to_numpy(),
            "words": [range_words(*one) for one in ends],
        }
    )


def range_words(low: object, central: object, high: object) -> str:
    """A range in words, with the reading in it where there is one."""
    ends = span(low, high)
    if pd.isna(central) or number(low) == number(high):
        return ends
    return f"{ends}; {number(central)} at the chosen weights"


def totals_chart(
    data: pd.DataFrame, unit: str, *, title: str, stamp: Stamp, colours: Sequence[str] = ()
) -> alt.LayerChart:
    """A bar for each row with its figures above it: dark up to the lowest reading, pale on to the highest.

    `colours` are those of the rows where each is a definition of its own.
    """
    data = data.assign(colour=list(colours) or LINE)
    name = alt.Y(
        "name:N", sort=list(data["name"]), title=None, axis=alt.Axis(labels=False, domain=False, ticks=False)
    )
    top = float(data["high"].max() or 1)
    ends = alt.X(
        "low:Q",
        title=unit,
        scale=alt.Scale(domain=[0, top * 1.02 or 1], nice=True),
        axis=alt.Axis(tickCount=4, format=",.0f"),
    )
    tooltip = [alt.Tooltip("name:N", title="Definition"), alt.Tooltip("words:N", title=unit)]
    base, colour = alt.Chart(data), alt.Color("colour:N", scale=None)
    sure = base.mark_bar(size=BAR, yOffset=OFFSET).encode(
        y=name, x=alt.X("zero:Q"), x2="low:Q", tooltip=tooltip, color=colour
    )
    spread = base.mark_bar(size=BAR, opacity=PALE, yOffset=OFFSET)
    # A bar of no length would not be seen.
    edge = base.mark_tick(thickness=3, size=BAR, yOffset=OFFSET)
    is_marked = data["central"].notna() & (data["low"] < data["high"]).fillna(False)
    mark = alt.Chart(data[is_marked.astype(bool)]).mark_tick(
        thickness=3, size=BAR + 8, color=TEXT, yOffset=OFFSET
    )
    text: dict[str, Any] = {"align": "left", "baseline": "bottom", "color": TEXT, "fontSize": 13}
    # On two lines, since both would leave a narrow screen no room beside each other.
    named = base.mark_text(**text, dy=NAME_ABOVE, limit=NAME_LIMIT).encode(text="name:N")
    words = base.mark_text(**text, dy=WORDS_ABOVE, fontWeight="bold").encode(text="words:N")
    layers = [
        sure.transform_calculate(zero="0"),
        spread.encode(y=name, x=ends, x2="high:Q", tooltip=tooltip, color=colour),
        edge.encode(y=name, x=ends, tooltip=tooltip, color=colour),
        *([mark.encode(y=name, x="central:Q", tooltip=tooltip)] if is_marked.any() else []),
        *(one.encode(y=name, x=alt.value(0)) for one in (named, words)),
    ]
    notes = [HOW_TO_READ] if _is_ranged(data) else []
    notes += [AT_CHOSEN] if is_marked.any() else []
    return (
        alt.layer(*layers)
        .properties(title=heading(title, notes, stamp), height=alt.Step(ROW))
        .configure(**CONFIG)
    )


def _is_ranged(data: pd.DataFrame) -> bool:
    return bool((data["low"] < data["high"]).fillna(False).any())


def totals_alt(data: pd.DataFrame, unit: str, *, title: str) -> str:
    """The totals in words."""
    said = [f"{one.name} {one.words} {unit}" for one in data.itertuples(index=False)]
    return f"Bar chart. {title}. {'; '.join(said)}. The figures are in the table below."


def months_data(months: pd.DataFrame, figure: str, names: dict[str, str]) -> pd.DataFrame:
    """What the trend of several definitions draws: month, name, low, shown, high, is_gap, words.

    A month that did not come whole is no point of a line. Months before the first submission are left off.
    """
    first = months.loc[~months["is_gap"].astype(bool), "month"].min()
    rows = months[months["month"] >= first] if pd.notna(first) else months.head(0)
    whole = ~(rows["is_gap"] | rows["is_partial"]).astype(bool)
    low, high = (rows[f"{figure}_{end}"].astype("Float64").where(whole) for end in ("low", "high"))
    shown = rows[figure].astype("Float64").where(whole) if figure in rows else low
    ends = zip(low, shown if figure in rows else low.where(low == high), high, strict=True)
    return pd.DataFrame(
        {
            "month": rows["month"].dt.strftime("%Y-%m-%d"),
            "name": rows["definition"].map(names),
            "low": low,
            "shown": shown,
            "high": high,
            "is_gap": ~whole,
            "label": rows["month"].dt.strftime("%B %Y"),
            "words": [range_words(*one) if pd.notna(one[0]) else "did not come whole" for one in ends],
        }
    ).reset_index(drop=True)


def months_chart(
    data: pd.DataFrame, unit: str, *, figure: str, title: str, stamp: Stamp, height: int = 430
) -> alt.LayerChart:
    """A line for each definition in its own colour, dash and shape, with a band from low to high."""
    when = alt.X(
        "month:T",
        title=None,
        scale=alt.Scale(type="utc"),
        # The last label would reach beyond the chart, where it would be cut.
        axis=alt.Axis(format="%b %Y", labelAngle=0, labelOverlap="greedy", labelFlush=True, grid=False),
    )
    top = max(float(data["high"].max()) if data["high"].notna().any() else 1.0, 1.0)
    value = alt.Y(
        "shown:Q",
        title=unit,
        scale=alt.Scale(domain=[0, top], nice=True),
        axis=alt.Axis(tickCount=5, format=",.0f"),
    )
    notes = [LINES[figure]] if data["shown"].notna().any() else []
    notes += ["Pale: from the lowest to the highest reading."] if _is_ranged(data) else []
    notes += [NO_LINE] if has_open(data) else []
    notes += ["Grey: a month that did not come whole."] if data["is_gap"].any() else []
    return (
        alt.layer(*_gaps(data, when), *_lines(data, when, value, unit))
        .properties(title=heading(title, notes, stamp), height=height)
        .configure(**CONFIG)
        .resolve_scale(color="shared", strokeDash="shared", shape="shared")
    )


def has_open(data: pd.DataFrame) -> bool:
    """Whether there is a month that came whole and of which no single figure can be given."""
    return bool((data["shown"].isna() & data["high"].notna()).any())


def _lines(data: pd.DataFrame, when: alt.X, value: alt.Y, unit: str) -> list[alt.Chart]:
    """Band, line and points of every definition."""
    names = list(dict.fromkeys(data["name"]))
    below = legend(symbolSize=110, symbolStrokeWidth=2, symbolOpacity=1)
    of: dict[str, Any] = {"title": None, "sort": names, "legend": below}
    colour, dash, shape = (
        channel("name:N", **of, scale=alt.Scale(domain=names, range=signs[: len(names)]))
        for channel, signs in ((alt.Color, COLOURS), (alt.StrokeDash, DASHES), (alt.Shape, SHAPES))
    )
    tooltip = [
        alt.Tooltip("name:N", title="Definition"),
        alt.Tooltip("label:N", title="Month"),
        alt.Tooltip("words:N", title=unit),
    ]
    base = alt.Chart(data)
    band = base.mark_area(opacity=0.18, invalid="break-paths-show-domains")
    line = base.mark_line(strokeWidth=2, invalid="break-paths-show-domains")
    points = base.mark_point(size=45, filled=True, opacity=1, invalid="filter")
    layers = [band.encode(x=when, y=alt.Y("low:Q", title=unit), y2="high:Q", color=colour, detail="name:N")]
    if has_open(data):
        # Where there is no line, the edges of the band say by their dash whose it is.
        is_open = data["shown"].isna()
        open_ = alt.Chart(data.assign(low=data["low"].where(is_open), high=data["high"].where(is_open)))
        edge = open_.mark_line(strokeWidth=1, invalid="break-paths-show-domains")
        layers += [
            edge.encode(
                x=when, y=alt.Y(f"{end}:Q", title=unit), color=colour, strokeDash=dash, tooltip=tooltip
            )
            for end in ("low", "high")
        ]
    if data["shown"].notna().any():
        layers += [
            line.encode(x=when, y=value, color=colour, strokeDash=dash),
            points.encode(x=when, y=value, color=colour, shape=shape, tooltip=tooltip),
        ]
    return layers


def _gaps(data: pd.DataFrame, when: alt.X) -> list[alt.Chart]:
    months = data.loc[data["is_gap"], ["month"]].drop_duplicates()
    if months.empty:
        return []
    start = pd.to_datetime(months["month"])
    half = pd.Timedelta(days=15)
    rows = months.assign(
        **{"from": (start - half).dt.strftime("%Y-%m-%d"), "to": (start + half).dt.strftime("%Y-%m-%d")}
    )
    return [
        alt.Chart(rows)
        .mark_rect(color=GAP)
        .encode(x=alt.X("from:T", title=None, scale=alt.Scale(type="utc")), x2="to:T")
    ]


def months_alt(data: pd.DataFrame, unit: str, *, title: str) -> str:
    """The trends in words: the span of each definition, and the months that did not come whole."""
    said = []
    for name, rows in data.groupby("name", sort=False):
        came = rows[rows["low"].notna()]
        if len(came):
            ends = f"from {number(came['low'].min())} to {number(came['high'].max())} {unit} a month"
            said.append(f"{name}: {ends}")
    gaps = list(dict.fromkeys(data.loc[data["is_gap"], "label"]))
    missing = [f"Not whole: {listed(gaps[:6])}{' and more' if len(gaps) > 6 else ''}"] if gaps else []
    return f"Line chart. {title}. {'. '.join([*said, *missing])}. The figures are in the table below."
