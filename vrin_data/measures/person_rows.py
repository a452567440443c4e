"""The persons of a question's incidents, read once: by part played, age, sex and ethnicity as given."""

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from vrin_data.measures.events import SUMS_SQL, events_of, read
from vrin_data.measures.question import Question
from vrin_data.store import Store

# A row that stands for several events, such as admissions of one group of ages, is about as many persons.
PERSONS_SQL = """
    with event as (
        select incident_id, signed_quantity, signed_quantity_high, sure
        from {events}
    )
    select
        role,
        coalesce(age_years, age_low_years)::integer as age_low,
        coalesce(age_years, age_high_years)::integer as age_high,
        age_years is not null as is_years,
        sex,
        ethnicity_scheme,
        ethnicity_raw,
        {low} as person_count_low,
        {high} as person_count_high
    from person
    join event using (incident_id)
    group by all
    order by all
"""
WITH_PERSONS_SQL = """
    with event as (
        select incident_id, signed_quantity, signed_quantity_high, sure
        from {events}
    ),
    held as (
        select distinct role, incident_id
        from person
        where incident_id in (select incident_id from event)
    )
    select role, {low} as incident_count_low, {high} as incident_count_high
    from held
    join event using (incident_id)
    group by role
    order by role
"""
COLUMNS = {
    "role": "str",
    "age_low": "float64",
    "age_high": "float64",
    "is_years": "bool",
    "sex": "str",
    "ethnicity_scheme": "object",
    "ethnicity_raw": "object",
    "person_count_low": "float64",
    "person_count_high": "float64",
}


@dataclass(frozen=True, eq=False)
class Persons:
    """Persons by what is told of them, and by role the incidents that have any of it.

    `rows` has COLUMNS; `incidents`: role, incident_count_low, incident_count_high.
    """

    rows: pd.DataFrame
    incidents: pd.DataFrame


@lru_cache(maxsize=8)
def persons_read(store: Store, question: Question) -> Persons:
    """The persons of a question's incidents; not to be changed, since they are kept."""
    events = events_of(store, question)
    low, high, *_ = SUMS_SQL[question.is_uncertain]
    terms = {"events": events.sql, "low": low, "high": high}
    rows = read(store, question, "persons", PERSONS_SQL.format(**terms), events)
    having = read(store, question, "incidents with persons", WITH_PERSONS_SQL.format(**terms), events)
    rows = rows if len(rows) else pd.DataFrame(columns=[*COLUMNS])
    having = (
        having if len(having) else pd.DataFrame(columns=["role", "incident_count_low", "incident_count_high"])
    )
    return Persons(rows.astype(COLUMNS), having)
