"""What stands beside harm on the map page: context figures of the same areas, and community assets."""

from vrin_ui.map_context.context_page import draw_context

__all__ = ["draw_context"]
