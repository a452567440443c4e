"""Where two definitions differ: the offences that make the difference, and the areas that it touches most."""

import numpy as np
import pandas as pd

from vrin_data.contract.decisions import offence_verdicts
from vrin_data.contract.offences import offences
from vrin_data.contract.worlds import Fit
from vrin_data.measures.answer import Answer
from vrin_data.measures.cells import FIGURES
from vrin_data.measures.compared import CompareRequest, comparison_stamp, two_questions
from vrin_data.measures.decide import injury_fit
from vrin_data.measures.figure_frames import area_rows, figures
from vrin_data.measures.joint import RELATIONS, Joint
from vrin_data.measures.overlap import joint_of
from vrin_data.measures.question import Question
from vrin_data.measures.tally import tally_by_area, tally_by_offence
from vrin_data.store import Store

DECIDED = ("in_first", "in_second")
RATE, SURE_RATE = "harm_days_per_1000", "incident_count_low_per_1000"
LEAST_TO_PLACE = 10
"""So many incidents an area surely holds under both definitions before it has a place among the others: a
single one more would move it past several."""


def difference_offences(store: Store, request: CompareRequest) -> Answer:
    """The offences that either of two definitions may hold, those that make most of the difference first.

    Columns: offence_key, offence_label, class_name, in_first and in_second (in, out or cannot_tell, as
    decided on the offence alone), both_count, only_first_count, only_second_count, same_count (in both or in
    neither), cannot_tell_count, harm_days_change_low, harm_days_change and harm_days_change_high: what the
    second counts beyond the first (less than 0 where it counts less). Harm is NULL where the edition does
    not weigh the offence.
    """
    first, second = two_questions(store, request)
    joint = joint_of(store, first, second)
    frame = _by_offence(store, first, joint)
    for name, question in zip(DECIDED, (first, second), strict=True):
        frame.insert(frame.columns.get_loc("both_count"), name, verdicts(question, frame["offence_key"]))
    size = frame[["harm_days_change_low", "harm_days_change_high"]].abs().max(axis=1).fillna(0)
    moved = frame["only_first_count"] + frame["only_second_count"] + frame["cannot_tell_count"]
    order = frame.assign(size=size, moved=moved).sort_values(
        ["size", "moved", "offence_key"], ascending=[False, False, True], kind="stable"
    )
    found = frame.loc[order.index].reset_index(drop=True)
    return Answer(found, comparison_stamp(store, (first, second)))


def _by_offence(store: Store, question: Question, joint: Joint) -> pd.DataFrame:
    numbers = sorted(question.facts.offences.items(), key=lambda one: one[1])
    counts = joint.count(tally_by_offence(store, question))
    low, high = joint.change("low_each", "high_each")
    held = np.logical_or.reduce([*joint.relation.values()]).astype("float64")
    columns = {f"{name}_count": counts.net @ joint.relation[name] for name in RELATIONS} | {
        "harm_days_change_low": counts.low(low, high),
        "harm_days_change": counts.net @ (joint.two("central_each") - joint.one("central_each")),
        "harm_days_change_high": counts.high(low, high),
    }
    present = (counts.touched @ held)[[number for _, number in numbers]] != 0
    frame = pd.DataFrame(columns).iloc[[number for _, number in numbers]].reset_index(drop=True)
    for name in frame.columns:
        is_count = name.endswith("_count")
        frame[name] = frame[name].round() if is_count else frame[name].round(6)
        frame[name] = frame[name].astype("Int64" if is_count else "Float64")
    weighed = [
        question.edition.weight(key).days_high is not None if _known(key) else False for key, _ in numbers
    ]
    frame.loc[~np.array(weighed, dtype=bool), [*columns][len(RELATIONS) :]] = pd.NA
    names = pd.DataFrame([offence_names(key) for key, _ in numbers])
    return pd.concat([names, frame], axis=1)[present].reset_index(drop=True)


def _known(key: str) -> bool:
    return key in offences().by_key


def offence_names(key: str) -> dict[str, str]:
    """What an offence key is called: offence_key, offence_label and class_name."""
    one = offences().by_key.get(key)
    return {
        "offence_key": key,
        "offence_label": one.label if one else key.partition(":")[2] or key,
        "class_name": one.class_name if one else "",
    }


def verdicts(question: Question, keys: pd.Series) -> pd.Series:
    """What the definition of a question says of offences alone: in, out or cannot_tell."""
    chosen = question.counted
    if not chosen.counts_crimes:
        return keys.map(lambda key: _verdict(injury_fit(chosen, key.partition(":")[2])))
    told = offence_verdicts(chosen, question.edition, frozenset(question.facts.offences))
    return keys.map(told).fillna("out")


def _verdict(fit: Fit) -> str:
    return "in" if fit.sure else "cannot_tell" if fit.maybe else "out"


def difference_areas(store: Store, request: CompareRequest) -> Answer:
    """The areas of the selection's level under two definitions, by name: no list of who is worst.

    Columns: area_code, area_name, first_ and second_ before the figures of `harm` and their rates, and,
    second less first: harm_days_change and harm_days_change_per_1000 (central readings),
    incident_count_change_low and incident_count_change_high; places_moved and places_moved_by_count: an
    area's position under the second less that under the first (below 0: it moved towards the highest rate),
    by harm per 1,000 at the central reading, and by incidents per 1,000 that are surely in; NULL where one of
    the two has no such rate or surely holds fewer than LEAST_TO_PLACE incidents; is_gap, is_partial,
    population, months_covered, months_expected, is_placed. What is not placed has a row of its own.
    """
    first, second = two_questions(store, request)
    rows = figures(area_rows(store, (first, second)))
    count = len(rows) // 2
    one, two = rows.iloc[:count].reset_index(drop=True), rows.iloc[count:].reset_index(drop=True)
    names = [name for figure in FIGURES for name in (figure, f"{figure}_per_1000")]
    frame = pd.concat(
        [
            one[["area_code", "area_name"]],
            one[names].add_prefix("first_"),
            two[names].add_prefix("second_"),
            *_changes(store, first, second, one, two),
            one[["population", "months_covered", "months_expected", "is_gap", "is_partial", "is_placed"]],
        ],
        axis=1,
    )
    told = [f"{which}_{name}" for which in ("first", "second") for name in FIGURES]
    # Corrections may cancel the incidents of this row and not their days.
    has_unplaced = (frame.loc[~frame["is_placed"], told].fillna(0) != 0).any(axis=None)
    kept = frame if has_unplaced else frame[frame["is_placed"]]
    return Answer(kept.reset_index(drop=True), comparison_stamp(store, (first, second)))


def _changes(
    store: Store, first: Question, second: Question, one: pd.DataFrame, two: pd.DataFrame
) -> list[pd.DataFrame]:
    """What the second counts beyond the first, by area, and by how many places that moves an area."""
    joint, tally = joint_of(store, first, second), tally_by_area(store, first).folded(len(one))
    counts = joint.count(tally)
    few, many = joint.change("sure", "possible")
    low, high = joint.change("low_each", "high_each")
    changes = pd.DataFrame(
        {
            "incident_count_change_low": counts.low(few, many).round().astype("int64"),
            "incident_count_change_high": counts.high(few, many).round().astype("int64"),
            "harm_days_change_low": counts.low(low, high).round(6),
            "harm_days_change": two["harm_days"] - one["harm_days"],
            "harm_days_change_high": counts.high(low, high).round(6),
            "harm_days_change_per_1000": two[RATE] - one[RATE],
        }
    )
    for name in changes.columns:
        changes[name] = changes[name].astype("Int64" if "count" in name else "Float64")
    changes.loc[one["incident_count_high"].isna() | two["incident_count_high"].isna()] = pd.NA
    lows = (each["incident_count_low"].ge(LEAST_TO_PLACE).fillna(False) for each in (one, two))
    can_be_placed = np.logical_and(*lows)
    moved = {
        name: _moved(*(each[rate].where(can_be_placed) for each in (one, two)))
        for name, rate in (("places_moved", RATE), ("places_moved_by_count", SURE_RATE))
    }
    return [changes, pd.DataFrame(moved)]


def _moved(before: pd.Series, after: pd.Series) -> pd.Series:
    """By how many places each area moves between two rates, the highest first, among those that have both."""
    has_both = before.notna() & after.notna()
    places = [one.where(has_both).rank(method="min", ascending=False) for one in (before, after)]
    return (places[1] - places[0]).astype("Int64")
