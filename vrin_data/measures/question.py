"""A selection put to one build: its feed, its definition as asked, and the terms every statement binds."""

from dataclasses import dataclass
from typing import Any

from vrin_data.contract.cadence import Period
from vrin_data.contract.definition_clauses import Filters
from vrin_data.contract.definitions import Definition
from vrin_data.contract.feeds import feeds
from vrin_data.contract.series import series_filters
from vrin_data.contract.weights import Edition
from vrin_data.errors import UsageError
from vrin_data.measures.build_facts import BuildFacts, build_facts
from vrin_data.measures.feed_periods import month_width, whole_periods
from vrin_data.measures.known import Known, known_definition, known_edition
from vrin_data.measures.placed_levels import unplaced_at
from vrin_data.measures.received import feed_of
from vrin_data.measures.selection import Selection, month_number
from vrin_data.store import Store

SCOPE_SQL = (
    "and fact.area_id in (select area_level.area_id from area_level "
    "join area on area.area_id = area_level.ancestor_id where area.area_code = $area_code)"
)
"""Narrows `fact` to an area and what lies in it."""


HOMICIDE = ("HOM",)


@dataclass(frozen=True)
class Question:
    """A selection together with what it needs of the build.

    `asked` are the feed's own periods, months mostly, that lie wholly within the selection's. `unplaced` says that
    nothing of the feed is placed as finely as the selection's area, '' where some is: it then has no figure.
    """

    selection: Selection
    facts: BuildFacts
    feed_id: str
    known: Known
    edition: Edition
    asked: tuple[Period, ...]
    unplaced: str = ""

    @property
    def counted(self) -> Definition:
        """The definition as the selection asks for it: with homicide, or without."""
        own = self.known.definition
        return own.without_offences(HOMICIDE) if self.selection.without_homicide else own

    @property
    def narrowed(self) -> Filters:
        """What the selection's series narrows the definition to."""
        return series_filters(self.selection.series)

    @property
    def scope_sql(self) -> str:
        """What narrows `fact` to the selection's area, nothing where it has none."""
        return "" if self.selection.area_code is None else SCOPE_SQL

    @property
    def feed_sql(self) -> str:
        """What narrows `fact` to the feed; comparing it is left out where the build holds no other."""
        return "$feed_id is not null" if len(self.facts.all_feeds) == 1 else "fact.feed_id = $feed_id"

    @property
    def is_uncertain(self) -> bool:
        """Whether the feed has counts that corrections take back, or that were suppressed."""
        return self.feed_id in self.facts.uncertain_feeds

    @property
    def width(self) -> int:
        """Months of one period."""
        return month_width(self.feed_id)

    def params(self) -> dict[str, Any]:
        """The values that statements on this question bind."""
        bound: dict[str, Any] = {
            "feed_id": self.feed_id,
            "from_month": month_number(self.asked[0].start),
            "to_month": month_number(self.asked[-1].months()[-1]),
        }
        if self.selection.area_code is not None:
            bound["area_code"] = self.selection.area_code
        return bound


def question_of(store: Store, selection: Selection, *, chosen: Definition | None = None) -> Question:
    """A selection put to the current build, under a definition that is not on record yet where one is given.

    Raises UnknownDefinition, UnknownEdition, UnknownFeed, EmptyStore, and UsageError where the
    selection is shorter than one period of the feed, or a threshold in days meets another edition.
    """
    known = known_definition(store, selection.definition) if chosen is None else Known(chosen, "unsaved")
    weights = known_edition(store, selection.weights).with_attempts(selection.attempts)
    if known.definition.asks_for_days and weights.kind != "days":
        raise UsageError(
            f"The definition {known.definition.label} takes in what reaches a threshold in days, which the edition "
            f"{weights.edition_id}, in {weights.unit_words}, cannot tell. Choose a definition without a threshold."
        )
    facts = build_facts(store)
    feed_id = feed_of(facts, selection, known.definition)
    asked = tuple(whole_periods(feed_id, selection.months))
    if not asked:
        length = feeds()[feed_id].period_length
        raise UsageError(
            f"The feed {feed_id!r} counts by {length}, and no whole {length} lies within "
            f"{selection.from_month:%Y-%m} to {selection.to_month:%Y-%m}. Ask for a longer period."
        )
    unplaced = unplaced_at(store, facts, feed_id, selection.area_code)
    return Question(selection, facts, feed_id, known, weights, asked, unplaced)
