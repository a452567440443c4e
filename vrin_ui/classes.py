"""A scale of classes for a map: five by default, with round edges, and classes for what is not a figure."""

from dataclasses import dataclass
from itertools import pairwise
from math import floor, log10

import numpy as np
import pandas as pd

from vrin_ui.wording import number

# Light to dark blue; neighbours also differ for readers who do not see colour.
SHADES = ("#dbe9f6", "#abcfe6", "#68abd6", "#2b7bba", "#08468b")
ZERO, NO_SUBMISSION, NOT_TOLD = "None", "No submission", "Cannot be told"
SPECIAL_COLOURS = {ZERO: "#ffffff", NO_SUBMISSION: "#a3a8ab", NOT_TOLD: "#f2dfb0"}


@dataclass(frozen=True)
class Scale:
    """Labels in legend order with their colours, and the label of every value."""

    labels: tuple[str, ...]
    colours: tuple[str, ...]
    of_values: tuple[str, ...]


def scale_of(values: pd.Series, is_gap: pd.Series, *, digits: int = 0, whole: bool = False) -> Scale:
    """Classes of about equally many areas each, from round edge to round edge.

    `values` are zero or more, NULL where a figure cannot be told; `is_gap` marks no submission.
    `digits` are those of a single class; `whole` values are named 3 to 5, others 3 to under 6.
    """
    numbers = values.astype("Float64").to_numpy(dtype="float64", na_value=np.nan)
    gaps = is_gap.to_numpy(dtype=bool)
    positive = numbers[(numbers > 0) & ~gaps]
    lower = edges(positive, len(SHADES), whole=whole)
    names = class_names(lower, positive.max() if len(positive) else 0.0, digits=digits, whole=whole)
    of_values = []
    for value, gap in zip(numbers, gaps, strict=True):
        if gap:
            of_values.append(NO_SUBMISSION)
        elif np.isnan(value):
            of_values.append(NOT_TOLD)
        elif value == 0:
            of_values.append(ZERO)
        else:
            of_values.append(names[int(np.searchsorted(lower, value, side="right")) - 1])
    colours = dict(zip(names, _shades(len(names)), strict=True)) | SPECIAL_COLOURS
    shown = [name for name in (ZERO, *names, NOT_TOLD, NO_SUBMISSION) if name in names or name in of_values]
    return Scale(tuple(shown), tuple(colours[name] for name in shown), tuple(of_values))


def edges(positive: np.ndarray, count: int, *, whole: bool = False) -> list[float]:
    """Lower edges of at most `count` classes over values above zero; the first is 0."""
    if not len(positive):
        return []
    cuts = np.quantile(positive, np.linspace(0, 1, count + 1)[1:-1])
    found = [0.0]
    for cut in cuts:
        edge = _rounded(float(cut), whole=whole)
        # An edge that no value lies below, or above, would make an empty class.
        if (positive[positive >= found[-1]] < edge).any() and (positive >= edge).any():
            found.append(edge)
    return found


def class_names(lower: list[float], largest: float, *, digits: int = 0, whole: bool = False) -> list[str]:
    """Names of the classes by their edges: 'under 2.5', '2.5 to under 6', '6 or more'; whole: '1 to 2'."""
    if not lower:
        return []
    if len(lower) == 1:
        return [f"up to {number(largest, digits)}"]
    shown = [number(edge, _places(edge)) for edge in lower]
    if whole and not any(map(_places, lower)):
        ends = [(max(1, round(low)), round(high) - 1) for low, high in pairwise(lower)]
        middle = [number(low) if low == high else f"{number(low)} to {number(high)}" for low, high in ends]
        return [*middle, f"{shown[-1]} or more"]
    middle = [f"{low} to under {high}" for low, high in pairwise(shown[1:])]
    return [f"under {shown[1]}", *middle, f"{shown[-1]} or more"]


def _places(edge: float) -> int:
    """The decimals that an edge needs: each has its own, so that 45 beside 0.79 is not 45.00."""
    return next(n for n in range(9) if n == 8 or edge == round(edge, n))


def _rounded(value: float, *, whole: bool) -> float:
    """The value to two figures, and of whole values to no fraction."""
    places = 1 - floor(log10(value))
    return float(round(value, min(places, 0) if whole else places))


def _shades(count: int) -> list[str]:
    """So many of the shades, spread from the lightest to the darkest."""
    if count == 1:
        return [SHADES[2]]
    return [SHADES[round(place)] for place in np.linspace(0, len(SHADES) - 1, count)] if count else []
