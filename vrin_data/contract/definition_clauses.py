"""The clauses of a definition: offences, filters, ages and a harm threshold, each a checked model."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from vrin_data.contract.ages import bands_between
from vrin_data.contract.codes import CODE_LISTS, NOT_RECORDED
from vrin_data.contract.offence_sets import offence_sets
from vrin_data.contract.offences import code_key, offences
from vrin_data.contract.tables import PROFILE_CODES
from vrin_data.errors import UsageError

_ICD10 = re.compile(r"[A-Z]\d{2}\d?(-[A-Z]\d{2})?")


def _known_set(value: str, info: ValidationInfo) -> str:
    own = (info.context or {}).get("sets", frozenset())
    if value not in offence_sets() and value not in own:
        known = ", ".join([*offence_sets(), *sorted(own)])
        raise ValueError(f"no base set is called '{value}'; there is: {known}")
    return value


def _known_code(value: str) -> str:
    if code_key(value) not in offences().by_key:
        raise ValueError(f"'{value}' is not a Home Office offence code, such as 8N or 4.10")
    return value


def _known_classification(value: str) -> str:
    if value not in offences().known.classifications:
        raise ValueError(f"'{value}' is not a Home Office classification, such as 008/06")
    return value


def _known_icd10(value: str) -> str:
    plain = value.upper().replace(".", "")
    if not _ICD10.fullmatch(plain):
        raise ValueError(f"'{value}' is not an ICD-10 code or range of codes, such as X99 or X85-Y09")
    return plain


SetName = Annotated[str, AfterValidator(_known_set)]
OffenceCode = Annotated[str, AfterValidator(_known_code)]
Classification = Annotated[str, AfterValidator(_known_classification)]
Icd10 = Annotated[str, AfterValidator(_known_icd10)]


class Clause(BaseModel):
    """What all clauses share: nothing unknown is let through, and nothing changes once made."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class OffenceClause(Clause):
    """What happened, by name: the union of base sets, offence codes and classifications.

    Attendances and admissions are named by ICD-10 codes and ranges, or by `everything` in their feed.
    """

    sets: tuple[SetName, ...] = ()
    codes: tuple[OffenceCode, ...] = ()
    classifications: tuple[Classification, ...] = ()
    icd10: tuple[Icd10, ...] = ()
    everything: bool = False

    @property
    def names_offences(self) -> bool:
        """Whether it names offences."""
        return bool(self.sets or self.codes or self.classifications)

    @property
    def names_injuries(self) -> bool:
        """Whether it names what a hospital codes."""
        return bool(self.icd10) or self.everything

    def matches_icd10(self, code: str) -> bool | None:
        """Whether a code given by a hospital is among those named; None where none was given."""
        if self.everything:
            return True
        plain = code.upper().replace(".", "").strip()
        return any(_within(plain, wanted) for wanted in self.icd10) if plain else None


def _within(code: str, wanted: str) -> bool:
    first, _, last = wanted.partition("-")
    return first <= code[:3] <= last if last else code.startswith(first)


class LocalSet(Clause):
    """A base set of one definition alone. The dates say when its codes were in use and narrow nothing."""

    id: str = Field(pattern=r"^[A-Z][A-Z0-9_-]*$")
    sets: tuple[str, ...] = ()
    codes: tuple[OffenceCode, ...] = ()
    classifications: tuple[Classification, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""

    @model_validator(mode="after")
    def _is_sound(self) -> "LocalSet":
        strange = [name for name in self.sets if name not in offence_sets()]
        if strange:
            raise ValueError(f"no built-in base set is called {', '.join(strange)}")
        if self.id in offence_sets():
            raise ValueError(f"{self.id} is a built-in base set; give this one another name")
        if not (self.sets or self.codes or self.classifications):
            raise ValueError("names no offence: give sets, codes or classifications")
        return self


NOT = "not "
"""What stands before a value that a filter leaves out: `not possessed`."""


def leaves_out(values: Iterable[str]) -> bool:
    """Whether a filter leaves out what is recorded so, and takes in all else, blanks among them."""
    return any(value.startswith(NOT) for value in values)


def values_named(values: Iterable[str]) -> list[str]:
    """The values of the code list that a filter names."""
    return [value.removeprefix(NOT) for value in values]


class Filters(Clause):
    """What an incident must be recorded as; empty means anything. Values come from the code lists.

    Values with `not ` before them are left out where they are recorded; a blank is then taken in, and
    does not widen a range. A filter either names what is in or what is left out.
    """

    weapon: tuple[str, ...] = ()
    weapon_use: tuple[str, ...] = ()
    domestic: tuple[str, ...] = ()
    hate: tuple[str, ...] = ()
    alcohol: tuple[str, ...] = ()
    gang: tuple[str, ...] = ()
    location_type: tuple[str, ...] = ()
    injury: tuple[str, ...] = ()
    victim_sex: tuple[str, ...] = ()
    reported_by: tuple[str, ...] = ()
    recorded_lag: tuple[str, ...] = ()
    status: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _values_are_known(self) -> "Filters":
        wrong = [
            f"{name}: '{value}' is not in its code list ({', '.join(_wanted(name))})"
            for name, values in self.active().items()
            for value in values_named(values)
            if value not in _wanted(name)
        ]
        wrong += [
            f"{name}: say either what it must be or what it must not be ({', '.join(values)})"
            for name, values in self.active().items()
            if 0 < sum(value.startswith(NOT) for value in values) < len(values)
        ]
        if wrong:
            raise ValueError("; ".join(wrong))
        return self

    def active(self) -> dict[str, tuple[str, ...]]:
        """The filters that narrow, by column."""
        return {name: values for name in type(self).model_fields if (values := getattr(self, name))}

    def blanks_matter(self) -> list[str]:
        """The columns of which a blank leaves open whether the filters hold."""
        return [name for name, values in self.active().items() if not leaves_out(values)]


def _wanted(name: str) -> list[str]:
    """What a filter can ask for: a blank is never asked for, since `unknown` says what blanks do."""
    return [code for code in CODE_LISTS[PROFILE_CODES[name]] if code != NOT_RECORDED]


class LiveFilters(Filters):
    """The filters of a whole definition: crimes that were cancelled or transferred are left out unless asked for."""

    status: tuple[str, ...] = ("live",)


def _least_edge(value: int | None) -> int | None:
    return _edge(value, value, None)


def _greatest_edge(value: int | None) -> int | None:
    return _edge(value, None, value)


def _edge(value: int | None, least: int | None, greatest: int | None) -> int | None:
    try:
        bands_between(least, greatest)
    except UsageError as error:
        raise ValueError(str(error)) from error
    return value


class AgeClause(Clause):
    """Whose age, in whole years, both bounds included; a bound falls on an age band's edge."""

    whose: Literal["victim", "suspect", "either", "all"]
    least: Annotated[int | None, AfterValidator(_least_edge)] = Field(default=None, alias="min")
    greatest: Annotated[int | None, AfterValidator(_greatest_edge)] = Field(default=None, alias="max")

    @model_validator(mode="after")
    def _bounds_are_in_order(self) -> "AgeClause":
        if self.least is None and self.greatest is None:
            raise ValueError("an age clause needs min, max or both")
        if self.least is not None and self.greatest is not None and self.least > self.greatest:
            raise ValueError(f"min {self.least} is above max {self.greatest}")
        return self

    def bands(self) -> tuple[int, int]:
        """First and last age band, both included."""
        return bands_between(self.least, self.greatest)


class HarmClause(Clause):
    """Only offences whose weight is at least so many days."""

    at_least_days: float = Field(gt=0)


class Part(Clause):
    """One of the things a definition counts: what happened, narrowed."""

    name: str = Field(min_length=1)
    include: OffenceClause
    within: OffenceClause | None = None
    exclude: OffenceClause = OffenceClause()
    filters: Filters = Filters()
    ages: tuple[AgeClause, ...] = ()
    harm: HarmClause | None = None
