"""What a definition of serious violence consists of, as a checked model: nothing here is SQL or code."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from vrin_data.contract.ages import bands_between
from vrin_data.contract.codes import CODE_LISTS
from vrin_data.contract.offence_sets import offence_sets, pairs_of
from vrin_data.contract.offences import Pair, code_key, offences
from vrin_data.errors import UsageError


def _known_set(value: str) -> str:
    if value not in offence_sets():
        raise ValueError(f"no base set is called '{value}'; there is: {', '.join(offence_sets())}")
    return value


def _known_code(value: str) -> str:
    if code_key(value) not in offences().by_key:
        raise ValueError(f"'{value}' is not a Home Office offence code, such as 8N or 4.10")
    return value


def _known_classification(value: str) -> str:
    if value not in offences().known.classifications:
        raise ValueError(f"'{value}' is not a Home Office classification, such as 008/06")
    return value


class _Clause(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OffenceClause(_Clause):
    """Offences named by base sets, codes and classifications: the union of all three."""

    sets: tuple[Annotated[str, AfterValidator(_known_set)], ...] = ()
    codes: tuple[Annotated[str, AfterValidator(_known_code)], ...] = ()
    classifications: tuple[Annotated[str, AfterValidator(_known_classification)], ...] = ()

    def pairs(self) -> frozenset[Pair]:
        """The (code, classification) pairs of this clause."""
        return pairs_of(sets=self.sets, codes=self.codes, classifications=self.classifications)


class Filters(_Clause):
    """What an incident must be recorded as; empty means anything. Values come from the code lists."""

    weapon: tuple[str, ...] = ()
    weapon_use: tuple[str, ...] = ()
    domestic: tuple[str, ...] = ()
    hate: tuple[str, ...] = ()
    alcohol: tuple[str, ...] = ()
    gang: tuple[str, ...] = ()
    location_type: tuple[str, ...] = ()
    injury: tuple[str, ...] = ()
    reported_by: tuple[str, ...] = ()
    status: tuple[str, ...] = ("live",)

    @model_validator(mode="after")
    def _values_are_known(self) -> "Filters":
        wrong = [
            f"{name}: '{value}' is not in its code list ({', '.join(CODE_LISTS[name])})"
            for name in type(self).model_fields
            for value in getattr(self, name)
            if value not in CODE_LISTS[name]
        ]
        if wrong:
            raise ValueError("; ".join(wrong))
        return self

    def active(self) -> dict[str, tuple[str, ...]]:
        """The filters that narrow, by column."""
        return {name: values for name in type(self).model_fields if (values := getattr(self, name))}


class AgeClause(_Clause):
    """Whose age, in whole years, both bounds included; a bound falls on an age band's edge."""

    whose: Literal["victim", "suspect", "either"]
    least: int | None = Field(default=None, alias="min")
    greatest: int | None = Field(default=None, alias="max")

    @model_validator(mode="after")
    def _bounds_are_edges(self) -> "AgeClause":
        if self.least is None and self.greatest is None:
            raise ValueError("an age clause needs min, max or both")
        try:
            first, last = bands_between(self.least, self.greatest)
        except UsageError as error:
            raise ValueError(str(error)) from error
        if first > last:
            raise ValueError(f"min {self.least} is above max {self.greatest}")
        return self

    def bands(self) -> tuple[int, int]:
        """First and last age band, both included."""
        return bands_between(self.least, self.greatest)


class HarmClause(_Clause):
    """Only offences whose weight is at least so many days."""

    at_least_days: float = Field(gt=0)


class Definition(_Clause):
    """One version of a definition of serious violence."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    version: int = Field(ge=1)
    name: str = Field(min_length=1)
    status: Literal["published wording", "our coding", "legacy"]
    source: str = Field(min_length=1)
    author: str = Field(min_length=1)
    valid_from: date
    unit: Literal["offence", "victim", "incident", "attendance", "admission"]
    reason: str = Field(min_length=1)
    include: OffenceClause
    exclude: OffenceClause = OffenceClause()
    filters: Filters = Filters()
    age: AgeClause | None = None
    harm: HarmClause | None = None
    unknown: Literal["range"] = "range"

    @model_validator(mode="after")
    def _includes_something(self) -> "Definition":
        if not self.include.pairs():
            raise ValueError("include names no offence: give sets, codes or classifications")
        return self

    @property
    def label(self) -> str:
        """Id and version as a stamp prints them."""
        return f"{self.id} v{self.version}"

    def pairs(self) -> frozenset[Pair]:
        """The pairs that are included and not excluded."""
        return self.include.pairs() - self.exclude.pairs()
