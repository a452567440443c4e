"""Factors found in assessments of children in need, by financial year, from three authorities.

One sends XML in the manner of the census, without anything that says who a child is.
"""

from collections.abc import Callable
from xml.sax.saxutils import escape

import numpy as np
import pandas

from sample_data.drawing import chosen, moments, months_from, stream
from sample_data.files import as_csv
from sample_data.handed_in import SIMULATED_ABOVE, Extract, Handed, Made, received

FEED = "care-factors"
AUTHORITIES = {
    "derby-city-council": (9, "xml"),
    "leicester-city-council": (13, "csv"),
    "nottinghamshire-county-council": (16, "csv"),
}
"""An authority's mean number of factors a month, and the form of its file."""

FIRST_YEAR, LAST_YEAR = "2023-04", "2024-04"
FACTORS = {"3A": 0.52, "11A": 0.10, "12A": 0.03, "13A": 0.09, "18B": 0.08, "24A": 0.18}
SEXES = {"M": 0.55, "F": 0.44, "Unknown": 0.01}


def made(_: object = None) -> Made:
    """A file an authority, its two financial years handed in one after the other."""
    return Made(tuple(map(_extract, AUTHORITIES)))


def _extract(supplier_id: str) -> Extract:
    rng = stream(supplier_id, FEED)
    rate, form = AUTHORITIES[supplier_id]
    years = received(supplier_id, FEED, months_from(FIRST_YEAR, LAST_YEAR, step=12), length=12)
    days = {
        month: day
        for first, day in years.items()
        for month in months_from(first, str(pandas.Period(first, "M") + 11))
    }
    months = {month: factors(month, rate, rng) for month in days}
    rows = pandas.concat(months.values(), ignore_index=True)
    rows.insert(0, "LAchildID", [f"SIM-C{number:05d}" for number in range(1, len(rows) + 1)])
    handed = tuple(Handed(supplier_id, month, len(own), days[month]) for month, own in months.items())
    name = f"extracts/{supplier_id}-care-factors-2023-24-to-2024-25-simulated.{form}"
    return Extract(FEED, name, FORMS[form](rows), handed)


def factors(month: str, rate: float, rng: np.random.Generator) -> pandas.DataFrame:
    """A month's factors, one a row, by the day on which the assessment was authorised."""
    count = int(rng.poisson(rate))
    authorised = moments(month, count, rng).dt.normalize()
    taken = pandas.to_timedelta(rng.integers(5, 45, size=count), unit="D")
    return pandas.DataFrame(
        {
            "AssessmentActualStartDate": (authorised - taken).dt.strftime("%Y-%m-%d"),
            "AssessmentAuthorisationDate": authorised.dt.strftime("%Y-%m-%d"),
            "AssessmentFactors": chosen(FACTORS, count, rng),
            "Age": rng.integers(5, 18, size=count),
            "Sex": chosen(SEXES, count, rng),
        }
    )


def as_csv_file(rows: pandas.DataFrame) -> bytes:
    """The factors as CSV, a line above the header saying that they are simulated."""
    return f"Data status,{SIMULATED_ABOVE}\n".encode() + as_csv(rows)


def as_xml_file(rows: pandas.DataFrame) -> bytes:
    """The factors as XML, an element an assessment."""
    assessments = "".join(map(_assessment, rows.astype(str).to_dict("records")))
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n  <DataStatus>{SIMULATED_ABOVE}</DataStatus>\n'
        f"{assessments}</Message>\n"
    )
    return text.encode("utf-8")


def _assessment(row: dict[str, str]) -> str:
    factor = row["AssessmentFactors"]
    leaves = {name: value for name, value in row.items() if name != "AssessmentFactors"}
    inner = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in leaves.items())
    found = f"<FactorsIdentifiedAtAssessment><AssessmentFactors>{factor}</AssessmentFactors>"
    return f"  <Assessments>{inner}{found}</FactorsIdentifiedAtAssessment></Assessments>\n"


FORMS: dict[str, Callable[[pandas.DataFrame], bytes]] = {"csv": as_csv_file, "xml": as_xml_file}
