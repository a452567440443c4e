"""Taking a file of weights in: what it holds, how it differs from the last edition, and the record of it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vrin_data.contract.edition_diff import RowDifference, carried_choices, differences
from vrin_data.contract.published_weights import PublishedWeights
from vrin_data.contract.weight_import import Wording, read_weights
from vrin_data.contract.weights import Edition, make_edition
from vrin_data.errors import UnknownEdition
from vrin_data.records.weights import save_edition, weight_editions


@dataclass(frozen=True)
class WeightImport:
    """What an import found, and whether it was put on record.

    `against` is the edition compared with, None where there is none of its kind; `left_to_choose` are
    offence keys whose central choice in that edition did not carry over.
    """

    edition: Edition
    read: PublishedWeights
    against: Edition | None
    differences: tuple[RowDifference, ...]
    left_to_choose: tuple[str, ...]
    is_recorded: bool


def import_weights(
    store_path: Path,
    file: Path,
    wording: Wording,
    *,
    by: str,
    at: datetime,
    against: str | None = None,
    is_dry_run: bool = False,
) -> WeightImport:
    """Read a file of weights and put it on record as an edition, with the central choices that carry over.

    `against` names the edition to compare with; without it, the last one of the same kind. Raises
    RefusedInput with every fault of the file, or where the id is taken; UnknownEdition for `against`.
    """
    made, read = read_weights(file, wording)
    beside = _compared_with(store_path, made, against)
    found: tuple[RowDifference, ...] = ()
    left: list[str] = []
    if beside is not None:
        carried, left = carried_choices(beside, made)
        made = make_edition(made.about, made.rows, carried)
        found = tuple(differences(beside, made))
    if not is_dry_run:
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        save_edition(store_path, made, file_hash=digest, recorded_by=by, recorded_at=at)
    return WeightImport(made, read, beside, found, tuple(left), not is_dry_run)


def _compared_with(store_path: Path, made: Edition, against: str | None) -> Edition | None:
    """The edition that was named, else the last that is of the kind of the one made."""
    known = weight_editions(store_path)
    if against is None:
        of_kind = [
            one for one in known.values() if one.kind == made.kind and one.edition_id != made.edition_id
        ]
        return of_kind[-1] if of_kind else None
    if against not in known:
        raise UnknownEdition(f"No weight edition is called '{against}'. There is: {', '.join(known)}.")
    return known[against]
