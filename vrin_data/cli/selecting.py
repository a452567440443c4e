"""The terms of a question on the command line: period, area, edition, feed and the rules of the method."""

import argparse

from vrin_data import measures
from vrin_data.contract.series import ALL_SERIES, SERIES
from vrin_data.measures.selection import ATTEMPTS
from vrin_data.store import Store


def add_terms(command: argparse.ArgumentParser) -> None:
    """Let a command be asked of a period, an area, an edition and a feed, and answer in three formats."""
    command.add_argument(
        "--from", dest="from_month", metavar="YYYY-MM", help="first month (default: first with data)"
    )
    command.add_argument(
        "--to", dest="to_month", metavar="YYYY-MM", help="last month (default: last with data)"
    )
    command.add_argument("--area", metavar="CODE", help="only within this area")
    command.add_argument("--weights", metavar="EDITION", default="cchi-2020")
    command.add_argument("--feed", metavar="FEED", help="default: the finest coded feed that has data")
    command.add_argument(
        "--series",
        choices=(ALL_SERIES, *SERIES),
        default=ALL_SERIES,
        help="only one of the series that the method of the index keeps apart",
    )
    command.add_argument("--without-homicide", action="store_true", help="leave homicide out")
    command.add_argument(
        "--attempts",
        choices=ATTEMPTS,
        default="listed",
        help="as_completed: an attempt weighs as the completed offence wherever the edition has both under one offence",
    )
    command.add_argument("--format", choices=("table", "csv", "json"), default="table")
    command.add_argument("--no-stamp", action="store_true", help="leave the stamp out")


def selection_of(
    options: argparse.Namespace, store: Store, *, definition: str, level: str, by: tuple[str, ...]
) -> measures.Selection:
    """The selection that the terms make; without a period all months of the feed."""
    choices = measures.catalogue(store)
    offered = choices.feeds_for(definition) or choices.feeds
    feed = options.feed or next(iter(offered))
    first, last = choices.months_of_feed.get(feed, next(iter(choices.months_of_feed.values())))
    return measures.Selection(
        definition=definition,
        level=level,
        by=by,
        from_month=measures.parse_month(options.from_month) if options.from_month else first,
        to_month=measures.parse_month(options.to_month) if options.to_month else last,
        area_code=options.area,
        weights=options.weights,
        feed=options.feed,
        series=options.series,
        without_homicide=options.without_homicide,
        attempts=options.attempts,
    )
