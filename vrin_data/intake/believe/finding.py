"""A finding: what one check has to say of one submission."""

from dataclasses import dataclass

from vrin_data.contract.checks import OFF, level_of
from vrin_data.contract.feeds import Feed


@dataclass(frozen=True)
class Finding:
    """`level` is one of the code list check_level; `evidence` says in words and figures what was seen."""

    submission_id: int
    check_id: str
    level: str
    evidence: str


def found(feed: Feed, submission_id: int, check_id: str, evidence: str) -> list[Finding]:
    """The finding at the feed's level for its check, none where the feed has switched the check off."""
    level = level_of(feed, check_id)
    return [] if level == OFF else [Finding(int(submission_id), check_id, level, evidence)]
