"""Whether a figure changed between two periods: by how much, what chance explains, and where it cannot be told."""

import numpy as np
import pandas as pd

from vrin_data.measures.answer import Answer
from vrin_data.measures.change_request import HARM, INCIDENTS, SMALL_BASE, ChangeRequest
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.period_notes import changes_of_definition, period_notes
from vrin_data.measures.period_pair import Floats, PeriodPair, period_pair
from vrin_data.measures.period_verdicts import add_verdicts
from vrin_data.measures.stamps import question_stamp
from vrin_data.methods.two_periods import difference_of_sums, rate_ratio, root_z
from vrin_data.store import Store

LEAST_MONTHS_FOR_DISPERSION = 6


def period_change(store: Store, request: ChangeRequest) -> Answer:
    """Incidents and harm of a period against an earlier one, in total or by area (by name, what is not placed last).

    Two rows an area, one a figure (incidents; harm in days, where the definition counts crimes). Only months that came
    whole in both periods stand in before and now. Columns: area_code, area_name, is_placed, figure; before and
    now with before_low, before_high, now_low, now_high (incidents: the certain ones; harm: the central reading, NULL
    where it cannot be told); months_compared, months_asked, months_left_out (of the later period, yyyy-mm, ...);
    difference, ratio (now to before) and their 95% limits, from the lower limit of the reading that rose least to the
    upper one of that which rose most; harm has no limits of its ratio; p_value (exact, of the closest readings);
    root_z (see `root_z`); dispersion (how much more the paired months vary than by chance, NULL below 6);
    is_small_base, fewest_incidents (of the period that has fewer, highest reading), is_comparable, break_titles,
    verdict (rise, fall, within, open, none, not_comparable) and verdict_reason (see `add_verdicts`);
    total, total_low, total_high, months_whole and unweighted_count (of the later period, whatever came before).
    What cannot be compared has no difference and no ratio. Raises what `harm` raises, and UsageError.
    """
    pair = period_pair(store, request.selection, request.base)
    figures = (INCIDENTS, HARM) if pair.now.known.definition.counts_crimes else (INCIDENTS,)
    changed = changes_of_definition(store, request, pair)
    frames = [_rows(pair, figure, changed) for figure in figures]
    frame = pd.concat(frames).sort_index(kind="stable").reset_index(drop=True)
    if "area" in request.selection.by and not _has_unplaced(frame):
        frame = frame[frame["is_placed"]].reset_index(drop=True)
    notes = (*period_notes(store, request, pair, frame), *harm_notes(store, pair.now))
    return Answer(frame, question_stamp(pair.now, notes))


def _has_unplaced(frame: pd.DataFrame) -> bool:
    return bool((frame.loc[~frame["is_placed"], ["before_high", "now_high"]].fillna(0) != 0).any(axis=None))


def _rows(pair: PeriodPair, figure: str, changed: pd.Series) -> pd.DataFrame:
    before, now = pair.figures(pair.before_sums), pair.figures(pair.now_sums)
    frame = pair.areas[["area_code", "area_name", "is_placed"]].assign(figure=figure)
    for when, found in (("before", before), ("now", now)):
        for end, name in _columns(figure).items():
            frame[f"{when}{end}"] = found[name].astype("Float64")
    frame["months_compared"] = pair.months_compared
    frame["months_asked"] = len(pair.now.selection.months)
    frame["months_left_out"] = _left_out(pair)
    spread = _dispersion(pair, figure)
    frame["dispersion"] = pd.Series(spread).astype("Float64")
    frame["fewest_incidents"] = np.minimum(before["incident_count_high"], now["incident_count_high"])
    frame["is_small_base"] = (before["incident_count_high"] < SMALL_BASE).fillna(False).astype(bool)
    frame["break_titles"] = changed.to_numpy()
    frame["is_comparable"] = frame["break_titles"] == ""
    _add_comparison(frame, pair, figure, np.nan_to_num(spread, nan=1.0))
    add_verdicts(frame, is_uncertain=pair.now.is_uncertain)
    return _with_total(frame, pair, figure)


def _columns(figure: str) -> dict[str, str]:
    """By ending the column of `fill` that a figure is read from."""
    stem = "incident_count" if figure == INCIDENTS else "harm_days"
    value = f"{stem}_low" if figure == INCIDENTS else stem
    return {"": value, "_low": f"{stem}_low", "_high": f"{stem}_high"}


def _left_out(pair: PeriodPair) -> list[str]:
    starts = np.array([f"{one.start:%Y-%m}" for one in pair.now.asked])
    return [", ".join(starts[~kept]) for kept in pair.compared]


def _dispersion(pair: PeriodPair, figure: str) -> Floats:
    """How much more the months of both periods differ, pair by pair, than chance makes them; NaN of too few pairs.

    What a month of the year always has more of falls out of each pair.
    """
    name, square = (
        ("incident_count_low", "incident_count_low")
        if figure == INCIDENTS
        else ("harm_days", "harm_square_low")
    )
    kept = pair.compared
    count = kept.sum(axis=1)
    moved = np.where(kept, pair.now_sums[name] - pair.before_sums[name], 0.0)
    centred = np.where(kept, moved - (moved.sum(axis=1) / np.maximum(count, 1))[:, np.newaxis], 0.0)
    chance = (pair.total(pair.now_sums[square]) + pair.total(pair.before_sums[square])) / np.maximum(count, 1)
    told = (count >= LEAST_MONTHS_FOR_DISPERSION) & (chance > 0) & (not pair.now.is_uncertain)
    spread = (centred**2).sum(axis=1) / np.maximum(count - 1, 1)
    return np.divide(spread, chance, out=np.full(len(count), np.nan), where=told)


def _add_comparison(frame: pd.DataFrame, pair: PeriodPair, figure: str, spread: Floats) -> None:
    """Difference and ratio with their limits, p-value and root z; NULL where nothing is compared or can be."""
    ends = {
        name: frame[name].to_numpy("float64", na_value=np.nan)
        for name in ("before", "before_low", "before_high", "now", "now_low", "now_high")
    }
    found = {"difference": ends["now"] - ends["before"], "ratio": _over(ends["now"], ends["before"])}
    found |= _limits(ends, pair, figure, spread) if not pair.now.is_uncertain else {}
    shown = frame["is_comparable"].to_numpy()
    for name in (*LIMITS, "difference", "ratio"):
        values = found.get(name, np.full(len(frame), np.nan))
        frame[name] = pd.Series(np.where(shown & np.isfinite(values), values, np.nan)).astype("Float64")


LIMITS = ("difference_low", "difference_high", "ratio_low", "ratio_high", "p_value", "root_z")


def _over(now: Floats, before: Floats) -> Floats:
    return np.divide(now, before, out=np.full(len(now), np.nan), where=before > 0)


def _limits(ends: dict[str, Floats], pair: PeriodPair, figure: str, spread: Floats) -> dict[str, Floats]:
    """The limits of the reading that rose least and of that which rose most."""
    least, most = (ends["before_high"], ends["now_low"]), (ends["before_low"], ends["now_high"])
    if figure == HARM:
        squares = [
            pair.total(pair.before_sums[f"harm_square_{earlier_end}"])
            + pair.total(pair.now_sums[f"harm_square_{end}"])
            for earlier_end, end in (("high", "low"), ("low", "high"))
        ]
        low, high = (
            difference_of_sums(*one, variance=square, dispersion=spread)
            for one, square in zip((least, most), squares, strict=True)
        )
        return {"difference_low": low.low, "difference_high": high.high}
    low_change, high_change = (difference_of_sums(*one, variance=one[0] + one[1]) for one in (least, most))
    ratios = [rate_ratio(*(np.nan_to_num(end) for end in one)) for one in (least, most)]
    # Which readings lie closest: those that rose least of a rise, those that rose most of a fall.
    nearest = [np.where(least[1] >= least[0], one, other) for one, other in zip(least, most, strict=True)]
    told = (least[1] >= least[0]) | (most[1] <= most[0])
    nearest = [np.where(told, one, np.nan) for one in nearest]
    p_value = rate_ratio(*(np.nan_to_num(one) for one in nearest)).p_value
    nothing = np.isnan(least[0]) | np.isnan(most[0])
    return {
        "difference_low": low_change.low,
        "difference_high": high_change.high,
        "ratio_low": np.where(nothing, np.nan, ratios[0].low),
        "ratio_high": np.where(nothing, np.nan, ratios[1].high),
        "p_value": np.where(np.isnan(nearest[0]), np.nan, p_value),
        "root_z": root_z(*nearest),
    }


def _with_total(frame: pd.DataFrame, pair: PeriodPair, figure: str) -> pd.DataFrame:
    """The later period's own totals over all its whole months, whatever the earlier one has."""
    whole = pair.figures(pair.now_sums, pair.whole)
    for end, name in _columns(figure).items():
        frame[f"total{end}"] = whole[name].astype("Float64")
    frame["months_whole"] = pair.whole.sum(axis=1) * pair.now.width
    frame["unweighted_count"] = whole["unweighted_count"] if figure == HARM else 0
    return frame
