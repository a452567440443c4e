"""Published schemes of classes for maps: where they cut the figures, as mapclassify does."""

import warnings

import numpy as np
import numpy.typing as npt

CLASSES = 5
SCHEMES = {
    "quantiles": "Equal share of areas",
    "natural": "Natural breaks",
    "equal": "Equal steps",
    "head-tail": "Head and tail",
}
SCHEME_WORDS = {
    "quantiles": "Each class holds about equally many areas, as far as round edges and like figures allow (quantiles).",
    "natural": "Classes follow the gaps between the figures (Fisher and Jenks).",
    "equal": "Every class is equally wide, so that most areas may stand in one.",
    "head-tail": "The figures are cut at their mean, and what lies above at its own mean again (Jiang 2013).",
}
SAMPLED = 250
"""Figures that natural breaks are sought among; of more, so many evenly by rank, the ends included."""
Numbers = npt.NDArray[np.float64]


def breaks(rising: Numbers, scheme: str) -> list[float]:
    """The highest figure of each class but the last, over figures in rising order."""
    if scheme == "quantiles":
        # As mapclassify.Quantiles cuts; it is the usual scheme, and needs no library that takes seconds to load.
        cuts = np.quantile(rising, np.linspace(0, 1, CLASSES + 1)[1:-1])
    elif len(np.unique(rising)) <= 1:
        return []
    else:
        cuts = _by_mapclassify(rising, scheme)
    return [float(cut) for cut in cuts]


def _by_mapclassify(rising: Numbers, scheme: str) -> Numbers:
    import mapclassify  # It brings scikit-learn with it, which costs seconds and memory.

    if scheme == "equal":
        return np.asarray(mapclassify.EqualInterval(rising, k=CLASSES).bins[:-1])
    if scheme == "head-tail":
        return np.asarray(mapclassify.HeadTailBreaks(rising).bins[: CLASSES - 1])
    places = np.linspace(0, len(rising) - 1, min(SAMPLED, len(rising))).round().astype(int)
    kinds = min(CLASSES, len(np.unique(rising[places])))
    with warnings.catch_warnings():
        # It says that it would be faster with a compiler; among so few figures it is fast enough.
        warnings.filterwarnings("ignore", message="Numba not installed")
        found = mapclassify.FisherJenks(rising[places], k=kinds)
    return np.asarray(found.bins[:-1])
