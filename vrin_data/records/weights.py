"""Weight editions that a partnership imported or made, and its own choices of central weights.

An edition on record is never changed: a correction comes in under another id. Choices are steps; each
makes the next version of an edition's choices, and the latest version counts.
"""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from vrin_data.contract.offences import offences
from vrin_data.contract.weight_import import own_lines
from vrin_data.contract.weight_resolution import CentralChoice, rows_of_offence
from vrin_data.contract.weight_text import amount_text, read_rows, rows_as_csv
from vrin_data.contract.weights import About, Edition, edition, editions, make_edition
from vrin_data.errors import UnknownEdition
from vrin_data.records.checks import blank, refuse
from vrin_data.records.database import TABLES, insert, rows, writing
from vrin_data.records.events import add_event

_CHOICE_COLUMNS = ("offence_key", "days", "reason", "chosen_by")


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
    names = [*editions(), *(one["edition_id"] for one in _recorded(store_path))]
    return {name: known_edition(store_path, name) for name in names}


def known_edition(store_path: Path, edition_id: str) -> Edition:
    """A built-in edition or one on record, under the partnership's choices. Raises UnknownEdition."""
    steps = choice_steps(store_path, edition_id)
    return published_edition(store_path, edition_id).with_choices(_standing(steps), version=len(steps))


def published_edition(store_path: Path, edition_id: str) -> Edition:
    """An edition without the partnership's own choices. Raises UnknownEdition."""
    if edition_id in editions():
        return edition(edition_id)
    recorded = {one["edition_id"]: one for one in _recorded(store_path)}
    if edition_id not in recorded:
        known = ", ".join([*editions(), *recorded])
        raise UnknownEdition(f"No weight edition is called '{edition_id}'. There is: {known}.")
    one = recorded[edition_id]
    return _read(*(one[name] for name in _READ))


def save_edition(
    store_path: Path, made: Edition, *, file_hash: str, recorded_by: str, recorded_at: datetime
) -> None:
    """Put an edition on record. Raises RefusedInput where its id is taken, by a built-in one or on record."""
    what = f"The weight edition {made.edition_id}"
    taken = []
    if made.edition_id in editions():
        taken = [f"edition: {made.edition_id} is built in; take another id"]
    elif any(one["edition_id"] == made.edition_id for one in _recorded(store_path)):
        taken = [f"edition: {made.edition_id} is on record and an edition never changes; take another id"]
    said = {"by": recorded_by, "name": made.name, "attribution": made.attribution}
    refuse(what, [*taken, *blank(said)])
    with writing(store_path, what) as connection:
        entry = _entry(made, file_hash, recorded_by, recorded_at)
        connection.execute(sa.insert(TABLES["weight_edition"]).values(**entry))
        add_event(
            connection,
            "import weights",
            made.edition_id,
            happened_at=recorded_at,
            detail={"rows": len(made.rows), "kind": made.kind},
            actor=recorded_by,
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


_READ = (
    "edition_id",
    "kind",
    "name",
    "published",
    "attribution",
    "source",
    "notes_json",
    "rows_csv",
    "choices_csv",
)


@lru_cache(maxsize=16)
def _read(*told: str) -> Edition:
    """The edition that a row of the records holds; read once for as long as the text is the same."""
    one = dict(zip(_READ, told, strict=True))
    about = About(
        edition_id=one["edition_id"],
        name=one["name"],
        published=one["published"],
        attribution=one["attribution"],
        source=one["source"],
        notes=tuple(json.loads(one["notes_json"])),
        kind=one["kind"],  # type: ignore[arg-type]
    )
    where = f"the edition {about.edition_id} on record"
    return make_edition(
        about,
        read_rows(own_lines(one["rows_csv"]), about.kind, where=where),
        _read_choices(one["choices_csv"]),
    )


def _recorded(store_path: Path) -> list[dict[str, Any]]:
    """The editions on record as rows, oldest first."""
    table = TABLES["weight_edition"]
    return rows(store_path, sa.select(table).order_by(table.c.recorded_at, table.c.edition_id))


def _entry(made: Edition, file_hash: str, recorded_by: str, recorded_at: datetime) -> dict[str, Any]:
    return {
        "edition_id": made.edition_id,
        "kind": made.kind,
        "name": made.name,
        "published": made.published,
        "attribution": made.attribution,
        "source": made.source,
        "file_hash": file_hash,
        "notes_json": json.dumps(made.notes, ensure_ascii=False),
        "rows_csv": rows_as_csv(made.rows, made.kind),
        "choices_csv": choices_as_csv(made.choices),
        "recorded_by": recorded_by,
        "recorded_at": recorded_at,
    }


def choices_as_csv(chosen: Mapping[str, CentralChoice]) -> str:
    """Central choices as a CSV in the form of the built-in ones."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_CHOICE_COLUMNS)
    writer.writerows((key, amount_text(one.days), one.reason, one.chosen_by) for key, one in chosen.items())
    return out.getvalue()


def _read_choices(text: str) -> dict[str, CentralChoice]:
    return {
        row["offence_key"]: CentralChoice(float(row["days"]), row["reason"], row["chosen_by"])
        for row in own_lines(text)
    }
