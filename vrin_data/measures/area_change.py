"""Whether areas changed: a selection's last months against the same months a year before, and what chance explains."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.arrays import FloatingArray

from vrin_data.contract.periods import later
from vrin_data.measures.answer import Answer
from vrin_data.measures.areas_came import AreasCame, areas_asked, areas_came, nowhere_placed, row_of_areas
from vrin_data.measures.cells import SUMS, cells
from vrin_data.measures.filling import Sums, fill
from vrin_data.measures.forces import force_of_areas
from vrin_data.measures.harm import NOT_PLACED, with_unplaced
from vrin_data.measures.harm_intervals import CORRECTED
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.received import Flags
from vrin_data.measures.selection import MONTHS_PER_YEAR, Selection, month_number
from vrin_data.measures.stamps import question_stamp
from vrin_data.measures.weight_kinds import require_kind
from vrin_data.methods.gi_star import FALSE_SHARE
from vrin_data.store import Store

Floats = npt.NDArray[np.float64]
LEAST_BASE = 10
"""So few incidents before give no share of change: one more would be 10% and above."""


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
    question, before = _two_years(store, selection)
    areas = areas_asked(question)
    both = (areas_came(question, areas), areas_came(before, areas))
    compared = both[0].whole & both[1].whole
    at_gap = np.logical_not(compared.any(axis=1))
    now_frame, before_frame = (_figures(store, one, areas, both, at_gap) for one in (question, before))
    frame = _changes(with_unplaced(areas, question.selection.level), before_frame, now_frame)
    frame["p_value"], frame["is_significant"] = _tests(frame, question)
    frame["months_compared"] = compared.sum(axis=1) * question.width
    frame["is_gap"] = at_gap
    unplaced_too = (frame.loc[~frame["is_placed"], ["incident_count_before", "incident_count_now"]] > 0).any(
        axis=None
    )
    kept = frame if unplaced_too else frame[frame["is_placed"]].reset_index(drop=True)
    return Answer(
        kept, question_stamp(question, (*_notes(question, before, kept), *harm_notes(store, question)))
    )


def _two_years(store: Store, selection: Selection) -> tuple[Question, Question]:
    """The selection's last 12 months at most, and the same a year before."""
    first = max(selection.from_month, later(selection.to_month, 1 - MONTHS_PER_YEAR))
    now = replace(selection, by=("area",), from_month=first)
    before = replace(
        now, from_month=later(first, -MONTHS_PER_YEAR), to_month=later(now.to_month, -MONTHS_PER_YEAR)
    )
    question = question_of(store, now)
    require_kind(question.edition, "days")
    return question, question_of(store, before)


def _figures(
    store: Store, question: Question, areas: pd.DataFrame, both: tuple[AreasCame, AreasCame], gap: Flags
) -> pd.DataFrame:
    """The figures of each area from the months that came whole in both years, last what is not placed."""
    found = cells(store, question, level=question.selection.level, with_month=True)
    place, known = found["place"].to_numpy(), found["known_id"].to_numpy()
    at = row_of_areas(question, areas)[place]
    period_at = (found["month_number"].to_numpy() - month_number(question.asked[0].start)) // question.width
    kept = np.logical_and(*(came.counted(at, known, period_at, partial_too=False) for came in both))
    frame = pd.DataFrame(index=range(len(areas) + 1))
    force_at = force_of_areas(question.facts)
    placed = place != 0
    nowhere = nowhere_placed(question, areas, force_at[place[placed & kept]], force_at[known[~placed & kept]])
    fill(frame, _sums(found[kept], at[kept], len(frame)), gap | nowhere)
    return frame


def _sums(found: pd.DataFrame, at: npt.NDArray[np.int64], rows: int) -> Sums:
    return {
        name: np.asarray(np.bincount(at, weights=found[name].to_numpy(), minlength=rows), "float64").round(6)
        for name in SUMS
    }


def _changes(areas: pd.DataFrame, before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    frame = areas.copy()
    frame["is_placed"] = frame["area_code"] != NOT_PLACED
    for year, figures in (("before", before), ("now", now)):
        frame[f"incident_count_{year}"] = figures["incident_count_low"]
    frame["incident_count_change"] = frame["incident_count_now"] - frame["incident_count_before"]
    base = frame["incident_count_before"].astype("Float64")
    frame["change_share"] = frame["incident_count_change"].astype("Float64") / base.where(base >= LEAST_BASE)
    for year, figures in (("before", before), ("now", now)):
        frame[f"harm_days_{year}"] = figures["harm_days"]
    frame["harm_days_change"] = frame["harm_days_now"] - frame["harm_days_before"]
    return frame


def _tests(frame: pd.DataFrame, question: Question) -> tuple[FloatingArray, pd.Series]:
    """The p-values, and which stand after the correction; NULL for what is no area, a gap, or no count of events."""
    from scipy.stats import false_discovery_control

    pair = frame[["incident_count_before", "incident_count_now"]]
    tested = (pair.notna().all(axis=1) & frame["is_placed"]).to_numpy() & (not question.is_uncertain)
    values = np.zeros(len(frame))
    before, now = (pair[name].fillna(0).to_numpy("int64") for name in pair)
    values[tested] = split_p_values(before[tested], now[tested])
    stands = np.zeros(len(frame), dtype=bool)
    if tested.any():
        stands[tested] = false_discovery_control(values[tested]) < FALSE_SHARE
    return FloatingArray(values, ~tested), pd.Series(pd.array(stands, dtype="boolean")).where(tested)


def split_p_values(before: npt.NDArray[np.int64], now: npt.NDArray[np.int64]) -> Floats:
    """How likely as uneven a split of two counts over two equally long times is, to either side, at equal risk."""
    from scipy.stats import binom

    fewer = np.minimum(before, now)
    return np.minimum(1.0, 2 * binom.cdf(fewer, before + now, 0.5))


def _notes(question: Question, before: Question, frame: pd.DataFrame) -> tuple[str, ...]:
    now, then = question.selection, before.selection
    tested = int(frame["p_value"].notna().sum())
    stand = int(frame["is_significant"].fillna(False).sum())
    left = int((frame["months_compared"] < len(now.months)).sum())
    return (
        f"{now.from_month:%B %Y} to {now.to_month:%B %Y} against {then.from_month:%B %Y} to {then.to_month:%B %Y}, "
        "months that came whole in both; incidents are the certain ones",
        *((f"{left:,} rows compare fewer than the {len(now.months)} months asked for",) if left else ()),
        CORRECTED
        if question.is_uncertain
        else f"{stand:,} of {tested:,} areas changed by more than chance explains: exact conditional test, "
        "false discovery rate 5% over the areas shown (Benjamini and Hochberg)",
    )
