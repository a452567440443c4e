"""The questions: one function each, answering with a frame and its stamp."""

from vrin_data.measures.answer import Answer
from vrin_data.measures.area_change import area_change
from vrin_data.measures.areas_held import area_nesting, areas_held, outlines_held
from vrin_data.measures.assets import AssetRequest, assets
from vrin_data.measures.breakdown import breakdown
from vrin_data.measures.breaks import BreaksRequest, breaks
from vrin_data.measures.catalogue import Catalogue, area_list, catalogue
from vrin_data.measures.change_points import change_points
from vrin_data.measures.change_request import ChangeRequest
from vrin_data.measures.chase import chase
from vrin_data.measures.clause_steps import clause_steps
from vrin_data.measures.comparator_months import comparator_months
from vrin_data.measures.compare import compare, compare_months
from vrin_data.measures.compared import CompareRequest
from vrin_data.measures.comparison import comparison, comparison_summary, funnel_curve
from vrin_data.measures.comparison_request import ComparisonRequest
from vrin_data.measures.concentration import ConcentrationRequest, concentration, concentration_summary
from vrin_data.measures.coverage import coverage
from vrin_data.measures.days_between import days_between
from vrin_data.measures.differences import difference_areas, difference_offences
from vrin_data.measures.draft_effect import DraftRequest, draft_effect
from vrin_data.measures.harm import harm
from vrin_data.measures.hotspot_request import NO_STREETS, HotspotRequest
from vrin_data.measures.hotspots import hotspots
from vrin_data.measures.indicators import IndicatorRequest, indicator_list, indicators
from vrin_data.measures.kinds import OF, KindsRequest, kinds, kinds_by_month, public_share
from vrin_data.measures.ledger import LedgerRequest, ledger
from vrin_data.measures.linked_people import WINDOWS, LinkedRequest, linked_estimate, linked_people
from vrin_data.measures.moments import LONGEST, SPANNING, MomentsRequest, moments, moments_basis
from vrin_data.measures.neighbours import neighbours
from vrin_data.measures.other_weights import costs, severity
from vrin_data.measures.outlook import outlook, outlook_summary
from vrin_data.measures.overlap import overlap
from vrin_data.measures.people import PeopleRequest, people, people_basis
from vrin_data.measures.people_rates import people_rates
from vrin_data.measures.period_change import period_change
from vrin_data.measures.place_grades import place_grades
from vrin_data.measures.rates import RatesRequest, rates
from vrin_data.measures.readings import EditionsRequest, by_edition, by_part, by_rule, by_series
from vrin_data.measures.rejected import (
    OF_NO_PERIOD,
    RejectedRequest,
    rejected,
    rejected_counts,
    rejected_periods,
)
from vrin_data.measures.season import same_month, season, season_summary
from vrin_data.measures.selection import Selection, parse_month
from vrin_data.measures.signals import (
    SignalsRequest,
    record_failure,
    search_signals,
    signal_search,
    signals,
)
from vrin_data.measures.small_areas import small_areas
from vrin_data.measures.stamp import Stamp
from vrin_data.measures.standing import standing_day
from vrin_data.measures.submission_versions import compare_versions, submission_versions
from vrin_data.measures.sureness import sureness
from vrin_data.measures.timeliness import timeliness
from vrin_data.measures.trend import trend, trend_summary
from vrin_data.measures.trend_offences import trend_offences, trend_offences_summary
from vrin_data.measures.trend_request import TrendRequest
from vrin_data.measures.triangulate import TriangulateRequest, triangulate, triangulate_summary
from vrin_data.measures.unplaced import unplaced
from vrin_data.measures.waterfall import BetweenRequest, waterfall
from vrin_data.measures.worksheet_data import worksheet_data

__all__ = [
    "LONGEST",
    "NO_STREETS",
    "OF",
    "OF_NO_PERIOD",
    "SPANNING",
    "WINDOWS",
    "Answer",
    "AssetRequest",
    "BetweenRequest",
    "BreaksRequest",
    "Catalogue",
    "ChangeRequest",
    "CompareRequest",
    "ComparisonRequest",
    "ConcentrationRequest",
    "DraftRequest",
    "EditionsRequest",
    "HotspotRequest",
    "IndicatorRequest",
    "KindsRequest",
    "LedgerRequest",
    "LinkedRequest",
    "MomentsRequest",
    "PeopleRequest",
    "RatesRequest",
    "RejectedRequest",
    "Selection",
    "SignalsRequest",
    "Stamp",
    "TrendRequest",
    "TriangulateRequest",
    "area_change",
    "area_list",
    "area_nesting",
    "areas_held",
    "assets",
    "breakdown",
    "breaks",
    "by_edition",
    "by_part",
    "by_rule",
    "by_series",
    "catalogue",
    "change_points",
    "chase",
    "clause_steps",
    "comparator_months",
    "compare",
    "compare_months",
    "compare_versions",
    "comparison",
    "comparison_summary",
    "concentration",
    "concentration_summary",
    "costs",
    "coverage",
    "days_between",
    "difference_areas",
    "difference_offences",
    "draft_effect",
    "funnel_curve",
    "harm",
    "hotspots",
    "indicator_list",
    "indicators",
    "kinds",
    "kinds_by_month",
    "ledger",
    "linked_estimate",
    "linked_people",
    "moments",
    "moments_basis",
    "neighbours",
    "outlines_held",
    "outlook",
    "outlook_summary",
    "overlap",
    "parse_month",
    "people",
    "people_basis",
    "people_rates",
    "period_change",
    "place_grades",
    "public_share",
    "rates",
    "record_failure",
    "rejected",
    "rejected_counts",
    "rejected_periods",
    "same_month",
    "search_signals",
    "season",
    "season_summary",
    "severity",
    "signal_search",
    "signals",
    "small_areas",
    "standing_day",
    "submission_versions",
    "sureness",
    "timeliness",
    "trend",
    "trend_offences",
    "trend_offences_summary",
    "trend_summary",
    "triangulate",
    "triangulate_summary",
    "unplaced",
    "waterfall",
    "worksheet_data",
]
