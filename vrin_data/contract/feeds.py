"""A feed: what a partner's extract holds, declared in one TOML in `reference/feeds/`.

The TOML names the columns with every heading they are known to come under, the kind of value,
the code maps, the null marks, the rules of the period, the cadence and what may never be in it.
Intake reads nothing else of a feed. A supplier's own headings and codes come on top as a variant.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from vrin_data.contract.cadence import Cadence
from vrin_data.contract.codes import CODE_LISTS
from vrin_data.contract.periods import PeriodForm
from vrin_data.errors import UnknownFeed, VrinError

FEEDS_FOLDER = Path(__file__).resolve().parents[1] / "reference" / "feeds"

ColumnKind = Literal[
    "text",
    "time",
    "month",
    "quarter",
    "code",
    "age",
    "count",
    "number",
    "easting",
    "northing",
    "longitude",
    "latitude",
]
PeriodLength = Literal["month", "quarter", "year"]
OffenceSource = Literal["home_office", "police_uk", "labels", "given", "none"]
CRIME_SOURCES = ("home_office", "police_uk", "labels")
ALWAYS_ABOVE = ("supplier", "period_start", "period_end", "extracted_at", "declared_count")
"""Columns that any feed may have above its header line in place of a column."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Derived(_Strict):
    """A coded column read out of another column's value: the weapon out of an ICD-10 code.

    `part` is a regular expression whose first group (or whole match) is looked up in `map`.
    """

    name: str
    codes: str
    part: str = ".*"
    map: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    def code_of(self, raw: str) -> str | None:
        """The code that a raw value stands for, None where it stands for none."""
        found = re.search(self.part, raw)
        if found is None:
            return None
        looked_up = found.group(1) if found.re.groups else found.group(0)
        return _codes_by_raw(self.codes, self.map).get(fold(looked_up or ""))


class FeedColumn(_Strict):
    """A column of a feed: VRIN's name for it, the headings it may have, and how to read a value.

    `constant` says that it may stand above the header line in place of a column; `ignored` maps raw
    values that a person chose to leave out onto the reason given.
    """

    name: str
    accepted: tuple[str, ...]
    kind: ColumnKind = "text"
    codes: str = ""
    required: bool = False
    personal: bool = False
    constant: bool = False
    meaning: str = ""
    caveat: str = ""
    map: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    ignored: dict[str, str] = Field(default_factory=dict)
    derive: tuple[Derived, ...] = ()

    @model_validator(mode="after")
    def _known_codes(self) -> "FeedColumn":
        if self.kind == "code":
            _check_codes(self.name, self.codes, self.map)
        for one in self.derive:
            _check_codes(f"{self.name}, derived {one.name}", one.codes, one.map)
            re.compile(one.part)
        return self

    def raw_to_code(self) -> dict[str, str]:
        """Every accepted raw value, folded, with the code it stands for."""
        return _codes_by_raw(self.codes, self.map)


class Feed(_Strict):
    """A feed as its TOML declares it.

    `period_from` names the column by which a row counts in a month (its month, or the first of its
    quarter or year, as `period_length` says). `suppressed` maps marks such as `*` to the least and
    greatest count they stand for. `victim_role` and `suspect_role` say whom those columns are about.
    """

    id: str
    name: str
    description: str
    supplier_kinds: tuple[str, ...]
    grain: str
    mode: Literal["replace_period", "net_change", "snapshot"]
    period_from: str
    period_length: PeriodLength = "month"
    period_form: PeriodForm = "month"
    needs_period: bool = False
    date_order: Literal["day_first", "month_first"] = "day_first"
    place_precision: Literal["exact", "snapped"] = "exact"
    offence_source: OffenceSource
    repeated_key: Literal["separate_incidents", "one_incident"] = "separate_incidents"
    key_columns: tuple[str, ...] = ()
    fineness: int
    licence: str = ""
    attribution: str = ""
    cadence: Cadence
    is_health: bool = False
    signed_counts: bool = False
    suppressed: dict[str, tuple[int, int]] = Field(default_factory=dict)
    victim_role: str = "victim"
    suspect_role: str = "suspect"
    gravity_scale: str = ""
    ethnicity_scheme: str = ""
    least_rows: int | None = None
    wide_months: bool = False
    xml_rows: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    null_marks: tuple[str, ...] = ()
    not_files_ending: tuple[str, ...] = ()
    files_ending: tuple[str, ...] = ()
    needs_one_of: tuple[tuple[str, ...], ...] = ()
    checks: dict[str, str] = Field(default_factory=dict)
    notes: tuple[str, ...] = ()
    columns: tuple[FeedColumn, ...]

    @model_validator(mode="after")
    def _period_is_a_column(self) -> "Feed":
        names = [column.name for column in self.columns]
        if self.period_from not in names:
            raise ValueError(f"period_from names no column: {self.period_from!r}")
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"columns declared twice: {', '.join(twice)}")
        for role in (self.victim_role, self.suspect_role):
            if role not in CODE_LISTS["role"]:
                raise ValueError(f"no role is called {role!r}")
        if self.grain not in CODE_LISTS["grain"]:
            raise ValueError(f"no grain is called {self.grain!r}")
        return self

    @property
    def is_crime(self) -> bool:
        """Whether its rows are offences that a definition of violence can decide and weights weigh."""
        return self.offence_source in CRIME_SOURCES

    @property
    def counts(self) -> bool:
        """Whether a row stands for a stated number of events."""
        return any(column.kind == "count" for column in self.columns)

    def column(self, name: str) -> FeedColumn | None:
        """The column of this name, None where the feed has none."""
        return next((column for column in self.columns if column.name == name), None)

    def headings(self) -> dict[str, str]:
        """Every accepted heading, folded, with VRIN's name of its column."""
        return {fold(heading): column.name for column in self.columns for heading in column.accepted}

    def derived(self) -> dict[str, tuple[str, Derived]]:
        """Coded columns that are read out of another column, with that column's name."""
        return {one.name: (column.name, one) for column in self.columns for one in column.derive}


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


def _check_codes(what: str, codes: str, mapped: dict[str, tuple[str, ...]]) -> None:
    known = CODE_LISTS.get(codes)
    if known is None:
        raise ValueError(f"column {what}: no code list is called {codes!r}")
    strange = sorted(set(mapped) - set(known))
    if strange:
        raise ValueError(f"column {what}: not in the list {codes}: {', '.join(strange)}")


def _codes_by_raw(codes: str, mapped: dict[str, tuple[str, ...]]) -> dict[str, str]:
    accepted = {fold(code): code for code in CODE_LISTS[codes]}
    accepted.update({fold(raw): code for code, raws in mapped.items() for raw in raws})
    return accepted
