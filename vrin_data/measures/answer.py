"""What a question returns: figures that only the protector may hand to a person."""

from dataclasses import dataclass

import pandas as pd

from vrin_data.measures.stamp import Stamp


@dataclass(frozen=True)
class Answer:
    """Figures and their stamp. `unprotected` is for `vrin_data.protect` alone; a test holds to that."""

    unprotected: pd.DataFrame
    stamp: Stamp
