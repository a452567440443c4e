"""Ages that cannot be true: all alike, or heaped on one, as where unknown ages are written as a number."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from vrin_data.contract.checks import check
from vrin_data.contract.feeds import Feed
from vrin_data.intake.believe.facts import Facts
from vrin_data.intake.believe.finding import Finding, found
from vrin_data.intake.believe.shares import Series, shifts

FILLERS = (0, 99, 100, 110, 120)
"""Ages that stand for unknown ones where they are frequent."""


def age_findings(facts: Facts, feed: Feed) -> list[Finding]:
    """What there is to say of the ages of one supplier's submissions, each change once."""
    findings: list[Finding] = []
    for role, ages in facts.ages.groupby("role", sort=True):
        modes = _modes(ages).reindex(facts.submissions["submission_id"], fill_value=0)
        alike = _alike(modes)
        for number in modes.index[alike]:
            words = f"{role}: {_share(modes.loc[number])} are {modes.loc[number, 'age_years']}"
            findings += found(feed, number, "ages_all_equal", words)
        findings += [
            one for one in _heaps(modes, str(role), feed) if one.submission_id not in modes.index[alike]
        ]
    return findings


def _modes(ages: pd.DataFrame) -> pd.DataFrame:
    """Per submission: its most frequent age, how many persons have it (hits), and how many any (rows)."""
    most = ages.sort_values(["row_count", "age_years"], ascending=[False, True]).drop_duplicates(
        "submission_id"
    )
    modes = most.set_index("submission_id")[["age_years", "row_count"]].rename(columns={"row_count": "hits"})
    return modes.assign(rows=ages.groupby("submission_id")["row_count"].sum())


def _alike(modes: pd.DataFrame) -> np.ndarray:
    """Which submissions have one age and are the first of their kind in a row."""
    own = check("ages_all_equal")
    is_alike = (modes["rows"] >= own.threshold("least_rows")) & (
        modes["hits"] >= own.threshold("least_share") * modes["rows"]
    )
    return np.asarray(is_alike & ~is_alike.shift(fill_value=False))


def _heaps(modes: pd.DataFrame, role: str, feed: Feed) -> Iterator[Finding]:
    own = check("ages_on_one")
    hits, rows = (modes[name].to_numpy(dtype=np.int64) for name in ("hits", "rows"))
    said: set[int] = set()
    for position, shift in shifts(Series(own.id, role, hits, rows, "up")):
        said.add(position)
        words = f"{role}: the age {modes['age_years'].iloc[position]} is that of {shift.words}"
        yield from found(feed, modes.index[position], own.id, words)
    is_filler = modes["age_years"].isin(FILLERS) & (rows >= own.threshold("least_rows"))
    is_heap = is_filler & (hits >= own.threshold("largest_share_of_filler") * rows)
    first = np.flatnonzero(is_heap & ~is_heap.shift(fill_value=False)).tolist()
    for position in first:
        if position not in said:
            words = f"{role}: {_share(modes.iloc[position])} are {modes['age_years'].iloc[position]}"
            yield from found(feed, modes.index[position], own.id, words)


def _share(mode: pd.Series) -> str:
    return f"{mode['hits'] / mode['rows']:.0%} of {mode['rows']:,} persons"
