"""Weight editions that a partnership imported or made, and its own choices of central weights.

An edition on record is never changed: a correction comes in under another id. Choices are steps; each
makes the next version of an edition's choices, and the latest version counts.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from vrin_data.contract.offences import offences
from vrin_data.contract.weight_resolution import CentralChoice, rows_of_offence
from vrin_data.contract.weight_text import amount_text
from vrin_data.contract.weights import Edition
from vrin_data.records.checks import blank, refuse
from vrin_data.records.database import TABLES, insert, rows, writing
from vrin_data.records.events import add_event
from vrin_data.records.weight_editions import edition_ids, published_edition, save_edition

__all__ = [
    "ChoiceStep",
    "choice_steps",
    "choices",
    "known_edition",
    "published_edition",
    "save_choice",
    "save_edition",
    "weight_editions",
    "withdraw_choice",
]


@dataclass(frozen=True)
class ChoiceStep:
    """One step in a partnership's choices; `days` is None where it takes a choice back."""

    edition_id: str
    version: int
    offence_key: str
    days: float | None
    reason: str
    recorded_by: str
    recorded_at: datetime


def weight_editions(store_path: Path) -> dict[str, Edition]:
    """Every edition there is by id: the built-in ones, then those on record as they came; choices applied."""
    return {name: known_edition(store_path, name) for name in edition_ids(store_path)}


def known_edition(store_path: Path, edition_id: str) -> Edition:
    """A built-in edition or one on record, under the partnership's choices. Raises UnknownEdition."""
    steps = choice_steps(store_path, edition_id)
    standing = _standing(steps)
    # Where every choice was taken back the edition is as it was published, and is called so.
    return published_edition(store_path, edition_id).with_choices(
        standing, version=len(steps) if standing else 0
    )


def save_choice(
    store_path: Path,
    edition_id: str,
    offence_key: str,
    *,
    days: float,
    reason: str,
    recorded_by: str,
    recorded_at: datetime,
) -> ChoiceStep:
    """Choose the central weight of an offence. Raises RefusedInput where it is no row's weight, UnknownEdition."""
    from_edition = published_edition(store_path, edition_id)
    refuse(
        f"The choice for {offence_key}",
        [
            *blank({"by": recorded_by, "reason": reason}),
            *_not_a_row(from_edition, offence_key, days),
        ],
    )
    return _step(store_path, edition_id, offence_key, days, reason, recorded_by, recorded_at)


def withdraw_choice(
    store_path: Path,
    edition_id: str,
    offence_key: str,
    *,
    reason: str,
    recorded_by: str,
    recorded_at: datetime,
) -> ChoiceStep:
    """Take a choice back, so that the built-in one stands again. Raises RefusedInput where there is none."""
    published_edition(store_path, edition_id)
    none = (
        []
        if offence_key in choices(store_path, edition_id)
        else [f"{offence_key}: no choice of your own stands"]
    )
    refuse(f"The withdrawal of {offence_key}", [*none, *blank({"by": recorded_by, "reason": reason})])
    return _step(store_path, edition_id, offence_key, None, reason, recorded_by, recorded_at)


def choices(store_path: Path, edition_id: str, *, version: int | None = None) -> dict[str, CentralChoice]:
    """The partnership's own choices that stand, by offence key; those of an earlier version on request."""
    # The versions of an edition are counted from 1 without a gap.
    return _standing(choice_steps(store_path, edition_id)[:version])


def choice_steps(store_path: Path, edition_id: str) -> list[ChoiceStep]:
    """Every step in the choices of an edition, oldest first."""
    table = TABLES["weight_choice"]
    question = sa.select(table).where(table.c.edition_id == edition_id).order_by(table.c.version)
    return [ChoiceStep(**row) for row in rows(store_path, question)]


def _standing(steps: list[ChoiceStep]) -> dict[str, CentralChoice]:
    """What stands after the steps, by offence key."""
    standing: dict[str, CentralChoice] = {}
    for one in steps:
        standing.pop(one.offence_key, None)
        if one.days is not None:
            standing[one.offence_key] = CentralChoice(one.days, one.reason, one.recorded_by)
    return standing


def _step(
    store_path: Path,
    edition_id: str,
    offence_key: str,
    days: float | None,
    reason: str,
    recorded_by: str,
    recorded_at: datetime,
) -> ChoiceStep:
    what = f"The choice for {offence_key}"
    version = len(choice_steps(store_path, edition_id)) + 1
    made = ChoiceStep(edition_id, version, offence_key, days, reason, recorded_by, recorded_at)
    with writing(store_path, what) as connection:
        insert(connection, "weight_choice", vars(made))
        add_event(
            connection,
            "choose weight" if days is not None else "withdraw weight",
            f"{edition_id} {offence_key}",
            happened_at=recorded_at,
            detail={"version": version, "days": days},
            actor=recorded_by,
        )
    return made


def _not_a_row(from_edition: Edition, offence_key: str, days: float) -> list[str]:
    """A fault where the offence is none, or where none of its rows weighs this."""
    offence = offences().by_key.get(offence_key)
    if offence is None:
        return [f"offence: there is no {offence_key!r} (expected such as '8N|', '8N|008/01' or '|008/06')"]
    possible = sorted({row.days for row in rows_of_offence(offence, from_edition.of_pair)})
    if days in possible:
        return []
    listed = ", ".join(map(amount_text, possible)) or "none: the edition has no row for it"
    return [f"{from_edition.kind}: {amount_text(days)} is no row of {offence_key}; its rows are {listed}"]
