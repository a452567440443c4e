"""Refusing a single figure where there is only a range, with the reason."""

import pandas as pd

from vrin_data.errors import UsageError
from vrin_data.measures.doubts import doubt_words, doubts
from vrin_data.measures.question import Question
from vrin_data.measures.ruling import ruling_of
from vrin_data.measures.tally import tally_by_placing
from vrin_data.store import Store


def require_one_figure(store: Store, question: Question, frame: pd.DataFrame) -> None:
    """Raise UsageError where a row has a range of incidents, or no central reading of its harm.

    That several weights may apply does not refuse a figure: the central reading is a chosen row of the
    edition, with its reason.
    """
    counted = ~frame["is_gap"]
    low, high = frame.loc[counted, "incident_count_low"], frame.loc[counted, "incident_count_high"]
    label = question.known.definition.label
    if (low != high).any():
        raise UsageError(
            f"{label} cannot be given as one figure on the feed {question.feed_id}: it is {low.sum():,} to "
            f"{high.sum():,} incidents. {_reasons(store, question)} Ask without --one-figure for the range."
        )
    untold = frame["harm_days"].isna() & frame["harm_days_high"].notna() & counted
    if untold.any():
        raise UsageError(
            f"The harm of {label} cannot be given as one figure under {question.edition.label}: an offence in it may "
            "have several weights, and none of them is chosen as central. Choose one (`weights choose`), or ask "
            "without --one-figure for the range."
        )


def _reasons(store: Store, question: Question) -> str:
    tally = tally_by_placing(store, question)
    found = doubts(store, question, ruling_of(store, question), tally)
    words = doubt_words(found, question.feed_id)
    if question.is_uncertain:
        words.append("counts of this feed were suppressed or are taken back by corrections")
    return " ".join(f"{one[0].upper()}{one[1:]}." for one in words)
