"""Weight editions: named tables of what an offence weighs, and which are built in.

A weight belongs to a row of an edition. An offence that may be several rows has a low and a high, and
a central value only where someone chose a row, in a table that can be read and changed. Rows are
never averaged, and the first row is never taken for being first.
"""

from functools import lru_cache

from vrin_data.contract import reference
from vrin_data.contract.weight_edition import About, Edition, make_edition
from vrin_data.contract.weight_resolution import NO_WEIGHT, CentralChoice, Weight
from vrin_data.contract.weight_rows import Kind, WeightRow, rows_of_pairs
from vrin_data.contract.weight_text import read_rows
from vrin_data.errors import UnknownEdition

__all__ = [
    "NO_WEIGHT",
    "About",
    "CentralChoice",
    "Edition",
    "Weight",
    "WeightRow",
    "edition",
    "editions",
    "make_edition",
    "rows_of_pairs",
]


def editions(kind: Kind | None = None) -> list[str]:
    """Ids of the editions that are built in; those of one kind on request."""
    return [
        one
        for one in reference.names("weights", ".toml")
        if kind in (None, reference.table(f"weights/{one}.toml")["kind"])
    ]


@lru_cache(maxsize=8)
def edition(edition_id: str) -> Edition:
    """A built-in weight edition by its id. Raises UnknownEdition."""
    if edition_id not in editions():
        known = ", ".join(editions())
        raise UnknownEdition(f"No weight edition is called '{edition_id}'. There is: {known}.")
    told = reference.table(f"weights/{edition_id}.toml")
    about = About(
        edition_id=told["edition"],
        name=told["name"],
        published=told["published"],
        attribution=told["attribution"],
        source=told["source"],
        notes=tuple(told["notes"]),
        kind=told["kind"],
    )
    file = f"weights/{edition_id}.csv"
    return make_edition(
        about, read_rows(reference.rows(file), about.kind, where=file), _built_in_choices(edition_id)
    )


def _built_in_choices(edition_id: str) -> dict[str, CentralChoice]:
    if f"{edition_id}-central" not in reference.names("weights", ".csv"):
        return {}
    return {
        row["offence_key"]: CentralChoice(float(row["days"]), row["reason"], row["chosen_by"])
        for row in reference.rows(f"weights/{edition_id}-central.csv")
    }
