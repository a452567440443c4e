"""What crimes cost, and their severity: the measure of harm under editions that weigh in pounds or points."""

from vrin_data.contract.weight_rows import Kind
from vrin_data.measures.answer import Answer
from vrin_data.measures.harm import figures
from vrin_data.measures.harm_intervals import interval_notes
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.question import question_of
from vrin_data.measures.selection import Selection
from vrin_data.measures.stamps import question_stamp
from vrin_data.measures.weight_kinds import require_kind
from vrin_data.store import Store


def costs(store: Store, selection: Selection) -> Answer:
    """What the recorded crimes of a selection cost at the unit costs of its edition.

    Rows and columns are those of `harm`, with cost_gbp in the place of harm_days (cost_gbp_low, cost_gbp,
    cost_gbp_high, their rates and intervals; pounds at the prices that the edition names). Unit costs are
    of actual crimes, of which recorded ones are a part: the notes say what the edition leaves out.
    Raises what `harm` raises, and UsageError for an edition that does not weigh in pounds.
    """
    return _under(store, selection, kind="pounds", name="cost_gbp")


def severity(store: Store, selection: Selection) -> Answer:
    """The severity of the recorded crimes of a selection in points of the Crime Severity Score.

    Rows and columns are those of `harm`, with severity in the place of harm_days (severity_low, severity,
    severity_high, their rates and intervals; points). Raises what `harm` raises, and UsageError for an
    edition that does not weigh in points.
    """
    return _under(store, selection, kind="score", name="severity")


def _under(store: Store, selection: Selection, *, kind: Kind, name: str) -> Answer:
    question = question_of(store, selection)
    require_kind(question.edition, kind)
    # What a reader must know of such an edition comes first: harm is explained on every screen, these are not.
    notes = (*question.edition.notes, *harm_notes(store, question), *interval_notes(question))
    frame = figures(store, question).rename(columns=lambda column: column.replace("harm_days", name))
    return Answer(frame, question_stamp(question, notes))
