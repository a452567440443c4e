"""An area beside the areas that touch it."""

from dataclasses import replace

from vrin_data.errors import UsageError
from vrin_data.measures.answer import Answer
from vrin_data.measures.harm import figures
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.question import question_of
from vrin_data.measures.selection import Selection
from vrin_data.measures.stamps import question_stamp
from vrin_data.measures.weight_kinds import require_kind
from vrin_data.store import Store

SQL = """
    select neighbour_code
    from neighbour
    where area_code = $area_code and level = $level
"""


def neighbours(store: Store, selection: Selection) -> Answer:
    """The rows of `harm` by area of the selection's area and of those of its level that touch it, by name.

    Columns: those of `harm` by area, and is_own (bool: the area itself). An area that touches none stands
    alone. Raises what `harm` raises, and UsageError where the selection names no area of its level.
    """
    # Its neighbours lie outside of it, so all areas of the level are asked for.
    question = question_of(store, replace(selection, area_code=None, by=("area",)))
    require_kind(question.edition, "days")
    frame = figures(store, question)
    own = selection.area_code
    if own is None or not frame["area_code"].eq(own).any():
        raise UsageError(
            f"The neighbours of {own} cannot be shown: it is no area of the level {selection.level!r}. "
            "Name an area, and its own level."
        )
    params = {"area_code": own, "level": selection.level}
    touching = store.query("neighbours", SQL, params, build_id=question.facts.build_id)["neighbour_code"]
    frame = frame[frame["area_code"].isin({own, *touching})].reset_index(drop=True)
    frame["is_own"] = frame["area_code"] == own
    return Answer(frame, question_stamp(question, harm_notes(store, question)))
