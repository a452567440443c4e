"""Making the stamp of an answer about harm or about what came in."""

from dataclasses import replace

from vrin_data.contract.feeds import feeds
from vrin_data.contract.weights import Edition
from vrin_data.measures.build_facts import BuildFacts
from vrin_data.measures.definition_notes import definition_notes, short_terms
from vrin_data.measures.feed_periods import whole_periods
from vrin_data.measures.known import Known
from vrin_data.measures.question import Question
from vrin_data.measures.received import incomplete_months, month_runs
from vrin_data.measures.selection import Selection
from vrin_data.measures.stamp import Stamp


def question_stamp(question: Question, notes: tuple[str, ...] = ()) -> Stamp:
    """The stamp of an answer to a question, with the notes that its measure found."""
    made = make_stamp(
        question.facts, question.selection, question.feed_id, question.known, question.edition, notes
    )
    return unplaced_too(made, question.unplaced)


def unplaced_too(made: Stamp, unplaced: str) -> Stamp:
    """The stamp with what is not placed as finely as its area among what is missing, where that is so."""
    return replace(made, missing=(*made.missing, unplaced), whole_months=0) if unplaced else made


def make_stamp(
    facts: BuildFacts,
    selection: Selection,
    feed_id: str,
    known: Known,
    weights: Edition,
    notes: tuple[str, ...] = (),
) -> Stamp:
    """The stamp of an answer to a selection on a build, with the notes that its measure found."""
    chosen = known.definition
    _, last = facts.months(feed_id)
    incomplete = incomplete_months(facts, selection, feed_id)
    return Stamp(
        build=facts.build_id,
        built_at=facts.built_at,
        data_to=last,
        definition=chosen.label,
        definition_name=chosen.name,
        definition_state=known.state,
        edition=weights.label if chosen.counts_crimes else "",
        edition_name=weights.name if chosen.counts_crimes else "",
        edition_unit=weights.unit_words,
        terms=short_terms(selection),
        feed=feed_id,
        period=f"{selection.from_month:%B %Y} to {selection.to_month:%B %Y}",
        level=selection.level,
        missing=incomplete.missing,
        missing_month_count=incomplete.missing_months,
        partial=incomplete.partial,
        partial_month_count=incomplete.partial_months,
        never_sent_count=incomplete.never_sent,
        whole_months=incomplete.whole_months,
        asked_months=incomplete.asked_months,
        notes=(
            *notes,
            *_period_notes(selection, feed_id),
            *definition_notes(selection, chosen),
            *feeds()[feed_id].notes,
        ),
        attribution=tuple(
            dict.fromkeys([*([weights.attribution] if chosen.counts_crimes else []), *facts.attribution])
        ),
        is_simulated=feed_id in facts.simulated_feeds,
        feeds=tuple(facts.feeds_with_data),
    )


def _period_notes(selection: Selection, feed_id: str) -> list[str]:
    """That a feed's figures are by quarter or year, and which months lie in no whole one."""
    length = feeds()[feed_id].period_length
    if length == "month":
        return []
    inside = {month for one in whole_periods(feed_id, selection.months) for month in one.months()}
    outside = month_runs([month for month in selection.months if month not in inside])
    left = (
        f"; {', '.join(outside)} lie in no whole {length} of this period and are left out" if outside else ""
    )
    return [f"figures of this feed are by {length} and stand at its first month{left}"]
