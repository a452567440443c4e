"""The one way to the committed figures: CSV and TOML files under `vrin_data/reference/`."""

import csv
import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "reference"


def rows(name: str) -> list[dict[str, str]]:
    """All rows of a reference CSV as text, blanks as ''. Raises FileNotFoundError where there is none."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(name: str) -> dict[str, Any]:
    """A reference TOML as a dict. Raises FileNotFoundError where there is none."""
    with (FOLDER / name).open("rb") as file:
        return tomllib.load(file)


def names(folder: str, ending: str) -> list[str]:
    """File names without their ending in a reference folder, sorted: the ids of what it holds."""
    return sorted(path.name.removesuffix(ending) for path in (FOLDER / folder).glob(f"*{ending}"))
