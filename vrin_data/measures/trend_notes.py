"""What a stamp says of a chart over time: its settings, what was left out, and why it is the chart it is."""

from vrin_data.measures.chart_kinds import SKEWED
from vrin_data.measures.charted import Charted
from vrin_data.measures.monthly import MISSING, PARTIAL, UNTOLD
from vrin_data.measures.trend_request import TrendRequest

GAPS = (
    "a month that did not come whole stands in no limit and no run: the months beside it follow each other, and the "
    "range between them is left out of the limits"
)


SEASON = (
    "the season is taken out of the values (STL, the same season every year): what is charted is no count of "
    "incidents"
)
SKEW = (
    "where single months weigh far more than the others, limits would call most series of pure chance unusual: those "
    "are run charts, unless another chart is asked for"
)
COUNTED = {
    MISSING: "{} did not come",
    PARTIAL: "{} came in part",
    UNTOLD: "of {} only a range can be told, or another share for certain than of the others",
}


def trend_notes(request: TrendRequest, found: Charted) -> tuple[str, ...]:
    """The notes of a chart, those of its rules first."""
    states = found.frame["state"].value_counts()
    left = [words.format(f"{states[state]:,}") for state, words in COUNTED.items() if state in states]
    of_what = "areas and periods" if "area" in request.selection.by else "periods"
    return (
        f"rules of this chart: {request.settings.words()}",
        *((f"left out of the limits: of the {of_what} shown {'; '.join(left)}", GAPS) if left else ()),
        *(_season_notes(found) if request.without_season else ()),
        *((SKEW,) if any(one.kind.reason == SKEWED for one in found.series) else ()),
    )


def _season_notes(found: Charted) -> list[str]:
    with_season = sum(not one.has_season_out for one in found.series)
    still = (
        f"{with_season:,} of {len(found.series):,} series have their season in: it cannot be told, or their chart "
        "takes none out"
    )
    return [SEASON, *([still] if with_season else [])]
