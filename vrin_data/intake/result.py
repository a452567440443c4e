"""What an ingest tells of each submission and of each thing it noticed."""

from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

Status = Literal["accepted", "unchanged", "superseded", "stopped", "refused"]
Cause = Literal["", "no_agreement", "identifiers", "headings", "no_supplier", "no_period"]
"""Reasons for which a file is refused that have a next step of their own."""


@dataclass(frozen=True)
class SubmissionResult:
    """One supplier-month of one file, or a whole file where it was refused before it could be read."""

    file: str
    supplier: str | None
    feed: str
    period: str | None
    mode: str
    rows_in: int
    rows_kept: int
    rows_rejected: int
    incidents: int
    outcomes: int
    status: Status
    reason: str = ""
    is_nil: bool = False
    replaces_rows: int | None = None
    changes: dict[str, int] = field(default_factory=dict)
    findings: tuple[str, ...] = ()
    is_partial: bool = False
    warnings: tuple[str, ...] = ()
    rejected_reasons: dict[str, int] = field(default_factory=dict)
    submission_id: int | None = None
    extracted_at: str | None = None
    held_id: int | None = None
    agreement: str = ""
    cause: str = ""

    def as_object(self) -> dict[str, Any]:
        """The result as a plain object for JSON."""
        content = asdict(self)
        content["warnings"], content["findings"] = list(self.warnings), list(self.findings)
        return content

    def stopped(self, reason: str) -> "SubmissionResult":
        """The same submission, held back."""
        return replace(self, status="stopped", reason=reason)


def refused_file(file: str, feed: str, mode: str, reason: str, *, cause: str = "") -> SubmissionResult:
    """A file of which nothing was taken; `cause` is one of Cause."""
    return SubmissionResult(
        file=file,
        supplier=None,
        feed=feed,
        period=None,
        mode=mode,
        rows_in=0,
        rows_kept=0,
        rows_rejected=0,
        incidents=0,
        outcomes=0,
        status="refused",
        reason=reason,
        cause=cause,
    )
