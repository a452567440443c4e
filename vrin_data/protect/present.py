"""Letting an answer out: the only place that opens one.

Screens, the command line and exports take a `Presented` and nothing else.
"""

from dataclasses import dataclass

import pandas as pd

from vrin_data.errors import VrinError
from vrin_data.measures.answer import Answer
from vrin_data.measures.stamp import Stamp
from vrin_data.protect.viewer import Viewer

EXACT = "exact figures, RESTRICTED: for authorised analysts, not for publication"


@dataclass(frozen=True)
class Presented:
    """Figures as this viewer may see them, and their stamp with the rule that was applied."""

    frame: pd.DataFrame
    stamp: Stamp


def present(answer: Answer, viewer: Viewer) -> Presented:
    """An answer as a viewer may see it. Raises VrinError for a viewer without a rule."""
    if viewer.role == "analyst":
        return Presented(answer.unprotected.copy(), answer.stamp.with_disclosure(EXACT))
    raise VrinError(f"There is no disclosure rule for the role {viewer.role!r}, so nothing is shown.")
