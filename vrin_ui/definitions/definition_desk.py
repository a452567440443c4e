"""The draft that is being written, kept for the session: opened, changed box by box, taken back, closed."""

import copy
from typing import Any

import streamlit as st

from vrin_data.contract.definition_model import HEALTH_UNITS
from vrin_data.records import DefinitionVersion
from vrin_ui import names
from vrin_ui.definitions import definition_address
from vrin_ui.definitions.definition_draft import Draft, as_copy, clause, from_definition, from_nothing

DRAFT, ORIGIN, BEFORE, CLOSED, PART, SAVED = (
    "definition_draft", "definition_origin", "definition_before", "definition_closed", "definition_part",
    "definition_saved",
)  # fmt: skip
MOST_STEPS_BACK = 50
Path = tuple[str | int, ...]


def draft() -> Draft | None:
    """The draft that is open, None where none is."""
    return st.session_state.get(DRAFT)


def origin() -> str:
    """The version that the draft was begun from, as id@version; empty where from nothing."""
    return str(st.session_state.get(ORIGIN, ""))


def open_draft(of: Draft, begun_from: str) -> None:
    """Put a draft on the desk and go to it; for callbacks."""
    state = st.session_state
    if state.get(DRAFT) is not None:
        close()
    state[DRAFT], state[ORIGIN], state[BEFORE], state[PART], state[SAVED] = of, begun_from, [], 0, ""
    definition_address.go(view="edit", step="")


def open_version(one: DefinitionVersion, *, as_new: bool) -> None:
    """Open a copy of a version: as the next version of the same definition, or as a new one; for callbacks."""
    of = from_definition(one.definition)
    open_draft(as_copy(of, author()) if as_new else of, one.ref)


def open_empty() -> None:
    """Open a draft that says nothing yet; for callbacks."""
    open_draft(from_nothing(author()), "")


def saved() -> str:
    """The version as which the draft was last saved, as id@version; empty where it was not yet."""
    return str(st.session_state.get(SAVED, ""))


def author() -> str:
    """Who is writing, as far as it was said."""
    return str(st.session_state.get(names.WHO, ""))


def close() -> None:
    """Take the draft off the desk; it can be opened again until another is closed. For callbacks."""
    state = st.session_state
    state[CLOSED] = (state.pop(DRAFT, None), state.get(ORIGIN, ""))


def closed() -> Draft | None:
    """The draft that was closed last."""
    return st.session_state.get(CLOSED, (None, ""))[0]


def reopen() -> None:
    """Open what was closed last; for callbacks."""
    of, begun_from = st.session_state.pop(CLOSED)
    open_draft(of, begun_from)


def can_go_back() -> bool:
    """Whether there is a change to take back."""
    return bool(st.session_state.get(BEFORE))


def go_back() -> None:
    """Take the last change back; for callbacks."""
    st.session_state[DRAFT] = st.session_state[BEFORE].pop()


def value(path: Path) -> Any:
    """What stands in the draft at a path."""
    at: Any = st.session_state[DRAFT]
    for name in path:
        at = at[name]
    return at


def put(path: Path, new: Any) -> None:
    """Change the draft at a path; for callbacks."""
    if value(path) == new:
        return
    _remember()
    at = st.session_state[DRAFT]
    for name in path[:-1]:
        at = at[name]
    at[path[-1]] = new


def add(path: Path, new: Any) -> None:
    """Add one to a list of the draft; for callbacks."""
    _remember()
    value(path).append(copy.deepcopy(new))


def count_other_things(unit: str) -> None:
    """Count in another unit; what names crimes is nothing to a hospital, and the other way about. For callbacks."""
    is_health = value(("unit",)) in HEALTH_UNITS
    put(("unit",), unit)
    if is_health == (unit in HEALTH_UNITS):
        return
    draft = st.session_state[DRAFT]
    draft |= {"sets": [], "exclude": clause(), "threshold": None}
    for one in draft["parts"]:
        one |= {"include": clause(), "within": None, "exclude": clause(), "threshold": None}


def remove(path: Path) -> None:
    """Take one out of a list of the draft; for callbacks."""
    _remember()
    value(path[:-1]).pop(path[-1])


def _remember() -> None:
    before = st.session_state[BEFORE]
    before.append(copy.deepcopy(st.session_state[DRAFT]))
    del before[:-MOST_STEPS_BACK]


def part_at() -> int:
    """The part that is being written, counted from 0."""
    last = len(value(("parts",))) - 1
    return min(int(st.session_state.get(PART, 0)), last)
