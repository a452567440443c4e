"""A context figure against harm: the same areas' figures side by side, and how far their ranks agree."""

from dataclasses import dataclass
from math import atanh, sqrt, tanh

import pandas as pd

from vrin_ui.wording import counted, number

FEWEST = 10
"""Below so many areas a rank correlation says nothing."""
NORMAL_95 = 1.959964
WEAK, STRONG = 0.3, 0.6


@dataclass(frozen=True)
class RankCorrelation:
    """Spearman's rank correlation over `count` areas, with its 95% interval; NULL ends where it is perfect."""

    value: float
    low: float
    high: float
    count: int

    @property
    def is_told(self) -> bool:
        """Whether its interval leaves out that there is none."""
        return self.low > 0 or self.high < 0


def side_by_side(shown: pd.DataFrame, context: pd.DataFrame) -> pd.DataFrame:
    """For every area that has both figures: area_code, area_name, harm, value, class_name.

    `shown` has area_code, area_name and shown (the figure of the map) of placed areas.
    """
    own = context[["area_code", "value", "class_name"]]
    both = shown[["area_code", "area_name", "shown"]].merge(own, on="area_code")
    both = both.rename(columns={"shown": "harm"}).astype({"harm": "float64", "value": "float64"})
    has_context = both["value"].notna() | both["class_name"].notna()
    return both[both["harm"].notna() & has_context].reset_index(drop=True)


def rank_correlation(both: pd.DataFrame) -> RankCorrelation | None:
    """Spearman's rho of value and harm; None for too few areas, or where one of them is the same everywhere.

    Ties share their mean rank. Interval: Fisher's z with the standard error of Bonett and Wright 2000,
    Psychometrika 65:23-28, sqrt((1 + r^2 / 2) / (n - 3)).
    """
    count = len(both)
    if count < FEWEST or both["value"].nunique() < 2 or both["harm"].nunique() < 2:
        return None
    rho = float(both["value"].rank().corr(both["harm"].rank()))
    rho = min(max(rho, -1.0), 1.0)
    if abs(rho) > 1 - 1e-12:
        return RankCorrelation(round(rho), round(rho), round(rho), count)
    reach = NORMAL_95 * sqrt((1 + rho**2 / 2) / (count - 3))
    return RankCorrelation(rho, tanh(atanh(rho) - reach), tanh(atanh(rho) + reach), count)


def association_words(found: RankCorrelation | None, *, figure: str, measure: str, several: str) -> str:
    """What the scatter shows, as a sentence that nobody can take for a cause."""
    if found is None:
        return f"Too few {several} have both figures to say whether they go together (at least {FEWEST} are needed)."
    value, low, high = (_signed(one) for one in (found.value, found.low, found.high))
    size = f"rank correlation {value}, 95% interval {low} to {high}, {found.count:,} {several}"
    if not found.is_told:
        return f"Whether the two go together cannot be told ({size})."
    way = "more" if found.value > 0 else "less"
    return (
        f"{_strength(found.value)}, {several} where “{figure}” is higher have {way} of “{measure}” ({size})."
    )


def _signed(value: float) -> str:
    """A correlation with a minus that is not taken for a dash; one near nothing without a sign."""
    words = number(value, 2)
    return "0.00" if words == "-0.00" else words.replace("-", "\u2212")


def _strength(value: float) -> str:
    if abs(value) >= STRONG:
        return "Mostly"
    return "By and large" if abs(value) >= WEAK else "Only slightly more often than not"


def by_class(both: pd.DataFrame) -> pd.DataFrame:
    """Of areas by class: how many there are, and the middle and the ends of their harm."""
    table = both.groupby("class_name", sort=True)["harm"].agg(["count", "median", "min", "max"]).reset_index()
    return table.set_axis(["Class", "Areas", "Middle area", "Lowest", "Highest"], axis=1)


def left_out_words(shown: pd.DataFrame, both: pd.DataFrame) -> str:
    """How many areas of the map the comparison leaves out; '' where none."""
    left = len(shown) - len(both)
    if not left:
        return ""
    verb = "is" if left == 1 else "are"
    return f"{counted(left, 'area')} without one of the two figures {verb} left out; a gap is not zero."
