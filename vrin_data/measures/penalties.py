"""The maximum penalty of what a definition counts: the greatest of all, and how many incidents carry which."""

import math
from collections.abc import Callable

import pandas as pd

from vrin_data.contract.definitions import Definition
from vrin_data.contract.offence_words import key_words
from vrin_data.contract.offences import Pair, offences, pair_key
from vrin_data.contract.sentences import sentence_years

UNKNOWN = "that is not known"
BANDS: dict[str, Callable[[float], bool]] = {
    "of life": lambda years: math.isinf(years),
    "of 10 years or more, less than life": lambda years: 10 <= years < math.inf,
    "of 5 years or more, less than 10": lambda years: 5 <= years < 10,
    "of less than 5 years, or a fine": lambda years: years < 5,
}
"""Maximum penalties in bands, the greatest first."""


def greatest_penalty(definition: Definition) -> tuple[str, str]:
    """The greatest maximum penalty of any offence that a definition may count, and that offence; '' for none known."""
    facts = offences().facts
    known = {
        pair: years
        for pair in sorted(definition.pairs())
        if (years := sentence_years(facts[pair].max_sentence)) is not None
    }
    if not known:
        return "", ""
    gravest = max(known, key=lambda pair: known[pair])
    return facts[gravest].max_sentence, key_words(pair_key(gravest))


def incidents_by_penalty(by_offence: pd.DataFrame, definition: Definition) -> pd.DataFrame:
    """Incidents of each band of maximum penalties, and of those of which none is known; a row a band.

    `by_offence` has offence_key, incident_count_low and incident_count_high. An offence that may be of several
    bands counts for the low of none of them and the high of each. Columns: band, incident_count_low and _high.
    """
    bands = [_bands_of(key, definition.pairs()) for key in by_offence["offence_key"]]
    low, high = by_offence["incident_count_low"], by_offence["incident_count_high"]
    rows = [
        (
            band,
            int(low[[found == {band} for found in bands]].sum()),
            int(high[[band in found for found in bands]].sum()),
        )
        for band in (*BANDS, UNKNOWN)
    ]
    return pd.DataFrame(rows, columns=["band", "incident_count_low", "incident_count_high"])


def _bands_of(offence_key: str, counted: frozenset[Pair]) -> set[str]:
    """The bands of the offences that an extract's offence may be and a definition counts."""
    known = offences().by_key
    may_be = known[offence_key].possibilities & counted if offence_key in known else frozenset()
    return {_band(offences().facts[pair].max_sentence) for pair in may_be} or {UNKNOWN}


def _band(words: str) -> str:
    years = sentence_years(words)
    if years is None:
        return UNKNOWN
    return next(band for band, holds in BANDS.items() if holds(years))
