"""The views of the page Areas, one of which is shown; the choice stands in the address."""

from vrin_ui import address
from vrin_ui.areas import asset_forms, held_parts, indicator_forms, official_files, own_layers

PAGE = own_layers.PAGE
VIEWS = {
    "held": "What is here",
    "own": "Our own areas",
    "files": "Official files",
    "context": "Context data",
}


def draw() -> None:
    """The views side by side, and the one that is chosen."""
    chosen = address.chosen(PAGE, ("view", own_layers.LAYER))
    view = chosen.get("view", "held")
    view = view if view in VIEWS else "held"
    address.keep(PAGE, {**chosen, "view": view})
    address.one_of(PAGE, "view", "What to look at", VIEWS, view)
    {"held": held_parts.draw, "own": own_layers.draw, "files": official_files.draw, "context": _context}[
        view
    ]()


def _context() -> None:
    indicator_forms.draw()
    asset_forms.draw()
