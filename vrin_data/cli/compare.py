"""`compare`: areas held against their comparators: a funnel's points and lines, and months side by side."""

import argparse

from vrin_data import measures
from vrin_data.cli.options import SubCommands, add_command
from vrin_data.cli.presenting import presented, shown, write
from vrin_data.cli.selecting import add_terms, selection_of
from vrin_data.measures.comparison_request import LIMITS, OUTLIERS, RATES
from vrin_data.store import Store

POINTS = {
    "area_name": "area",
    "observed": "observed",
    "expected": "expected",
    "value": "per 1,000 a year",
    "value_most": "at most",
    "lower95": "95% from",
    "upper95": "95% to",
    "lower998": "99.8% from",
    "upper998": "99.8% to",
    "z_adjusted": "distance",
    "class": "class",
    "months_whole": "months",
}
SHOWN = {
    "areas": (measures.comparison, POINTS),
    "summary": (
        measures.comparison_summary,
        {
            "figure": "figure",
            "comparators": "comparators",
            "target": "rate of all",
            "area_count": "areas",
            "left_out_count": "left out",
            "open_count": "cannot be told",
            "phi": "phi",
            "tau2": "tau2",
            "outliers": "outliers",
            "is_adjusted": "widened",
        },
    ),
    "curve": (
        measures.funnel_curve,
        {
            "resident_years": "resident years",
            "lower998": "99.8% from",
            "lower95": "95% from",
            "target": "rate of all",
            "upper95": "95% to",
            "upper998": "99.8% to",
        },
    ),
    "months": (
        measures.comparator_months,
        {
            "area_name": "area",
            "month": "month",
            "value": "per 1,000 a month",
            "state": "state",
            "comparator_low": "comparators from",
            "comparator_median": "median",
            "comparator_high": "to",
        },
    ),
}


def add_parser(commands: SubCommands) -> None:
    """Add the command."""
    command = add_command(
        commands, "compare", "Areas in name order against the rate of all, with the limits of a funnel plot."
    )
    command.add_argument("--definition", metavar="ID", default="violence-with-injury")
    command.add_argument("--level", default="district", help="the areas: region to lsoa, ward, or own-...")
    command.add_argument("--figure", choices=tuple(RATES), default="incidents-rate")
    command.add_argument(
        "--comparators",
        default="all",
        metavar="WHO",
        help="of the area: all, force, region, or list:ID of a list on record (all)",
    )
    command.add_argument(
        "--outliers",
        choices=OUTLIERS,
        default="winsorise",
        help="the furthest tenth at either end (winsorise)",
    )
    command.add_argument(
        "--limits", choices=LIMITS, default="adjusted", help="for over-dispersion, or of chance"
    )
    command.add_argument("--show", choices=tuple(SHOWN), default="areas")
    add_terms(command)


def run(options: argparse.Namespace, store: Store) -> int:
    """Print the areas, what made the limits, their lines, or the months of an area beside its comparators."""
    selection = selection_of(options, store, definition=options.definition, level=options.level, by=("area",))
    request = measures.ComparisonRequest(
        selection, options.figure, options.comparators, options.outliers, options.limits
    )
    ask, headings = SHOWN[options.show]
    return write(shown(presented(ask(store, request)), headings, options))
