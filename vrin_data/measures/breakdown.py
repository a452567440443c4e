"""What a harm total is made of: its offences, the largest first."""

import pandas as pd

from vrin_data.measures.answer import Answer
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.offence_figures import largest_first, offence_figures, weights_of_offences
from vrin_data.measures.question import question_of
from vrin_data.measures.selection import Selection
from vrin_data.measures.stamps import question_stamp
from vrin_data.measures.tally import tally_of_whole_periods
from vrin_data.measures.weight_kinds import require_kind
from vrin_data.store import Store

SHARE_OF_CENTRAL = "shares of harm are of the central reading"
SHARE_OF_HIGH = "shares of harm are of the highest reading, since this total has no central one"


def breakdown(store: Store, selection: Selection) -> Answer:
    """The harm of a selection by offence, the offence that adds most first.

    Columns: offence_key, offence_label, class_name, incident_count_low and _high, harm_days_low, harm_days
    and harm_days_high (days), unweighted_count, share_of_harm (0 to 1, of the central reading, or of the
    highest where the total has no central one), basis (exact, chosen, range, none), weight_low,
    weight_central and weight_high (days of one incident), weight_reason.
    The rows sum to `harm` by nothing of the same selection, in every column, so harm_days is what the
    offence adds to the central reading of that total and NULL where it has none. Months that did not
    come whole from all are left out. Empty where no month did. Raises what `harm` raises.
    """
    question = question_of(store, selection)
    require_kind(question.edition, "days")
    frame = offence_figures(store, question, tally_of_whole_periods(store, question))
    frame["share_of_harm"], note = shares(frame)
    weights = weights_of_offences(question, frame["offence_key"])
    frame = pd.concat([frame, weights], axis=1)
    ordered = largest_first(frame, ["harm_days", "harm_days_high", "incident_count_high"])
    return Answer(ordered, question_stamp(question, (*harm_notes(store, question), note)))


def shares(frame: pd.DataFrame) -> tuple[pd.Series, str]:
    """Each row's share of the harm, NULL where there is none, and of which reading it is."""
    has_central = bool(frame["harm_days"].notna().any())
    of = frame["harm_days" if has_central else "harm_days_high"]
    total = of.sum(min_count=1)
    share = of / total if pd.notna(total) and total > 0 else of.astype("Float64").where(of.isna())
    return share, SHARE_OF_CENTRAL if has_central else SHARE_OF_HIGH
