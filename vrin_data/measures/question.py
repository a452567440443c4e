"""A selection put to one build: its feed, its decision, and the terms every statement binds."""

from dataclasses import dataclass
from typing import Any

from vrin_data.contract.definitions import definition
from vrin_data.contract.weights import edition
from vrin_data.measures.build_facts import BuildFacts, build_facts
from vrin_data.measures.decide import Decision, decide
from vrin_data.measures.received import feed_of
from vrin_data.measures.selection import Selection, month_number
from vrin_data.store import Store

SCOPE_SQL = (
    "and fact.area_id in (select area_level.area_id from area_level "
    "join area on area.area_id = area_level.ancestor_id where area.area_code = $area_code)"
)
"""Narrows `fact` to an area and what lies in it."""


@dataclass(frozen=True)
class Question:
    """A selection together with what it needs of the build."""

    selection: Selection
    facts: BuildFacts
    feed_id: str
    decision: Decision

    @property
    def scope_sql(self) -> str:
        """What narrows `fact` to the selection's area, nothing where it has none."""
        return "" if self.selection.area_code is None else SCOPE_SQL

    @property
    def feed_sql(self) -> str:
        """What narrows `fact` to the feed; comparing it is left out where the build holds no other."""
        return "$feed_id is not null" if len(self.facts.feeds_with_data) == 1 else "fact.feed_id = $feed_id"

    def params(self, *, with_decision: bool = True) -> dict[str, Any]:
        """The values that statements on this question bind."""
        selection = self.selection
        bound: dict[str, Any] = {
            "feed_id": self.feed_id,
            "from_month": month_number(selection.from_month),
            "to_month": month_number(selection.to_month),
        }
        if selection.area_code is not None:
            bound["area_code"] = selection.area_code
        return bound | self.decision.params if with_decision else bound


def question_of(store: Store, selection: Selection) -> Question:
    """A selection put to the current build.

    Raises UnknownDefinition, UnknownEdition, UnknownFeed, EmptyStore.
    """
    chosen, weights = definition(selection.definition), edition(selection.weights)
    facts = build_facts(store)
    feed_id = feed_of(facts, selection)
    return Question(selection, facts, feed_id, decide(chosen, weights, facts.offences))
