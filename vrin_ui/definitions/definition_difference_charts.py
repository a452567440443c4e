"""Charts of what sets two definitions apart: overlap, offences and areas. No query and no screen in here."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.charts import CONFIG, TEXT
from vrin_ui.definitions.definition_charts import COLOURS, HOW_TO_READ, PALE, heading, legend
from vrin_ui.definitions.definition_offences import offence_words
from vrin_ui.wording import span

NAMED = 36
GREYS = {"both": "#505a5f", "same": "#8f989d", "cannot_tell": "#d0d3d5"}
DOUBT = GREYS["cannot_tell"]
WITH_DARK_INK = (*GREYS.values(), *COLOURS[2:4], COLOURS[5])[1:]
Colours = tuple[str, str]
"""Those of the first and of the second definition, the same as on the charts of totals and of months."""
RELATIONS = ("both", "only_first", "only_second", "same", "cannot_tell")


def overlap_data(
    overlap: pd.DataFrame, words: dict[str, str], colours: Colours = COLOURS[:2]
) -> pd.DataFrame:
    """What the bar of the overlap draws: relation, count, from, to, at, text, colour and ink of its words."""
    of = {"only_first": colours[0], "only_second": colours[1], **GREYS}
    counts = overlap.set_index("relation")["incident_count"].reindex(list(RELATIONS)).fillna(0).astype(int)
    ends = counts.clip(lower=0).cumsum()
    data = pd.DataFrame(
        {
            "relation": [words[name] for name in RELATIONS],
            "count": counts.to_numpy(),
            "from": (ends - counts.clip(lower=0)).to_numpy(),
            "to": ends.to_numpy(),
        }
    )
    return data.assign(
        at=(data["from"] + data["to"]) / 2,
        text=[f"{one:,}" for one in data["count"]],
        colour=[of[name] for name in RELATIONS],
        ink=[TEXT if of[name] in WITH_DARK_INK else "#ffffff" for name in RELATIONS],
    )


def overlap_chart(data: pd.DataFrame, *, title: str, stamp: Stamp) -> alt.LayerChart:
    """One bar of all incidents that either definition may hold, cut into what both, one or neither surely holds."""
    names = list(data["relation"])
    colour = alt.Color(
        "relation:N",
        sort=names,
        title=None,
        scale=alt.Scale(domain=names, range=list(data["colour"])),
        legend=legend(symbolType="square"),
    )
    tooltip = [alt.Tooltip("relation:N", title="Held by"), alt.Tooltip("text:N", title="incidents")]
    x = alt.X(
        "from:Q", title="incidents", axis=alt.Axis(format=",.0f", tickCount=5), scale=alt.Scale(nice=False)
    )
    # One row on a step of its own: a chart of a set height would be squeezed by its title.
    row = alt.Y("row:N", axis=None)
    data = data.assign(row="all")
    bar = alt.Chart(data).mark_bar(size=44, stroke="#ffffff", strokeWidth=2)
    bar = bar.encode(y=row, x=x, x2="to:Q", color=colour, tooltip=tooltip)
    wide = data[data["count"] > 0.06 * max(float(data["to"].max()), 1.0)]
    text = alt.Chart(wide).mark_text(fontSize=13, fontWeight="bold")
    text = text.encode(y=row, x="at:Q", text="text:N", color=alt.Color("ink:N", scale=None))
    return (
        alt.layer(bar, text)
        .properties(title=heading(title, [], stamp), height=alt.Step(56))
        .configure(**CONFIG)
    )


def overlap_alt(data: pd.DataFrame, *, title: str) -> str:
    """The overlap in words."""
    said = [f"{one.relation}: {one.text}" for one in data.itertuples(index=False)]
    return f"One bar in {len(data)} pieces. {title}. {'; '.join(said)}. The figures are in the table below."


def is_moved(found: pd.DataFrame) -> pd.Series:
    """Which offences are counted differently by the two, or may be."""
    names = ("only_first_count", "only_second_count", "cannot_tell_count")
    return found[list(names)].ne(0).any(axis=1).astype(bool)


def offences_data(moved: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """What the chart of offences draws, up to three rows an offence: offence, side, from, to, text."""
    sides = {
        f"Only in {first}": ("only_first_count", -1, 0),
        f"Only in {second}": ("only_second_count", 1, 0),
        "Cannot be told": ("cannot_tell_count", 1, "only_second_count"),
    }
    rows = []
    for one in moved.to_dict("records"):
        offence = short_offence(one["offence_key"])
        for side, (column, sign, after) in sides.items():
            start = one[after] if after else 0
            count = int(one[column])
            if count:
                rows.append(
                    {
                        "offence": offence,
                        "side": side,
                        "from": int(start),
                        "to": int(start) + sign * count,
                        "text": f"{count:,}",
                    }
                )
    return pd.DataFrame(rows, columns=["offence", "side", "from", "to", "text"])


def short_offence(key: str) -> str:
    """An offence by name and code, the name cut where it is long."""
    name, _, code = offence_words(key).rpartition(" (")
    if not name:
        return code
    return f"{name if len(name) <= NAMED else name[: NAMED - 1].rstrip() + '…'} ({code}"


def offences_chart(
    data: pd.DataFrame, first: str, second: str, *, title: str, stamp: Stamp, colours: Colours = COLOURS[:2]
) -> alt.LayerChart:
    """Bars to the left for what only the first holds, to the right for the second, grey for what cannot be told."""
    sides = [f"Only in {first}", f"Only in {second}", "Cannot be told"]
    order = list(dict.fromkeys(data["offence"]))
    # The names stand above the bars: beside them they would leave a narrow screen no room.
    name = alt.Y("offence:N", sort=order, title=None, axis=alt.Axis(labels=False, ticks=False, domain=False))
    x = alt.X(
        "from:Q",
        title="incidents",
        # Lines of a grid would run through the names.
        axis=alt.Axis(labelExpr="format(abs(datum.value), ',')", tickCount=4, grid=False),
    )
    colour = alt.Color(
        "side:N",
        sort=sides,
        title=None,
        scale=alt.Scale(domain=sides, range=[*colours, DOUBT]),
        legend=legend(symbolType="square"),
    )
    tooltip = [alt.Tooltip("offence:N"), alt.Tooltip("side:N"), alt.Tooltip("text:N", title="incidents")]
    bars = alt.Chart(data).mark_bar(size=14, yOffset=9)
    each = alt.Chart(pd.DataFrame({"offence": order, "at": 0}))
    zero = each.mark_tick(color=TEXT, thickness=1, size=14, yOffset=9)
    names = each.mark_text(align="left", baseline="bottom", dy=-1, color=TEXT, fontSize=13)
    notes = ["Left: only the first. Right: only the second. Grey: cannot be told."]
    return (
        alt.layer(
            bars.encode(y=name, x=x, x2="to:Q", color=colour, tooltip=tooltip),
            zero.encode(y=name, x="at:Q"),
            names.encode(y=name, x=alt.value(0), text="offence:N"),
        )
        .properties(title=heading(title, notes, stamp), height=alt.Step(42))
        .configure(**CONFIG)
    )


def offences_alt(data: pd.DataFrame, *, title: str) -> str:
    """The largest differences in words."""
    said = [f"{one.offence}: {one.side}, {one.text}" for one in data.head(6).itertuples(index=False)]
    return f"Bar chart. {title}. {'; '.join(said)}. The figures are in the table below."


def areas_data(rows: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """What the chart of areas draws, two rows an area, by name: area, side, low, high, words."""
    found = []
    for one in rows.sort_values("area_name").to_dict("records"):
        for side, name in (("first", first), ("second", second)):
            low, high = (one[f"{side}_incident_count_{end}_per_1000"] for end in ("low", "high"))
            found.append(
                {
                    "area": one["area_name"],
                    "side": name,
                    "low": low,
                    "high": high,
                    "words": span(low, high, 2),
                }
            )
    return pd.DataFrame(found, columns=["area", "side", "low", "high", "words"]).dropna(subset=["high"])


def areas_chart(
    data: pd.DataFrame, first: str, second: str, *, title: str, stamp: Stamp, colours: Colours = COLOURS[:2]
) -> alt.LayerChart:
    """For each area a mark at the lowest reading under each definition and a pale bar on to the highest, by name."""
    sides: Sequence[str] = [first, second]
    name = alt.Y(
        "area:N", sort="ascending", title=None, axis=alt.Axis(labelLimit=220, ticks=False, grid=True)
    )
    x = alt.X(
        "low:Q",
        title="incidents for 1,000 residents",
        scale=alt.Scale(zero=True, nice=True),
        axis=alt.Axis(tickCount=6),
    )
    offset = alt.YOffset("side:N", sort=sides, scale=alt.Scale(paddingInner=0.1))
    colour = alt.Color(
        "side:N",
        sort=sides,
        title=None,
        scale=alt.Scale(domain=sides, range=list(colours)),
        legend=legend(symbolType="square", symbolOpacity=1),
    )
    tooltip = [
        alt.Tooltip("area:N", title="Area"),
        alt.Tooltip("side:N", title="Definition"),
        alt.Tooltip("words:N", title="for 1,000 residents"),
    ]
    base = alt.Chart(data)
    bars = base.mark_bar(size=6, opacity=PALE).encode(
        y=name, yOffset=offset, x=x, x2="high:Q", color=colour, tooltip=tooltip
    )
    # The shape says as well which definition it is.
    shape = alt.Shape(
        "side:N", sort=sides, title=None, scale=alt.Scale(domain=sides, range=["circle", "square"])
    )
    ends = base.mark_point(size=45, filled=True, opacity=1)
    ends = ends.encode(y=name, yOffset=offset, x=x, color=colour, shape=shape, tooltip=tooltip)
    notes = [HOW_TO_READ.replace("Dark", "Mark"), "Areas stand by name."]
    return (
        alt.layer(bars, ends)
        .properties(title=heading(title, notes, stamp), height=alt.Step(11))
        .configure(**CONFIG)
    )


def areas_alt(data: pd.DataFrame, *, title: str) -> str:
    """The areas in words, those with the highest readings named."""
    top = data.sort_values("high", ascending=False, kind="stable").head(4)
    said = [f"{one.area} under {one.side}: {one.words}" for one in top.itertuples(index=False)]
    return f"Bars by area. {title}. Highest: {'; '.join(said)}. The figures are in the table below."
