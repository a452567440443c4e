"""Two definitions on the same incidents: what both hold, what only one of them does, and what cannot be told."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from vrin_data.measures.alone import may_count_alone
from vrin_data.measures.answer import Answer
from vrin_data.measures.areas_came import came_of_all
from vrin_data.measures.cells import FIGURES
from vrin_data.measures.compared import CompareRequest, comparison_stamp, two_questions
from vrin_data.measures.counting import Numbers
from vrin_data.measures.joint import RELATIONS, Joint
from vrin_data.measures.question import Question
from vrin_data.measures.received import Flags
from vrin_data.measures.ruling import KindCounts, ruling_of
from vrin_data.measures.tally import tally_of_whole_periods
from vrin_data.store import Store


def overlap(store: Store, request: CompareRequest) -> Answer:
    """How the incidents of two definitions lie to each other, in the months that came whole.

    Rows: relation `both` (surely in both), `only_first` (surely in the first, and out of the second),
    `only_second`, `same` (in both or in neither: which cannot be told, and it makes no difference), and
    `cannot_tell` (all others that either may hold). Columns: incident_count, further_count (incidents there
    may be beyond that, where counts were suppressed), harm_days_low, harm_days, harm_days_high (under
    whichever of the two counts an incident for more), share (of all incidents that either may hold; NULL
    where there are none), and what the row adds to the figures of each: first_ and second_ before
    incident_count_low, incident_count_high, harm_days_low, harm_days and harm_days_high. The columns of one
    definition add up to its totals in `compare`, whose harm_days is NULL where it cannot be defended: here
    it is the plain sum at the chosen weights.
    Harm is NULL where the edition weighs none of a row's incidents, and
    every figure where no month came whole.
    """
    first, second = two_questions(store, request)
    joint = joint_of(store, first, second)
    counts = joint.count(tally_of_whole_periods(store, first))
    kept = [joint.relation[name].astype("float64") for name in RELATIONS]
    frame = pd.DataFrame([_row(joint, counts, one) for one in kept])
    has_harm = [first.known.definition.counts_crimes and _is_weighed(joint, counts, one) for one in kept]
    frame.insert(0, "relation", RELATIONS)
    total = frame["incident_count"].sum()
    share = frame["incident_count"] / total if total else [None] * len(frame)
    frame.insert(3, "share", pd.array(share, "Float64"))
    for name in frame.columns[1:]:
        is_count = "count" in name
        rounded = frame[name].round() if is_count else frame[name].round(6)
        frame[name] = rounded.astype("Int64" if is_count else "Float64")
    frame.loc[~np.array(has_harm), [name for name in frame.columns if "harm" in name]] = pd.NA
    gap: Flags = np.logical_not(came_of_all(first).whole.any(keepdims=True))
    if gap.any():
        frame.iloc[:, 1:] = pd.NA
    return Answer(frame, comparison_stamp(store, (first, second)))


def _is_weighed(joint: Joint, counts: KindCounts, kept: Numbers) -> bool:
    """Whether the edition weighs any incident of a row; a row without incidents weighs 0."""
    touched = counts.touched.sum(axis=0) * kept
    weightless = np.minimum(joint.one("is_unweighted") + 1 - joint.one("possible"), 1) * np.minimum(
        joint.two("is_unweighted") + 1 - joint.two("possible"), 1
    )
    return not touched.any() or bool((touched * (1 - weightless)).any())


def joint_of(store: Store, first: Question, second: Question) -> Joint:
    """Two questions of one selection decided together."""
    one, two = first.counted, second.counted
    narrowed = first.narrowed
    alone = may_count_alone(store, first.facts, (one, two), first.edition, narrowed=narrowed)
    return Joint.of(ruling_of(store, first), ruling_of(store, second), alone)


def _row(joint: Joint, counts: KindCounts, kept: Numbers) -> dict[str, float]:
    net = float((counts.net @ kept).item())
    return {
        "incident_count": net,
        "further_count": float((counts.most @ kept).item()) - net,
        "harm_days_low": _low(counts, joint.either("low_each"), joint.either("high_each"), kept),
        "harm_days": float((counts.net @ (joint.either("central_each") * kept)).item()),
        "harm_days_high": _high(counts, joint.either("low_each"), joint.either("high_each"), kept),
        **_of_one(counts, joint.one, kept, "first"),
        **_of_one(counts, joint.two, kept, "second"),
    }


def _of_one(counts: KindCounts, each: Callable[[str], Numbers], kept: Numbers, name: str) -> dict[str, float]:
    """What a row adds to the figures of one of the two definitions."""
    found = (
        _low(counts, each("sure"), each("possible"), kept),
        _high(counts, each("sure"), each("possible"), kept),
        _low(counts, each("low_each"), each("high_each"), kept),
        float((counts.net @ (each("central_each") * kept)).item()),
        _high(counts, each("low_each"), each("high_each"), kept),
    )
    return {f"{name}_{figure}": value for figure, value in zip(FIGURES, found, strict=True)}


def _low(counts: KindCounts, least: Numbers, greatest: Numbers, kept: Numbers) -> float:
    return float(counts.low(least * kept, greatest * kept).item())


def _high(counts: KindCounts, least: Numbers, greatest: Numbers, kept: Numbers) -> float:
    return float(counts.high(least * kept, greatest * kept).item())
