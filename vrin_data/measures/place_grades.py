"""How closely the places of an area's incidents are known."""

import pandas as pd

from vrin_data.contract.codes import CODE_LISTS
from vrin_data.measures.answer import Answer
from vrin_data.measures.areas_came import came_of_all
from vrin_data.measures.decided import decided_profiles
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.selection import Selection, month_number, month_of
from vrin_data.measures.stamps import question_stamp
from vrin_data.measures.unplaced import COUNTS, SQL
from vrin_data.store import Store

GRADES = tuple(CODE_LISTS["place_precision"])


def place_grades(store: Store, selection: Selection) -> Answer:
    """The incidents of a selection by the grade of their place, the closest first.

    Columns: place_precision (a grade of the code list), words (what it means), incident_count_low,
    incident_count_high (incidents). Only months that came whole from all are counted, so that the rows
    add up to `harm` by nothing of the same selection; grades without an incident are left out.
    Raises what `harm` raises.
    """
    question = question_of(store, selection)
    found = _found(store, question)
    first = month_number(question.asked[0].start)
    period_at = (found["month_number"].to_numpy(dtype="int64") - first) // question.width
    frame = found[came_of_all(question).whole[period_at]].groupby("place_precision")[[*COUNTS]].sum()
    frame = frame.reindex([grade for grade in GRADES if grade in frame.index])
    frame = frame[(frame != 0).any(axis=1)].astype("Int64").rename_axis("place_precision").reset_index()
    frame.insert(1, "words", frame["place_precision"].map(CODE_LISTS["place_precision"]))
    return Answer(frame, question_stamp(question, harm_notes(store, question)))


def _found(store: Store, question: Question) -> pd.DataFrame:
    """Incidents by submission, area, month and grade, wherever they lie in the selection's area."""
    bound = question.params()
    scope = question.selection.area_code
    asked = {
        "areas": [0, *question.facts.areas["area_id"].tolist()],
        "feed_id": question.feed_id,
        "from_day": month_of(bound["from_month"]),
        "to_day": month_of(bound["to_month"]),
        **({} if scope is None else {"area_code": scope}),
    }
    decided = decided_profiles(
        store, question.facts, question.counted, question.edition, narrowed=question.narrowed
    )
    batches = store.batches(
        "place grades",
        SQL.format(scope=question.scope_sql.replace("fact.", "incident.")),
        asked,
        build_id=question.facts.build_id,
        tables={"decided": decided[["profile_id", "sure"]]},
    )
    parts = [batch.to_pandas() for batch in batches]
    return pd.concat(parts, ignore_index=True) if parts else _nothing()


# No table of this module: the first one takes a gigabyte of address space, which an upload's process is not given.
def _nothing() -> pd.DataFrame:
    return pd.DataFrame({"month_number": [], "place_precision": [], **{name: [] for name in COUNTS}})
