"""The definitions and weight editions that can be asked for: built-in ones and those on record."""

from dataclasses import dataclass

from vrin_data.contract.definitions import Definition
from vrin_data.contract.weights import Edition
from vrin_data.records import definition_version, weights
from vrin_data.store import Store


@dataclass(frozen=True)
class Known:
    """A definition and its state: built-in, draft, submitted, approved, retired, discarded or unsaved."""

    definition: Definition
    state: str


def known_definition(store: Store, ref: str) -> Known:
    """A definition by id, in the version in force, or by id@version. Raises UnknownDefinition."""
    found = definition_version(store.path, ref)
    return Known(found.definition, found.state)


def known_edition(store: Store, edition_id: str) -> Edition:
    """A weight edition by id, with the central choices that the partnership made. Raises UnknownEdition."""
    return weights.known_edition(store.path, edition_id)
