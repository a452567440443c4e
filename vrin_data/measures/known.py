"""The definitions and weight editions that can be asked for: built-in ones and those on record."""

from dataclasses import dataclass

from vrin_data.contract.definitions import Definition, definition
from vrin_data.contract.weights import Edition, edition
from vrin_data.store import Store


@dataclass(frozen=True)
class Known:
    """A definition and its standing: built-in, draft, submitted, approved, retired or unsaved."""

    definition: Definition
    state: str


def known_definition(store: Store, ref: str) -> Known:
    """A definition by id, in the version in force, or by id@version. Raises UnknownDefinition."""
    return Known(definition(ref), "built-in")


def known_edition(store: Store, edition_id: str) -> Edition:
    """A weight edition by id, with the central choices that the partnership made. Raises UnknownEdition."""
    return edition(edition_id)
