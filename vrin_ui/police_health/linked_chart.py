"""Persons by who saw them, as bars for each window: no query and no screen in here."""

import altair as alt
import pandas as pd

from vrin_data.measures import Stamp
from vrin_data.report.triangulation_words import window_words
from vrin_ui.charts import CONFIG, STAMP_WIDTH, TEXT, TITLE_WIDTH
from vrin_ui.wording import number, wrapped

SEEN = {
    "police_only_person_count": ("Police alone", "#9dbfdc"),
    "matched_person_count": ("Both", "#12436d"),
    "health_only_person_count": ("Health alone", "#f2a57c"),
}
ROW, TOP = 60, 210
ORDER = "From left to right: seen by the police alone, by both, by health alone."


def matched_data(rows: pd.DataFrame) -> pd.DataFrame:
    """A row a window and who saw the persons: window, seen, persons, start, end, words."""
    found = []
    for row in rows.itertuples(index=False):
        start = 0
        for name, (seen, _) in SEEN.items():
            count = int(getattr(row, name))
            window = f"Within {window_words(row.window_days)}"
            middle = start + count / 2
            found.append((window, seen, count, start, start + count, middle, f"{count:,}"))
            start += count
    return pd.DataFrame(found, columns=["window", "seen", "persons", "start", "end", "middle", "words"])


def matched_chart(data: pd.DataFrame, *, title: str, stamp: Stamp) -> alt.LayerChart:
    """A bar a window, in three parts that are named in words and never by colour alone."""
    names = [name for name, _ in SEEN.values()]
    colour = alt.Color(
        "seen:N",
        scale=alt.Scale(domain=names, range=[look for _, look in SEEN.values()]),
        legend=alt.Legend(title=None, orient="bottom", columns=1, symbolType="square"),
    )
    windows = alt.Y("window:N", title=None, sort=None, axis=alt.Axis(labelLimit=140))
    tooltip = [
        alt.Tooltip("window:N", title="Window"),
        alt.Tooltip("seen:N", title="Seen by"),
        alt.Tooltip("words:N", title="Persons"),
    ]
    base = alt.Chart(data)
    bars = base.mark_bar(stroke="#ffffff", strokeWidth=2, size=26).encode(
        x=alt.X(
            "start:Q", title="Persons with a key", axis=alt.Axis(format=",.0f", tickMinStep=1, tickCount=4)
        ),
        x2="end:Q",
        y=windows,
        color=colour,
        tooltip=tooltip,
    )
    halo = base.transform_filter("datum.persons > 0").mark_text(
        fontSize=13, fontWeight="bold", stroke="#ffffff", strokeWidth=4, color="#ffffff", aria=False
    )
    text = base.transform_filter("datum.persons > 0").mark_text(
        fontSize=13, fontWeight="bold", color=TEXT, aria=False
    )
    labels = [one.encode(x="middle:Q", y=windows, text="words:N") for one in (halo, text)]
    heading = alt.TitleParams(
        text=wrapped(title, TITLE_WIDTH),
        subtitle=[*wrapped(ORDER, STAMP_WIDTH), *wrapped(stamp.short(), STAMP_WIDTH, at=" · ")],
    )
    height = TOP + ROW * data["window"].nunique()
    return alt.layer(bars, *labels).properties(title=heading, height=height).configure(**CONFIG)


def matched_alt(data: pd.DataFrame, title: str) -> str:
    """The bars in words."""
    said = [
        f"{window}: {', '.join(f'{one.seen.lower()} {number(one.persons)}' for one in own.itertuples(index=False))}"
        for window, own in data.groupby("window", sort=False)
    ]
    return f"Bar chart. {title}. {'; '.join(said)} persons. The figures are in the table."
