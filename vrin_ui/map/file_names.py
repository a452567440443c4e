"""Names of the files that the map page gives: each says what is in it, so that two of them are told apart."""

import re

from vrin_ui.filters import Filters
from vrin_ui.map.frame import Frame

ALL_AREAS = "all-areas"


def file_stem(frame: Frame, *terms: Filters) -> str:
    """Such as map-periods-district-harm-rate-all-areas-knife-crime-2024-04-to-2025-03-and-2025-04-to-2026-03.

    Mode, level, measure, area, definitions and periods; `terms` are those of the maps, else the page's own.
    """
    asked = terms or (frame.chosen,)
    definitions = dict.fromkeys(one.definition for one in asked)
    periods = dict.fromkeys(f"{one.from_month:%Y-%m}-to-{one.to_month:%Y-%m}" for one in asked)
    parts = ["map", frame.choice.mode, frame.level, frame.measure, frame.shown.scope or ALL_AREAS]
    parts += ["-and-".join(definitions), "-and-".join(periods)]
    return re.sub(r"[^A-Za-z0-9-]+", "-", "-".join(parts))
