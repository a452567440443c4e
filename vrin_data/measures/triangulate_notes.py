"""What a reader must know before believing police and health figures side by side."""

from collections.abc import Sequence

from vrin_data.contract.feeds import feeds
from vrin_data.measures.question import Question

UNLINKED = (
    "these feeds are not linked: nobody is told in them, so they cannot say how many of the patients are unknown to "
    "the police"
)
NEVER_SUMMED = (
    "an assault may stand in several of these feeds, and each counts otherwise; they are never summed"
)
ABOUT_RATIO = (
    "the limits of a ratio are those of two independent counts; events that stand on both sides make them wider than "
    "need be, and a feed that leaves some out moves the ratio without any of it being chance"
)
OF_GRAIN = {
    "attendance": (
        "{name}: placed by the department's own area. Residence is not the place of the assault, and a department "
        "has patients of other areas"
    ),
    "admission": "{name}: placed where the patient lives, or by the supplier's own area; not where the assault was",
    "call": "{name}: placed where the ambulance was sent; calls without a place stand in no area",
}


def triangulate_notes(question: Question, health: Sequence[str]) -> tuple[str, ...]:
    """The notes of an answer on these health feeds."""
    if not health:
        return ("no health feed of assaults has come, so that there is nothing to lay beside the police's",)
    known = feeds()
    placed = [OF_GRAIN[known[one].grain].format(name=known[one].name) for one in health]
    own = [f"{known[one].name}: {note}" for one in health for note in known[one].notes]
    return (UNLINKED, NEVER_SUMMED, ABOUT_RATIO, *placed, *(note.rstrip(".") for note in own))
