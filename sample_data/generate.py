"""Writes the sample: two forces' simulated extracts, and `truth.toml` with what is true of them.

Run from the project's folder: `python -m sample_data.generate`, or with another folder to write to
as its one argument. Same seeds, same neighbourhoods and same numpy give the same content.
"""

import hashlib
import sys
from pathlib import Path
from typing import Any

import geopandas
import pandas

from sample_data import simulate, truth
from sample_data.extract import as_csv, simulate_force, spell, write_gzip
from sample_data.simulate import FOLDER, FORCES, Force

NEIGHBOURHOODS = FOLDER.parent / "vrin_data" / "reference" / "areas" / "neighbourhoods.parquet"
TRUTH_HEAD = """\
# What is true of the simulated extracts beside this file. Written by generate.py; do not edit.
# A month is the month of recorded_date. Groups are those of offence_mix.csv; their counts are of
# live rows with a known code: rows = live_rows + cancelled_rows, live_rows = groups + unmapped_rows.
# Knife rows are live rows with a sharp weapon; knife_enabled counts the codes of the ONS list alone,
# its high with the rows whose weapon was not recorded.

"""


def file_name(force: Force) -> str:
    """Name of a force's extract, the months in it."""
    return f"{force.slug}-offences-{simulate.FIRST_MONTH}-to-{simulate.LAST_MONTH}-simulated.csv.gz"


def generate(folder: Path, neighbourhoods: geopandas.GeoDataFrame) -> None:
    """Writes a CSV a force and `truth.toml` into the folder."""
    tables: dict[str, list[dict[str, Any]]] = {"file": [], "planted": [], "district": [], "month": []}
    for force in FORCES:
        events = simulate_force(neighbourhoods, force)
        content = as_csv(spell(events, force))
        write_gzip(content, folder / file_name(force))
        places = simulate.of_force(neighbourhoods, force)
        tables["file"].append(_file_table(force, events, content))
        tables["planted"] += truth.planted_tables(events, places, force)
        tables["district"] += truth.district_tables(events, force)
        tables["month"] += truth.month_tables(events, force)
    (folder / "truth.toml").write_text(TRUTH_HEAD + truth.as_toml(tables), encoding="utf-8", newline="\n")


def _file_table(force: Force, events: pandas.DataFrame, content: bytes) -> dict[str, Any]:
    return {
        "name": file_name(force),
        "force_code": force.code,
        "force_name": force.name,
        "seed": force.seed,
        "rows": len(events),
        "neighbourhoods": int(events["area_code"].nunique()),
        "content_sha256": hashlib.sha256(content).hexdigest(),
    }


def main() -> None:
    """Writes the sample into its own folder or the one given."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    generate(folder, geopandas.read_parquet(NEIGHBOURHOODS))
    for path in sorted(folder.glob("*.csv.gz")):
        print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
