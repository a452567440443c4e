"""A period with nothing to report, said by the supplier without a file."""

import csv
from datetime import date
from pathlib import Path

from vrin_data.contract.feeds import Feed
from vrin_data.store import Store

FOLDER = "said"


def nil_file(store: Store, feed: Feed, supplier: str, period: date) -> Path:
    """A file of the feed's header and no rows, kept in the store as what stands for the supplier's word."""
    wanted = [column for column in feed.columns if column.required]
    wanted += [column for group in feed.needs_one_of for name in group[:1] if (column := feed.column(name))]
    headings = dict.fromkeys(column.accepted[0] for column in wanted)
    path = store.path / FOLDER / f"nil-{supplier}-{feed.id}-{period:%Y-%m}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerow(headings)
    return path
