"""All checks of submissions, one supplier's feed after another, and what they found put into the build."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import duckdb
import pandas as pd

from vrin_data.contract.checks import checks
from vrin_data.contract.feeds import Feed
from vrin_data.intake.believe.ages import age_findings
from vrin_data.intake.believe.facts import Facts, alongside, read_facts
from vrin_data.intake.believe.files import file_findings, outside_findings
from vrin_data.intake.believe.finding import Finding
from vrin_data.intake.believe.mixes import mix_findings
from vrin_data.intake.believe.precision import precision_findings
from vrin_data.intake.believe.shares import share_findings
from vrin_data.intake.believe.whole import whole_findings
from vrin_data.store.frames import add_rows

QUESTIONS: tuple[Callable[[Facts, Feed], list[Finding]], ...] = (
    whole_findings,
    file_findings,
    outside_findings,
    precision_findings,
    share_findings,
    mix_findings,
    age_findings,
)
SAID_BY_FILES = ("period_ends_early",)
"""Checks of submissions that only the file itself can tell; what they found is kept."""


def assess(connection: duckdb.DuckDBPyConnection, feed: Feed, submission_ids: Sequence[int]) -> list[Finding]:
    """What the checks have to say of these submissions, in their order.

    They are compared with all other accepted submissions of their suppliers' feed, whether of
    earlier or later periods.
    """
    wanted = set(submission_ids)
    return [one for one in _findings(connection, feed, submission_ids) if one.submission_id in wanted]


def assess_all(connection: duckdb.DuckDBPyConnection, feed: Feed) -> list[Finding]:
    """What the checks have to say of every accepted submission of a feed, in their order."""
    rows = connection.execute(
        "select submission_id from submission where feed_id = $feed and status = 'accepted' order by submission_id",
        {"feed": feed.id},
    ).fetchall()
    return _findings(connection, feed, [int(number) for (number,) in rows])


def renew_findings(
    connection: duckdb.DuckDBPyConnection, feed: Feed, submission_ids: Sequence[int]
) -> list[Finding]:
    """What the checks have to say of new submissions; what is in the build of all alongside them is renewed.

    So what is found does not hang on the order in which submissions came. One that stands in the
    build already cannot be stopped any more: it is warned of.
    """
    wanted = set(submission_ids)
    findings = [
        replace(one, level="warn") if one.level == "stop" and one.submission_id not in wanted else one
        for one in _findings(connection, feed, submission_ids)
    ]
    with alongside(connection, submission_ids):
        numbers = connection.execute("select submission_id from assessed").fetchall()
    write_findings(connection, findings, [int(number) for (number,) in numbers])
    return [one for one in findings if one.submission_id in wanted]


def write_findings(
    connection: duckdb.DuckDBPyConnection, findings: Sequence[Finding], assessed: Sequence[int] = ()
) -> None:
    """Put findings in place of what stands in the build of their submissions, and of those `assessed`.

    Sets is_partial of each of them: whether a finding says that it did not come whole, and nobody has
    confirmed that it did.
    """
    numbers = sorted({*assessed, *(one.submission_id for one in findings)})
    bound = {"numbers": numbers, "kept": [*_checks_of_rows(), *SAID_BY_FILES]}
    connection.execute(
        """
        delete from submission_check
        where submission_id in (select unnest($numbers::integer[]))
            and check_id not in (select unnest($kept::varchar[]))
        """,
        bound,
    )
    if findings:
        add_rows(connection, "submission_check", pd.DataFrame([vars(one) for one in findings]))
    connection.execute(
        """
        update submission
        set is_partial = confirmed_by is null
            and submission_id in (select submission_id from submission_check where level = 'partial')
        where submission_id in (select unnest($numbers::integer[]))
        """,
        {"numbers": numbers},
    )


def _checks_of_rows() -> list[str]:
    return [one.id for one in checks().values() if one.subject in ("row", "value")]


def _findings(
    connection: duckdb.DuckDBPyConnection, feed: Feed, submission_ids: Sequence[int]
) -> list[Finding]:
    if not submission_ids:
        return []
    with alongside(connection, submission_ids):
        facts = read_facts(connection)
    findings = [one for own in facts.by_supplier() for ask in QUESTIONS for one in ask(own, feed)]
    return sorted(findings, key=lambda one: (one.submission_id, list(checks()).index(one.check_id)))
