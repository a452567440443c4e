"""Times that look finer than they are: all of one minute of the hour, or of one time of the day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import duckdb
import pandas as pd

from vrin_data.contract.checks import Check, check
from vrin_data.contract.feeds import Feed
from vrin_data.intake.believe.facts import TIMES, Facts, alongside, read_senders, read_times
from vrin_data.intake.believe.finding import Finding, found

MINUTES_AN_HOUR = 60
COARSER: dict[str, tuple[str, ...]] = {"hour": ("minute",), "day": ("minute", "hour")}
"""What a time's precision is set to, and the finer ones it takes the place of."""


@dataclass(frozen=True)
class Coarse:
    """A submission's column of times that is known to the hour, or to the day, at best."""

    submission_id: int
    column: str
    known_to: Literal["hour", "day"]
    minute: int
    share: float
    rows: int

    @property
    def is_plain_day(self) -> bool:
        """A day written as its midnight: nothing is wrong with that."""
        return self.known_to == "day" and self.minute == 0

    @property
    def words(self) -> str:
        """What was seen."""
        what = "event times" if self.column == "event_start_at" else "times of recording"
        hour, minute = divmod(self.minute, MINUTES_AN_HOUR)
        end = f"end in :{minute:02d}" if self.known_to == "hour" else f"are {hour:02d}:{minute:02d}"
        return f"{self.share:.0%} of {self.rows:,} {what} {end}"


def precision_findings(facts: Facts, feed: Feed) -> list[Finding]:
    """Submissions of one supplier whose times are coarser than they look; a note where those before were, too."""
    findings: list[Finding] = []
    coarse = {(one.column, one.submission_id): one for one in coarse_times(facts.times)}
    for column in TIMES:
        before = ""
        for number in facts.submissions["submission_id"]:
            one = coarse.get((column, int(number)))
            kind = "" if one is None or one.is_plain_day else one.known_to
            if one is not None and kind:
                said = found(feed, one.submission_id, _check_of(one).id, one.words)
                findings += [_as_note(each) if kind == before else each for each in said]
            before = kind
    return findings


def _as_note(finding: Finding) -> Finding:
    return Finding(finding.submission_id, finding.check_id, "note", f"{finding.evidence}, as before")


def coarse_times(times: pd.DataFrame) -> Iterator[Coarse]:
    """Which submissions' times are coarser than they look, told by their minutes.

    `times` is the table of `Facts` of one supplier: a submission of few rows is told by all of them.
    """
    for column, own in times.groupby("column", sort=True):
        of_day = _heaped(own[own["known_to"] == "day"], check("times_all_alike"))
        of_hour = _heaped(own[own["known_to"] == "hour"], check("times_of_one_minute"))
        of_hour = of_hour[~of_hour["submission_id"].isin(of_day["submission_id"])]
        for row in pd.concat([of_day, of_hour]).itertuples(index=False):
            yield Coarse(
                submission_id=int(row.submission_id),
                column=str(column),
                known_to=row.known_to,
                minute=int(row.minute),
                share=row.hits / row.row_count,
                rows=int(row.row_count),
            )


def _heaped(modes: pd.DataFrame, own: Check) -> pd.DataFrame:
    """Those of the submissions of which nearly all times have one minute."""
    least, share = own.threshold("least_rows"), own.threshold("least_share")
    is_alike = modes["hits"] >= share * modes["row_count"]
    most = modes.groupby("minute")["hits"].sum().max()
    all_rows = modes["row_count"].sum()
    are_all_alike = all_rows >= least and most >= share * all_rows
    return modes[is_alike & ((modes["row_count"] >= least) | are_all_alike)]


def mend_precision(connection: duckdb.DuckDBPyConnection, submission_ids: Sequence[int]) -> int:
    """How many times were set to the precision they have, in incidents of these submissions."""
    mended = 0
    with alongside(connection, submission_ids):
        times, senders = read_times(connection), read_senders(connection)
    for _, own in senders.groupby(["feed_id", "supplier_id"], sort=True):
        of_sender = times[times["submission_id"].isin(own["submission_id"])]
        for one in coarse_times(of_sender):
            if one.submission_id in submission_ids:
                mended += _mend(connection, one)
    return mended


def _mend(connection: duckdb.DuckDBPyConnection, one: Coarse) -> int:
    precision = TIMES[one.column]
    changed = connection.execute(
        f"""
        update incident
        set {precision} = $known_to
        where submission_id = $submission_id and {precision} in (select unnest($finer::varchar[]))
        """,
        {
            "known_to": one.known_to,
            "submission_id": one.submission_id,
            "finer": list(COARSER[one.known_to]),
        },
    ).fetchone()
    return int(changed[0]) if changed else 0


def _check_of(one: Coarse) -> Check:
    return check("times_of_one_minute" if one.known_to == "hour" else "times_all_alike")
