"""Where a figure comes from: printed on every chart, table and export."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from vrin_data.contract.weight_rows import UNIT_WORDS

STANDING = {
    "draft": ", a DRAFT",
    "submitted": ", not approved yet",
    "retired": ", retired",
    "unsaved": ", UNSAVED",
}
"""What is said of a definition that is not in force."""
WEIGHED_AS = {UNIT_WORDS["pounds"]: "Cost", UNIT_WORDS["score"]: "Severity"}
"""What a total is called whose weights are no days."""


@dataclass(frozen=True)
class Stamp:
    """A figure's origin. `notes` say what a reader must know before believing it.

    `definition` and `edition` are empty where a figure rests on neither, as those of the ledger do.
    `terms` are those that narrow or weigh otherwise than usual, in a word or two each.
    `whole_months` of `asked_months` came whole from every supplier; None where no months were asked.
    `is_dated` is False for figures that no month of data stands behind, such as those of context.
    """

    build: str
    built_at: datetime
    data_to: date | None
    feed: str
    period: str
    definition: str = ""
    definition_name: str = ""
    definition_state: str = ""
    edition: str = ""
    edition_name: str = ""
    edition_unit: str = "days of recommended sentence"
    terms: tuple[str, ...] = ()
    level: str = ""
    missing: tuple[str, ...] = ()
    missing_month_count: int = 0
    partial: tuple[str, ...] = ()
    partial_month_count: int = 0
    never_sent_count: int = 0
    whole_months: int | None = None
    asked_months: int | None = None
    notes: tuple[str, ...] = ()
    attribution: tuple[str, ...] = ()
    is_simulated: bool = False
    disclosure: str = "not yet protected"
    feeds: tuple[str, ...] = field(default=())
    is_dated: bool = True

    def with_disclosure(self, words: str) -> "Stamp":
        """The stamp with the rule under which the figures were let out."""
        return replace(self, disclosure=words)

    def lines(self) -> list[str]:
        """The stamp as lines for a person."""
        data_to = f"; data up to {self.data_to:%B %Y}" if self.data_to else "; data up to no data"
        return [
            *(["SIMULATED DATA: not real events"] if self.is_simulated else []),
            *self._basis_lines(),
            f"Feed: {self.feed}; period {self.period}{data_to if self.is_dated else ''}",
            *self._completeness_lines(),
            *(f"Note: {note}" for note in self.notes),
            f"Build {self.build} of {self.built_at:%d %B %Y %H:%M} UTC",
            f"Disclosure: {self.disclosure}",
            *(words if words.startswith("Source") else f"Source: {words}" for words in self.attribution),
        ]

    def short(self) -> str:
        """The stamp as one line for a chart."""
        parts = [
            "SIMULATED DATA" if self.is_simulated else "",
            self.definition + STANDING.get(self.definition_state, ""),
            self.edition,
            *self.terms,
            self._data_to_words() if self.is_dated else "",
            *self._completeness_words(),
            f"build {self.build}",
            self.disclosure.split(":")[0],
        ]
        return " · ".join(filter(None, parts))

    def _data_to_words(self) -> str:
        return f"data to {self.data_to:%b %Y}" if self.data_to else "no data"

    def months_words(self) -> str:
        """11 of 12 months; empty where no months were asked."""
        if self.asked_months is None:
            return ""
        return f"{self.whole_months} of {self.asked_months} month{'' if self.asked_months == 1 else 's'}"

    def _basis_lines(self) -> list[str]:
        lines = []
        if self.definition:
            standing = STANDING.get(self.definition_state, "")
            lines.append(f"Definition: {self.definition} ({self.definition_name}){standing}")
        if self.edition:
            what = WEIGHED_AS.get(self.edition_unit, "Harm")
            lines.append(f"{what}: {self.edition_name} ({self.edition}), {self.edition_unit}")
        return lines

    def _completeness_lines(self) -> list[str]:
        if self.asked_months is None:
            return []
        lines = [f"Missing: {_listed(self.missing) or 'none'}"]
        if self.partial:
            lines.append(f"Partial: {_listed(self.partial)}")
        return [*lines, f"Whole from every supplier: {self.months_words()}"]

    def _completeness_words(self) -> list[str]:
        if self.asked_months is None:
            return []
        missing = _counted(
            self.missing_month_count, "monthly submission missing", "monthly submissions missing"
        )
        partial = _counted(self.partial_month_count, "partial", "partial")
        never = _counted(self.never_sent_count, "force never sent", "forces never sent")
        return [missing or "no month missing", partial, never]


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}" if count else ""


def _listed(items: tuple[str, ...], most: int = 24) -> str:
    shown = ", ".join(items[:most])
    return f"{shown} and {len(items) - most} more" if len(items) > most else shown
