"""Did something change here? The months at which a series may have changed its level, as questions for a person."""

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
import pandas as pd

from vrin_data.contract.breaks import Break
from vrin_data.measures.answer import Answer
from vrin_data.measures.break_concerns import concerned_areas
from vrin_data.measures.breaks import breaks_of, rebase_months
from vrin_data.measures.question import Question
from vrin_data.measures.selection import month_number
from vrin_data.measures.series_by_area import Series, series_of
from vrin_data.measures.stamps import question_stamp
from vrin_data.measures.trend_request import TrendRequest
from vrin_data.methods.change_points import LEAST_POINTS
from vrin_data.methods.change_points import change_points as points_of
from vrin_data.methods.seasons import without_season
from vrin_data.store import Store

NEAR = 2
"""Months within which a break on record is named beside a question."""
COLUMNS = (
    "area_code",
    "area_name",
    "month",
    "level_before",
    "level_after",
    "fit_gain",
    "is_season_out",
    "is_rebased",
    "breaks_near",
)
NOTES = (
    "a question and no finding: the search (PELT, Killick and others 2012) asks where two levels fit better than one; "
    "of a hundred series of pure noise it asks about some five. Limits begin anew only where a person says so",
    f"series of fewer than {LEAST_POINTS} whole months are not searched; the season is taken out first where one can "
    "be told",
)


def change_points(store: Store, request: TrendRequest) -> Answer:
    """The months at which each series may have changed its level; most series have none.

    One row per area and such month, areas by name, oldest first: area_code, area_name, month (the first of the new
    level), level_before, level_after (means of the whole months of each level, without season where is_season_out),
    fit_gain (share of the variation over both that the step explains), is_season_out, is_rebased (limits begin anew at
    this month already), breaks_near (titles of breaks on record within two months, by semicolon).
    Raises what `monthly` raises.
    """
    question, found = series_of(store, request)
    codes = [one.area_code for one in found]
    rebased = rebase_months(store, question, request.figure, codes)
    known = breaks_of(store, question)
    rows = [row for one in found for row in _rows(question, one, rebased.get(one.area_code, []), known)]
    return Answer(pd.DataFrame(rows, columns=list(COLUMNS)), question_stamp(question, NOTES))


def _rows(
    question: Question, one: Series, rebased: Sequence[date], known: Sequence[Break]
) -> Iterator[dict[str, object]]:
    adjusted = without_season(one.values) if question.width == 1 else None
    values = one.values if adjusted is None else adjusted
    whole = np.flatnonzero(~np.isnan(values))
    months = pd.to_datetime(one.rows["month"]).dt.date
    mine = [each for each in known if concerned_areas(question, each, [one.area_code])]
    for point in points_of(values[whole]):
        at = int(whole[point.position])
        yield {
            **one.told,
            "month": one.rows["month"].iloc[at],
            "level_before": point.before,
            "level_after": point.after,
            "fit_gain": point.gain,
            "is_season_out": adjusted is not None,
            "is_rebased": months.iloc[at] in rebased,
            "breaks_near": "; ".join(each.title for each in mine if _is_near(each.month, months.iloc[at])),
        }


def _is_near(one: date, other: date) -> bool:
    return abs(month_number(one) - month_number(other)) <= NEAR
