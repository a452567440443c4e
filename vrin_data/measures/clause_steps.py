"""What moves between two definitions, clause by clause: each change alone, and what only all of them together do."""

from dataclasses import replace

import pandas as pd

from vrin_data.contract.definition_diff import clause_changes
from vrin_data.contract.definitions import Definition
from vrin_data.measures.answer import Answer
from vrin_data.measures.cells import FIGURES
from vrin_data.measures.compared import CompareRequest, comparison_stamp, two_questions
from vrin_data.measures.figure_frames import figures, total_rows
from vrin_data.measures.question import Question, question_of
from vrin_data.store import Store

CHANGES = {name: f"{name}_change" for name in FIGURES}
TOGETHER = "Left over, because changes bear on the same incidents or cannot be made alone"
ALL = "All changes"
CANNOT_STAND = "cannot be made alone: the definition would not hold together"


def clause_steps(store: Store, request: CompareRequest) -> Answer:
    """What each clause of the second definition alone would change in the figures of the first.

    Rows: `kind` clause (one a changed clause, in the order of a definition), together (what is left when
    all of them are made at once and the single changes are taken off) and all (second less first). The
    clauses and the row together add up to the row all. Columns: kind, clause, words, is_possible (whether
    the change can be made alone; it has no figures where not), incident_count_low_change,
    incident_count_high_change, harm_days_low_change, harm_days_change and harm_days_high_change: what each
    figure of the first becomes, less what it is. A figure that is NULL for any of the definitions
    involved has a change of NULL. No row where the two mean the same.
    """
    first, second = two_questions(store, request)
    steps = clause_changes(first.known.definition, second.known.definition)
    changed = [one.apply(first.known.definition) for one in steps]
    alone = [_asked(store, first, one) for one in changed if one is not None]
    found = figures(total_rows(store, (first, second, *alone)))[[*FIGURES]].astype("Float64")
    change = (found - found.iloc[0]).rename(columns=CHANGES).iloc[1:].reset_index(drop=True)
    of_steps = change.iloc[1:].reset_index(drop=True)
    rest = change.iloc[0] - of_steps.sum(skipna=False) if len(of_steps) else change.iloc[0]
    rows = iter(of_steps.to_dict("records"))
    moves = [
        {
            "kind": "clause",
            "clause": one.clause,
            "words": one.words if made is not None else f"{one.words} ({CANNOT_STAND})",
            "is_possible": made is not None,
            **(next(rows) if made is not None else {}),
        }
        for one, made in zip(steps, changed, strict=True)
    ]
    if steps:
        moves += [_row("together", TOGETHER, rest), _row("all", ALL, change.iloc[0])]
    frame = pd.DataFrame(moves, columns=["kind", "clause", "words", "is_possible", *CHANGES.values()])
    for name in CHANGES.values():
        frame[name] = frame[name].astype("Float64").astype("Int64" if "count" in name else "Float64")
    return Answer(frame, comparison_stamp(store, (first, second)))


def _asked(store: Store, first: Question, chosen: Definition) -> Question:
    return question_of(store, replace(first.selection, feed=first.feed_id), chosen=chosen)


def _row(kind: str, words: str, figures: pd.Series) -> dict[str, object]:
    return {"kind": kind, "clause": "", "words": words, "is_possible": True, **figures.to_dict()}
