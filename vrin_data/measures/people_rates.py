"""Persons per 1,000 residents of their age and sex: how likely each group is to be among them."""

import numpy as np
import pandas as pd

from vrin_data.contract.ages import OLDEST
from vrin_data.measures.age_bands import AgeBands, bands_of_areas
from vrin_data.measures.answer import Answer
from vrin_data.measures.areas_came import came_of_all
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.monthly import ALL_AREAS
from vrin_data.measures.people import AGE_LOWS, PeopleRequest, commonest, people_question
from vrin_data.measures.person_rows import persons_read
from vrin_data.measures.question import Question
from vrin_data.measures.stamps import question_stamp
from vrin_data.methods.rates import crude_rates
from vrin_data.store import Store

PER = 1000
EVERY = "all"
SEXES = {"female": "female", "male": "male", EVERY: None}


def people_rates(store: Store, request: PeopleRequest) -> Answer:
    """Persons of one part per 1,000 residents of their age and sex, over the months that came whole.

    Rows: the groups of ages that residents are known for, each female, male and all; none where no residents by age
    are known. Columns: age_group, age_low_years, age_high_years, sex, person_count (of certain incidents, of a known
    age, and for a sex of that sex), residents, rate, rate_low and rate_high (per 1,000; 95%: exact Poisson below 10
    persons, from there Byar's), method. What is not recorded is in no row, so that every rate is too low by as much.
    A person counts where the incident was recorded, wherever they live. Raises what `people` raises.
    """
    question = people_question(store, request)
    found = persons_read(store, question)
    role = request.role or commonest(found)
    rows = found.rows[(found.rows["role"] == role) & found.rows["age_low"].notna()]
    parts = [_of_sex(store, question, rows, sex) for sex in SEXES]
    frame = pd.concat(parts, ignore_index=True)
    frame = frame.sort_values("age_low_years", kind="stable", ignore_index=True)
    notes = (*_notes(store, question), *harm_notes(store, question))
    return Answer(frame, question_stamp(question, notes))


def _bands(store: Store, question: Question, sex: str | None) -> AgeBands:
    code = question.selection.area_code or ALL_AREAS
    return bands_of_areas(store, question.facts, [code], sex=sex)


def _of_sex(store: Store, question: Question, rows: pd.DataFrame, sex: str) -> pd.DataFrame:
    bands = _bands(store, question, SEXES[sex])
    own = rows if SEXES[sex] is None else rows[rows["sex"] == sex]
    # A group of ages begins where one of residents does; an age is in it where all of it is.
    lows = [low for low in AGE_LOWS if low in set(bands.lows.tolist())]
    highs = [*(low - 1 for low in lows[1:]), OLDEST]
    groups = [*zip(lows, highs, strict=True)] if lows else []
    counts = [
        own.loc[(own["age_low"] >= low) & (own["age_high"] <= high), "person_count_low"].sum()
        for low, high in groups
    ]
    people = [bands.people[0, (bands.lows >= low) & (bands.lows <= high)].sum() for low, high in groups]
    rates = crude_rates(np.array(counts, dtype="float64"), np.array(people, dtype="float64"), per=PER)
    return pd.DataFrame(
        {
            "age_group": [
                f"{low} and over" if high == OLDEST else f"{low} to {high}" for low, high in groups
            ],
            "age_low_years": pd.array(lows if groups else [], dtype="Int64"),
            "age_high_years": pd.array(highs if groups else [], dtype="Int64"),
            "sex": sex,
            "person_count": pd.array(np.rint(counts).astype("int64") if groups else [], dtype="Int64"),
            "residents": pd.array(people, dtype="Float64").round().astype("Int64"),
            "rate": rates.value,
            "rate_low": rates.low,
            "rate_high": rates.high,
            "method": rates.method,
        }
    ).dropna(subset="residents")


def _notes(store: Store, question: Question) -> tuple[str, ...]:
    bands = _bands(store, question, None)
    if bands.year is None:
        return ("the build holds no residents by age, so that there are no rates by age",)
    months = int(came_of_all(question).whole.sum()) * question.width
    return (
        f"rates are per {PER:,} residents of {bands.year} over {months} months, by the place where the incident was "
        "recorded: a person may live elsewhere",
    )
