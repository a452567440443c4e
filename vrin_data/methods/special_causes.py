"""Special causes: the four rules of Making Data Count, the first that holds of a point naming it.

In this order: outside the limits; in a trend; two of three near a limit; in a run on one side of the mean. Source:
NHSRplotthedots (its pull request 180 gives the order, 171 the direction of a trend, 194 and 143 two of three).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from vrin_data.methods.chart_settings import ChartSettings
from vrin_data.methods.control_chart import (
    HAIR,
    HIGH,
    LOW,
    NEITHER,
    NO_CAUSE,
    OUTSIDE,
    RUN,
    TREND,
    TWO_OF_THREE,
    Flags,
    Floats,
    Steps,
    Words,
)

THREE, TWO = 3, 2


class Causes(NamedTuple):
    """For every point its cause, and whether that points up or down."""

    cause: Words
    direction: Words


def special_causes(values: npt.ArrayLike, lines: Sequence[Floats], settings: ChartSettings) -> Causes:
    """The causes of one segment; `lines` are mean, lower, upper, near lower and near upper of every point."""
    value = np.asarray(values, dtype="float64")
    side = sides(value, lines[0])
    outside = beyond(value, lines[1], lines[2])
    near = np.where(outside == 0, beyond(value, lines[3], lines[4]), 0)
    signs = (
        (OUTSIDE, outside),
        (TREND, trends(value, settings.run_length, passes_ties=settings.ties == "pass")),
        (TWO_OF_THREE, two_of_three(near, side, one_side=settings.two_of_three == "one_side")),
        (RUN, np.where(in_run(side, settings.run_length), side, 0)),
    )
    sign = np.select([found != 0 for _, found in signs], [found for _, found in signs], 0)
    cause = np.select([found != 0 for _, found in signs], [name for name, _ in signs], NO_CAUSE)
    direction = np.select([sign > 0, sign < 0], [HIGH, LOW], NEITHER)
    return Causes(cause.astype(object), direction.astype(object))


def sides(value: Floats, mean: Floats) -> Steps:
    """1 above the mean, -1 below it, 0 on it."""
    return beyond(value, mean, mean)


def beyond(value: Floats, lower: Floats, upper: Floats) -> Steps:
    """1 above the upper line, -1 below the lower one, 0 between them and where there are none."""
    hair = HAIR * max(1.0, float(np.abs(value).max(initial=0.0)))
    return (value > upper + hair).astype("int64") - (value < lower - hair).astype("int64")


def in_run(side: Steps, length: int) -> Flags:
    """Which points stand in a run of so many points or more on one side; a point on the mean ends it."""
    starts = np.flatnonzero(np.append(True, side[1:] != side[:-1])) if len(side) else np.zeros(0, "int64")
    sizes = np.diff(np.append(starts, len(side)))
    return np.asarray(np.repeat(sizes >= length, sizes) & (side != 0))


def trends(value: Floats, length: int, *, passes_ties: bool) -> Steps:
    """1 for the points of a rise over so many points or more, -1 for those of a fall, else 0.

    The point at which a fall turns into a rise belongs to the later of the two.
    """
    found = np.zeros(len(value), dtype="int64")
    hair = HAIR * max(1.0, float(np.abs(value).max(initial=0.0)))
    moved = np.diff(value)
    steps = np.where(np.abs(moved) <= hair, 0.0, np.sign(moved))
    first, last, sign, moves = 0, 0, 0.0, 0
    for at, step in enumerate([*steps.tolist(), np.nan]):
        if step == 0 and passes_ties:
            continue
        if step != sign:
            if sign and moves + 1 >= length:
                found[first : last + 1] = int(sign)
            first, sign, moves = at, step, 0
        last, moves = at + 1, moves + 1
    return found


def two_of_three(near: Steps, side: Steps, *, one_side: bool) -> Steps:
    """1 or -1 for the points beyond a near limit that are two of three following points there, else 0."""
    found = np.zeros(len(near), dtype="int64")
    for sign in (1, -1):
        held = near == sign
        full = _windows(held) >= TWO
        if one_side:
            full &= _windows(side == sign) == THREE
        part = (
            np.convolve(full, np.ones(THREE, dtype="int64")) > 0 if len(full) else np.zeros(len(near), bool)
        )
        found[held & part[: len(near)]] = sign
    return found


def _windows(flags: Flags) -> Steps:
    """How many of each three following points are so; one entry for every first point of three."""
    total = np.append(0, np.cumsum(flags))
    return np.asarray(total[THREE:] - total[:-THREE])
