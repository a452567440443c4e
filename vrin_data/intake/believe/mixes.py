"""Mixes that flipped: of kinds of offence, and of the recorded values of each coded column.

Two mixes are compared by their total variation distance, the share of rows that would have to be of
another kind for them to be alike: 0 where they are alike, 1 where they have no kind in common.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.contract.checks import check
from vrin_data.contract.codes import NOT_RECORDED
from vrin_data.contract.feeds import Feed
from vrin_data.intake.believe.coded import AGE_COLUMNS, by_value
from vrin_data.intake.believe.facts import Facts
from vrin_data.intake.believe.finding import Finding, found
from vrin_data.intake.believe.walk import changes

Floats = npt.NDArray[np.float64]
FEW = 3
SHOWN = 3


@dataclass(frozen=True)
class Flip:
    """How far a mix is from those before, and the kinds that changed most, with their shares."""

    distance: float
    words: str


def mix_findings(facts: Facts, feed: Feed) -> list[Finding]:
    """What there is to say of the mixes of one supplier's submissions, each change once."""
    numbers = facts.submissions["submission_id"].tolist()
    disjoint = check("offences_disjoint").threshold("least_distance")
    findings: list[Finding] = []
    for column, table in _tables(facts):
        flipped = "offences_flipped" if column == "offence" else "codes_flipped"
        for position, flip in flips(table, flipped):
            is_other = column == "offence" and flip.distance >= disjoint
            what = f"{column}: {flip.distance:.0%} of the mix is another: {flip.words}"
            findings += found(feed, numbers[position], "offences_disjoint" if is_other else flipped, what)
    return findings


def flips(table: pd.DataFrame, check_id: str) -> list[tuple[int, Flip]]:
    """The positions (rows, in the order of time) at which the mix of the columns' counts flipped."""
    own = check(check_id)
    counts = table.to_numpy(dtype=float)
    told = np.flatnonzero(counts.sum(axis=1) >= own.threshold("least_rows"))
    kept = counts[told]
    names = [str(name) for name in table.columns]

    def differs(stretch: Sequence[int], position: int) -> Flip | None:
        before = kept[list(stretch)]
        distance = _distance(before.sum(axis=0), kept[position])
        if distance < own.threshold("least_distance"):
            return None
        noise = max(_noise(before, kept[position]), _usual(before))
        if distance < min(1.0, own.threshold("least_times_noise") * noise):
            return None
        return Flip(distance, _words(names, before.sum(axis=0), kept[position]))

    return [(int(told[position]), flip) for position, flip in changes(len(told), differs)]


def _distance(one: Floats, other: Floats) -> float:
    return float(np.abs(one / one.sum() - other / other.sum()).sum() / 2)


def _noise(before: Floats, own: Floats) -> float:
    """The distance that chance alone leaves on average between mixes of so many rows."""
    pooled = before.sum(axis=0) + own
    share = pooled / pooled.sum()
    scale = 1 / own.sum() + 1 / before.sum()
    return float(np.sqrt(2 * share * (1 - share) * scale / np.pi).sum() / 2)


def _usual(before: Floats) -> float:
    """The distance that submissions of the stretch usually have from it, 0 where few tell."""
    if len(before) < FEW:
        return 0.0
    return float(np.median([_distance(before.sum(axis=0), one) for one in before]))


def _words(names: list[str], before: Floats, own: Floats) -> str:
    old, new = before / before.sum(), own / own.sum()
    most = np.argsort(-np.abs(new - old).round(6), kind="stable")[:SHOWN]
    return ", ".join(f"{names[kind]} {new[kind]:.0%} ({old[kind]:.0%} before)" for kind in most)


def _tables(facts: Facts) -> Iterator[tuple[str, pd.DataFrame]]:
    """Counts of kinds by submission: of offences, then of each coded column's recorded values."""
    kinds = facts.kinds.pivot_table(
        index="submission_id", columns="kind", values="row_count", aggfunc="sum", fill_value=0
    )
    yield "offence", kinds.reindex(facts.submissions["submission_id"], fill_value=0)
    values = by_value(facts.codes, facts.submissions["submission_id"])
    for column in sorted({str(name) for name, _ in values.columns} - {"mapping_status", *AGE_COLUMNS}):
        yield column, values[column].drop(columns=NOT_RECORDED, errors="ignore")
