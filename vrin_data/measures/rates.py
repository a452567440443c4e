"""Rates of incidents and harm per residents, with the limits that public health publishes and a flag of few events."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from pandas.arrays import FloatingArray

from vrin_data.errors import UsageError
from vrin_data.measures.age_rates import add_standardised
from vrin_data.measures.answer import Answer
from vrin_data.measures.harm import figures
from vrin_data.measures.harm_intervals import CORRECTED
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.monthly import name_of_selection
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.selection import Selection
from vrin_data.measures.stamps import question_stamp
from vrin_data.measures.weight_kinds import require_kind
from vrin_data.methods.rates import EXACT_BELOW, crude_rates
from vrin_data.methods.reliability import LEAST_FOR_CRUDE, LEAST_TO_RELY_ON, reliability
from vrin_data.store import Store

PER = (1_000, 100_000)
LIMITS = (
    f"limits of rates are 95% ones: exact Poisson below {EXACT_BELOW} incidents, else Byar's, as OHID and UKHSA "
    "publish them; of harm Fay and Feuer's gamma. They take incidents as independent of each other"
)
FLAGS = (
    f"reliability: few is below {LEAST_FOR_CRUDE} incidents, of which ONS shows no rate, unreliable is below "
    f"{LEAST_TO_RELY_ON}, which it marks"
)
ENDS = ("rate_low", "rate_high", "harm_per_low", "harm_per_high")


@dataclass(frozen=True)
class RatesRequest:
    """A selection in total or by area, the residents that a rate is of so many, and whether ages are made alike."""

    selection: Selection
    per: int = 1_000
    standardised: bool = False

    def __post_init__(self) -> None:
        if self.per not in PER:
            raise UsageError(
                f"Rates are per {' or '.join(f'{one:,}' for one in PER)} residents, not {self.per:,}."
            )
        if "month" in self.selection.by:
            raise UsageError("Rates are of a whole period. Ask for them in total or by area, not by month.")


def rates(store: Store, request: RatesRequest) -> Answer:
    """The incidents and harm of a period per residents, in total or by area (by name, what is not placed last).

    Columns: area_code, area_name, is_placed, incident_count_low and incident_count_high, population, months_covered,
    months_expected, is_gap; rate (certain incidents) with rate_low (lower limit of the certain ones) and rate_high
    (upper limit of those that may be in as well), method (exact, byar, '' without limits), reliability (of
    methods.reliability, of the certain incidents; '' where there is no rate); harm_per (central reading) with
    harm_per_low and harm_per_high. With `standardised` also those of `add_standardised`. Limits are NULL for a feed
    whose counts are corrected or suppressed. A rate is that of the whole period: of an area for which fewer months came
    whole, what those months had is held against as much less time, so that a missing month lowers no rate.
    Raises what `harm` raises.
    """
    question = question_of(store, request.selection)
    require_kind(question.edition, "days")
    found = figures(store, question)
    if "area_code" not in found:
        found = found.assign(**name_of_selection(question), is_placed=True)
    frame = _rated(found, question, request.per)
    notes = (*_period(question, frame), *((CORRECTED,) if question.is_uncertain else (LIMITS, FLAGS)))
    if request.standardised:
        notes = (*notes, *add_standardised(frame, store, question, per=request.per))
    return Answer(frame, question_stamp(question, (*notes, *harm_notes(store, question))))


def _period(question: Question, frame: pd.DataFrame) -> tuple[str, ...]:
    months = len(question.selection.months)
    counted = f"{months} month{'' if months == 1 else 's'}"
    words = f"rates are of the {counted} of the period" + ("" if months == 12 else ", not of a year")
    fewer = (frame["months_covered"] < frame["months_expected"]) & ~frame["is_gap"]
    scaled = "of an area with fewer whole months, as if the others had been alike; its incidents are those that came"
    return (words, scaled) if fewer.any() else (words,)


def _rated(found: pd.DataFrame, question: Question, per: int) -> pd.DataFrame:
    kept = ["area_code", "area_name", "is_placed", "incident_count_low", "incident_count_high", "population"]
    frame = found[[*kept, "months_covered", "months_expected", "is_gap"]].copy()
    came = found["months_covered"] / found["months_expected"]
    people = (found["population"] * came).astype("Float64").where((found["population"] > 0) & (came > 0))
    each = per / people
    certain, possible = (found[f"incident_count_{end}"] for end in ("low", "high"))
    frame["rate"] = certain.astype("Float64") * each
    low, high = (crude_rates(_numbers(one), _numbers(people), per=per) for one in (certain, possible))
    told = frame["rate"].notna().to_numpy() & (not question.is_uncertain)
    frame["rate_low"], frame["rate_high"] = _known(low.low, told), _known(high.high, told)
    frame["method"] = np.where(told, low.method, "").astype(object)
    has_rate = frame["rate"].notna().to_numpy()
    frame["reliability"] = np.where(has_rate, reliability(_numbers(certain)), "").astype(object)
    frame["harm_per"] = found["harm_days"] * each
    for end in ("low", "high"):
        frame[f"harm_per_{end}"] = found[f"harm_days_interval_{end}"] * each
    return frame


def _numbers(values: pd.Series) -> np.ndarray:
    return values.to_numpy("float64", na_value=0.0)


def _known(values: np.ndarray, told: np.ndarray) -> FloatingArray:
    return FloatingArray(np.where(told, values, 0.0), ~told)
