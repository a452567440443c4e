"""How sure a harm total is."""

from vrin_data.measures.answer import Answer
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.question import question_of
from vrin_data.measures.selection import Selection
from vrin_data.measures.stamps import question_stamp
from vrin_data.measures.sure_parts import sureness_of
from vrin_data.measures.weight_kinds import require_kind
from vrin_data.store import Store


def sureness(store: Store, selection: Selection) -> Answer:
    """How sure the total of a selection is: its incidents and harm by what is known of them.

    Five rows: exact, several_weights, may_be_in, suppressed and not_weighed. Columns: sureness, words,
    incident_count_low and _high, harm_days_low, harm_days and harm_days_high (days). The rows sum to `harm` by
    nothing of the same selection; harm_days is what each adds to its central reading, NULL where it has
    none. What is not weighed has incidents and no harm (NULL). Raises what `harm` raises.
    """
    question = question_of(store, selection)
    require_kind(question.edition, "days")
    frame = sureness_of(store, question)
    return Answer(frame, question_stamp(question, harm_notes(store, question)))
