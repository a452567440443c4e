"""Which question an edition can answer: harm in days, cost in pounds, or severity in points; never one for another."""

from vrin_data.contract.weight_rows import Kind
from vrin_data.contract.weights import Edition, editions
from vrin_data.errors import UsageError

QUESTION_OF_KIND: dict[Kind, str] = {"days": "harm", "pounds": "costs", "score": "severity"}
NOUN_OF_KIND: dict[Kind, str] = {"days": "harm", "pounds": "cost", "score": "severity"}
"""What a total under an edition of each kind is called."""
UNIT_OF_KIND: dict[Kind, str] = {
    "days": "days of recommended sentence",
    "pounds": "pounds",
    "score": "points of severity",
}


def require_kind(edition: Edition, kind: Kind) -> None:
    """Refuse an edition that weighs in something else. Raises UsageError with the question that takes it."""
    if edition.kind != kind:
        raise UsageError(
            f"The edition {edition.edition_id} counts {edition.unit_words}, and {QUESTION_OF_KIND[kind]} is asked in "
            f"{UNIT_OF_KIND[kind]}. Ask for {QUESTION_OF_KIND[edition.kind]} under it, or choose another edition"
            f"{_such_as(kind)}."
        )


def _such_as(kind: Kind) -> str:
    """Built-in editions of a kind by name; those on record come beside them."""
    return f", such as {', '.join(editions(kind))}" if editions(kind) else ""


def amount(low: float, kind: Kind, high: float | None = None) -> str:
    """A sum of weights, or a range, as a note prints it: 1,204 days, 2 to 1,460 days, £3,217,740, 88 points."""
    ends = [f"{'£' if kind == 'pounds' else ''}{end:,.0f}" for end in (low, high) if end is not None]
    unit = {"days": " days", "pounds": "", "score": " points"}[kind]
    return " to ".join(ends) + unit
