"""What every area of a selection holds, one figure of incidents and one of harm: what statistics of places take."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.errors import UsageError
from vrin_data.measures.areas_came import areas_asked, areas_came, nowhere_placed
from vrin_data.measures.forces import force_codes, force_of_areas
from vrin_data.measures.harm_intervals import CORRECTED
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.received import Flags
from vrin_data.measures.residents import residents_of_areas
from vrin_data.measures.ruling import count_kinds, ruling_of
from vrin_data.measures.selection import Selection
from vrin_data.measures.tally import tally_by_area
from vrin_data.measures.weight_kinds import require_kind
from vrin_data.store import Store

Floats = npt.NDArray[np.float64]
LEAST_SURE = 0.1
"""Share of the incidents that must be in for certain; below it those count that are in or may be."""


@dataclass(frozen=True, eq=False)
class PlaceFigures:
    """The areas of a selection by name, what each holds, and what must be said of it.

    `by_kind` are incidents by area and kind; one of a kind adds `count_each` to the incidents, `sure_each` to
    the certain ones and `harm_each` (days) to the harm. `months_whole` came whole, of `months_asked`; `is_gap` has
    none that came, or nothing placed at the level. `residents` is NaN where they are not known.
    """

    areas: pd.DataFrame
    residents: Floats
    months_whole: npt.NDArray[np.int64]
    months_asked: int
    is_gap: Flags
    by_kind: Floats
    sure_each: Floats
    count_each: Floats
    harm_each: Floats
    notes: tuple[str, ...]

    @cached_property
    def counts(self) -> Floats:
        """Incidents of each area."""
        return np.asarray(self.by_kind @ self.count_each)

    @cached_property
    def certain(self) -> Floats:
        """Incidents of each area that are in for certain."""
        return np.asarray(self.by_kind @ self.sure_each)

    @cached_property
    def harm(self) -> Floats:
        """Harm of each area in days."""
        return np.asarray(self.by_kind @ self.harm_each).round(6)

    @cached_property
    def squares(self) -> Floats:
        """The squared weights of each area's incidents, summed."""
        return np.asarray(self.by_kind @ self.harm_each**2)

    @property
    def residents_at_risk(self) -> Floats:
        """Residents times the share of the period that came whole."""
        return self.residents * self.months_whole / max(self.months_asked, 1)

    def only(self, kept: Flags) -> "PlaceFigures":
        """The same figures with every other area a gap."""
        return replace(self, is_gap=self.is_gap | ~kept)


def place_figures(store: Store, selection: Selection) -> PlaceFigures:
    """The figures of every area of the selection's level, from the months that came whole from its force.

    Incidents are those certainly in, or where fewer than a tenth are certain, all that are in or may
    be. Harm is the certain incidents at their central weight, and at their lowest where an offence has no
    defensible central one. Raises what `harm` raises, and UsageError for a feed whose counts are corrected.
    """
    question = question_of(store, selection)
    require_kind(question.edition, "days")
    if question.is_uncertain:
        raise UsageError(f"{CORRECTED[0].upper()}{CORRECTED[1:]}. Choose another feed.")
    areas = areas_asked(question)
    ruling, tally = ruling_of(store, question), tally_by_area(store, question)
    net = count_kinds(tally, ruling.kind_of, len(ruling.kinds)).net
    of_areas, unplaced = net[: len(areas)], net[len(areas) :]
    count_each, count_note = _count_each(of_areas, ruling.each("sure"), ruling.each("possible"))
    lacks = ruling.each("lacks_central") > 0
    whole = areas_came(question, areas).whole[:-1]
    return PlaceFigures(
        areas=areas.reset_index(drop=True),
        residents=residents_of_areas(question, areas)[:-1].to_numpy("float64", na_value=np.nan),
        months_whole=whole.sum(axis=1) * question.width,
        months_asked=len(selection.months),
        is_gap=~whole.any(axis=1) | _nowhere(question, areas, of_areas.sum(axis=1), unplaced.sum(axis=1)),
        by_kind=of_areas,
        sure_each=ruling.each("sure"),
        count_each=count_each,
        harm_each=np.where(lacks, ruling.each("low_each"), ruling.each("central_each")),
        notes=(*count_note, *_harm_note(of_areas, ruling.each("sure"), ruling.each("possible"), lacks)),
    )


def gap_notes(places: PlaceFigures) -> tuple[str, ...]:
    """How many areas have no figures and so are left out; nothing where all have."""
    gaps = int(places.is_gap.sum())
    words = f"{gaps:,} areas are left out: nothing whole came for them, or nothing is placed so finely"
    return (words,) if gaps else ()


def without_homicide(selection: Selection) -> Selection:
    """The selection with homicide left out."""
    return replace(selection, without_homicide=True)


def _count_each(by_kind: Floats, sure: Floats, possible: Floats) -> tuple[Floats, tuple[str, ...]]:
    certain, most = (by_kind @ sure).sum(), (by_kind @ possible).sum()
    if certain >= LEAST_SURE * most:
        return sure, ()
    return possible, (
        f"of {most:,.0f} incidents that are in or may be, {certain:,.0f} are certain: all are taken as incidents "
        "of their places, since the extract cannot tell most of them apart",
    )


def _harm_note(by_kind: Floats, sure: Floats, possible: Floats, lacks: Flags) -> tuple[str, ...]:
    of_kind = by_kind.sum(axis=0)
    open_count = float(of_kind @ ((possible > sure) & ~lacks))
    lowest = float(of_kind @ lacks)
    words = {
        "harm is of the certain incidents: {:,.0f} that may be in as well are left out of it": open_count,
        "{:,.0f} incidents without a defensible central weight count at their lowest": lowest,
    }
    return tuple(text.format(count) for text, count in words.items() if count)


def _nowhere(question: Question, areas: pd.DataFrame, placed: Floats, unplaced: Floats) -> Flags:
    """Areas of forces none of whose incidents is placed at the level; the unplaced are by `force_codes`, none first."""
    force_at = force_of_areas(question.facts)[areas["area_id"].to_numpy()]
    left = np.flatnonzero(unplaced)[: len(force_codes(question.facts)) + 1]
    return nowhere_placed(question, areas, force_at[placed != 0], left)[:-1]
