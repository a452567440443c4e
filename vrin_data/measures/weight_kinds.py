"""Which question an edition can answer: harm in days, cost in pounds, or severity in points; never one for another."""

from vrin_data.contract.weight_rows import Kind
from vrin_data.contract.weights import Edition
from vrin_data.errors import UsageError

QUESTION_OF_KIND: dict[Kind, str] = {"days": "harm", "pounds": "costs", "score": "severity"}
NOUN_OF_KIND: dict[Kind, str] = {"days": "harm", "pounds": "cost", "score": "severity"}
"""What a total under an edition of each kind is called."""


def require_kind(edition: Edition, kind: Kind) -> None:
    """Refuse an edition that weighs in something else. Raises UsageError with the question that takes it."""
    if edition.kind != kind:
        raise UsageError(
            f"The edition {edition.edition_id} counts {edition.unit_words}, and {QUESTION_OF_KIND[kind]} is asked in "
            f"{UNIT_OF_KIND[kind]}. Ask for {QUESTION_OF_KIND[edition.kind]} under it, or choose another edition."
        )


UNIT_OF_KIND: dict[Kind, str] = {
    "days": "days of recommended sentence",
    "pounds": "pounds",
    "score": "points of severity",
}
