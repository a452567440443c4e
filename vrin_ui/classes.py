"""A scale of classes for a map: at most five, with round edges, and classes for what is not a figure."""

from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10

import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_ui.schemes import CLASSES, Numbers, breaks
from vrin_ui.wording import number

# Light to dark blue; neighbours also differ for readers who do not see colour.
SHADES = ("#dbe9f6", "#abcfe6", "#68abd6", "#2b7bba", "#08468b")
ZERO, NEGATIVE, NO_SUBMISSION, NOT_TOLD = "None", "Below zero", "No submission", "Cannot be told"
SUPPRESSED, NOT_PLACED = "Suppressed", "Not placed"
EDGE = "#505a5f"
SOLID: tuple[float, ...] = (1, 0)
Codes = npt.NDArray[np.int8]


@dataclass(frozen=True)
class Look:
    """How a class is drawn: its fill, its border and the dashes of the border."""

    fill: str
    stroke: str = EDGE
    dash: tuple[float, ...] = SOLID


# Each differs from every other in its fill and in its border, and from the classes of figures as well.
SPECIAL = {
    ZERO: Look("#ffffff"),
    NEGATIVE: Look("#ffffff", "#0b0c0c", (8, 2)),
    NOT_TOLD: Look("#f3d98b", "#7a5200", (1, 2)),
    SUPPRESSED: Look("#a67c52", "#0b0c0c", (6, 2, 1, 2)),
    NO_SUBMISSION: Look("#8a8f92", "#0b0c0c", (4, 3)),
    NOT_PLACED: Look("transparent", "#0b0c0c", (2, 2)),
}


@dataclass(frozen=True)
class Scale:
    """Labels in legend order with their looks, and for every value the place of its label."""

    labels: tuple[str, ...]
    looks: tuple[Look, ...]
    codes: Codes

    @property
    def of_values(self) -> tuple[str, ...]:
        """The label of every value."""
        return tuple(self.labels[code] for code in self.codes)

    @property
    def colours(self) -> tuple[str, ...]:
        """The fill of every label."""
        return tuple(look.fill for look in self.looks)

    @property
    def counts(self) -> tuple[int, ...]:
        """How many values each label has."""
        return tuple(np.bincount(self.codes, minlength=len(self.labels)).tolist())

    def of(self, rows: slice) -> "Scale":
        """The same classes for some of the values, as the two maps of a comparison have them."""
        return Scale(self.labels, self.looks, self.codes[rows])


def scale_of(
    values: pd.Series, states: pd.Series, *, digits: int = 0, whole: bool = False, scheme: str = "quantiles"
) -> Scale:
    """Classes by a published scheme, from round edge to round edge.

    `values` are NULL where a figure cannot be told; `states` is the label of a value that is drawn as
    something else than its figure (no submission, suppressed), else ''. `digits` are those of a single
    class; `whole` values are named 3 to 5, others 3 to under 6.
    """
    numbers = values.astype("Float64").to_numpy(dtype="float64", na_value=np.nan)
    special = _special(numbers, states)
    positive = numbers[special == ""]
    lower = edges(positive, scheme, whole=whole)
    names = class_names(lower, positive.max() if len(positive) else 0.0, digits=digits, whole=whole)
    looks = {name: Look(shade) for name, shade in zip(names, shades(len(names)), strict=True)} | SPECIAL
    there = set(special)
    before = [one for one in (NEGATIVE, ZERO) if one in there]
    after = [one for one in (NOT_TOLD, SUPPRESSED, NO_SUBMISSION) if one in there]
    shown = [*before, *names, *after]
    codes = np.zeros(len(numbers), dtype="int8")
    codes[special == ""] = len(before) + np.searchsorted(lower, positive, side="right") - 1
    for label in (*before, *after):
        codes[special == label] = shown.index(label)
    return Scale(tuple(shown), tuple(looks[name] for name in shown), codes)


def scale_of_labels(of_values: npt.ArrayLike, looks: dict[str, Look]) -> Scale:
    """A scale of labels that are given, in the order of `looks`; those without a value are left out."""
    given = np.asarray(of_values, dtype=object)
    shown = [label for label in looks if (given == label).any()]
    place = {label: number for number, label in enumerate(shown)}
    codes = np.array([place[label] for label in given], dtype="int8")
    return Scale(tuple(shown), tuple(looks[label] for label in shown), codes)


def _special(numbers: Numbers, states: pd.Series) -> npt.NDArray[np.object_]:
    """For every value the label that it has instead of a class; '' where it has a class."""
    states_of = states.to_numpy(dtype=object)
    shown = np.where(numbers < 0, NEGATIVE, np.where(numbers == 0, ZERO, ""))
    special = np.where(np.isnan(numbers), NOT_TOLD, shown)
    return np.where(states_of == "", special, states_of).astype(object)


def edges(positive: Numbers, scheme: str = "quantiles", *, whole: bool = False) -> list[float]:
    """Lower edges of at most CLASSES classes over values above zero; the first is 0."""
    if not len(positive):
        return []
    rising = np.sort(positive)
    if scheme == "equal":
        return _equal_steps(rising, whole=whole)
    found = [0.0]
    for cut in breaks(rising, scheme):
        above = rising[rising > cut]
        if not len(above):
            continue
        edge = round_edge(float(rising[rising <= cut].max()), float(above[0]), whole=whole)
        # An edge that no value lies below, or above, would make an empty class.
        if (rising[rising >= found[-1]] < edge).any() and (rising >= edge).any():
            found.append(edge)
    return found[:CLASSES]


def _equal_steps(rising: Numbers, *, whole: bool) -> list[float]:
    """Edges a round step apart from 0 on, whether or not each class has a value."""
    if rising[0] == rising[-1]:
        return [0.0]
    width = max(breaks(rising, "equal")[0], float(rising[-1]) / CLASSES)
    step = width if width >= 1 or not whole else 1.0
    places = 1 - floor(log10(step))
    step = ceil(step * 10.0**places) / 10.0**places
    step = ceil(step) if whole else step
    return [round(number * step, max(places, 0)) for number in range(CLASSES) if number * step <= rising[-1]]


def round_edge(below: float, above: float, *, whole: bool = False) -> float:
    """The roundest number over `below` and up to `above`: of one figure, a half of one, or two figures.

    Where none lies between them, `above` to two figures; of whole values never a fraction.
    """
    power = floor(log10(above))
    for step in (10.0**power, 5 * 10.0 ** (power - 1), 10.0 ** (power - 1)):
        edge = round(floor(above / step * (1 + 1e-12)) * step, max(0, 1 - power))
        if below < edge <= above and (not whole or edge == int(edge)):
            return edge
    places = 1 - power
    return above if whole and places > 0 else float(round(above, places))


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


def shades(count: int) -> list[str]:
    """So many of the shades, spread from the lightest to the darkest."""
    if count == 1:
        return [SHADES[2]]
    return [SHADES[round(place)] for place in np.linspace(0, len(SHADES) - 1, count)] if count else []
