"""The sample's context as one build: simulated figures of its neighbourhoods, residents by age, made-up assets."""

from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd

from vrin_data.intake.asset_rows import asset_columns, familiarity
from vrin_data.intake.assets import AssetTerms, put_assets
from vrin_data.intake.indicators import IndicatorTerms, put_figures, rows_of, understood
from vrin_data.intake.reading.plain_table import read_plain
from vrin_data.places.reading import read_layers
from vrin_data.places.residents_by_age import stated_bands
from vrin_data.store import Store, publish_build
from vrin_data.store.frames import fill_table

FIGURES, ASSETS, AGES = "figures.csv", "assets.csv", "residents_by_age_mid-2023.csv"
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
        _put_ages(draft.connection, folder / AGES)
    return draft.build_id


def _put_ages(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Residents by age and sex of the sample's districts: no figures of anybody."""
    layers, _ = read_layers([(path, True)])
    bands, _ = stated_bands(layers)
    fill_table(connection, "population_band", bands.assign(source=SOURCE))
