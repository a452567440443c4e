"""The checks of rows and of whole submissions, as `reference/checks.toml` declares them.

A check says what it looks at, what a finding does (its level), from which figures on it speaks, and
what it means in words for the data lead. A feed may give a check another level, or none, for itself.
"""

from collections.abc import Mapping
from functools import cache
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from vrin_data.contract import reference
from vrin_data.contract.codes import CODE_LISTS
from vrin_data.errors import VrinError

Level = Literal["note", "partial", "warn", "reject", "stop"]
Subject = Literal["row", "value", "file", "submission"]
OFF = "off"


class HasChecks(Protocol):
    """What this module needs of a feed."""

    @property
    def id(self) -> str:
        """The feed's id."""

    @property
    def checks(self) -> Mapping[str, str]:
        """Other levels than the table's, by check id; `off` for none."""


class Check(BaseModel):
    """One check: `subject` is what a finding is about, `thresholds` the figures from which it speaks."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern="^[a-z][a-z_]*$")
    subject: Subject
    level: Level
    looks_at: str = Field(min_length=1)
    means: str = Field(min_length=1)
    to_do: str = Field(min_length=1)
    thresholds: Mapping[str, float] = Field(default_factory=dict)

    def threshold(self, name: str) -> float:
        """A named figure of the check. Raises VrinError where the table does not give it."""
        try:
            return self.thresholds[name]
        except KeyError:
            raise VrinError(
                f"reference/checks.toml: the check {self.id} has no threshold {name!r}."
            ) from None


@cache
def checks() -> dict[str, Check]:
    """All checks by id, in the order of the file. Raises VrinError with every fault of the file."""
    found: dict[str, Check] = {}
    faults: list[str] = []
    for number, entry in enumerate(reference.table("checks.toml")["checks"], start=1):
        try:
            one = Check.model_validate(_unwrapped(entry))
        except ValidationError as error:
            faults.append(f"checks.toml, check {number} ({entry.get('id', 'without id')}): {error}")
            continue
        if one.id in found:
            faults.append(f"checks.toml, check {number}: {one.id} is declared twice")
        found[one.id] = one
    if faults:
        raise VrinError("\n".join(faults))
    return found


def check(check_id: str) -> Check:
    """The check of this id. Raises VrinError, naming those there are."""
    try:
        return checks()[check_id]
    except KeyError:
        raise VrinError(f"There is no check {check_id!r}. Checks: {', '.join(checks())}.") from None


def level_of(feed: HasChecks, check_id: str) -> str:
    """The level of a check for a feed, its own where it has one; 'off' where the feed does not want it."""
    return feed.checks.get(check_id, check(check_id).level)


def faults_of_overrides(feed: HasChecks) -> list[str]:
    """What is wrong with the levels that a feed gives to checks: unknown checks, unknown levels."""
    allowed = [*CODE_LISTS["check_level"], OFF]
    unknown = [f"{feed.id}: no check is called {one!r}" for one in feed.checks if one not in checks()]
    odd = [
        f"{feed.id}: check {one} has the level {level!r} (expected {', '.join(allowed)})"
        for one, level in feed.checks.items()
        if level not in allowed
    ]
    return unknown + odd


def _unwrapped(entry: dict[str, object]) -> dict[str, object]:
    # The file wraps its sentences; they are wrapped anew wherever they are shown.
    return {key: " ".join(value.split()) if isinstance(value, str) else value for key, value in entry.items()}
