"""One change between two periods as plain numbers, out of a row of an answer: None where a figure is not told."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

import pandas as pd

INCIDENTS = "incidents"


@dataclass(frozen=True)
class Changed:
    """A row of `period_change`; what its columns mean stands there."""

    area_code: str
    area_name: str
    figure: str
    before: float | None
    before_low: float | None
    before_high: float | None
    now: float | None
    now_low: float | None
    now_high: float | None
    months_compared: int
    months_asked: int
    months_left_out: str
    difference_low: float | None
    difference_high: float | None
    ratio_low: float | None
    ratio_high: float | None
    p_value: float | None
    root_z: float | None
    dispersion: float | None
    fewest_incidents: int | None
    is_small_base: bool
    break_titles: str
    verdict: str
    verdict_reason: str
    total: float | None
    total_low: float | None
    total_high: float | None
    months_whole: int
    unweighted_count: int | None

    @property
    def is_count(self) -> bool:
        """Whether incidents are compared, and not harm."""
        return self.figure == INCIDENTS

    @property
    def is_ranged(self) -> bool:
        """Whether either period has a lowest and a highest reading that differ."""
        return is_range(self.before_low, self.before_high) or is_range(self.now_low, self.now_high)


def changes_of(frame: pd.DataFrame) -> Iterator[Changed]:
    """The rows of an answer of `period_change`."""
    names = [one.name for one in fields(Changed)]
    for row in frame[names].itertuples(index=False):
        yield Changed(**{name: _plain(value) for name, value in zip(names, row, strict=True)})


def is_range(low: float | None, high: float | None) -> bool:
    """Whether two readings differ when rounded."""
    return low is not None and high is not None and round(low) != round(high)


def _plain(value: Any) -> Any:
    return None if pd.isna(value) else value
