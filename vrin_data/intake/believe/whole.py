"""Whether a period came whole: its incidents against the supplier's other periods, and its empty days."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from vrin_data.contract.checks import check
from vrin_data.contract.feeds import Feed
from vrin_data.intake.believe.days import EmptyRun
from vrin_data.intake.believe.facts import Facts
from vrin_data.intake.believe.finding import Finding, found
from vrin_data.intake.believe.gaps import gaps_of, telling_gap
from vrin_data.intake.believe.norms import norms

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class _Period:
    """A submission as this module sees it; `usual` and `z` are NaN where too few others tell."""

    submission_id: int
    is_nil: bool
    quantity: float
    usual: float
    z: float
    run: EmptyRun | None

    @property
    def share(self) -> float:
        """Its incidents as a share of what is usual, NaN where that is not known."""
        return self.quantity / self.usual if self.usual else np.nan

    @property
    def words(self) -> str:
        """Both figures."""
        return f"{self.quantity:,.0f} where about {self.usual:,.0f} are usual ({self.share:.0%})"


def whole_findings(facts: Facts, feed: Feed) -> list[Finding]:
    """What there is to say of the wholeness of one supplier's submissions.

    Only submissions that are their period's whole rows are compared, and only those of periods of the
    same length with each other.
    """
    if feed.mode != "replace_period":
        return []
    findings: list[Finding] = []
    months = _months(facts.submissions)
    for length in sorted(set(months)):
        own = facts.submissions[months == length].reset_index(drop=True)
        findings += _of_one_length(facts.of(own), feed, int(length))
    return findings


def _of_one_length(facts: Facts, feed: Feed, months: int) -> list[Finding]:
    findings: list[Finding] = []
    early = {one.submission_id: one for one in _drawn_early(facts.submissions, feed)}
    for period in _periods(facts, months):
        # What is not over yet is short of incidents and days for that reason alone.
        own = early.get(period.submission_id)
        findings += [own] if own else _judge(period, feed)
    return findings


def _months(submissions: pd.DataFrame) -> pd.Series:
    """How many months each submission's period has."""
    start, end = submissions["period_start"].dt, submissions["period_end"].dt
    return (end.year - start.year) * MONTHS_A_YEAR + end.month - start.month


def _periods(facts: Facts, months: int) -> list[_Period]:
    own = facts.submissions
    counts = own["quantity"].clip(lower=0).to_numpy(dtype=float)
    start = own["period_start"].dt
    numbers = ((start.year * MONTHS_A_YEAR + start.month - 1) // max(1, months)).to_numpy(dtype=np.int64)
    usual, z = np.full(len(own), np.nan), np.full(len(own), np.nan)
    if len(own) > check("volume_low").threshold("least_others"):
        found_norms = norms(numbers, counts, periods_a_year=max(1, MONTHS_A_YEAR // max(1, months)))
        usual, z = found_norms.usual, found_norms.z
    runs = gaps_of(facts)
    return [
        _Period(int(number), bool(is_nil), float(count), float(norm), float(far), runs.get(int(number)))
        for number, is_nil, count, norm, far in zip(
            own["submission_id"], own["is_nil"], counts, usual, z, strict=True
        )
    ]


def _judge(period: _Period, feed: Feed) -> list[Finding]:
    """At most one finding: the gravest that fits."""
    number = period.submission_id
    if period.is_nil:
        unlikely = period.usual >= check("nil_unlikely").threshold("least_usual")
        words = f"nothing was reported where about {period.usual:,.0f} are usual"
        return found(feed, number, "nil_unlikely", words) if unlikely else []
    said, gap = volume_says(period.quantity, period.usual, period.z), telling_gap(period.run)
    if said == "volume_low":
        return found(feed, number, said, f"{period.words}; {gap}" if gap else period.words)
    if gap and said != "volume_nearly_none":
        return found(feed, number, "days_empty", gap)
    return found(feed, number, said, period.words) if said else []


def volume_says(quantity: float, usual: float, z: float) -> str:
    """The check that a volume falls foul of, '' for none; usual and z are NaN where they are not known."""
    none, low, high = (check(f"volume_{name}") for name in ("nearly_none", "low", "high"))
    if usual >= none.threshold("least_usual") and quantity < none.threshold("largest_share") * usual:
        return none.id
    is_low = quantity < low.threshold("largest_share") * usual and z < -low.threshold("least_z")
    if is_low and usual >= low.threshold("least_usual"):
        return low.id
    is_high = quantity > high.threshold("least_share") * usual and z > high.threshold("least_z")
    return high.id if is_high and usual >= high.threshold("least_usual") else ""


def _drawn_early(submissions: pd.DataFrame, feed: Feed) -> Sequence[Finding]:
    """Submissions that were drawn, or else came in, before their period was over."""
    drawn = submissions["extracted_at"].fillna(submissions["received_at"]).dt.normalize()
    short = (submissions["period_end"] - drawn).dt.days
    is_early = short > check("period_not_over").threshold("days_short")
    findings: list[Finding] = []
    for number, day, days in zip(
        submissions.loc[is_early, "submission_id"], drawn[is_early], short[is_early], strict=True
    ):
        words = f"drawn on {day.day} {day:%B %Y}, {days} days before the period was over"
        findings += found(feed, number, "period_not_over", words)
    return findings
