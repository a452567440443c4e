"""The series of the Crime Harm Index: which crimes its method counts in the index, and which beside it.

Source: Sherman and Cambridge associates 2020, How to Count Crime, doi 10.1007/s41887-020-00043-2.
"""

from dataclasses import dataclass

from vrin_data.contract.definition_clauses import Filters
from vrin_data.errors import UsageError

SOURCE = "Sherman and Cambridge associates 2020, doi 10.1007/s41887-020-00043-2"
EARLIER = ("earlier_year", "over_a_year")
"""A crime reported this year that happened in an earlier one is historic."""


@dataclass(frozen=True)
class Series:
    """One of the series that the method keeps apart. The first four together are all crimes."""

    series_id: str
    name: str
    words: str
    filters: Filters


_NOT_HISTORIC = ("same_year",)

SERIES: dict[str, Series] = {
    one.series_id: one
    for one in (
        Series(
            "chi",
            "Crime Harm Index (CHI)",
            "crimes of the same calendar year that victims, witnesses or partner agencies reported",
            Filters(reported_by=("victim", "witness", "agency"), recorded_lag=_NOT_HISTORIC),
        ),
        Series(
            "ppi",
            "Proactive Policing Index (PPI)",
            "crimes of the same calendar year that police activity found",
            Filters(reported_by=("police",), recorded_lag=_NOT_HISTORIC),
        ),
        Series(
            "cdchi",
            "Company-Detected Crime Harm Index (CDCHI)",
            "crimes of the same calendar year that a company's own security found",
            Filters(reported_by=("company",), recorded_lag=_NOT_HISTORIC),
        ),
        Series(
            "hochi",
            "Historic Offences Crime Harm Index (HOCHI)",
            "crimes that happened in an earlier calendar year than they were recorded in",
            Filters(recorded_lag=EARLIER),
        ),
    )
}
ALL_SERIES = "all"
"""No narrowing: every recorded crime that the definition counts."""


def series_filters(series_id: str) -> Filters:
    """What a series narrows to, nothing for all. Raises UsageError for one that is none."""
    if series_id == ALL_SERIES:
        return Filters()
    if series_id not in SERIES:
        raise UsageError(f"There is no series {series_id!r}. Series: {', '.join([ALL_SERIES, *SERIES])}.")
    return SERIES[series_id].filters
