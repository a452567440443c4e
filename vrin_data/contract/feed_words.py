"""A feed in plain words: how often it comes and by when, how it counts, and what it cannot say."""

from vrin_data.contract.cadence import NEVER_DUE, Cadence, Every
from vrin_data.contract.codes import CODE_LISTS
from vrin_data.contract.feeds import Feed
from vrin_data.contract.legal_powers import legal_powers

EVERY_WORDS: dict[Every, str] = {
    "month": "month",
    "quarter": "three months",
    "year": "calendar year",
    "financial_year": "financial year",
    "academic_year": "academic year",
}
MODE_WORDS = {
    "replace_period": "A file replaces what its supplier sent before for the same period; the earlier version stays "
    "on record.",
    "net_change": "A file changes single records by their key: it holds what is new or different since the last one.",
    "snapshot": "A file replaces everything its supplier ever sent of this feed.",
}


def due_words(cadence: Cadence) -> str:
    """How often something is due and by when: 'each month, by the end of the next month'."""
    every = EVERY_WORDS[cadence.every]
    rule = rule_words(cadence.due).replace("after the period", "after it").replace("period", every)
    return f"each {every}, {rule}"


def rule_words(rule: str) -> str:
    """A due rule in words, speaking of the period: 'within 30 days of the end of the period'."""
    if rule == NEVER_DUE:
        return "with no day set"
    if rule == "end_of_next_period":
        return "by the end of the next period"
    if rule.startswith("days:"):
        return f"within {rule.removeprefix('days:')} days of the end of the period"
    number = rule.removeprefix("day:").removesuffix("_of_next_month")
    return f"by day {number} of the month after the period"


def basis_lines(feed: Feed) -> list[str]:
    """On what it comes: licence or statute, and when it is due."""
    lines = [f"It comes {due_words(feed.cadence)}."]
    if feed.licence:
        lines.append(f"Open data under the licence {feed.licence}: no agreement is needed.")
        lines += [f"{feed.attribution.rstrip('.')}."] if feed.attribution else []
    else:
        lines.append("It comes under an agreement: without a live one nothing is taken in.")
    if feed.cadence.power:
        power = legal_powers()[feed.cadence.power]
        lines.append(f"{power.name}: {power.note}")
    return lines + ([feed.cadence.basis] if feed.cadence.basis else [])


def counting_lines(feed: Feed) -> list[str]:
    """How rows become figures."""
    grain = CODE_LISTS["grain"][feed.grain]
    lines = [f"{grain[0].upper()}{grain[1:]}.", _period_line(feed)]
    lines.append(
        "Rows with the same key are one incident."
        if feed.repeated_key == "one_incident"
        else "Equal rows are separate events and are all kept."
    )
    lines.append(MODE_WORDS[feed.mode])
    if feed.signed_counts:
        lines.append(
            "Counts may be below zero: a later period takes back what an earlier one counted too much."
        )
    lines += [
        f"'{mark}' stands for a count from {least} to {most}, which its publisher withholds."
        for mark, (least, most) in feed.suppressed.items()
    ]
    return [*lines, _weight_line(feed)]


def _period_line(feed: Feed) -> str:
    column = feed.column(feed.period_from)
    means = f" {column.meaning}" if column and column.meaning else ""
    return f"A row counts in the {feed.period_length} of its field '{field_name(feed.period_from)}'.{means}"


def _weight_line(feed: Feed) -> str:
    if feed.is_crime:
        return "Its rows are recorded crimes: definitions of violence and harm weights apply to them."
    return (
        "It holds no recorded crimes: no definition of violence and no harm weight applies to it, and it is never "
        "added to crimes."
    )


def field_name(name: str) -> str:
    """VRIN's name of a column as words."""
    return name.replace("_", " ")
