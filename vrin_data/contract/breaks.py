"""A break: a dated event after which a series may count otherwise than before, and what series it concerns."""

from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any

from vrin_data.contract import reference

KINDS = {
    "counting_rule": "a change of counting rules",
    "system": "a new system or form of a partner",
    "definition": "a change of definition or of offences",
    "coverage": "a change of who or what is covered",
    "intervention": "an intervention began or ended",
    "other": "something else",
}
"""What a break may be."""
NATIONAL, RECORDED, DERIVED = "national", "recorded", "derived"
BASES = {
    NATIONAL: "dated by a published source, and the same for everybody",
    RECORDED: "recorded by a person, with a reason",
    DERIVED: "found in the definition's own dates, or by the checks on what a supplier sent",
}
"""How a break came to be known."""


@dataclass(frozen=True)
class Concern:
    """Which series a break is about: all that is named must hold, and what is empty narrows nothing.

    `feed_id` may end in a star for all feeds that begin so.
    """

    feed_id: str = ""
    supplier_id: str = ""
    area_code: str = ""
    definition_id: str = ""

    def is_about_feed(self, feed_id: str) -> bool:
        """Whether it is about a feed, whatever else it names."""
        return not self.feed_id or fnmatchcase(feed_id, self.feed_id)

    @property
    def words(self) -> str:
        """What it is about, in ids: feed ed-assaults*, supplier leicester-ed; or every series."""
        named = {
            "feed": self.feed_id,
            "supplier": self.supplier_id,
            "area": self.area_code,
            "definition": self.definition_id,
        }
        return ", ".join(f"{what} {value}" for what, value in named.items() if value) or "every series"


@dataclass(frozen=True)
class Break:
    """One dated event. `is_definition_change` says that figures before and after count different things.

    `reason` is the source of a national one, why a person recorded it, or what a derived one was found in.
    """

    break_id: str
    happened_on: date
    kind: str
    title: str
    concern: Concern
    basis: str
    is_definition_change: bool
    recorded_by: str = ""
    reason: str = ""

    @property
    def month(self) -> date:
        """First day of its month."""
        return self.happened_on.replace(day=1)


@lru_cache(maxsize=1)
def national_breaks() -> tuple[Break, ...]:
    """The breaks of `reference/breaks.toml`, by day."""
    found = [_national(one) for one in reference.table("breaks.toml")["break"]]
    return tuple(sorted(found, key=lambda one: (one.happened_on, one.break_id)))


def _national(row: dict[str, Any]) -> Break:
    return Break(
        break_id=row["id"],
        happened_on=row["happened_on"],
        kind=row["kind"],
        title=row["title"],
        concern=Concern(**row.get("concerns", {})),
        basis=NATIONAL,
        is_definition_change=row["is_definition_change"],
        reason=row["source"],
    )
