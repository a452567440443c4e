"""A feed: what a partner's extract holds, declared in one TOML in `reference/feeds/`.

The TOML names the columns with every heading they are known to come under, the kind of value,
the code maps, the null marks and the rules of the period. Intake reads nothing else of a feed.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from vrin_data.contract.codes import CODE_LISTS
from vrin_data.errors import UnknownFeed, VrinError

FEEDS_FOLDER = Path(__file__).resolve().parents[1] / "reference" / "feeds"

ColumnKind = Literal["text", "time", "month", "code", "age", "easting", "northing", "longitude", "latitude"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FeedColumn(_Strict):
    """A column of a feed: VRIN's name for it, the headings it may have, and how to read a value."""

    name: str
    accepted: tuple[str, ...]
    kind: ColumnKind = "text"
    codes: str = ""
    required: bool = False
    personal: bool = False
    map: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _known_codes(self) -> "FeedColumn":
        if self.kind == "code":
            known = CODE_LISTS.get(self.codes)
            if known is None:
                raise ValueError(f"column {self.name}: no code list is called {self.codes!r}")
            strange = sorted(set(self.map) - set(known))
            if strange:
                raise ValueError(f"column {self.name}: not in the list {self.codes}: {', '.join(strange)}")
        return self

    def raw_to_code(self) -> dict[str, str]:
        """Every accepted raw value, folded, with the code it stands for."""
        accepted = {fold(code): code for code in CODE_LISTS[self.codes]}
        accepted.update({fold(raw): code for code, raws in self.map.items() for raw in raws})
        return accepted


class Feed(_Strict):
    """A feed as its TOML declares it."""

    id: str
    name: str
    description: str
    supplier_kind: str
    grain: str
    mode: Literal["replace_period"]
    period_from: str
    place_precision: Literal["exact", "snapped"]
    offence_source: Literal["home_office", "police_uk"]
    repeated_key: Literal["separate_incidents", "one_incident"]
    fineness: int
    null_marks: tuple[str, ...] = ()
    not_files_ending: tuple[str, ...] = ()
    needs_one_of: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    columns: tuple[FeedColumn, ...]

    @model_validator(mode="after")
    def _period_is_a_column(self) -> "Feed":
        if self.period_from not in {column.name for column in self.columns}:
            raise ValueError(f"period_from names no column: {self.period_from!r}")
        return self

    def column(self, name: str) -> FeedColumn | None:
        """The column of this name, None where the feed has none."""
        return next((column for column in self.columns if column.name == name), None)

    def headings(self) -> dict[str, str]:
        """Every accepted heading, folded, with VRIN's name of its column."""
        return {fold(heading): column.name for column in self.columns for heading in column.accepted}


def fold(text: str) -> str:
    """A heading or raw value without case, punctuation and spaces, for comparison only."""
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


@cache
def feeds() -> dict[str, Feed]:
    """All feeds by id. Raises VrinError with every fault of every TOML."""
    found: dict[str, Feed] = {}
    faults: list[str] = []
    for file in sorted(FEEDS_FOLDER.glob("*.toml")):
        try:
            feed = Feed.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
            found[feed.id] = feed
        except (ValidationError, tomllib.TOMLDecodeError) as error:
            faults.append(f"{file.name}: {error}")
    if faults:
        raise VrinError("\n".join(faults))
    return found


def feed(feed_id: str) -> Feed:
    """The feed of this id. Raises UnknownFeed, naming those there are."""
    try:
        return feeds()[feed_id]
    except KeyError:
        known = ", ".join(feeds())
        raise UnknownFeed(f"There is no feed {feed_id!r}. Feeds: {known}.") from None
