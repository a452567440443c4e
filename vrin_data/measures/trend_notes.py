"""What a stamp says of a chart over time: its settings, what was left out, and why it is the chart it is."""

from vrin_data.measures.charted import Charted
from vrin_data.measures.trend_request import TrendRequest

GAPS = (
    "a month that did not come whole stands in no limit and no run: the months beside it follow each other, and the "
    "range between them is left out of the limits"
)


def trend_notes(request: TrendRequest, found: Charted) -> tuple[str, ...]:
    """The notes of a chart, those of its rules first."""
    left_out = int((~found.frame["is_used"]).sum())
    return (
        f"rules of this chart: {request.settings.words()}",
        *((GAPS,) if left_out else ()),
    )
