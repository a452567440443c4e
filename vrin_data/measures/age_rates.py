"""Rates as if every area had the ages of the standard population: by the ages of those whom incidents were done to."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.arrays import FloatingArray

from vrin_data.contract.standard_population import standard_of_bands
from vrin_data.measures.age_bands import AgeBands, bands_of_areas
from vrin_data.measures.areas_came import areas_asked, areas_came, came_of_all, row_of_areas
from vrin_data.measures.cells import finest_areas
from vrin_data.measures.events import events_of, read
from vrin_data.measures.question import Question
from vrin_data.measures.selection import month_number
from vrin_data.methods.reliability import LEAST_FOR_STANDARDISED
from vrin_data.methods.standardised import standardised_rates
from vrin_data.store import Store

AGES = (
    "age-standardised to the European Standard Population 2013 by the age of the victim or patient, of several the "
    f"youngest, with Dobson's limits; none below {LEAST_FOR_STANDARDISED} incidents of known age, or without "
    "residents by age; incidents of unknown age are left out, so the rate is too low by their share"
)
NO_BANDS = (
    "no residents by age are known at this level: import a file of residents by age with `areas import`"
)
NAMES = ("standardised_rate", "standardised_rate_low", "standardised_rate_high")
# Of several victims the youngest: one incident counts once.
BY_AGE_SQL = """
    with person_of as (
        select
            incident_id,
            min(coalesce(age_years, age_low_years)) as age_low,
            min(coalesce(age_years, age_high_years)) as age_high
        from person
        where role in ('victim', 'patient')
        group by incident_id
    )
    select
        fact.area_id,
        fact.recorded_month,
        coalesce(age_low, -1)::integer as age_low,
        coalesce(age_high, -1)::integer as age_high,
        sum(signed_quantity * sure)::double as incident_count
    from incident as fact
    join decided using (profile_id)
    join sender using (submission_id)
    left join person_of using (incident_id)
    where fact.recorded_month between $from_day::date and $to_day::date {scope}
    group by all
"""


def add_standardised(frame: pd.DataFrame, store: Store, question: Question, *, per: int) -> tuple[str, ...]:
    """Add standardised_rate with its 95% limits, age_unknown_count (certain incidents), resident_year; give the notes.

    NULL below 10 incidents of known age, where residents by age lack, and for what is not placed.
    """
    bands = bands_of_areas(store, question.facts, [*frame["area_code"]])
    counts, unknown = _counts(store, question, bands, len(frame))
    standard = standard_of_bands(bands.lows, bands.highs) if len(bands.lows) else np.zeros(0)
    came = (frame["months_covered"] / frame["months_expected"]).to_numpy("float64")[:, None]
    # As much time as the months that came whole, as of the rates beside them.
    found = standardised_rates(counts, bands.people * came, standard, per=per) if len(bands.lows) else None
    gap = frame["is_gap"].to_numpy(bool) | question.is_uncertain
    for name, values in zip(NAMES, found or [np.full(len(frame), np.nan)] * 3, strict=True):
        missing = np.isnan(values) | gap
        frame[name] = FloatingArray(np.where(missing, 0.0, values), missing)
    frame["age_unknown_count"] = pd.array(np.rint(unknown).astype("int64"), dtype="Int64")
    frame.loc[frame["is_gap"].to_numpy(bool) | (bands.year is None), "age_unknown_count"] = pd.NA
    frame["resident_year"] = pd.array([bands.year] * len(frame), dtype="Int64")
    return (AGES, *_notes(frame, bands))


def _notes(frame: pd.DataFrame, bands: AgeBands) -> tuple[str, ...]:
    """Which residents the standardised rates stand on, and how many incidents they leave out."""
    if bands.year is None:
        return (NO_BANDS,)
    unknown, known = frame["age_unknown_count"].sum(), frame["incident_count_low"].sum()
    share = f" ({unknown / known:.0%})" if known else ""
    return (
        f"residents by age are those of {bands.year}: {bands.source}",
        f"the age is not known of {unknown:,} of {known:,} incidents{share}",
    )


def _counts(
    store: Store, question: Question, bands: AgeBands, rows: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Certain incidents by row and band, and by row those of no known age; of months that came whole."""
    found = _by_age(store, question)
    month = pd.to_datetime(found["recorded_month"])
    number = (month.dt.year - 1900) * 12 + month.dt.month - 1
    period_at = ((number - month_number(question.asked[0].start)) // question.width).to_numpy("int64")
    at, kept = _rows(question, found["area_id"].to_numpy("int64"), period_at)
    band = bands.of(found["age_low"].to_numpy(), found["age_high"].to_numpy())
    counted = found["incident_count"].to_numpy("float64") * (kept & (at < rows))
    width = len(bands.lows) + 1
    flat = np.minimum(at, rows - 1) * width + band
    table = np.bincount(flat, weights=counted, minlength=rows * width).reshape(rows, width)
    return np.asarray(table[:, 1:], "float64"), np.asarray(table[:, 0], "float64")


def _by_age(store: Store, question: Question) -> pd.DataFrame:
    events = events_of(store, question)
    events.params.pop("months", None)
    found = read(store, question, "incidents by age", BY_AGE_SQL.format(scope=question.scope_sql), events)
    names = ["area_id", "recorded_month", "age_low", "age_high", "incident_count"]
    return found if len(found) else pd.DataFrame(columns=names)


def _rows(
    question: Question, area_id: npt.NDArray[np.int64], period_at: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """The row of each incident's area, and whether its month came whole there."""
    if "area" not in question.selection.by:
        return np.zeros(len(area_id), dtype="int64"), came_of_all(question).whole[period_at]
    areas = areas_asked(question)
    came = areas_came(question, areas)
    level_at = _at_level(question, areas)[area_id]
    at = row_of_areas(question, areas)[level_at]
    return at, came.counted(at, area_id, period_at, partial_too=False)


def _at_level(question: Question, areas: pd.DataFrame) -> npt.NDArray[np.int64]:
    """By area_id the area of the selection's level that it lies in, 0 for none."""
    facts, level = question.facts, question.selection.level
    if level == "lsoa":
        return finest_areas(facts)
    ids = dict(zip(areas["area_code"], areas["area_id"], strict=True))
    table = np.zeros(int(facts.areas["area_id"].max()) + 1, dtype="int64")
    table[facts.areas["area_id"]] = facts.areas[f"in_{level}"].map(ids).fillna(0).astype("int64")
    return table
