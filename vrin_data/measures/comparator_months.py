"""An area against its comparators, month by month: its own line, and how far theirs reach."""

from dataclasses import replace

import pandas as pd

from vrin_data.errors import UsageError
from vrin_data.measures.answer import Answer
from vrin_data.measures.comparison_notes import RESIDENTS
from vrin_data.measures.comparison_request import ComparisonRequest, group_of
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.monthly import WHOLE, monthly
from vrin_data.measures.question import question_of
from vrin_data.measures.stamps import question_stamp
from vrin_data.store import Store

LEAST_BAND = 3
"""Fewer comparators make no band: each is drawn, and that is all there is."""
BAND = (
    "the band reaches from the lowest to the highest of the comparators whose month came whole, its line is their "
    "median; a month of fewer than three has none"
)


def comparator_months(store: Store, request: ComparisonRequest) -> Answer:
    """The months of an area and of each of its comparators, areas by name, oldest first.

    Columns: those of `monthly` (per 1,000 residents a month), is_chosen, comparator_rank (NULL without a list), and of
    each month over the comparators that came whole: comparator_count, comparator_low, comparator_median,
    comparator_high (NULL below three). A month that did not come is a gap, and one in part stands in no band.
    Raises what `comparison` raises, and UsageError where no area of the level is named.
    """
    group = group_of(store, request)
    if group.chosen is None:
        raise UsageError(
            "Months are those of one area against its comparators: name an area of the level "
            f"{request.selection.level!r}."
        )
    question = question_of(store, replace(group.selection, by=("area", "month")))
    frame = monthly(store, question, request.figure).frame
    if group.codes is not None:
        frame = frame[frame["area_code"].isin({group.chosen, *group.codes})]
    rank = {code: place for place, code in enumerate(group.codes or (), start=1)}
    frame = frame.assign(
        is_chosen=frame["area_code"] == group.chosen,
        comparator_rank=frame["area_code"].map(rank).astype("Int64"),
    )
    frame = frame.merge(_bands(frame), on="month", how="left")
    frame["comparator_count"] = frame["comparator_count"].fillna(0).astype("int64")
    return Answer(frame, question_stamp(question, (BAND, RESIDENTS, *harm_notes(store, question))))


def _bands(frame: pd.DataFrame) -> pd.DataFrame:
    """A row for each month in which a comparator came whole."""
    others = frame[~frame["is_chosen"] & (frame["state"] == WHOLE)]
    by_month = others.groupby("month")["value"].agg(["count", "min", "median", "max"])
    few = by_month["count"] < LEAST_BAND
    by_month.loc[few, ["min", "median", "max"]] = pd.NA
    names = {
        "count": "comparator_count",
        "min": "comparator_low",
        "median": "comparator_median",
        "max": "comparator_high",
    }
    return by_month.rename(columns=names).reset_index()
