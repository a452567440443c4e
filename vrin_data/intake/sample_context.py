"""The sample's context: simulated figures of its neighbourhoods and made-up community assets, as one build."""

from datetime import datetime
from pathlib import Path

import pandas as pd

from vrin_data.intake.asset_rows import asset_columns, familiarity
from vrin_data.intake.assets import AssetTerms, put_assets
from vrin_data.intake.indicators import IndicatorTerms, put_figures, rows_of, understood
from vrin_data.intake.reading.plain_table import read_plain
from vrin_data.store import Store, publish_build

FIGURES, ASSETS = "figures.csv", "assets.csv"
SOURCE = "Simulated for the sample"
YEAR = 2025
TERMS = tuple(
    IndicatorTerms(
        indicator_id=indicator_id,
        year=YEAR,
        name=heading.removesuffix(", %"),
        source=SOURCE,
        code_column="Area code",
        value_column=heading,
        level="lsoa",
    )
    for indicator_id, heading in (
        ("imd-without-crime-score", "Simulated deprivation score"),
        ("imd-without-crime-decile", "Simulated deprivation decile"),
        ("free-school-meals", "Simulated free school meals, %"),
    )
)


def load_context(store: Store, folder: Path, *, at: datetime) -> str | None:
    """Publish the sample's context and return the build's id; None where there is none to take in."""
    if not (folder / FIGURES).is_file():
        return None
    read = [(*understood(store, folder / FIGURES, terms, by="sample"), terms) for terms in TERMS]
    with publish_build(store, reason="sample: context", created_at=at) as draft:
        put_figures(draft.connection, pd.concat([rows_of(*one) for one in read], ignore_index=True))
        table = read_plain(folder / ASSETS, familiarity)
        columns = asset_columns(table, {}, has_kind=False)
        put_assets(draft.connection, table, columns, AssetTerms(source=SOURCE), ASSETS, at)
    return draft.build_id
