"""The questions: one function each, answering with a frame and its stamp."""

from vrin_data.measures.answer import Answer
from vrin_data.measures.catalogue import Catalogue, area_list, catalogue
from vrin_data.measures.chase import chase
from vrin_data.measures.coverage import coverage
from vrin_data.measures.harm import harm
from vrin_data.measures.ledger import LedgerRequest, ledger
from vrin_data.measures.rejected import (
    OF_NO_PERIOD,
    RejectedRequest,
    rejected,
    rejected_counts,
    rejected_periods,
)
from vrin_data.measures.selection import Selection, parse_month
from vrin_data.measures.stamp import Stamp
from vrin_data.measures.standing import standing_day
from vrin_data.measures.submission_versions import compare_versions, submission_versions
from vrin_data.measures.timeliness import timeliness

__all__ = [
    "OF_NO_PERIOD",
    "Answer",
    "Catalogue",
    "LedgerRequest",
    "RejectedRequest",
    "Selection",
    "Stamp",
    "area_list",
    "catalogue",
    "chase",
    "compare_versions",
    "coverage",
    "harm",
    "ledger",
    "parse_month",
    "rejected",
    "rejected_counts",
    "rejected_periods",
    "standing_day",
    "submission_versions",
    "timeliness",
]
