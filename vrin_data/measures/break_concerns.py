"""Which areas' series a break concerns: its supplier's and its area's, and those that hold either."""

from collections.abc import Sequence

from vrin_data.contract.breaks import Break
from vrin_data.errors import UnknownArea
from vrin_data.measures.build_facts import BuildFacts
from vrin_data.measures.monthly import ALL_AREAS
from vrin_data.measures.question import Question
from vrin_data.measures.received import forces_of


def concerned_areas(question: Question, one: Break, area_codes: Sequence[str]) -> list[str]:
    """Those of the areas whose series of this question a break concerns; '' stands for all areas in view."""
    by_supplier = _of_supplier(question, one.concern.supplier_id, area_codes)
    return [code for code in by_supplier if _is_near(question.facts, one.concern.area_code, code)]


def _of_supplier(question: Question, supplier_id: str, area_codes: Sequence[str]) -> list[str]:
    if not supplier_id:
        return [*area_codes]
    received = question.facts.received
    sent = received[(received["supplier_id"] == supplier_id) & (received["feed_id"] == question.feed_id)]
    if sent.empty:
        return []
    forces = set(sent["force_code"])
    # A supplier that answers for no one force, such as an ambulance trust, is in every area's series.
    if forces & {None}:
        return [*area_codes]
    return [code for code in area_codes if forces & _forces(question.facts, code)]


def _forces(facts: BuildFacts, code: str) -> set[str]:
    try:
        return forces_of(facts, code or None)
    except UnknownArea:
        return set()


def _is_near(facts: BuildFacts, wanted: str, code: str) -> bool:
    """Whether two areas are one, or one lies in the other."""
    if not wanted or wanted == code or code == ALL_AREAS:
        return True
    return wanted in _above(facts, code) or code in _above(facts, wanted)


def _above(facts: BuildFacts, code: str) -> set[str]:
    own = facts.areas[facts.areas["area_code"] == code]
    return set(own[[name for name in own.columns if name.startswith("in_")]].to_numpy().ravel())
