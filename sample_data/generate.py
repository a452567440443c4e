"""Writes the sample: every partner's simulated extracts, when they came, and what is true of them.

Run from the project's folder: `python -m sample_data.generate`, or with another folder to write to
as its one argument. Same seeds, same neighbourhoods and same numpy give the same content.
"""

import hashlib
import sys
from pathlib import Path
from typing import Any

import geopandas

from sample_data import (
    admissions,
    ambulance,
    care_factors,
    ecds,
    exclusions,
    fire,
    istv,
    police,
    probation,
    youth_justice,
)
from sample_data.files import unpacked
from sample_data.handed_in import Extract, Made
from sample_data.order import order_toml, received_csv, volume_tables
from sample_data.simulate import FOLDER
from sample_data.toml_text import as_toml

NEIGHBOURHOODS = FOLDER.parent / "vrin_data" / "reference" / "areas" / "neighbourhoods.parquet"
PARTNERS = (istv, ecds, ambulance, youth_justice, fire, probation, exclusions, care_factors, admissions)
TRUTH_HEAD = """\
# What is true of the simulated extracts beside this file. Written by generate.py; do not edit.
# A month is the month of recorded_date. Groups are those of offence_mix.csv; their counts are of
# live rows with a known code: rows = live_rows + cancelled_rows, live_rows = groups + unmapped_rows.
# Knife rows are live rows with a sharp weapon; knife_enabled counts the codes of the ONS list alone,
# its high with the rows whose weapon was not recorded. Where a force restated its months, these are the
# counts of the second version. A volume is the rows of a file for a supplier, feed and period, named by
# its first month.

"""


def generate(folder: Path, neighbourhoods: geopandas.GeoDataFrame) -> None:
    """Writes every extract, received.csv, order.toml and truth.toml into the folder."""
    forces, tables = police.made(neighbourhoods)
    parts: list[Made] = [forces, *(one.made(neighbourhoods) for one in PARTNERS)]
    extracts = [one for part in parts for one in part.extracts]
    facts = [fact for part in parts for fact in part.planted]
    for one in extracts:
        (folder / one.name).parent.mkdir(parents=True, exist_ok=True)
        (folder / one.name).write_bytes(one.content)
    told = {"file": map(_file_table, extracts), "planted": facts, **tables, "volume": volume_tables(extracts)}
    (folder / "received.csv").write_bytes(received_csv(extracts))
    _write(folder / "order.toml", order_toml(extracts))
    _write(folder / "truth.toml", TRUTH_HEAD + as_toml(told))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _file_table(extract: Extract) -> dict[str, Any]:
    return {
        "name": extract.name,
        "feed_id": extract.feed_id,
        "supplier_ids": sorted({period.supplier_id for period in extract.handed}),
        "rows": sum(period.rows for period in extract.handed),
        "content_sha256": hashlib.sha256(unpacked(extract.content)).hexdigest(),
    }


def main() -> None:
    """Writes the sample into its own folder or the one given."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    generate(folder, geopandas.read_parquet(NEIGHBOURHOODS))
    print(f"written into {folder}")


if __name__ == "__main__":
    main()
