"""What `ingest --suggest` prints: tables of headings and codes, rows before and after, and the TOML."""

import io
import shutil
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

from vrin_data.contract.feeds import ALWAYS_ABOVE, Feed, fold
from vrin_data.contract.variant_text import as_toml
from vrin_data.contract.variants import Variant, apply
from vrin_data.intake.suggesting.codes import CodeProposal
from vrin_data.intake.suggesting.headings import HIDDEN, NOT_MAPPED, Proposal
from vrin_data.intake.suggesting.preview import Preview, PreviewRow
from vrin_data.intake.suggesting.suggest import Suggestion

LEAST_WIDTH = 110
ROWS_SHOWN = 3
LONGEST_CELL = 60
SAMPLE = 22
CODES_SHOWN = 60


def account(proposed: Suggestion, feed: Feed, variant: Variant, *, shown: Preview, toml: str) -> str:
    """Everything a person needs to say yes or no."""
    parts = [
        f"{proposed.file} as {proposed.feed_id}: {proposed.row_count:,} rows looked at",
        *_headings(proposed, feed, variant),
        *(f"Missing: {words}" for words in proposed.missing),
        *(f"Note: {words}" for words in proposed.remarks),
        *_codes(proposed, variant),
        *(_before_and_after(row) for row in shown.rows[:ROWS_SHOWN]),
        _would_be(shown),
        "The mapping as TOML:\n\n" + toml.rstrip(),
    ]
    return _printable("\n\n".join(part for part in parts if part))


def proposal_toml(proposed: Suggestion, variant: Variant) -> str:
    """The variant as TOML, with the why beside each entry and what is open as comments at its end."""
    remarks = {
        ("columns", one.column): f"{one.how_sure} ({one.confidence:.2f}): {one.why}"
        for one in proposed.proposals
        if one.column is not None and variant.columns.get(one.column) == one.heading
    }
    remarks |= {
        (f"codes.{one.column}", one.raw): f"{one.count:,} rows, {one.why}"
        for one in proposed.codes
        if variant.codes.get(one.column, {}).get(one.raw) == one.code
    }
    return as_toml(variant, remarks=remarks) + _open_lines(proposed, variant)


def _open_lines(proposed: Suggestion, variant: Variant) -> str:
    """What nobody has said yet, as comments that only need a code or a reason."""
    lines = []
    for column in dict.fromkeys(one.column for one in _open_codes(proposed, variant)):
        own = [one for one in _open_codes(proposed, variant) if one.column == column]
        lines += ["", f"# Not known yet in {column}: map under [codes.{column}] or give a reason under"]
        lines += [f"# [ignored.{column}]"]
        lines += [f"#   {one.raw!r}: {one.count:,} rows" for one in own[:CODES_SHOWN]]
    return "\n".join(lines) + "\n" if lines else ""


def _open_codes(proposed: Suggestion, variant: Variant) -> list[CodeProposal]:
    return [
        one
        for one in proposed.codes
        if one.is_open
        and one.raw not in variant.codes.get(one.column, {})
        and one.raw not in variant.ignored.get(one.column, {})
    ]


def _headings(proposed: Suggestion, feed: Feed, variant: Variant) -> list[str]:
    """The table of headings, and more about those that a person should look at."""
    reads = apply(feed, variant).headings()
    rows, doubtful, unused = [], [], []
    for one in proposed.proposals:
        column = reads.get(fold(one.heading), "")
        is_own = column != (one.column or "")
        sure = "as given" if is_own else f"{one.how_sure} {one.confidence:.2f}" if column else ""
        samples = HIDDEN if one.is_forbidden else " | ".join(_short(value, SAMPLE) for value in one.samples)
        rows.append((one.heading or "(blank)", column, sure, samples))
        if not column and not one.runners_up and one.why == NOT_MAPPED:
            unused.append(one.heading)
        elif not is_own and one.how_sure != "sure":
            doubtful.append(_doubt(one))
    table = _table(("heading in the file", "VRIN's column", "how sure", "values"), rows)
    return [
        table,
        "To be looked at:\n" + "\n".join(doubtful) if doubtful else "",
        f"Not used, since no column of the feed is like them: {', '.join(unused)}" if unused else "",
        _not_found(feed, variant, {fold(one.heading) for one in proposed.proposals}),
    ]


def _not_found(feed: Feed, variant: Variant, there: set[str]) -> str:
    """The columns of the feed that the file does not give, each with a heading it is known by."""
    read = {name for heading, name in apply(feed, variant).headings().items() if heading in there}
    missing = [
        f"{column.name} (such as {column.accepted[0]!r})"
        for column in feed.columns
        if column.name not in (*read, *ALWAYS_ABOVE, "simulated") and column.accepted
    ]
    return f"Columns of the feed that no heading was found for: {', '.join(missing)}" if missing else ""


def _doubt(one: Proposal) -> str:
    others = " or ".join(f"{name} ({share:.2f})" for name, share in one.runners_up)
    said = f"{one.heading or '(blank)'} -> {one.column or 'not used'}: {one.why}"
    return f"  {said}{f'; or {others}' if others else ''}"


def _codes(proposed: Suggestion, variant: Variant) -> list[str]:
    """The values that are not known yet, mapped or open; of those that are known their number."""
    fresh = [one for one in proposed.codes if not one.is_known]
    known = len(proposed.codes) - len(fresh)
    words = f"{known:,} values of coded columns are known already." if known else ""
    rows = [
        (
            one.column,
            one.raw,
            f"{one.count:,}",
            variant.codes.get(one.column, {}).get(one.raw, "?"),
            one.why,
        )
        for one in fresh[:CODES_SHOWN]
    ]
    more = f"... and {len(fresh) - CODES_SHOWN:,} more" if len(fresh) > CODES_SHOWN else ""
    return [words, _table(("column", "value in the file", "rows", "code", "why"), rows) if rows else "", more]


def _before_and_after(row: PreviewRow) -> str:
    after = row.after or {}
    pairs = [*row.before.items()], [*after.items()]
    height = max(len(pairs[0]), len(pairs[1]))
    cells = [(*_at(pairs[0], number), *_at(pairs[1], number)) for number in range(height)]
    title = f"Line {row.line}"
    if row.after is None:
        title += f": rejected ({'; '.join(row.reasons)})" if row.reasons else ""
    return f"{title}\n{_table(('in the file', 'value', 'read as', 'value'), cells)}"


def _at(pairs: Sequence[tuple[str, str]], number: int) -> tuple[str, str]:
    return pairs[number] if number < len(pairs) else ("", "")


def _would_be(shown: Preview) -> str:
    if shown.refusal:
        return f"The file would be refused: {shown.refusal}"
    lines = [f"{shown.rows_kept:,} of the first {shown.rows_tried:,} rows would be kept."]
    lines += [f"  rejected {count:,}: {reason}" for reason, count in shown.reasons.items()]
    lines += [f"  noticed: {words}" for words in shown.noticed]
    return "\n".join(lines)


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A plain table, as wide as the terminal and never too narrow to read."""
    table = Table(*headings, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*(_short(cell) for cell in row))
    text = io.StringIO()
    width = max(LEAST_WIDTH, shutil.get_terminal_size((LEAST_WIDTH, 24)).columns)
    Console(file=text, width=width, markup=False, highlight=False, emoji=False).print(table)
    return "\n".join(line.rstrip() for line in text.getvalue().splitlines())


def _short(cell: str, longest: int = LONGEST_CELL) -> str:
    plain = " ".join(_printable(cell).split())
    return plain if len(plain) <= longest else plain[: longest - 3] + "..."


def _printable(text: str) -> str:
    # A file may hold control characters, and a terminal would obey them.
    return "".join(mark if mark.isprintable() or mark == "\n" else " " for mark in text)
