"""The words and dates of a definition, in the editor."""

import streamlit as st

from vrin_ui.definitions import definition_boxes as boxes
from vrin_ui.definitions.definition_page import Here
from vrin_ui.definitions.definition_wording import KINDS


def draw(_: Here) -> None:
    """Names, texts and dates; those that are needed say so."""
    left, right = st.columns(2)
    with left:
        boxes.text(("name",), "Name (needed)")
        boxes.text(("author",), "Author (needed)")
        boxes.text(("valid_from",), "In use from, dd/mm/yyyy (needed)")
    with right:
        boxes.text(
            ("id",),
            "Short name (needed)",
            help="Small letters, numbers and hyphens. A short name that is on record makes its next version.",
        )
        boxes.one_of(("status",), "Kind", KINDS)
        boxes.text(("valid_to",), "In use to, dd/mm/yyyy")
    boxes.text(("summary",), "In one sentence, for a board", tall=True)
    boxes.text(("source",), "Source: where the wording comes from (needed)", tall=True)
    boxes.text(("reason",), "Why it is coded so (needed)", tall=True)
    boxes.text(("cannot_say",), "What it cannot say, one a line", tall=True)
    boxes.text(("approval",), "Approved: by whom, where and when, in words")
    boxes.yes(
        ("is_universe",),
        "It is a list of offences to choose from, and no count of serious violence",
    )
