"""What the recorded crimes cost, and their severity: other measures than harm, never added to it."""

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from vrin_data.contract.weights import Edition
from vrin_data.protect import Presented
from vrin_ui import figures, on_record
from vrin_ui.ask import ask
from vrin_ui.breakdown import breakdown_page
from vrin_ui.breakdown.breakdown_page import Asked, Here
from vrin_ui.range_charts import range_alt, range_data, range_spec, range_words
from vrin_ui.wording import counted, listed, month_words, number, of_months, period_words, plain, span

OTHER_THAN_HARM = (
    "**Not harm.** Costs in pounds and points of severity are other measures than days of recommended sentence. They "
    "are never added to harm, and one is not a check of the other."
)
ACTUAL = (
    "Unit costs are of crimes that happened, recorded or not. Here they are multiplied with recorded crimes, which are "
    "fewer: this is what the recorded crimes cost, not what crime costs."
)
NO_SCORE = (
    "No list of weights of the ONS Crime Severity Score is on record. Whoever looks after this system can bring one "
    "in; its figures then stand here too."
)
THRESHOLD = (
    "This definition takes in what reaches a threshold of harm in days, which neither pounds nor points can tell. "
    "Choose a definition without a threshold above."
)
MILLION = 1_000_000


@dataclass(frozen=True)
class Measure:
    """How an edition that is not in days is asked for and spoken of."""

    question: str
    figure: str
    name: str
    unit: str
    none: str


MEASURES = {
    "pounds": Measure("costs", "cost_gbp", "Cost", "pounds", "not costed"),
    "score": Measure("severity", "severity", "Severity", "points", "without a score"),
}


def draw(here: Here) -> None:
    """The view, below the filter bar: each edition in pounds or points in turn."""
    asked = breakdown_page.asked(here)
    if asked is None:
        return
    name = on_record.definition(asked.filters.definition).name
    period = period_words(asked.selection.from_month, asked.selection.to_month)
    st.header(plain(f"{name}: {asked.place}, {period}"), anchor=False)
    st.markdown(OTHER_THAN_HARM)
    if _has_threshold(asked):
        st.info(THRESHOLD)
        return
    for edition_id in asked.choices.other_editions:
        _edition(asked, on_record.edition(edition_id))
    if not any(on_record.edition(one).kind == "score" for one in asked.choices.other_editions):
        st.markdown(NO_SCORE)


def _has_threshold(asked: Asked) -> bool:
    chosen = on_record.definition(asked.filters.definition)
    return any(chosen.threshold(part) is not None for part in chosen.all_parts())


def _edition(asked: Asked, edition: Edition) -> None:
    measure = MEASURES[edition.kind]
    st.subheader(plain(f"{measure.name}: {edition.name}"), anchor=False)
    if edition.kind == "pounds":
        st.warning(ACTUAL, icon=None)
    selection = replace(asked.selection, weights=edition.edition_id, by=())
    total = ask(measure.question, selection)
    row = total.frame.iloc[0]
    if row["is_gap"]:
        st.info("No month of this period came in whole, so there is no total.")
    else:
        st.markdown("\n".join(f"- {plain(line)}" for line in total_lines(row, measure, asked.place)))
        _months(asked, edition, measure)
    figures.draw_stamp(total, name=f"other-{edition.edition_id}")


def total_lines(row: pd.Series, measure: Measure, place: str) -> list[str]:
    """A total under an edition that is not in days, in words."""
    name, low, high = measure.figure, row[f"{measure.figure}_low"], row[f"{measure.figure}_high"]
    bare = int(row["unweighted_count"])
    missing = f"{counted(bare, 'incident')} {'is' if bare == 1 else 'are'} {measure.none} and left out of it."
    if pd.isna(high):
        return [f"{measure.name}, {place}: nothing of this is in the edition.", missing]
    months = of_months(int(row["months_covered"]), int(row["months_expected"]))
    told = f"{measure.name} of the recorded crimes, {place}: {about(low, row[name], high, measure)}, on {months}."
    rate = ""
    if pd.notna(row[f"{name}_high_per_1000"]):
        ends = (row[f"{name}_low_per_1000"], row[f"{name}_per_1000"], row[f"{name}_high_per_1000"])
        rate = f"For 1,000 residents: {about(*ends, measure)}."
    incidents = f"Incidents counted: {span(row['incident_count_low'], row['incident_count_high'])}."
    return [line for line in (told, rate, incidents, missing if bare else "") if line]


def about(low: object, central: object, high: object, measure: Measure) -> str:
    """A cost with no more digits than unit costs bear, 'about £64 million'; points in full."""
    if measure.unit != "pounds":
        return money(low, central, high, measure)
    first, last = _rounded(low), _rounded(high)
    ends = first if first == last else f"{first} to {last}"
    if pd.isna(central) or _rounded(central) == ends:
        return f"about {ends}"
    return f"about {_rounded(central)} ({ends})"


def _rounded(pounds: Any) -> str:
    """Pounds in two digits that count: £64 million, £1.2 million, £13,000."""
    value = float(f"{float(pounds):.2g}")
    if abs(value) < MILLION:
        return f"£{value:,.0f}"
    return f"£{value / MILLION:,.{0 if abs(value) >= 10 * MILLION else 1}f} million"


def money(low: object, central: object, high: object, measure: Measure) -> str:
    """A figure with its range, in pounds with the sign before it."""
    words = range_words(low, central, high, unit=measure.unit)
    if measure.unit != "pounds":
        return words
    shown = number(central) if pd.notna(central) else ""
    ends = " to ".join(f"£{each}" for each in span(low, high).split(" to "))
    return f"£{shown} ({ends})" if shown and f"£{shown}" != ends else ends


def _months(asked: Asked, edition: Edition, measure: Measure) -> None:
    """The same by month as a chart of ranges, and the table behind it."""
    answer = ask(measure.question, replace(asked.selection, weights=edition.edition_id, by=("month",)))
    whole = answer.frame[~(answer.frame["is_gap"] | answer.frame["is_partial"]).astype(bool)]
    names = [month_words(one) for one in whole["month"]]
    data = range_data(names, whole, measure.figure, unit=measure.unit)
    if measure.unit == "pounds":
        ends = [whole[f"{measure.figure}{end}"] for end in ("_low", "", "_high")]
        data["words"] = [
            about(low, central, high, measure)
            for low, central, high in zip(*ends, strict=True)
            if pd.notna(high)
        ]
    title = f"{measure.name} of recorded crimes by month, {answer.stamp.definition_name}, {asked.place}: {edition.name}"
    if len(data):
        st.vega_lite_chart(
            None,
            range_spec(data, measure.unit, title=title, stamp=answer.stamp),
            theme=None,
            width="stretch",
            alt=range_alt(data, title=title),
        )
    left = [month_words(one) for one in answer.frame["month"] if month_words(one) not in names]
    if left:
        st.caption(f"Did not come whole, and not drawn: {listed(left)}.")
    with st.expander("The figures behind this chart"):
        figures.draw_table(months_table(whole, names, measure), alt=f"{title}, as a table")
    _notes(edition, answer)


def months_table(whole: pd.DataFrame, names: list[str], measure: Measure) -> pd.DataFrame:
    """One row a month: Month, the figure with its range, Incidents, and those that the edition leaves out."""
    ends = whole[[f"{measure.figure}{end}" for end in ("_low", "", "_high")]].to_numpy(dtype=object)
    counts = zip(whole["incident_count_low"], whole["incident_count_high"], strict=True)
    return pd.DataFrame(
        {
            "Month": names,
            f"{measure.name} ({measure.unit})": [
                "–" if pd.isna(high) else money(low, central, high, measure) for low, central, high in ends
            ],
            "Incidents": [span(*one) for one in counts],
            f"Incidents {measure.none}": whole["unweighted_count"].array,
        }
    )


def _notes(edition: Edition, answer: Presented) -> None:
    with st.expander("What must be known of these figures"):
        st.markdown("\n".join(f"- {plain(note)}" for note in edition.notes))
        st.caption(plain(edition.attribution))
