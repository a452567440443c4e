"""Two or more definitions side by side on the same data."""

from vrin_ui.definition_page import Here


def draw(here: Here) -> None:
    """Totals, trend, overlap and differences of the versions that are compared."""
