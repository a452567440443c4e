"""What the data lead looks at in the ledger: one frozen choice, and the rows of the ledger that it leaves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from vrin_data.errors import UsageError
from vrin_data.measures import LedgerRequest, parse_month
from vrin_data.protect import Presented
from vrin_ui.filters import shifted

SPANS = {"36": "36 months", "12": "12 months", "60": "5 years", "120": "10 years"}
USUAL_SPAN = "36"
# None of these is a name that the pages of figures keep in the address.
NAMES = ("kind", "supplier", "of-feed", "problems", "months", "as-of", "period")
KIND_WORDS = {
    "police": "Police",
    "hospital": "Hospitals",
    "health": "Health bodies",
    "ambulance": "Ambulance",
    "fire": "Fire and rescue",
    "youth_justice": "Youth justice",
    "probation": "Probation",
    "local_authority": "Local authorities",
    "fraud": "Fraud reporting",
    "other": "Other partners",
}
"""Kinds of supplier in the order in which they stand on a screen; one that is not here comes last."""


@dataclass(frozen=True)
class Cell:
    """One period of a supplier's feed, by its first month."""

    supplier_id: str
    feed_id: str
    start: date

    @property
    def text(self) -> str:
        """How it stands in the address."""
        return f"{self.supplier_id}.{self.feed_id}.{self.start:%Y-%m}"


@dataclass(frozen=True)
class FeedView:
    """A data lead's choice; empty names are all. `cell` is the period that is looked into."""

    as_of: date
    kind: str = ""
    supplier: str = ""
    feed: str = ""
    only_problems: bool = False
    months: int = int(USUAL_SPAN)
    cell: Cell | None = None

    @property
    def ledger_request(self) -> LedgerRequest:
        """The question that the whole page rests on: everything, as it stood on the day."""
        return LedgerRequest(as_of=self.as_of)

    @property
    def chase_request(self) -> LedgerRequest:
        """The question for what to ask for, of the supplier and feed looked at."""
        return LedgerRequest(as_of=self.as_of, supplier=self.supplier or None, feed=self.feed or None)

    @property
    def first_month(self) -> date:
        """The first month on screen."""
        return shifted(self.last_month, 1 - self.months)

    @property
    def last_month(self) -> date:
        """The last month on screen: the one that the day lies in."""
        return self.as_of.replace(day=1)


def day_of(text: str | None, today: date) -> date:
    """The day that an address names, today where it names none or one to come."""
    try:
        return min(date.fromisoformat(text or ""), today)
    except ValueError:
        return today


def parse(params: Mapping[str, str], ledger: pd.DataFrame, kinds: Mapping[str, str], as_of: date) -> FeedView:
    """The choice that an address names; whatever it does not name, or names wrongly, takes its default."""
    kind = params.get("kind", "") if params.get("kind") in kinds_of(ledger["supplier_id"], kinds) else ""
    own = of_kind(ledger, kind, kinds)
    supplier, feed, months = (params.get(name, "") for name in ("supplier", "of-feed", "months"))
    return FeedView(
        as_of=as_of,
        kind=kind,
        supplier=supplier if supplier in set(own["supplier_id"]) else "",
        feed=feed if feed in set(own["feed_id"]) else "",
        only_problems=params.get("problems") == "1",
        months=int(months if months in SPANS else USUAL_SPAN),
        cell=_cell(params.get("period", ""), ledger),
    )


def of_kind(ledger: pd.DataFrame, kind: str, kinds: Mapping[str, str]) -> pd.DataFrame:
    """The rows of suppliers of a kind; all of them without one."""
    return ledger[ledger["supplier_id"].map(kinds).fillna("other") == kind] if kind else ledger


def kinds_of(suppliers: Iterable[str], kinds: Mapping[str, str]) -> dict[str, str]:
    """The kinds that these suppliers are of, with their words, in the order of a screen."""
    there = {kinds.get(one, "other") for one in suppliers}
    known = {kind: words for kind, words in KIND_WORDS.items() if kind in there}
    return known | {kind: kind.replace("_", " ").capitalize() for kind in sorted(there - set(known))}


def narrowed(ledger: pd.DataFrame, view: FeedView, kinds: Mapping[str, str]) -> pd.DataFrame:
    """The rows of the ledger that a choice leaves, within its months, with the kind of their supplier.

    With `only_problems` whole feeds are left: those of which any period on screen is a problem.
    """
    rows = ledger.assign(kind=ledger["supplier_id"].map(kinds).fillna("other"))
    rows = rows[rows["period_end"] > pd.Timestamp(view.first_month)]
    rows = rows[rows["period_start"] <= pd.Timestamp(view.last_month)]
    for name, wanted in (("kind", view.kind), ("supplier_id", view.supplier), ("feed_id", view.feed)):
        if wanted:
            rows = rows[rows[name] == wanted]
    if view.only_problems:
        rows = rows[rows.groupby(["supplier_id", "feed_id"])["is_problem"].transform("any").astype(bool)]
    return rows.reset_index(drop=True)


def of_suppliers(presented: Presented, rows: pd.DataFrame) -> Presented:
    """What an answer says of the suppliers in these rows of the ledger."""
    frame = presented.frame
    return Presented(frame[frame["supplier_id"].isin(rows["supplier_id"])], presented.stamp)


def of_owed(presented: Presented, rows: pd.DataFrame) -> Presented:
    """What an answer says of the suppliers' feeds of which these rows of the ledger owe any.

    Open data is published when its publisher likes: to count it as late would tell a supplier off for nothing.
    """
    pairs = rows.loc[rows["is_owed"].astype(bool), ["supplier_id", "feed_id"]].drop_duplicates()
    return Presented(presented.frame.merge(pairs, on=["supplier_id", "feed_id"]), presented.stamp)


def row_of(ledger: pd.DataFrame, cell: Cell) -> pd.DataFrame:
    """The one row of the ledger of a period that is in it."""
    return ledger[_is_cell(ledger, cell)].head(1)


def _cell(text: str, ledger: pd.DataFrame) -> Cell | None:
    supplier, feed, month = [*text.split("."), "", ""][:3]
    try:
        cell = Cell(supplier, feed, parse_month(month))
    except UsageError:
        return None
    return cell if _is_cell(ledger, cell).any() else None


def _is_cell(ledger: pd.DataFrame, cell: Cell) -> pd.Series:
    own = (ledger["supplier_id"] == cell.supplier_id) & (ledger["feed_id"] == cell.feed_id)
    return own & (ledger["period_start"] == pd.Timestamp(cell.start))
