"""When each period came, and in which order the files are to be taken in."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pandas

from sample_data.handed_in import AS_OF, Extract
from sample_data.toml_text import as_toml

ORDER_HEAD = """\
# The files of the sample in the order in which they are taken in. Written by generate.py; do not edit.
# A batch is the files of one call; where no supplier is named, the files name theirs. Build 2 is taken in
# after everything of build 1. `received_on` is the day of a batch that restates periods; the day of any
# other period stands in received.csv. `as_of` is the day on which the sample stands.

"""


def received_csv(extracts: Iterable[Extract]) -> bytes:
    """The day on which each period first came, by supplier and feed."""
    rows = [
        (period.supplier_id, one.feed_id, f"{period.month}-01", period.received_on.isoformat())
        for one in extracts
        if one.received_on is None
        for period in one.handed
    ]
    table = pandas.DataFrame(sorted(rows), columns=["supplier_id", "feed_id", "period_start", "received_on"])
    return table.to_csv(index=False, lineterminator="\n").encode("utf-8")


def order_toml(extracts: Iterable[Extract]) -> str:
    """The batches: the files of one feed and supplier together, a restatement by itself at the end."""
    batches: dict[tuple[int, str, str, date | None], list[str]] = {}
    for one in sorted(extracts, key=lambda one: one.build):
        batches.setdefault((one.build, one.feed_id, one.supplier_id, one.received_on), []).append(one.name)
    tables = [_batch(key, files) for key, files in batches.items()]
    return f"{ORDER_HEAD}as_of = {AS_OF}\n\n{as_toml({'batch': tables})}"


def _batch(key: tuple[int, str, str, date | None], files: list[str]) -> dict[str, Any]:
    build, feed_id, supplier_id, received_on = key
    said = {"supplier": supplier_id, "received_on": received_on}
    given = {name: value for name, value in said.items() if value}
    return {"build": build, "feed": feed_id, **given, "files": files}


def volume_tables(extracts: Iterable[Extract]) -> Iterator[dict[str, Any]]:
    """Rows of each supplier, feed and period, but for the police, whose months say more."""
    for one in extracts:
        if one.feed_id != "police-offences":
            for period in one.handed:
                yield {
                    "supplier_id": period.supplier_id,
                    "feed_id": one.feed_id,
                    "period": period.month,
                    "rows": period.rows,
                    **period.told,
                }
