"""The card of the area that is chosen on the map."""

from vrin_ui.map_area.area_card import draw_card

__all__ = ["draw_card"]
