"""The screen Trends put together: what the reader chose to see of it."""

from vrin_data.measures import Catalogue
from vrin_ui.filters import Filters
from vrin_ui.trends import break_parts, many_series, one_series
from vrin_ui.trends.trend_choice import AREAS, BREAKS, OFFENCES, TrendChoice


def draw(chosen: Filters, choices: Catalogue, choice: TrendChoice) -> None:
    """One series deeply, many small ones, or the breaks on record."""
    if choice.show == AREAS:
        many_series.draw_areas(chosen, choices, choice)
    elif choice.show == OFFENCES:
        many_series.draw_offences(chosen, choices, choice)
    elif choice.show == BREAKS:
        break_parts.draw_on_record(choices)
    else:
        one_series.draw(chosen, choices, choice)
