"""Making the stamp of an answer."""

from vrin_data.contract.definitions import definition
from vrin_data.contract.feeds import feeds
from vrin_data.contract.weights import edition
from vrin_data.measures.build_facts import BuildFacts
from vrin_data.measures.received import missing_months
from vrin_data.measures.selection import Selection
from vrin_data.measures.stamp import Stamp


def make_stamp(facts: BuildFacts, selection: Selection, feed_id: str, notes: tuple[str, ...] = ()) -> Stamp:
    """The stamp of an answer to a selection on a build, with the notes that its measure found."""
    chosen = definition(selection.definition)
    weights = edition(selection.weights)
    _, last = facts.months(feed_id)
    missing = missing_months(facts, selection, feed_id)
    return Stamp(
        build=facts.build_id,
        built_at=facts.built_at,
        data_to=last,
        definition=chosen.label,
        definition_name=chosen.name,
        edition=selection.weights,
        edition_name=weights.name,
        feed=feed_id,
        period=f"{selection.from_month:%B %Y} to {selection.to_month:%B %Y}",
        level=selection.level,
        missing=missing.words,
        missing_month_count=missing.month_count,
        never_sent_count=missing.never_sent_count,
        notes=(*notes, *feeds()[feed_id].notes),
        attribution=tuple(dict.fromkeys((weights.attribution, *facts.attribution))),
        is_simulated=feed_id in facts.simulated_feeds,
        feeds=tuple(facts.feeds_with_data),
    )
