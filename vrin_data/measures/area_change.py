"""Whether areas changed on the year before, as a map colours it: one test an area, corrected for how many there are."""

import numpy as np
import pandas as pd
from pandas.arrays import FloatingArray

from vrin_data.measures.answer import Answer
from vrin_data.measures.change_request import SMALL_BASE, ChangeRequest, last_year
from vrin_data.measures.harm_intervals import CORRECTED
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.period_pair import PeriodPair, by_area, period_pair
from vrin_data.measures.selection import Selection
from vrin_data.measures.stamps import question_stamp
from vrin_data.methods.gi_star import FALSE_SHARE
from vrin_data.methods.two_periods import split_p_values
from vrin_data.store import Store


def area_change(store: Store, selection: Selection) -> Answer:
    """Each area's incidents and harm against the same months a year before, by name; what is not placed last.

    Of a period longer than 12 months the last 12 are compared. Only months that came whole in both years count, on
    both sides. Columns: area_code, area_name, level, is_placed, incident_count_before and _now (certain
    incidents), incident_count_change, change_share (of the base; NULL where it is below 10), harm_days_before, _now and
    harm_days_change (central readings, NULL where either year has none), p_value, is_significant, months_compared,
    is_gap. Figures of a gap are NULL.
    p_value: exact and two-sided, of as uneven a split of both years' incidents if the risk had stayed (R's
    poisson.test). is_significant: after Benjamini and Hochberg over the areas shown, false discoveries at 5%.
    Both are NULL for a feed whose counts are corrected or suppressed. Raises what `harm` raises.
    """
    request = ChangeRequest(last_year(by_area(selection)))
    pair = period_pair(store, request.selection, request.base)
    frame = _changes(pair)
    frame["p_value"], frame["is_significant"] = _tests(frame, pair)
    frame["months_compared"] = pair.months_compared
    frame["is_gap"] = pair.is_gap
    unplaced = frame.loc[~frame["is_placed"], ["incident_count_before", "incident_count_now"]]
    kept = frame if (unplaced > 0).any(axis=None) else frame[frame["is_placed"]].reset_index(drop=True)
    notes = (*_notes(request, pair, kept), *harm_notes(store, pair.now))
    return Answer(kept, question_stamp(pair.now, notes))


def _changes(pair: PeriodPair) -> pd.DataFrame:
    frame = pair.areas.copy()
    before, now = pair.figures(pair.before_sums), pair.figures(pair.now_sums)
    for year, figures in (("before", before), ("now", now)):
        frame[f"incident_count_{year}"] = figures["incident_count_low"]
    frame["incident_count_change"] = frame["incident_count_now"] - frame["incident_count_before"]
    base = frame["incident_count_before"].astype("Float64")
    frame["change_share"] = frame["incident_count_change"].astype("Float64") / base.where(base >= SMALL_BASE)
    for year, figures in (("before", before), ("now", now)):
        frame[f"harm_days_{year}"] = figures["harm_days"]
    frame["harm_days_change"] = frame["harm_days_now"] - frame["harm_days_before"]
    return frame


def _tests(frame: pd.DataFrame, pair: PeriodPair) -> tuple[FloatingArray, pd.Series]:
    """The p-values, and which stand after the correction; NULL for what is no area, a gap, or no count of events."""
    from scipy.stats import false_discovery_control

    counts = frame[["incident_count_before", "incident_count_now"]]
    tested = (counts.notna().all(axis=1) & frame["is_placed"]).to_numpy() & (not pair.now.is_uncertain)
    values = np.zeros(len(frame))
    before, now = (counts[name].fillna(0).to_numpy("int64") for name in counts)
    values[tested] = split_p_values(before[tested], now[tested])
    stands = np.zeros(len(frame), dtype=bool)
    if tested.any():
        stands[tested] = false_discovery_control(values[tested]) < FALSE_SHARE
    return FloatingArray(values, ~tested), pd.Series(pd.array(stands, dtype="boolean")).where(tested)


def _notes(request: ChangeRequest, pair: PeriodPair, frame: pd.DataFrame) -> tuple[str, ...]:
    now, then = request.selection, request.base
    tested = int(frame["p_value"].notna().sum())
    stand = int(frame["is_significant"].fillna(False).sum())
    left = int((frame["months_compared"] < len(now.months)).sum())
    return (
        f"{now.from_month:%B %Y} to {now.to_month:%B %Y} against {then.from_month:%B %Y} to {then.to_month:%B %Y}, "
        "months that came whole in both; incidents are the certain ones",
        *((f"{left:,} rows compare fewer than the {len(now.months)} months asked for",) if left else ()),
        CORRECTED
        if pair.now.is_uncertain
        else f"{stand:,} of {tested:,} areas changed by more than chance explains: exact conditional test, "
        "false discovery rate 5% over the areas shown (Benjamini and Hochberg)",
    )
