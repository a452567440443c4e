"""`trend`: control charts as a table: what each series says now, or every month with its limits."""

import argparse

from vrin_data import measures
from vrin_data.cli.options import SubCommands, add_command
from vrin_data.cli.presenting import presented, shown, write
from vrin_data.cli.selecting import add_terms, selection_of
from vrin_data.measures.monthly import FIGURES
from vrin_data.measures.trend_request import KINDS
from vrin_data.methods.chart_settings import IMPROVEMENT, RUN_LENGTHS, TIES, TWO_OF_THREE, ChartSettings
from vrin_data.store import Store

HEADINGS = {
    "summary": {
        "area_name": "area",
        "kind": "chart",
        "kind_reason": "why",
        "points": "months",
        "left_out_count": "left out",
        "last_month": "last",
        "last_value": "value",
        "last_value_high": "at most",
        "mean": "mean",
        "lower": "lower limit",
        "upper": "upper limit",
        "variation": "variation",
        "last_cause": "cause",
        "assurance": "target",
    },
    "months": {
        "area_name": "area",
        "month": "month",
        "value": "value",
        "state": "came",
        "mean": "mean",
        "lower": "lower limit",
        "upper": "upper limit",
        "cause": "cause",
        "direction": "direction",
        "reading": "reading",
    },
    "days": {
        "happened_on": "day",
        "days": "days since the last",
        "mean": "mean",
        "lower": "lower limit",
        "upper": "upper limit",
        "reading": "reading",
    },
}


def add_parser(commands: SubCommands) -> None:
    """Add the command."""
    command = add_command(
        commands,
        "trend",
        "Control charts by Making Data Count: what is usual and what is not, with the stamp.",
    )
    command.add_argument("--definition", metavar="ID", default="violence-with-injury")
    command.add_argument(
        "--level", help="a chart for each area of a level: force, district, ... (default: one)"
    )
    command.add_argument("--figure", choices=tuple(FIGURES), default="incidents")
    command.add_argument("--chart", choices=tuple(KINDS), default="auto")
    command.add_argument("--show", choices=tuple(HEADINGS), default="summary")
    command.add_argument("--target", type=float, metavar="VALUE", help="a target in units of the figure")
    command.add_argument("--without-season", action="store_true", help="take the season out first")
    _add_settings(command)
    add_terms(command)


def run(options: argparse.Namespace, store: Store) -> int:
    """Print a line for each series, its months, or the days between."""
    by = ("area", "month") if options.level else ("month",)
    selection = selection_of(
        options, store, definition=options.definition, level=options.level or "force", by=by
    )
    request = measures.TrendRequest(
        selection,
        figure=options.figure,
        kind=options.chart,
        settings=_settings(options),
        target=options.target,
        without_season=options.without_season,
    )
    ask = {
        "summary": measures.trend_summary,
        "months": measures.trend,
        "days": measures.days_between,
    }[options.show]
    return write(shown(presented(ask(store, request)), HEADINGS[options.show], options))


def _add_settings(command: argparse.ArgumentParser) -> None:
    plain = ChartSettings()
    command.add_argument("--run-length", type=int, choices=RUN_LENGTHS, default=plain.run_length)
    command.add_argument("--ties", choices=tuple(TIES), default=plain.ties)
    command.add_argument(
        "--two-of-three",
        choices=[one.replace("_", "-") for one in TWO_OF_THREE],
        default=plain.two_of_three.replace("_", "-"),
    )
    command.add_argument(
        "--all-ranges", action="store_true", help="leave no extreme moving range out of the limits"
    )
    command.add_argument("--trial-below", type=int, metavar="N", default=plain.trial_below)
    command.add_argument("--improvement", choices=tuple(IMPROVEMENT), default=plain.improvement)


def _settings(options: argparse.Namespace) -> ChartSettings:
    return ChartSettings(
        run_length=options.run_length,
        ties=options.ties,
        two_of_three=options.two_of_three.replace("-", "_"),
        screen_ranges=not options.all_ranges,
        trial_below=options.trial_below,
        improvement=options.improvement,
    )
