"""What is asked of a chart over time: which months of what, which figure, which chart and by which rules."""

from dataclasses import dataclass, field

from vrin_data.errors import UsageError
from vrin_data.measures.monthly import FIGURES
from vrin_data.measures.selection import Selection
from vrin_data.methods.chart_settings import ChartSettings

AUTO, XMR, RUN_CHART, LANEY, RARE, NONE = "auto", "xmr", "run", "laney", "rare", "none"
KINDS = {
    AUTO: "the chart that suits the series",
    XMR: "XmR chart",
    RUN_CHART: "run chart",
    LANEY: "u' chart (Laney)",
    RARE: "counts of twelve months",
}
"""The charts that can be asked for."""
BY_MONTH = (("month",), ("area", "month"))


@dataclass(frozen=True)
class TrendRequest:
    """A selection by month, or by area and month, and how its series are charted.

    `kind` is one of KINDS. `target` is a value of the figure. `without_season` charts what is left of the
    series when its season has been taken out.
    """

    selection: Selection
    figure: str = "incidents"
    kind: str = AUTO
    settings: ChartSettings = field(default_factory=ChartSettings)
    target: float | None = None
    without_season: bool = False

    def __post_init__(self) -> None:
        if self.figure not in FIGURES:
            raise UsageError(f"There is no figure {self.figure!r}. Figures: {', '.join(FIGURES)}.")
        if self.kind not in KINDS:
            raise UsageError(f"There is no chart {self.kind!r}. Charts: {', '.join(KINDS)}.")
        if self.selection.by not in BY_MONTH:
            raise UsageError("A chart over time is of a selection by month, or by area and month.")
        if self.kind == LANEY and self.figure.startswith("harm"):
            raise UsageError(
                "A u' chart is of incidents, whose spread follows from their number. Choose another chart for harm."
            )
