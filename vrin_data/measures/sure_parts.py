"""A total told apart by how sure it is: what is exact, and where its range comes from."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from vrin_data.contract.weight_rows import Kind
from vrin_data.measures.cells import FIGURES, HARM_FIGURES
from vrin_data.measures.filling import Sums, has_central
from vrin_data.measures.question import Question
from vrin_data.measures.received import Flags
from vrin_data.measures.ruling import KindCounts, Ruling, count_kinds, ruling_of, sums_of_kinds
from vrin_data.measures.tally import tally_of_whole_periods
from vrin_data.measures.weight_kinds import NOUN_OF_KIND, amount
from vrin_data.store import Store

SURENESS_WORDS = {
    "exact": "surely in, with one weight",
    "several_weights": "surely in, several weights are possible",
    "may_be_in": "may be in: the extract does not say enough",
    "suppressed": "hidden by the supplier in small counts that were suppressed",
    "not_weighed": "counted, and not weighed by this edition",
}
"""The parts of a total by how sure they are, in the order in which they are shown."""
RANGE_WORDS = {
    "several_weights": "several weights are possible",
    "may_be_in": "it cannot be told of every incident whether it is in",
    "suppressed": "the supplier suppressed small counts",
}
"""Why each of the parts that are no single figure is none."""
ALL_EXACT: dict[Kind, str] = {
    "days": "all of the harm is exact: every incident that is weighed is surely in and has one weight",
    "pounds": "all of the cost is of incidents that are surely in and have one unit cost each, itself an estimate",
    "score": "all of the severity is of incidents that are surely in and have one weight each",
}
CERTAIN: dict[Kind, str] = {
    "days": "are exact",
    "pounds": "is of incidents that are surely in and have one unit cost each",
    "score": "are of incidents that are surely in and have one weight each",
}
"""Unit costs and weights of severity are estimates, so that a sum of them is never called exact."""


def sureness_of(store: Store, question: Question) -> pd.DataFrame:
    """The rows of SURENESS_WORDS: sureness, words, and the figures that each adds to the question's total."""
    ruling = ruling_of(store, question)
    counts = count_kinds(tally_of_whole_periods(store, question), ruling.kind_of, len(ruling.kinds))
    counted = KindCounts(counts.added, counts.taken_back, counts.added, counts.taken_back)
    kinds = _kinds_by_sureness(ruling)
    bare, weighed = kinds["not_weighed"], np.logical_not(kinds["not_weighed"])
    found = {name: _sums_where(counted, ruling, chosen) for name, chosen in kinds.items()}
    with_hidden, without = _sums_where(counts, ruling, weighed), _sums_where(counted, ruling, weighed)
    found["suppressed"] = {name: with_hidden[name] - without[name] for name in without}
    found["not_weighed"] = _sums_where(counts, ruling, bare)
    frame = _frame(found)
    if not has_central(sums_of_kinds(counts, ruling.kinds)):
        frame["harm_days"] = pd.array([pd.NA] * len(frame), dtype="Float64")
    return frame


def sureness_words(frame: pd.DataFrame, kind: Kind = "days") -> str:
    """How much of a total is exact, in one line; empty where nothing of it is weighed."""
    noun, by_part = NOUN_OF_KIND[kind], frame.set_index("sureness")
    exact = float(by_part.loc["exact", "harm_days_low"])
    ends = by_part.loc[[*RANGE_WORDS], ["harm_days_low", "harm_days_high"]].sum()
    low, high = float(ends["harm_days_low"]), float(ends["harm_days_high"])
    if low == high == 0:
        return ALL_EXACT[kind] if exact else ""
    why = " and ".join(
        words for part, words in RANGE_WORDS.items() if by_part.loc[part, "incident_count_high"]
    )
    certain = f"{amount(exact, kind)} of the {noun} {CERTAIN[kind]}"
    return f"{certain}; the rest is a range of {amount(low, kind, high)}, because {why}"


def _kinds_by_sureness(ruling: Ruling) -> dict[str, Flags]:
    """Which kinds of profile are how sure; what is out is in none."""
    bare, sure = ruling.each("is_unweighted") == 1, ruling.each("sure") == 1
    one_weight = ruling.each("low_each") == ruling.each("high_each")
    inside = ruling.each("possible") == 1
    return {
        "exact": inside & ~bare & sure & one_weight,
        "several_weights": inside & ~bare & sure & ~one_weight,
        "may_be_in": inside & ~bare & ~sure,
        "not_weighed": inside & bare,
    }


def _sums_where(counts: KindCounts, ruling: Ruling, chosen: Flags) -> Sums:
    every = (counts.added, counts.taken_back, counts.most_added, counts.most_taken_back)
    kept = KindCounts(*(np.where(chosen, values, 0.0) for values in every))
    return sums_of_kinds(kept, ruling.kinds)


def _frame(found: Mapping[str, Sums]) -> pd.DataFrame:
    frame = pd.DataFrame(
        {"sureness": [*SURENESS_WORDS], "words": [*SURENESS_WORDS.values()]}
        | {name: [float(found[part][name][0]) for part in SURENESS_WORDS] for name in FIGURES}
    )
    for name in FIGURES:
        frame[name] = frame[name].round(6).astype("Int64" if "count" in name else "Float64")
    frame.loc[frame["sureness"] == "not_weighed", [*HARM_FIGURES]] = pd.NA
    return frame
