"""Where a figure comes from: printed on every chart, table and export."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime


@dataclass(frozen=True)
class Stamp:
    """A figure's origin. `notes` say what a reader must know before believing it."""

    build: str
    built_at: datetime
    data_to: date | None
    definition: str
    definition_name: str
    edition: str
    edition_name: str
    feed: str
    period: str
    level: str
    missing: tuple[str, ...] = ()
    missing_month_count: int = 0
    never_sent_count: int = 0
    notes: tuple[str, ...] = ()
    attribution: tuple[str, ...] = ()
    is_simulated: bool = False
    disclosure: str = "not yet protected"
    feeds: tuple[str, ...] = field(default=())

    def with_disclosure(self, words: str) -> "Stamp":
        """The stamp with the rule under which the figures were let out."""
        return replace(self, disclosure=words)

    def lines(self) -> list[str]:
        """The stamp as lines for a person."""
        simulated = ["SIMULATED DATA: not real events"] if self.is_simulated else []
        data_to = f"{self.data_to:%B %Y}" if self.data_to else "no data"
        missing = [f"Missing: {_listed(self.missing)}"] if self.missing else ["Missing: none"]
        return [
            *simulated,
            f"Definition: {self.definition} ({self.definition_name})",
            f"Harm: {self.edition_name} ({self.edition}), days of recommended sentence",
            f"Feed: {self.feed}; period {self.period}; data up to {data_to}",
            *missing,
            *(f"Note: {note}" for note in self.notes),
            f"Build {self.build} of {self.built_at:%d %B %Y %H:%M} UTC",
            f"Disclosure: {self.disclosure}",
            *(words if words.startswith("Source") else f"Source: {words}" for words in self.attribution),
        ]

    def short(self) -> str:
        """The stamp as one line for a chart."""
        data_to = f"data to {self.data_to:%b %Y}" if self.data_to else "no data"
        gaps = self.missing_month_count
        months = _counted(gaps, "supplier-month missing", "supplier-months missing") or "no month missing"
        never = [
            words
            for words in [_counted(self.never_sent_count, "force never sent", "forces never sent")]
            if words
        ]
        rule = self.disclosure.split(":")[0]
        parts = [self.definition, self.edition, data_to, months, *never, f"build {self.build}", rule]
        return " · ".join((["SIMULATED DATA"] if self.is_simulated else []) + parts)


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}" if count else ""


def _listed(items: tuple[str, ...], most: int = 24) -> str:
    shown = ", ".join(items[:most])
    return f"{shown} and {len(items) - most} more" if len(items) > most else shown
