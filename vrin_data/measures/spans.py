"""Stretches of time over which a feed is to come: under an agreement, a licence, a habit or a declaration."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from vrin_data.contract.agreement_checks import ALL
from vrin_data.contract.agreements import Agreement
from vrin_data.contract.cadence import Every
from vrin_data.contract.feeds import Feed
from vrin_data.measures.feed_periods import every_of
from vrin_data.records import Expectation

NEVER = "none"
# Powers that let a partner share and bind nobody: a day under them can pass, and nothing is overdue.
MERE_POWERS = frozenset({"cda-115", "pcsc-16"})


class Pair(NamedTuple):
    """A supplier and one of its feeds."""

    supplier_id: str
    feed_id: str


@dataclass(frozen=True)
class Span:
    """A stretch of time, first and last day included, over which a supplier's feed comes by one cadence.

    `every` is the length of the feed's own periods. Where it is due less often, `due_every`, each has the
    day of the longer period it lies in. `is_duty`: the law sets that day. `is_binding`: what does not come
    is overdue. `is_owed`: somebody promised it or has to send it, so that it can be asked for.
    `backlog_before`: periods that ended by then were never late.
    """

    pair: Pair
    every: Every
    first: date
    last: date
    due_every: Every = "month"
    due: str = NEVER
    agreement_id: str = ""
    basis: str = ""
    is_duty: bool = False
    is_binding: bool = False
    is_owed: bool = False
    backlog_before: date | None = None


@dataclass(frozen=True)
class Known:
    """What spans are made of: agreements, declarations, each supplier's kind, and what came of each pair.

    `came` gives the months of the first and of the last period that came, and the day of the first receipt.
    """

    agreements: tuple[Agreement, ...]
    declarations: tuple[Expectation, ...]
    kinds: Mapping[str, str]
    came: Mapping[Pair, tuple[date, date, date]]
    feeds: Mapping[str, Feed]
    as_of: date


def spans(known: Known) -> list[Span]:
    """Every span there is; where two are about one month, the one that stands first counts."""
    agreed = [span for one in _by_precedence(known.agreements) for span in _agreed(one, known)]
    under_agreement = {span.pair for span in agreed}
    starts = {span.pair: span.first for span in sorted(agreed, key=lambda one: one.first, reverse=True)}
    return [
        *agreed,
        *(_habit(pair, known) for pair in known.came if pair not in under_agreement),
        *(span for one in known.declarations for span in _declared(one, known)),
        *(_beside(pair, known, starts[pair]) for pair in known.came if pair in under_agreement),
    ]


def _by_precedence(agreements: Iterable[Agreement]) -> list[Agreement]:
    """Those that name the supplier and the feed before those for all, then the one that began last."""
    live = [one for one in agreements if one.status != "draft"]
    named = {one.agreement_id: (ALL not in one.supplier_ids) + (ALL not in one.feed_ids) for one in live}
    return sorted(live, key=lambda one: (named[one.agreement_id], one.start_day), reverse=True)


def _agreed(one: Agreement, known: Known) -> list[Span]:
    """The spans of an agreement; "all" stands for those who have ever sent, since it promises nothing."""
    last = min(known.as_of, one.end_day or known.as_of)
    found = []
    for pair in sorted(_pairs_of(one, known)):
        feed = known.feeds[pair.feed_id]
        cadence = one.cadence_for(feed.cadence)
        found.append(
            Span(
                pair,
                every_of(feed),
                one.start_day,
                last,
                due_every=cadence.every,
                due=cadence.due,
                agreement_id=one.agreement_id,
                basis=one.power.name,
                is_duty=cadence.is_duty and one.power.is_duty,
                is_binding=one.legal_power not in MERE_POWERS,
                is_owed=True,
            )
        )
    return [span for span in found if span.first <= span.last]


def _pairs_of(one: Agreement, known: Known) -> set[Pair]:
    sent = {pair for pair in known.came if one.covers(*pair)}
    named = {
        Pair(supplier, feed)
        for supplier in one.supplier_ids
        for feed in one.feed_ids
        if ALL not in (supplier, feed)
    }
    fitting = {
        pair
        for pair in named
        if pair.feed_id in known.feeds
        and known.kinds.get(pair.supplier_id) in (None, *known.feeds[pair.feed_id].supplier_kinds)
    }
    return {pair for pair in sent | fitting if pair.feed_id in known.feeds}


def _habit(pair: Pair, known: Known) -> Span:
    """Without an agreement what came once is looked for again: under a licence, or with nothing on record."""
    first, _, received = known.came[pair]
    feed = known.feeds.get(pair.feed_id)
    if feed is None:
        return Span(pair, "month", first, known.as_of, backlog_before=received)
    return Span(
        pair,
        every_of(feed),
        first,
        known.as_of,
        due_every=feed.cadence.every,
        due=feed.cadence.due,
        basis=feed.licence or feed.cadence.basis,
        is_duty=feed.cadence.is_duty,
        is_binding=feed.cadence.is_duty,
        is_owed=feed.cadence.is_duty,
        backlog_before=received,
    )


def _declared(one: Expectation, known: Known) -> list[Span]:
    """What was declared of a feed stands in the ledger even where nothing else speaks of it."""
    feed = known.feeds.get(one.feed_id)
    last = min(known.as_of, one.to_month or known.as_of)
    if feed is None or one.from_month > last:
        return []
    return [Span(Pair(one.supplier_id, one.feed_id), every_of(feed), one.from_month, last)]


def _beside(pair: Pair, known: Known, start: date) -> Span:
    """What came outside every agreement: before the first began it is backlog, and nothing else is due."""
    first, last, _ = known.came[pair]
    return Span(pair, every_of(known.feeds[pair.feed_id]), first, last, backlog_before=start)
