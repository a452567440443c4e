"""How many of each age and sex live in each area, as official files state it: wide or long, by year or by band."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from vrin_data.contract.ages import OLDEST
from vrin_data.contract.codes import NOT_RECORDED
from vrin_data.places.area_set import BAND_COLUMNS, AreaSet, Finding
from vrin_data.places.reading import Layer
from vrin_data.places.residents import year_of_file

LEAST_BANDS = 5
"""Columns that read as ages before a file is taken to hold residents by age."""
FIVE, LAST = 5, 90
KEY = ["area_code", "year", "sex"]

_SEXES = {
    "f": "female",
    "m": "male",
    "female": "female",
    "male": "male",
    "females": "female",
    "males": "male",
}
_PERSONS = {"persons", "person", "all persons", "total", "all", "both", "p"}
_OWN_SEX = re.compile(r"(?:(?P<sex>females?|males?|f|m)[ _]?)?(?:aged?[ _]*)?(?P<age>\d.*)", re.IGNORECASE)
_BETWEEN = re.compile(r"(\d{1,3})\s*(?:-|–|to|_)\s*(\d{1,3})(?:[ _]*years?)?", re.IGNORECASE)
_OVER = re.compile(r"(\d{1,3})\s*(?:\+|(?:years?[ _]*)?(?:and|or)[ _]*over|plus)", re.IGNORECASE)
_SINGLE = re.compile(r"(\d{1,3})(?:[ _]*years?)?", re.IGNORECASE)
_AGE_HEADINGS = ("age", "age band", "age group", "c age name", "age name", "c age")
_SEX_HEADINGS = ("sex", "gender", "gender name", "sex name")
_VALUE_HEADINGS = ("value", "obs value", "count", "persons", "population", "person count", "observation")
_YEAR_HEADINGS = ("year", "date", "date name", "mid year")
_POPULATION_OF = re.compile(r"(?:population|pop)[ _]?(20\d\d)", re.IGNORECASE)


def stated_bands(layers: Sequence[Layer]) -> tuple[pd.DataFrame, list[Finding]]:
    """Residents by sex and band of ages that layers state: BAND_COLUMNS, a row per area, year, sex and band.

    Single years become bands of five, 90 and over the last; wider bands stay as given. Of an area and year that has
    women and men, persons of either are left out, and of two layers with the same the one with more bands stands.
    Figures that are no whole numbers, and residents of no known year, are errors.
    """
    parts, findings = [], []
    for layer in layers:
        for part in (_wide(layer), _long(layer)):
            if part is None:
                continue
            fault = _fault(layer, part)
            if fault:
                findings.append(fault)
                continue
            parts.append(_banded(part, layer))
    if not parts:
        return pd.DataFrame(columns=[*BAND_COLUMNS]), findings
    return _told_once(parts)[[*BAND_COLUMNS]], findings


def with_bands(area_set: AreaSet, stated: pd.DataFrame) -> AreaSet:
    """The set with residents by age of its areas: those stated take the place of earlier ones of the same year."""
    codes = set(area_set.areas["area_code"])
    known, fresh = (one[one["area_code"].isin(codes)] for one in (area_set.bands, stated))
    key = ["area_code", "year"]
    kept = known[~pd.MultiIndex.from_frame(known[key]).isin(pd.MultiIndex.from_frame(fresh[key]))]
    both = [one for one in (kept, fresh) if len(one)]
    rows = pd.concat(both, ignore_index=True) if both else area_set.bands.iloc[:0]
    return replace(area_set, bands=rows)


def band_notes(stated: pd.DataFrame) -> list[Finding]:
    """How many areas have residents by age of which years; nothing where none have."""
    if stated.empty:
        return []
    years = ", ".join(str(year) for year in sorted(stated["year"].unique()))
    count = stated["area_code"].nunique()
    return [Finding("note", "residents by age", f"{count:,} areas have residents by age of {years}.")]


def age_span(text: str) -> tuple[int, int] | None:
    """Least and greatest age of a heading or a cell such as 7, 90+, 0-4 or 'Aged 5 to 9 years'; None for others."""
    plain = re.sub(r"^aged?[ _]*", "", text.strip(), flags=re.IGNORECASE)
    if match := _BETWEEN.fullmatch(plain):
        return int(match[1]), int(match[2])
    if match := _OVER.fullmatch(plain):
        return int(match[1]), OLDEST
    match = _SINGLE.fullmatch(plain)
    return (int(match[1]), int(match[1])) if match and int(match[1]) <= OLDEST else None


def _wide(layer: Layer) -> pd.DataFrame | None:
    """Rows of a layer with a column an age; None where it has too few."""
    spans = {}
    for name in map(str, layer.frame.columns):
        found = _OWN_SEX.fullmatch(name.strip())
        span = age_span(found["age"]) if found else None
        if found and span:
            spans[name] = (_SEXES.get((found["sex"] or "").lower()) or _sex_of_file(layer.file), span)
    if len(spans) < LEAST_BANDS or not any(low == 0 for _, (low, _) in spans.values()):
        return None
    year = year_of_file(layer.file)
    code = _code_column(layer)
    parts = [
        pd.DataFrame(
            {
                "area_code": layer.frame[code],
                "year": year,
                "sex": sex,
                "low": low,
                "high": high,
                "given": layer.frame[name],
            }
        )
        for name, (sex, (low, high)) in spans.items()
    ]
    return pd.concat(parts, ignore_index=True)


def _long(layer: Layer) -> pd.DataFrame | None:
    """Rows of a layer with a row an age; None where it has no column of ages."""
    names = {re.sub(r"[\s_]+", " ", str(name)).strip().lower(): name for name in layer.frame.columns}
    age, sex, year = (_first(names, one) for one in (_AGE_HEADINGS, _SEX_HEADINGS, _YEAR_HEADINGS))
    if age is None:
        return None
    spans = layer.frame[age].astype(str).map(age_span)
    sexes = layer.frame[sex].astype(str).map(_sex) if sex else _sex_of_file(layer.file)
    rows = layer.frame.assign(span=spans, told_sex=sexes)[spans.notna().to_numpy()]
    rows = rows[rows["told_sex"].notna()]
    years = [(name, int(found[1])) for name in layer.frame if (found := _POPULATION_OF.fullmatch(str(name)))]
    value = _first(names, _VALUE_HEADINGS)
    columns: list[tuple[str, int | None]] = [*years] or ([(value, None)] if value else [])
    if not columns:
        return None
    own_year = (
        pd.to_numeric(rows[year].astype(str).str[:4], errors="coerce") if year else year_of_file(layer.file)
    )
    parts = [
        pd.DataFrame(
            {
                "area_code": rows[_code_column(layer)],
                "year": number or own_year,
                "sex": rows["told_sex"],
                "low": [span[0] for span in rows["span"]],
                "high": [span[1] for span in rows["span"]],
                "given": rows[name],
            }
        )
        for name, number in columns
    ]
    return pd.concat(parts, ignore_index=True)


def _first(names: dict[str, str], wanted: Sequence[str]) -> str | None:
    return next((names[one] for one in wanted if one in names), None)


def _code_column(layer: Layer) -> str:
    return (layer.key or next(one for one in layer.columns if one.level)).column


def _sex(text: str) -> str | None:
    """The sex that a cell says, not_recorded for persons of either, None for what is neither."""
    plain = text.strip().lower()
    return NOT_RECORDED if plain in _PERSONS else _SEXES.get(plain) or {"1": "male", "2": "female"}.get(plain)


def _sex_of_file(file: str) -> str:
    words = re.findall(r"[a-z]+", file.lower())
    return next(
        (_SEXES[word] for word in words if word in ("females", "males", "female", "male")), NOT_RECORDED
    )


def _fault(layer: Layer, part: pd.DataFrame) -> Finding | None:
    if part["year"].isna().any():
        message = (
            "residents by age of no known year. Expected the year in a column 'year' or in the name of file or sheet, "
            "such as 'Mid-2023'. Rename one of them."
        )
        return Finding("error", layer.file, message)
    counts = _counts(part)
    wrong = counts.isna() | (counts < 0) | (counts % 1 != 0)
    if not wrong.any():
        return None
    row = int(part.index[wrong][0] % max(len(layer.frame), 1)) + 1
    message = (
        f"row {row:,}: no whole number of residents of an age ({int(wrong.sum()):,} cells). Correct the file."
    )
    return Finding("error", layer.file, message)


def _counts(part: pd.DataFrame) -> pd.Series:
    texts = part["given"].astype(object).where(part["given"].notna(), "").astype(str).str.replace(",", "")
    return pd.to_numeric(texts.str.strip(), errors="coerce")


def _banded(part: pd.DataFrame, layer: Layer) -> pd.DataFrame:
    """The rows with single years in bands of five, and how many bands their layer tells apart."""
    single = part["low"] == part["high"]
    old = part["low"] >= LAST
    low = part["low"].where(~single, part["low"] // FIVE * FIVE).where(~old, LAST)
    high = part["high"].where(~single, low + FIVE - 1).where(~old, OLDEST)
    rows = part.assign(low=low, high=high, person_count=_counts(part).astype("int64"))
    summed = rows.groupby([*KEY, "low", "high"], as_index=False)["person_count"].sum()
    return summed.assign(source=f"Imported from {layer.file}", told=len({*zip(low, high, strict=True)}))


def _told_once(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    every = pd.concat(parts, ignore_index=True)
    most = every.groupby(KEY)["told"].transform("max")
    first = every[every["told"] == most]
    first = first[first["source"] == first.groupby(KEY)["source"].transform("first")]
    sexes = first.groupby(["area_code", "year"])["sex"].transform(lambda one: {"female", "male"} <= set(one))
    kept = first[~sexes | (first["sex"] != NOT_RECORDED)]
    return kept.assign(
        age_low_years=kept["low"], age_high_years=kept["high"].astype("Int64").where(kept["high"] < OLDEST)
    ).reset_index(drop=True)
