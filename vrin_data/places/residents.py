"""How many live in each area, as official files state it: year, basis and release of each figure."""

import re
from collections.abc import Iterator, Sequence

import pandas as pd

from vrin_data.places.area_set import Finding
from vrin_data.places.reading import Layer

POPULATION_COLUMNS = ["area_code", "year", "person_count", "basis", "source"]

_PLAIN = {"mid", "year", "pop", "population", "persons", "residents", "usual", "total", "all", "ages"} | {
    "estimate",
    "estimates",
}
_RELEASES = {"first", "release", "provisional", "revised", "revision"}
_TOTALS = {"total", "all ages", "all persons", "population", "total population", "all usual residents"}
_CENSUS = re.compile(r"census[ _]?(20\d\d)(?:[ _]pop(?:ulation)?)?(?:_ts\d{3})?", re.IGNORECASE)
_MID_YEAR = re.compile(r"mid[-_ ]?(?:year[-_ ]?)?(20\d\d)", re.IGNORECASE)
_ABOUT_RESIDENTS = re.compile(r"sape|mid[-_ ]?year|population|residents", re.IGNORECASE)
_AGE = re.compile(r"[fm]?\d{1,2}\+?", re.IGNORECASE)
_FIRST = re.compile(r"first[-_ ]?release|provisional", re.IGNORECASE)
_REVISED = re.compile(r"revis(?:ed|ion)[-_ ]*(20\d\d)?", re.IGNORECASE)


def population_columns(names: list[str], file: str = "") -> list[tuple[str, int, str]]:
    """Column, year and basis of each column of residents: pop2022_mid, census2021_pop and their like.

    A column such as Total is one where the file or the sheet names the year: `Mid-2023`. The basis ends in
    the release where column or file names one: `mid-2023 first release`, `mid-2023 revised 2025`.
    """
    found = []
    for name in names:
        if match := _CENSUS.fullmatch(name.strip()):
            found.append((name, int(match[1]), f"census{match[1]}"))
        elif year := _year_of(name) or (year_of_file(file) if _is_total(name) else None):
            found.append((name, year, f"mid-{year}{_release(name) or _release(file)}"))
    return found


def release_rank(basis: str) -> tuple[int, str]:
    """What tells the later of two releases of a year: a first release, then a plain figure, then a revised one."""
    if basis.startswith("census"):
        return (-1, "")
    if "first release" in basis:
        return (0, "")
    return (2, basis) if "revised" in basis else (1, "")


def stated_populations(layers: Sequence[Layer]) -> tuple[pd.DataFrame, list[Finding]]:
    """Residents that layers with one row an area state, a row per area and year: the latest release's.

    Columns: area_code, year, person_count, basis, source. Figures that are no whole numbers, and totals of
    which nobody knows the year, are errors.
    """
    parts, findings = [], []
    for layer in layers:
        if layer.key is None or layer.key.level is None:
            continue
        findings += list(_without_a_year(layer))
        for column, year, basis in population_columns(
            [str(name) for name in layer.frame.columns], layer.file
        ):
            frame, fault = _residents(layer, column)
            if fault:
                findings.append(fault)
                continue
            parts.append(frame.assign(year=year, basis=basis, source=f"Imported from {layer.file}"))
    if not parts:
        return pd.DataFrame(columns=POPULATION_COLUMNS), findings
    return latest_release(pd.concat(parts, ignore_index=True))[POPULATION_COLUMNS], findings


def latest_release(people: pd.DataFrame) -> pd.DataFrame:
    """One row per area and year: that of the latest release, of two alike the last."""
    rank = {basis: release_rank(basis) for basis in people["basis"].unique()}
    order = {basis: place for place, basis in enumerate(sorted(rank, key=lambda one: rank[one]))}
    by_release = people.assign(rank=people["basis"].map(order)).sort_values("rank", kind="stable")
    return by_release.drop_duplicates(["area_code", "year"], keep="last").drop(columns="rank").sort_index()


def _residents(layer: Layer, column: str) -> tuple[pd.DataFrame, Finding | None]:
    texts = layer.frame[column].astype(object)
    texts = texts.where(texts.notna(), "").astype(str).str.strip().str.replace(",", "")
    given = texts != ""
    counts = pd.to_numeric(texts[given], errors="coerce")
    wrong = counts.isna() | (counts < 0) | (counts % 1 != 0)
    if wrong.any():
        row = int(given.to_numpy().nonzero()[0][wrong.to_numpy().argmax()]) + 1
        message = f"row {row:,}, {column}: no whole number of residents ({int(wrong.sum()):,} rows)."
        return layer.frame, Finding("error", layer.file, message)
    return pd.DataFrame({"area_code": layer.codes[given], "person_count": counts.astype("int64")}), None


def _year_of(name: str) -> int | None:
    """The year of a column that holds residents and nothing else by its name, None for any other column."""
    tokens = re.findall(r"[a-z]+|\d+", name.lower())
    years = [token for token in tokens if re.fullmatch(r"20\d\d", token)]
    words = {token for token in tokens if token.isalpha()}
    if not words & {"mid", "pop", "population", "persons", "residents"} or not years:
        return None
    others = [token for token in tokens if token not in years and token not in _PLAIN | _RELEASES]
    # A second year is that of the release: mid2023_revised_2025.
    is_told = len(years) == 1 or (len(years) == 2 and "revised" in words)
    return int(years[0]) if is_told and not others else None


def year_of_file(file: str) -> int | None:
    """The one year that the name of a sheet or file says its residents are of; None where it says none, or several."""
    years = {int(year) for year in _MID_YEAR.findall(file.rpartition(", sheet ")[2])} or {
        int(year) for year in _MID_YEAR.findall(file)
    }
    return years.pop() if len(years) == 1 else None


def _is_total(name: str) -> bool:
    return re.sub(r"[\s_]+", " ", name.strip().lower()) in _TOTALS


def _release(text: str) -> str:
    if _FIRST.search(text):
        return " first release"
    match = _REVISED.search(text)
    return f" revised{' ' + match[1] if match[1] else ''}" if match else ""


def _without_a_year(layer: Layer) -> Iterator[Finding]:
    """An error for a column of all residents whose year neither the column nor the file tells."""
    names = [str(name) for name in layer.frame.columns]
    totals = [name for name in names if _is_total(name)]
    is_about = bool(_ABOUT_RESIDENTS.search(layer.file)) or sum(map(bool, map(_AGE.fullmatch, names))) > 5
    if totals and is_about and year_of_file(layer.file) is None:
        message = (
            f"{totals[0]}: residents of no known year. Expected the year in the column or in the name of file "
            "or sheet, such as pop2023_mid or 'Mid-2023'. Rename one of them."
        )
        yield Finding("error", layer.file, message)
