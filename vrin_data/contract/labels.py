"""Published category labels, such as 'Violence with injury', and the offences they stand for.

Home Office sub-groups and the minor categories of the Metropolitan Police's monthly tables, under every
spelling of their generations. A label of one code is that code; one of several is an offence of its own.
"""

from functools import lru_cache

from vrin_data.contract import reference
from vrin_data.contract.feeds import fold
from vrin_data.contract.offences import ParsedOffence, offences


def labels() -> tuple[str, ...]:
    """The labels that are known, in the spelling of the register."""
    return tuple(row["label"] for row in reference.rows("offence_labels.csv"))


@lru_cache(maxsize=100_000)
def parse_label(text: str | None) -> ParsedOffence:
    """The offence key of a label or, where the text is none, of a Home Office code; else 'unmapped'."""
    key = _keys().get(fold(text or ""))
    if key is None:
        return offences().parse(text)
    return ParsedOffence(key=key, mapping_status=offences().by_key[key].mapping_status)


@lru_cache(maxsize=1)
def _keys() -> dict[str, str]:
    return {
        fold(spelling): row["offence_key"]
        for row in reference.rows("offence_labels.csv")
        for spelling in (row["label"], *filter(None, row["aliases"].split("|")))
    }
