"""Breaks that nobody had to record: a definition's own dates, its versions, and codes that came otherwise."""

from datetime import date

import pandas as pd

from vrin_data.contract.breaks import DERIVED, Break, Concern
from vrin_data.measures.offence_dates import offence_breaks
from vrin_data.measures.question import Question
from vrin_data.records import definition_register
from vrin_data.records.definitions import APPROVED, BUILT_IN, RETIRED
from vrin_data.store import Store

IN_USE = (BUILT_IN, APPROVED, RETIRED)

# The check tells a change at its first month only; a month that is sent again keeps what was found of it last.
DRIFT_SQL = """
    select distinct submission.supplier_id, submission.period_start, submission_check.evidence
    from submission_check
    join submission on submission.submission_id = submission_check.submission_id
    where submission_check.check_id = 'code_drift'
        and submission.status = 'accepted'
        and submission.feed_id = $feed_id
    order by submission.supplier_id, submission.period_start
"""


def derived_breaks(store: Store, question: Question) -> list[Break]:
    """The breaks that follow from the definition of a question and from what the checks found of its feed."""
    definition = question.known.definition
    offences = offence_breaks(definition) if definition.counts_crimes else []
    return [*offences, *_versions(store, definition.id, definition.label), *_drifts(store, question)]


def _versions(store: Store, definition_id: str, label: str) -> list[Break]:
    mine = [one for one in definition_register(store.path) if one.definition_id == definition_id]
    later = [one for one in mine if one.version > 1 and one.state in IN_USE and not one.fault]
    return [
        Break(
            break_id=f"version-{one.label.replace(' ', '-')}",
            happened_on=one.definition.valid_from,
            kind="definition",
            title=f"{one.label} is in use from then. Every month here is counted by {label}, so no step comes of it",
            concern=Concern(definition_id=definition_id),
            basis=DERIVED,
            is_definition_change=False,
            reason="the day from which the version is in use",
        )
        for one in later
    ]


def _drifts(store: Store, question: Question) -> list[Break]:
    found = store.query(
        "code drift", DRIFT_SQL, {"feed_id": question.feed_id}, build_id=question.facts.build_id
    )
    return [
        _drift(str(row.supplier_id), question.feed_id, pd.Timestamp(row.period_start).date(), row.evidence)
        for row in found.itertuples()
    ]


def _drift(supplier_id: str, feed_id: str, day: date, evidence: str) -> Break:
    return Break(
        break_id=f"drift-{supplier_id}-{feed_id}-{day}",
        happened_on=day,
        kind="system",
        title="Offences are coded more finely, or less finely, from then: harm may be a range where it was a figure",
        concern=Concern(feed_id=feed_id, supplier_id=supplier_id),
        basis=DERIVED,
        is_definition_change=False,
        reason=f"check of what was sent: {evidence}",
    )
