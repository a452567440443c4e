"""What a force said of some months before it handed them in once more.

The simulated events are what is true in the end. The first version is made from them: some rows are not
known yet, some have another offence or no suspect yet, and some stand in it that are taken back later.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas

from sample_data.extract import in_file_order
from sample_data.forces import Force, Restatement
from sample_data.simulate import offence_mix

FIRST_TOLD_AS = "common_assault"
LATER_TOLD_AS = "abh"
"""Rows that change come to be a graver offence; the code and classification follow the kind."""


def first_told(
    events: pandas.DataFrame, restatement: Restatement, rng: np.random.Generator
) -> pandas.DataFrame:
    """The events as they were first handed in, equal to the later version in every other month."""
    gone = [_gone_later(events, restatement, at, rng) for at in range(len(restatement.months))]
    for late, changed, _ in gone:
        events = _told_otherwise(events, changed).drop(index=late)
    extra = pandas.concat([rows for *_, rows in gone], ignore_index=True)
    extra["number"] = np.arange(len(extra)) + 1 + events["number"].max()
    return in_file_order(pandas.concat([events, extra], ignore_index=True))


def _gone_later(
    events: pandas.DataFrame, restatement: Restatement, at: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, pandas.DataFrame]:
    """Of one month: labels of rows that come later, labels of rows that change, and rows taken back later."""
    own = events[(events["month"] == restatement.months[at]) & (events["status"] == "live")]
    graver = own.index[own["offence_group"] == LATER_TOLD_AS].to_numpy()
    changed = rng.choice(graver, size=restatement.changed[at], replace=False)
    others = rng.permutation(np.setdiff1d(own.index.to_numpy(), graver))
    late, copied = np.split(
        others[: restatement.added[at] + restatement.vanished[at]], [restatement.added[at]]
    )
    hours = pandas.to_timedelta(rng.integers(1, 12, size=len(copied)), unit="h")
    taken_back = events.loc[copied]
    return late, changed, taken_back.assign(occurred_from=taken_back["occurred_from"] - hours)


def _told_otherwise(events: pandas.DataFrame, changed: np.ndarray) -> pandas.DataFrame:
    """The events with the changed rows as the lesser offence they were first recorded as."""
    mix = offence_mix().set_index("offence_group")
    told = events.copy()
    for column in mix.columns.intersection(told.columns):
        told.loc[changed, column] = mix.loc[FIRST_TOLD_AS, column]
    told.loc[changed, "offence_group"] = FIRST_TOLD_AS
    return told


def resend_tables(first: pandas.DataFrame, later: pandas.DataFrame, force: Force) -> Iterable[dict[str, Any]]:
    """What the second version changes in the months it restates, as planted facts."""
    restatement = force.restatement
    if restatement is None:
        return
    yield {
        "id": "resend",
        "supplier_id": force.supplier_id,
        "feed_id": "police-offences",
        "force_code": force.code,
        "what": "a second file restates three months: rows come, go, and turn into a graver offence",
        "months": list(restatement.months),
        "rows_before": [int((first["month"] == month).sum()) for month in restatement.months],
        "rows_after": [int((later["month"] == month).sum()) for month in restatement.months],
        "added": list(restatement.added),
        "vanished": list(restatement.vanished),
        "changed": list(restatement.changed),
        "changed_from": FIRST_TOLD_AS,
        "changed_to": LATER_TOLD_AS,
        "received_on": restatement.received_on,
    }
