"""Charts of what happens so seldom that most months have none: whole years, and the days between."""

import numpy as np
import numpy.typing as npt

from vrin_data.methods.chart_settings import ChartSettings
from vrin_data.methods.control_chart import HIGH, LOW, NEITHER, Chart, Floats, Steps
from vrin_data.methods.xmr import xmr_chart

POWER = 3.6
"""The root that makes times between rare events near to normal (Nelson 1994, Journal of Quality Technology 26:260)."""


def t_chart(days: npt.ArrayLike, *, settings: ChartSettings) -> Chart:
    """The chart of the days between events, in days: an XmR chart of their roots, drawn back.

    A low point says that events come closer together. Two on one day are 0 days apart. The lower limits end at 0.
    """
    root = np.asarray(days, dtype="float64") ** (1 / POWER)
    size = len(root)
    chart = xmr_chart(root, np.zeros(size), np.ones(size, dtype=bool), settings=settings)
    return chart.moved(np.maximum(one, 0) ** POWER for one in chart.lines)


def more_or_fewer(chart: Chart) -> Chart:
    """The chart with its directions turned round, so that HIGH says more events: days apart read the other way."""
    turned = np.select([chart.direction == HIGH, chart.direction == LOW], [LOW, HIGH], NEITHER)
    return chart._replace(direction=turned.astype(object))


def years_of(months: npt.ArrayLike, last: int) -> Steps:
    """For each month number the twelve months it lies in, 0 for those that end with `last`, 1 for those before."""
    return np.asarray((last - np.asarray(months, dtype="int64")) // 12)


def gaps_in_days(days: npt.ArrayLike) -> Floats:
    """The days between events that follow each other, from their days as numbers in order."""
    return np.diff(np.asarray(days, dtype="float64"))
