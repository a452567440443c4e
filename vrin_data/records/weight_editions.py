"""Weight editions on record: imported, or made by the partnership. None is ever changed."""

import csv
import io
import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from vrin_data.contract.weight_import import own_lines
from vrin_data.contract.weight_resolution import CentralChoice
from vrin_data.contract.weight_text import amount_text, read_rows, rows_as_csv
from vrin_data.contract.weights import About, Edition, edition, editions, make_edition
from vrin_data.errors import UnknownEdition
from vrin_data.records.checks import blank, refuse
from vrin_data.records.database import TABLES, rows, writing
from vrin_data.records.events import add_event

_CHOICE_COLUMNS = ("offence_key", "days", "reason", "chosen_by")


def edition_ids(store_path: Path) -> list[str]:
    """Ids of the editions there are: the built-in ones, then those on record as they came."""
    return [*editions(), *(one["edition_id"] for one in _recorded(store_path))]


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
