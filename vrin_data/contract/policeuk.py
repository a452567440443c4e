"""The crime types of data.police.uk: as printed in its files, and as its interface spells them."""

from functools import lru_cache

from vrin_data.contract import reference
from vrin_data.contract.offences import UNMAPPED, ParsedOffence, offences


def crime_types() -> tuple[str, ...]:
    """The crime types as printed in the files."""
    return tuple(row["crime_type"] for row in reference.rows("police_uk_categories.csv"))


def parse_crime_type(text: str | None) -> ParsedOffence:
    """The offence key of a printed crime type or an interface slug; 'unmapped' for anything else."""
    key = _keys().get(_plain(text or ""), UNMAPPED)
    return ParsedOffence(key=key, mapping_status=offences().by_key[key].mapping_status)


@lru_cache(maxsize=1)
def _keys() -> dict[str, str]:
    found = {}
    for row in reference.rows("police_uk_categories.csv"):
        for spelling in (row["crime_type"], row["offence_key"], *filter(None, row["aliases"].split("|"))):
            found[_plain(spelling)] = row["offence_key"]
    return found


def _plain(text: str) -> str:
    return " ".join(text.casefold().removeprefix("police-uk:").replace("-", " ").split())
