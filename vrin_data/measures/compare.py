"""Any definitions beside each other on the same incidents: in total, and month by month."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from vrin_data.measures.answer import Answer
from vrin_data.measures.compared import CompareRequest, comparison_stamp, questions_of
from vrin_data.measures.figure_frames import Rows, figures, month_rows, total_rows
from vrin_data.measures.one_figure import require_one_figure
from vrin_data.measures.question import Question
from vrin_data.store import Store


def compare(store: Store, request: CompareRequest) -> Answer:
    """The totals of several definitions on one selection, a row a definition in the order given.

    Columns: definition (id@version), definition_name, state, and those of `harm` by nothing but its
    intervals. The figures are those that `harm` gives for each. The selection's own definition is not
    looked at. Raises what `harm` raises, and UsageError where the definitions count different things.
    """
    return _side_by_side(store, request, total_rows)


def compare_months(store: Store, request: CompareRequest) -> Answer:
    """Several definitions month by month: the columns of `compare` with month, definition by definition.

    As in `harm`, a month without a submission is a gap and one that came in part is marked is_partial.
    """
    return _side_by_side(store, request, month_rows)


def _side_by_side(
    store: Store,
    request: CompareRequest,
    rows_of: Callable[[Store, Sequence[Question]], Rows],
) -> Answer:
    asked = questions_of(store, request)
    frame = figures(rows_of(store, asked))
    rows = len(frame) // len(asked)
    if request.one_figure:
        for at, one in enumerate(asked):
            require_one_figure(store, one, frame.iloc[at * rows : (at + 1) * rows])
    about = pd.DataFrame(map(_about, asked))
    for at, name in enumerate(about.columns):
        frame.insert(at, name, np.repeat(about[name].to_numpy(), rows))
    return Answer(frame, comparison_stamp(store, asked))


def _about(question: Question) -> dict[str, str]:
    chosen = question.known.definition
    return {"definition": chosen.ref, "definition_name": chosen.name, "state": question.known.state}
