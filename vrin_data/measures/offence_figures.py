"""The figures of a question by offence: what each offence adds to the total, and what one of it weighs."""

import numpy as np
import pandas as pd

from vrin_data.contract.decisions import decide_offences
from vrin_data.contract.offence_words import key_words
from vrin_data.contract.offences import offences
from vrin_data.contract.weights import Edition
from vrin_data.measures.cells import FIGURES
from vrin_data.measures.filling import fill, has_central
from vrin_data.measures.profile_facts import profile_facts
from vrin_data.measures.question import Question
from vrin_data.measures.ruling import ruling_of, sums
from vrin_data.measures.tally_cells import Tally
from vrin_data.store import Store

OFFENCE_WORDS = ("offence_key", "offence_label", "class_name")


def offence_figures(store: Store, question: Question, tally: Tally) -> pd.DataFrame:
    """Figures of each offence of which a tally of one group has incidents that are in, or may be; by its key.

    Columns: offence_key, offence_label, class_name, FIGURES, unweighted_count. harm_days is what the
    offence adds to the central reading of the total, and NULL where the total has none, so that the
    offences sum to the total in every column. Harm is NULL for an offence without a weight.
    """
    offence_of = profile_facts(store, question.facts).offence_of
    found = sums(tally.regrouped(offence_of, int(offence_of.max(initial=0)) + 1), ruling_of(store, question))
    # A correction may cancel an incident of its offence in number and not in days.
    some = np.flatnonzero(np.any([found[name] != 0 for name in FIGURES], axis=0))
    key_of = {number: key for key, number in question.facts.offences.items()}
    frame = _described([key_of[int(number)] for number in some])
    of_those = {name: values[some] for name, values in found.items()}
    fill(frame, of_those, np.zeros(len(frame), dtype=bool))
    weighed = frame["harm_days_high"].notna()
    # An offence in doubt adds nothing to the central reading, which is what its row must say here.
    central = pd.Series(of_those["harm_days"], index=frame.index, dtype="Float64")
    frame["harm_days"] = central.where(weighed & has_central(found), pd.NA)
    return frame.sort_values("offence_key", ignore_index=True)


def weights_of_offences(question: Question, keys: pd.Series) -> pd.DataFrame:
    """What one incident of each offence weighs under the question's definition and edition, by row of `keys`.

    Columns: weight_low, weight_central, weight_high (in the edition's unit), basis (exact: one weight;
    chosen: several, one of which was chosen; range: several without a choice; none), weight_reason.
    """
    chosen = question.counted
    decided = decide_offences(chosen, question.edition).set_index("offence_key").reindex(keys)
    frame = pd.DataFrame(
        {
            f"weight_{end}": pd.array(decided[f"days_{end}"], dtype="Float64")
            for end in ("low", "central", "high")
        }
    )
    several = frame["weight_low"] < frame["weight_high"]
    frame["basis"] = "exact"
    frame.loc[several.fillna(False), "basis"] = "chosen"
    frame.loc[(several & frame["weight_central"].isna()).fillna(False), "basis"] = "range"
    frame.loc[frame["weight_low"].isna(), "basis"] = "none"
    frame["weight_reason"] = [
        _reason(question.edition, key, basis) for key, basis in zip(keys, frame["basis"], strict=True)
    ]
    return frame


def _reason(edition: Edition, key: str, basis: str) -> str:
    """Why an offence weighs what it does; a definition may count fewer of its rows than there are."""
    if key not in offences().by_key:
        return ""
    whole = edition.weight(key)
    if basis == "exact" != whole.basis:
        return "of the weights that the offence may have, the definition counts this one alone"
    if basis == "range" != whole.basis:
        return f"the row that was chosen for the offence ({whole.days_central:g}) is none that the definition counts"
    return whole.reason


def largest_first(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """The rows by the first of these columns that differs, greatest first, what has none last; then by key."""
    return frame.sort_values(
        [*columns, "offence_key"],
        ascending=[*[False] * len(columns), True],
        na_position="last",
        ignore_index=True,
    )


def _described(keys: list[str]) -> pd.DataFrame:
    known = offences().by_key
    rows = [(key, key_words(key), known[key].class_name if key in known else "") for key in keys]
    return pd.DataFrame(rows, columns=list(OFFENCE_WORDS))
