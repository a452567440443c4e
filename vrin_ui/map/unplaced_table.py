"""What stands at no area, for reading: from whom it came and how much of its place is known."""

import pandas as pd

from vrin_data.contract.codes import CODE_LISTS
from vrin_ui.wording import sentence, span

ELSEWHERE = "Known, and outside every area of this layer: not a fault"


def unplaced_table(rows: pd.DataFrame) -> pd.DataFrame:
    """A row for each supplier and reason, most incidents first within a supplier."""
    grades = CODE_LISTS["place_precision"]
    why = [
        ELSEWHERE if elsewhere else sentence(grades.get(grade, grade))
        for grade, elsewhere in zip(rows["place_precision"], rows["is_elsewhere"], strict=True)
    ]
    ends = zip(rows["incident_count_low"], rows["incident_count_high"], strict=True)
    return pd.DataFrame(
        {
            "Supplier": rows["supplier_name"].to_numpy(),
            "What is known of the place": why,
            "Number": [span(low, high) for low, high in ends],
        }
    )
