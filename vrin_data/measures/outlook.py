"""The outlook of a series with how earlier outlooks came true; offered only where it beats the year before."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from vrin_data.measures.answer import Answer
from vrin_data.measures.question import Question
from vrin_data.measures.selection import month_number, month_of
from vrin_data.measures.series_by_area import NOT_MONTHLY, Series, series_of
from vrin_data.measures.stamp import Stamp
from vrin_data.measures.stamps import question_stamp
from vrin_data.measures.trend_request import TrendRequest
from vrin_data.methods.outlook import HORIZON, Outlook, Told
from vrin_data.methods.outlook import outlook as outlook_of
from vrin_data.store import Store

OBSERVED, TO_COME = "observed", "outlook"
BANDS = ("lower80", "upper80", "lower95", "upper95")
NOTES = (
    "outlook by exponential smoothing with a level and an additive season, ETS(A,N,A); it says what would come if all "
    "went on as before, and knows of no plan and no break",
    "back-test: the same outlook made at every earlier month with two years before it, against the last value of the "
    "same month; errors are mean absolute errors of all months ahead that came whole",
)


def outlook(store: Store, request: TrendRequest) -> Answer:
    """A figure month by month, and the twelve months to come where an outlook is offered.

    One row per area and month, areas by name, oldest month first: area_code, area_name, month, kind ("observed" or
    "outlook"), value (the middle of an outlook), lower80, upper80, lower95, upper95 (NULL of months observed), state
    ("" of an outlook). No value is below 0. Raises what `monthly` raises.
    """
    question, found = series_of(store, request)
    frames = [frame for one in found for frame in _rows(one, _told(question, one))]
    return Answer(pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(), _stamp(question))


def outlook_summary(store: Store, request: TrendRequest) -> Answer:
    """Whether an outlook is offered of each series, and how earlier ones came true.

    One row per area: area_code, area_name, is_offered, reason ("", "short", "gaps", "rare", "not_better", "too_narrow",
    "not_monthly"), points (whole months), error_own and error_naive (mean absolute errors, in the units of the
    figure), coverage80 and coverage95 (shares of months within their intervals), origins (earlier months an outlook
    was made at), forecasts (months compared). The back-test is NULL where none can be made. Raises what `monthly`
    raises.
    """
    question, found = series_of(store, request)
    rows = [_line(one, _told(question, one)) for one in found]
    frame = pd.DataFrame(rows, columns=list(SUMMARY))
    kinds = {name: "Int64" if name in ("origins", "forecasts") else "Float64" for name in TEST}
    return Answer(frame.astype(kinds), _stamp(question))


TEST = ("error_own", "error_naive", "coverage80", "coverage95", "origins", "forecasts")
SUMMARY = ("area_code", "area_name", "is_offered", "reason", "points", *TEST)


def _told(question: Question, one: Series) -> Told:
    return Told(NOT_MONTHLY, None, None) if question.width != 1 else outlook_of(one.values)


def _rows(one: Series, told: Told) -> Iterator[pd.DataFrame]:
    observed = one.rows[["area_code", "area_name", "month", "value", "state"]]
    yield observed.assign(kind=OBSERVED, **dict.fromkeys(BANDS, np.nan))[[*COLUMNS]]
    if told.reason == "" and told.outlook is not None:
        yield _to_come(one, told.outlook)


COLUMNS = ("area_code", "area_name", "month", "kind", "value", *BANDS, "state")


def _to_come(one: Series, made: Outlook) -> pd.DataFrame:
    last = month_number(pd.Timestamp(one.rows["month"].iloc[-1]).date())
    lower80, upper80 = made.interval(80)
    lower95, upper95 = made.interval(95)
    frame = pd.DataFrame(
        {
            "month": pd.Series([month_of(last + ahead) for ahead in range(1, HORIZON + 1)]),
            "kind": TO_COME,
            "value": pd.array(made.means, dtype="Float64"),
            "lower80": lower80,
            "upper80": upper80,
            "lower95": lower95,
            "upper95": upper95,
            "state": "",
        }
    ).assign(**one.told)
    return frame.astype({"month": one.rows["month"].dtype})[[*COLUMNS]]


def _line(one: Series, told: Told) -> dict[str, object]:
    test = dict.fromkeys(TEST) if told.test is None else told.test._asdict()
    return {
        **one.told,
        "is_offered": told.reason == "",
        "reason": told.reason,
        "points": int(one.known.sum()),
        **test,
    }


def _stamp(question: Question) -> Stamp:
    return question_stamp(question, NOTES)
