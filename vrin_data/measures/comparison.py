"""Whether areas stand out from their comparators: a funnel plot's points, its lines, and what made them."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from vrin_data.errors import UsageError
from vrin_data.measures.answer import Answer
from vrin_data.measures.comparison_notes import comparison_notes
from vrin_data.measures.comparison_request import RATES, ComparisonRequest, Group, group_of
from vrin_data.measures.filling import MOST_DOUBT, PER_PERSONS
from vrin_data.measures.harm import figures
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.place_figures import Floats, PlaceFigures, gap_notes, place_figures
from vrin_data.measures.question import question_of
from vrin_data.measures.selection import MONTHS_PER_YEAR
from vrin_data.measures.stamp import Stamp
from vrin_data.measures.stamps import question_stamp
from vrin_data.methods import funnel
from vrin_data.methods.intervals import poisson_low
from vrin_data.records import last_event_id
from vrin_data.store import Store

BUSY_TIMES = 3
"""An area is busy where it surely has so many times the incidents per resident of all that are compared."""
CURVE_POINTS = 60
BEYOND = 1.08
"""How far the lines go on beyond the area of most residents."""
NAMES = ("95", "998")


@dataclass(frozen=True, eq=False)
class Funnel:
    """A group's figures as effective counts: what each area has, over how many resident years, and the rate of all.

    `unit` is what one effective count stands for (incidents, or days). NaN where an area has no figure. `most` is what
    there may be at most, of incidents or of days; `is_untold` where so much is in doubt that there is no one figure.
    """

    group: Group
    places: PlaceFigures
    kept: np.ndarray
    most: Floats
    is_untold: np.ndarray
    observed: Floats
    years: Floats
    unit: float
    found: funnel.Spread
    tau2: float

    @property
    def rate(self) -> float:
        """Effective counts per resident year of all areas together; NaN where there is none."""
        known = np.isfinite(self.observed)
        total = self.years[known].sum()
        return float(self.observed[known].sum() / total) if total > 0 else float("nan")

    @property
    def expected(self) -> Floats:
        """Effective counts of each area at that rate."""
        return np.asarray(self.rate * self.years)

    @property
    def classes(self) -> np.ndarray:
        """Where each area's range lies, from what is certain to what there may be at most."""
        return funnel.classes(self.observed, self.expected, self.tau2, most=self.most / self.unit)

    def as_rate(self, counts: Floats, years: Floats) -> Floats:
        """Effective counts over resident years as the figure per 1,000 residents a year."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(counts * self.unit / years * PER_PERSONS)


def comparison(store: Store, request: ComparisonRequest) -> Answer:
    """Each area that is compared, by name, with what was to be expected at the rate of all and the limits around it.

    Columns: area_code, area_name, level, observed (certain incidents, or days of harm), observed_most (at most, where
    all that may be in is in), residents, months_whole, months_expected, resident_years (residents times the years that
    came whole), value (per 1,000 residents a year), value_most (that of observed_most), target (that of all areas
    together), expected (as observed), ratio, z (distance in units of chance, square roots), z_adjusted (with
    over-dispersion), lower95, upper95, lower998, upper998 (per 1,000 residents a year at its own resident years, as
    asked: adjusted or of chance alone), class (within, high95, high998, low95, low998, none, and open where the range
    from observed to observed_most crosses a limit), is_chosen, is_comparator, comparator_rank (place on a list; NULL
    without one), is_gap, is_untold (so much is in doubt that there is no single figure, as in `small_areas`),
    is_busy_centre.
    An area on fewer months is expected to have what its own months give; one of a missing feed, without a single
    figure, or without residents, is no point and stands in no limit. Harm is a weighted Poisson sum: in limits a day
    counts for as much as its variance, the sum of squared weights over the sum of weights, allows.
    Raises UsageError, what `harm` raises, and UsageError for feeds whose counts are corrected or suppressed.
    Source: Spiegelhalter 2005, doi 10.1002/sim.1970; limits of chance are exact Poisson.
    """
    one, stamp = _asked(store, request)
    places, years = one.places, one.years
    frame = places.areas[["area_code", "area_name", "level"]][one.kept].reset_index(drop=True)
    frame["observed"] = one.observed * one.unit
    frame["observed_most"] = one.most
    frame["residents"] = pd.array(places.residents[one.kept], dtype="Float64").astype("Int64")
    frame["months_whole"] = places.months_whole[one.kept]
    frame["months_expected"] = places.months_asked
    frame["resident_years"] = years
    frame["value"] = one.as_rate(one.observed, years)
    frame["value_most"] = one.as_rate(np.where(np.isfinite(one.observed), one.most, np.nan) / one.unit, years)
    frame["target"] = one.rate * one.unit * PER_PERSONS
    frame["expected"] = one.expected * one.unit
    frame["ratio"] = frame["observed"] / frame["expected"].where(frame["expected"] > 0)
    frame["z"] = funnel.distances(one.observed, one.expected)
    frame["z_adjusted"] = funnel.adjusted_distances(one.observed, one.expected, one.found.tau2)
    for name in NAMES:
        low, high = funnel.limits(one.expected, one.tau2, name)
        frame[f"lower{name}"], frame[f"upper{name}"] = one.as_rate(low, years), one.as_rate(high, years)
    frame["class"] = one.classes
    _add_standing(frame, one)
    return Answer(frame, stamp)


def comparison_summary(store: Store, request: ComparisonRequest) -> Answer:
    """What made a comparison, in one row.

    Columns: figure, target (of all areas together, per 1,000 residents a year), unit (what one effective count
    stands for, incidents or days), area_count (with figures), left_out_count, phi (1 where chance is all), tau2
    (variance between areas, of the square root of the ratio), used_count (areas that made them), outliers, limits,
    is_adjusted (whether the limits are wider than chance), high998_count, high95_count, low95_count, low998_count,
    open_count, comparators (force, region, all, or the list and its version), listed_count (areas on the list),
    not_held_count (those of them that the build holds no figures of).
    """
    one, stamp = _asked(store, request)
    classes = pd.Series(one.classes)
    row = {
        "figure": request.figure,
        "target": one.rate * one.unit * PER_PERSONS,
        "unit": one.unit,
        "area_count": int(np.isfinite(one.observed).sum()),
        "left_out_count": int((~np.isfinite(one.observed)).sum()),
        "phi": one.found.phi,
        "tau2": one.found.tau2,
        "used_count": one.found.used,
        "outliers": request.outliers,
        "limits": request.limits,
        "is_adjusted": one.tau2 > 0,
        **{
            f"{name}_count": int((classes == name).sum())
            for name in ("high998", "high95", "low95", "low998", "open")
        },
        "comparators": one.group.listed.label if one.group.listed else request.comparators,
        "listed_count": len(one.group.codes or ()),
        "not_held_count": not_held(one),
    }
    return Answer(pd.DataFrame([row]), stamp)


def funnel_curve(store: Store, request: ComparisonRequest) -> Answer:
    """The lines of a funnel plot, from few resident years to many.

    Columns: resident_years, target, lower95, upper95, lower998, upper998 (those that the areas are classed by), and
    chance_lower95, chance_upper95, chance_lower998, chance_upper998 (of chance alone), all per 1,000 residents a
    year. No rows where no area has a figure.
    """
    one, stamp = _asked(store, request)
    known = one.years[np.isfinite(one.observed)]
    if not len(known) or not one.rate > 0:
        return Answer(pd.DataFrame({"resident_years": pd.Series(dtype="float64")}), stamp)
    years = np.geomspace(known.min() / 2, known.max() * BEYOND, CURVE_POINTS)
    frame = pd.DataFrame({"resident_years": years, "target": one.rate * one.unit * PER_PERSONS})
    for name in NAMES:
        for prefix, (low, high) in {
            "": funnel.limits(one.rate * years, one.tau2, name),
            "chance_": funnel.limits(one.rate * years, 0.0, name),
        }.items():
            frame[f"{prefix}lower{name}"] = one.as_rate(low, years)
            frame[f"{prefix}upper{name}"] = one.as_rate(high, years)
    return Answer(frame, stamp)


def not_held(one: Funnel) -> int:
    """How many areas of the list have no figures here."""
    if one.group.codes is None:
        return 0
    told = one.places.areas["area_code"][one.kept][np.isfinite(one.observed)]
    return len(set(one.group.codes) - set(told))


def _asked(store: Store, request: ComparisonRequest) -> tuple[Funnel, Stamp]:
    return _made(store, store.current_build(), last_event_id(store.path), request)


# Points, lines and what made them are asked for one after the other; what people put on record may change them all.
@lru_cache(maxsize=4)
def _made(
    store: Store, build_id: str | None, records: int, request: ComparisonRequest
) -> tuple[Funnel, Stamp]:
    group = group_of(store, request)
    question = question_of(store, group.selection)
    if request.figure == "harm-rate" and not question.known.definition.counts_crimes:
        raise UsageError(
            f"The definition {question.known.definition.label} counts no crimes, which alone weigh as harm. "
            "Compare incidents."
        )
    one = _funnel(place_figures(store, group.selection), figures(store, question), group, request)
    notes = comparison_notes(
        request,
        group,
        found=one.found,
        is_adjusted=one.tau2 > 0,
        areas=int(np.isfinite(one.observed).sum()),
        not_held=not_held(one),
        untold=int(one.is_untold.sum()),
        is_uneven=len(set(one.places.months_whole[one.kept][np.isfinite(one.observed)])) > 1,
    )
    gaps = gap_notes(one.places) if group.codes is None else ()
    return one, question_stamp(question, (*notes, *gaps, *harm_notes(store, question)))


def _funnel(places: PlaceFigures, told: pd.DataFrame, group: Group, request: ComparisonRequest) -> Funnel:
    kept = _kept(places, group)
    years = np.where(places.is_gap, np.nan, places.residents * places.months_whole / MONTHS_PER_YEAR)[kept]
    years = np.where(years > 0, years, np.nan)
    rows = told.set_index("area_code").loc[places.areas["area_code"][kept]]
    is_harm = RATES[request.figure] == "harm"
    is_untold = ~np.asarray(places.is_gap)[kept] & (
        rows["harm_days"].isna().to_numpy() if is_harm else _in_doubt(rows)
    )
    is_known = np.isfinite(years) & ~is_untold
    held = (places.harm if is_harm else places.certain)[kept]
    unit = _unit(places.squares[kept], held, is_known) if is_harm else 1.0
    most = rows["harm_days_high" if is_harm else "incident_count_high"].to_numpy("float64", na_value=np.nan)
    observed = np.where(is_known, held / unit, np.nan)
    total = observed[is_known].sum()
    expected = years * (total / years[is_known].sum()) if is_known.any() else years * np.nan
    found = funnel.spread(observed, expected, outliers=request.outliers)
    tau2 = found.tau2 if request.limits == "adjusted" else 0.0
    return Funnel(group, places, kept, most, is_untold, observed, years, unit, found, tau2)


def _in_doubt(rows: pd.DataFrame) -> np.ndarray:
    doubt = rows["incident_count_high"] - rows["incident_count_low"]
    return np.asarray((doubt > MOST_DOUBT * rows["incident_count_high"]).fillna(False), dtype=bool)


def _kept(places: PlaceFigures, group: Group) -> np.ndarray:
    codes = places.areas["area_code"]
    if group.codes is None:
        return np.ones(len(codes), dtype=bool)
    return np.asarray(codes.isin({group.chosen, *group.codes}))


def _unit(squares: Floats, held: Floats, known: np.ndarray) -> float:
    """Days for which the group's harm varies as so many counts of events would."""
    total = held[known].sum()
    return float(squares[known].sum() / total) if total > 0 else 1.0


def _add_standing(frame: pd.DataFrame, one: Funnel) -> None:
    """Which area is the chosen one, which its comparators, and what must be said of an area."""
    codes = frame["area_code"]
    frame["is_chosen"] = codes == one.group.chosen
    frame["is_comparator"] = ~frame["is_chosen"]
    rank = {code: place for place, code in enumerate(one.group.codes or (), start=1)}
    frame["comparator_rank"] = codes.map(rank).astype("Int64")
    frame["is_gap"] = np.asarray(one.places.is_gap)[one.kept]
    frame["is_untold"] = one.is_untold
    counts = np.where(np.isfinite(one.observed), one.places.certain[one.kept], np.nan)
    known = np.isfinite(counts)
    usual = counts[known].sum() / one.years[known].sum() if known.any() else np.nan
    with np.errstate(invalid="ignore"):
        lowest = poisson_low(np.nan_to_num(counts)) / one.years
        frame["is_busy_centre"] = np.nan_to_num(lowest) > BUSY_TIMES * usual
