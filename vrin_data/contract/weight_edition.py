"""A weight edition: a named table of what offences weigh, with the central choices made for it."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

import pandas as pd

from vrin_data.contract.offences import Pair, offences
from vrin_data.contract.weight_resolution import CentralChoice, Weight, weigh
from vrin_data.contract.weight_rows import UNIT_WORDS, Kind, WeightRow, as_completed, rows_of_pairs
from vrin_data.contract.weight_text import amount_text, rows_as_csv
from vrin_data.errors import UsageError

Attempts = Literal["listed", "as_completed"]
ATTEMPT_WORDS = {"listed": "", "as_completed": "attempts as completed"}


@dataclass(frozen=True)
class About:
    """What is said of an edition; `kind` tells what its weights are counted in."""

    edition_id: str
    name: str
    published: str
    attribution: str
    source: str
    notes: tuple[str, ...] = ()
    kind: Kind = "days"


@dataclass(frozen=True, eq=False)
class Edition:
    """A named weight table, with the central choices made for it.

    Two editions are equal where their rows, choices and rules are: what was worked out for one serves
    the other, however often it is read. `choices_version` is 0 where only the built-in choices stand.
    """

    about: About
    rows: tuple[WeightRow, ...]
    choices: dict[str, CentralChoice]
    of_pair: dict[Pair, tuple[WeightRow, ...]] = field(repr=False)
    fingerprint: str
    choices_version: int = 0
    attempts: Attempts = "listed"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Edition) and self.fingerprint == other.fingerprint

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    @property
    def edition_id(self) -> str:
        """Its id, such as cchi-2020."""
        return self.about.edition_id

    @property
    def name(self) -> str:
        """Its full name."""
        return self.about.name

    @property
    def published(self) -> str:
        """When it was published, in its publisher's words."""
        return self.about.published

    @property
    def attribution(self) -> str:
        """The line of credit to print beside its figures."""
        return self.about.attribution

    @property
    def source(self) -> str:
        """Where its rows were taken from."""
        return self.about.source

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know of it."""
        return self.about.notes

    @property
    def kind(self) -> Kind:
        """What its weights are: days, score or pounds."""
        return self.about.kind

    @property
    def unit_words(self) -> str:
        """What its weights are counted in, in words."""
        return UNIT_WORDS[self.kind]

    @property
    def label(self) -> str:
        """The id with the partnership's own choices and the rule for attempts, as a stamp prints it."""
        own = f"local choices v{self.choices_version}" if self.choices_version else ""
        return ", ".join(filter(None, (self.edition_id, own, ATTEMPT_WORDS[self.attempts])))

    def weight(self, offence_key: str) -> Weight:
        """Weight of an offence. Raises KeyError for a key that is no offence."""
        return _all_weights(self)[offence_key]

    def resolved(self) -> pd.DataFrame:
        """All offences with their weight, one row each in the order of offence_id.

        Columns: offence_id, offence_key, days_low, days_central, days_high (Float64), basis, reason.
        """
        return _resolved(self).copy()

    def with_attempts(self, rule: str) -> "Edition":
        """The edition under a rule for attempts.

        `listed`: each attempt weighs as its own row says, which is as the completed offence but for the
        few that `weights show --attempts` lists. `as_completed`: attempts leave where the same pair
        has a completed row. Source: Cambridge Crime Harm Index 2020 update, 135 rows of attempts.
        Raises UsageError for any other rule.
        """
        if rule not in ATTEMPT_WORDS:
            raise UsageError(
                f"There is no rule {rule!r} for attempts. Choose of: {', '.join(ATTEMPT_WORDS)}."
            )
        return self if rule == self.attempts else _under_rule(self, rule)

    def with_choices(self, choices: Mapping[str, CentralChoice], *, version: int) -> "Edition":
        """The edition under a partnership's own central choices, which stand before the built-in ones."""
        return _with_choices(self, tuple(sorted(choices.items(), key=lambda one: one[0])), version)


def make_edition(
    about: About,
    rows: Iterable[WeightRow],
    choices: Mapping[str, CentralChoice] | None = None,
    *,
    version: int = 0,
    attempts: Attempts = "listed",
) -> Edition:
    """An edition of rows and choices; tables of scores and costs weigh codes, not what shares a classification."""
    kept = tuple(rows)
    chosen = dict(choices or {})
    said = sorted((key, amount_text(one.days), one.reason, one.chosen_by) for key, one in chosen.items())
    told = repr((about, rows_as_csv(kept, about.kind), said, version, attempts))
    return Edition(
        about=about,
        rows=kept,
        choices=chosen,
        of_pair=rows_of_pairs(kept, by_classification=about.kind == "days"),
        fingerprint=hashlib.sha256(told.encode("utf-8")).hexdigest(),
        choices_version=version,
        attempts=attempts,
    )


@lru_cache(maxsize=32)
def _with_choices(of: Edition, own: tuple[tuple[str, CentralChoice], ...], version: int) -> Edition:
    if not version:
        return of
    return make_edition(of.about, of.rows, of.choices | dict(own), version=version, attempts=of.attempts)


@lru_cache(maxsize=16)
def _under_rule(of: Edition, rule: Attempts) -> Edition:
    if of.attempts != "listed":
        raise UsageError(
            "The rows of the attempts have left this edition. Take the edition as it was published."
        )
    return make_edition(
        of.about, as_completed(of.rows), of.choices, version=of.choices_version, attempts=rule
    )


@lru_cache(maxsize=32)
def _all_weights(of: Edition) -> dict[str, Weight]:
    return {each.offence_key: weigh(each, of.of_pair, of.choices) for each in offences().all}


@lru_cache(maxsize=32)
def _resolved(of: Edition) -> pd.DataFrame:
    weights = _all_weights(of)
    records = [
        (each.offence_id, each.offence_key, w.days_low, w.days_central, w.days_high, w.basis, w.reason)
        for each in offences().all
        for w in [weights[each.offence_key]]
    ]
    names = ["offence_id", "offence_key", "days_low", "days_central", "days_high", "basis", "reason"]
    frame = pd.DataFrame.from_records(records, columns=names)
    return frame.astype({name: "Float64" for name in names if name.startswith("days_")})
