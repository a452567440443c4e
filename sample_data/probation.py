"""Events of people under supervision, as monthly changes: new rows, later versions, and deletions.

A file holds what changed in its month. A record comes again with a higher version when something of it
changed, and once more with a mark when it is taken back; what counts in the end is the last version.
"""

from typing import Any

import numpy as np
import pandas

from sample_data.drawing import chosen, last_day, moments, months_from, stream
from sample_data.files import as_csv, zipped
from sample_data.handed_in import SIMULATED_ABOVE, Extract, Handed, Made, received

FEED = "probation"
SUPPLIER = "east-midlands-probation"
FIRST_MONTH, LAST_MONTH = "2025-10", "2026-03"
MONTHLY, CHANGED, DELETED = 60, 9, 2
OFFENCES = {
    "00806": 0.30,
    "00801": 0.05,
    "00501": 0.04,
    "10501": 0.33,
    "03401": 0.08,
    "00826": 0.14,
    "12509": 0.06,
}
"""Home Office codes as the case management system has them: five digits without the stroke."""

DISPOSALS = {"Community order": 0.48, "Suspended sentence": 0.30, "Custody": 0.22}
SEXES = {"Male": 0.86, "Female": 0.14}


def made(_: object = None) -> Made:
    """The monthly files in one zip, and what is left of their rows in the end."""
    rng = stream(SUPPLIER, FEED)
    days = received(SUPPLIER, FEED, months_from(FIRST_MONTH))
    live = pandas.DataFrame()
    members: dict[str, bytes] = {}
    handed: list[Handed] = []
    for month, day in days.items():
        new = events(month, 1 + sum(period.told["new"] for period in handed), rng)
        changed = _later_versions(live, CHANGED if handed else 0, rng)
        deleted = _deletions(live.drop(index=changed.index), DELETED if handed else 0, rng)
        rows = pandas.concat([new, changed, deleted])
        members[f"{SUPPLIER}-changes-{month}-simulated.csv"] = _file(rows, month)
        told = {"new": len(new), "changed": len(changed), "deleted": len(deleted)}
        handed.append(Handed(SUPPLIER, month, len(rows), day, told))
        live = pandas.concat([live.drop(index=[*changed.index, *deleted.index]), changed, new])
    name = f"extracts/{SUPPLIER}-changes-{FIRST_MONTH}-to-{LAST_MONTH}-simulated.zip"
    extract = Extract(FEED, name, zipped(members), tuple(handed))
    return Made((extract,), (_what_is_left(live, handed),))


def events(month: str, first_number: int, rng: np.random.Generator) -> pandas.DataFrame:
    """New events of a month, labelled by their running number."""
    count = int(rng.poisson(MONTHLY))
    numbers = pandas.RangeIndex(first_number, first_number + count)
    convicted = moments(month, count, rng).dt.normalize()
    waited = pandas.to_timedelta(rng.integers(20, 400, size=count), unit="D")
    rows = {
        "OFFENDER.CRN": [f"S{number:06d}" for number in numbers],
        "EVENT.EVENT_NUMBER": 1,
        "R_OFFENCE.CODE": chosen(OFFENCES, count, rng),
        "MAIN_OFFENCE.OFFENCE_DATE": (convicted - waited).dt.strftime("%Y-%m-%d"),
        "EVENT.CONVICTION_DATE": convicted.dt.strftime("%Y-%m-%d"),
        "DISPOSAL": chosen(DISPOSALS, count, rng),
        "AGE": 18 + rng.gamma(2.2, 8.0, size=count).astype(int),
        "SEX": chosen(SEXES, count, rng),
        "EVENT.SOFT_DELETED": 0,
        "EVENT.ROW_VERSION": 1,
    }
    return pandas.DataFrame(rows).set_axis(numbers, axis=0)


def _later_versions(live: pandas.DataFrame, count: int, rng: np.random.Generator) -> pandas.DataFrame:
    """The next version of some events, with another disposal."""
    if not count:
        return pandas.DataFrame()
    rows = live.loc[rng.choice(live.index.to_numpy(), size=count, replace=False)].copy()
    after = dict(zip(DISPOSALS, [*list(DISPOSALS)[1:], next(iter(DISPOSALS))], strict=True))
    rows["DISPOSAL"] = rows["DISPOSAL"].map(after)
    rows["EVENT.ROW_VERSION"] += 1
    return rows


def _deletions(live: pandas.DataFrame, count: int, rng: np.random.Generator) -> pandas.DataFrame:
    """The next version of some events, marked as deleted."""
    if not count:
        return pandas.DataFrame()
    rows = live.loc[rng.choice(live.index.to_numpy(), size=count, replace=False)].copy()
    rows["EVENT.SOFT_DELETED"] = 1
    rows["EVENT.ROW_VERSION"] += 1
    return rows


def _file(rows: pandas.DataFrame, month: str) -> bytes:
    """A month's file: three lines about the whole of it, then the table."""
    last = last_day(month).isoformat()
    above = f"DATA STATUS,{SIMULATED_ABOVE}\nPERIOD START,{month}-01\nPERIOD END,{last}\n"
    return above.encode("utf-8") + as_csv(rows)


def _what_is_left(live: pandas.DataFrame, handed: list[Handed]) -> dict[str, Any]:
    return {
        "id": "net_change",
        "supplier_id": SUPPLIER,
        "feed_id": FEED,
        "what": "records come again with a higher version or a mark that they are deleted; the last version counts",
        "rows": sum(period.rows for period in handed),
        "changed": sum(period.told["changed"] for period in handed),
        "deleted": sum(period.told["deleted"] for period in handed),
        "live": len(live),
        "live_in_a_later_version": int((live["EVENT.ROW_VERSION"] > 1).sum()),
    }
