"""The dictionary of a feed: what each field means, its caveats, its codes and headings, as entries and Markdown."""

from collections.abc import Iterable
from dataclasses import dataclass

from vrin_data.contract.codes import CODE_LISTS
from vrin_data.contract.feed_words import basis_lines, counting_lines, field_name
from vrin_data.contract.feeds import Feed, FeedColumn

KIND_WORDS = {
    "text": "text",
    "time": "day, with or without a time",
    "month": "month",
    "quarter": "quarter",
    "code": "one of a list",
    "age": "age in years, or an age band",
    "count": "count",
    "number": "number",
    "easting": "National Grid easting, metres",
    "northing": "National Grid northing, metres",
    "longitude": "longitude, degrees",
    "latitude": "latitude, degrees",
}


@dataclass(frozen=True)
class FieldEntry:
    """One field of a feed: `codes` gives the words of each value and the spellings that stand for it."""

    name: str
    meaning: str
    caveat: str
    kind: str
    is_required: bool
    is_personal: bool
    headings: tuple[str, ...]
    codes: tuple[tuple[str, str, tuple[str, ...]], ...]

    @property
    def text(self) -> str:
        """All its words, for a search."""
        coded = (f"{code} {words} {' '.join(raws)}" for code, words, raws in self.codes)
        return " ".join((self.name, self.meaning, self.caveat, *self.headings, *coded)).lower()


def field_entries(feed: Feed) -> list[FieldEntry]:
    """The fields of a feed in the order in which it declares them, each followed by those read out of it."""
    return [entry for column in feed.columns for entry in (_entry(column), *_derived(column))]


def _entry(column: FeedColumn) -> FieldEntry:
    return FieldEntry(
        name=field_name(column.name),
        meaning=column.meaning,
        caveat=column.caveat,
        kind=KIND_WORDS[column.kind],
        is_required=column.required,
        is_personal=column.personal,
        headings=column.accepted,
        codes=_codes(column.codes, column.map) if column.kind == "code" else (),
    )


def _derived(column: FeedColumn) -> list[FieldEntry]:
    return [
        FieldEntry(
            name=field_name(one.name),
            meaning=f"Read out of {field_name(column.name)}.",
            caveat="",
            kind=KIND_WORDS["code"],
            is_required=False,
            is_personal=False,
            headings=(),
            codes=_codes(one.codes, one.map),
        )
        for one in column.derive
    ]


def _codes(codes: str, mapped: dict[str, tuple[str, ...]]) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    return tuple((code, words, mapped.get(code, ())) for code, words in CODE_LISTS[codes].items())


def matches(feed: Feed, wanted: str) -> list[FieldEntry]:
    """The fields of a feed in whose words every word looked for stands."""
    words = wanted.lower().split()
    return [one for one in field_entries(feed) if all(word in one.text for word in words)]


def speaks_of(feed: Feed, wanted: str) -> bool:
    """Whether the feed's own description or notes hold every word looked for."""
    text = " ".join((feed.id, feed.name, feed.description, feed.cadence.basis, *feed.notes)).lower()
    return all(word in text for word in wanted.lower().split())


def feed_markdown(feed: Feed, who: Iterable[str] = ()) -> str:
    """The dictionary of a feed as one Markdown text; `who` are lines on who sends it and whom to ask."""
    parts = [f"# {feed.name}", "", feed.description, ""]
    for heading, lines in (
        ("What to know, and what cannot be concluded", feed.notes),
        ("How it counts", counting_lines(feed)),
        ("When it comes, and on what basis", basis_lines(feed)),
        ("Who sends it, and whom to ask", tuple(who)),
    ):
        if lines:
            parts += [f"## {heading}", "", *(f"- {line}" for line in lines), ""]
    entries = field_entries(feed)
    parts += ["## Fields", "", "| field | what it means | beware |", "|---|---|---|"]
    parts += [f"| {one.name} | {_cell(one.meaning)} | {_cell(one.caveat)} |" for one in entries]
    parts += ["", "## Codes", ""]
    for one in entries:
        if one.codes:
            parts += [f"### {one.name}", "", "| value | meaning | sent as |", "|---|---|---|"]
            parts += [
                f"| {code} | {_cell(words)} | {_cell(', '.join(raws))} |" for code, words, raws in one.codes
            ]
            parts.append("")
    parts += ["## Headings that are accepted", ""]
    parts += [f"- {one.name}: {', '.join(one.headings)}" for one in entries if one.headings]
    if feed.forbidden:
        parts += ["", "## Headings that must not be in a file", "", f"{', '.join(feed.forbidden)}."]
    return "\n".join(parts).rstrip() + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
