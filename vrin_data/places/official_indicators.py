"""Indices of deprivation and the kind of rural or urban area, as official files state them of small areas."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from vrin_data.places.area_set import INDICATOR_COLUMNS
from vrin_data.places.columns import CodeColumn
from vrin_data.places.reading import Layer

PUBLISHED = "published"
CALCULATED = "calculated from what was published"

DOMAINS = {
    "imd": ("Index of Multiple Deprivation", r"imd|index of multiple deprivation(?: \(imd\))?"),
    "income": ("Income deprivation", r"income"),
    "employment": ("Employment deprivation", r"employment"),
    "education": ("Education, skills and training deprivation", r"education(?:,? skills and training)?"),
    "health": ("Health deprivation and disability", r"health(?: deprivation and disability)?"),
    "crime": ("Crime domain of the deprivation index", r"crime"),
    "housing": ("Barriers to housing and services", r"(?:barriers to )?housing and (?:services|access)"),
    "environment": ("Living environment deprivation", r"(?:living )?environment"),
}
"""Id of each index: its name in words, and how files write it."""

WEIGHTS = {
    "income": 0.225,
    "employment": 0.225,
    "education": 0.135,
    "health": 0.135,
    "crime": 0.093,
    "housing": 0.093,
    "environment": 0.093,
}
"""Of the domains in the index: MHCLG, English Indices of Deprivation, technical report."""

RANKED = {2015: 32_844, 2019: 32_844, 2025: 33_755}
"""How many small areas of England an edition ranks."""

WITHOUT_CRIME = "imd-without-crime"
_UNITS = {"score": "score", "decile": "decile of England, 1 the most deprived"}
_HEADING = re.compile(
    rf"(?:(?:iod|imd|id) ?(?P<year>20\d\d) )?(?P<domain>{'|'.join(form for _, form in DOMAINS.values())})"
    r"(?P<joined>20\d\d)? (?P<figure>score|rank|decile)(?: \(.*\))?",
    re.IGNORECASE,
)
_SHORT = re.compile(r"imd(?P<year>20\d\d) (?P<figure>score|rank|decile)", re.IGNORECASE)
_RURAL = re.compile(r"(?:rural urban classification |ruc)(?:20)?(\d\d)[ _]?(cd|nm|name|code)?", re.IGNORECASE)


@dataclass(frozen=True)
class Figure:
    """A column that holds a figure of an index: which index, edition, and score, rank or decile."""

    column: str
    domain: str
    year: int
    kind: str


def indicator_figures(names: list[str], key: CodeColumn, file: str) -> list[Figure]:
    """The columns of indices of deprivation among the names.

    Known are imd2025_score, iod2025_income_rank and the headings of the publisher's own files, such as
    `Income Score (rate)`; those name no edition: it is told by the file's name or the vintage of the codes.
    """
    found = []
    for name in names:
        plain = re.sub(r"[_\s]+", " ", name.strip())
        match = _SHORT.fullmatch(plain) or _HEADING.fullmatch(plain)
        if match is None:
            continue
        parts = match.groupdict()
        year = parts.get("year") or parts.get("joined")
        domain = _domain(parts.get("domain") or "imd")
        found.append(
            Figure(name, domain, int(year) if year else _edition(file, key), parts["figure"].lower())
        )
    return [figure for figure in found if figure.year in RANKED]


def stated_indicators(layers: Sequence[Layer]) -> pd.DataFrame:
    """Indicators that layers with one small area a row state, with the vintage of their codes.

    The columns of the table indicator, and vintage. One row per area, indicator and year: the last file's.
    """
    parts = [frame for layer in layers for frame in _indicators_of(layer)]
    columns = [*INDICATOR_COLUMNS, "vintage"]
    if not parts:
        return pd.DataFrame(columns=columns)
    frame = pd.concat(parts, ignore_index=True)
    return frame.drop_duplicates(["area_code", "indicator_id", "year"], keep="last")[columns].reset_index(
        drop=True
    )


def without_crime(ranks: pd.DataFrame, year: int) -> pd.Series:
    """The index less its crime domain, by row: the other domains' ranks, transformed and weighted anew.

    `ranks` has a column for each of the domains, 1 the most deprived of England. Each rank becomes
    -23 ln(1 - R (1 - exp(-100/23))), R being 1 for the most deprived (MHCLG, technical report); NULL where
    a rank is missing.
    """
    return weighted(ranks, year, {name: weight for name, weight in WEIGHTS.items() if name != "crime"})


def weighted(ranks: pd.DataFrame, year: int, weights: dict[str, float]) -> pd.Series:
    """The transformed ranks of the domains that have a weight, by these weights brought to a sum of one."""
    total = pd.Series(0.0, index=ranks.index)
    for domain, weight in weights.items():
        scaled = (RANKED[year] - ranks[domain] + 1) / RANKED[year]
        total = total + weight * -23 * np.log1p(-scaled * (1 - np.exp(-100 / 23)))
    return total / sum(weights.values())


def carried_to_newer(
    stated: pd.DataFrame, areas: pd.DataFrame, links: pd.DataFrame
) -> tuple[pd.DataFrame, int]:
    """The indicators on the newest small areas, and how many areas' figures could not be carried there.

    An area of an older vintage gives its figures to the newer one that it became unchanged, never to one
    that it was merged or split into: a figure of half an area is not known.
    """
    newest = set(areas.loc[areas["level"] == "lsoa", "area_code"]) - _older(areas)
    went = links[(links["relation"] == "same") & links["parent_code"].isin(newest)]
    alone = went.groupby("parent_code")["child_code"].transform("nunique") == 1
    became = went[alone].set_index("child_code")["parent_code"].to_dict()
    code = stated["area_code"]
    carried = stated.assign(area_code=code.where(code.isin(newest), code.map(became)))
    is_known = code.isin(set(areas["area_code"]))
    lost = code[is_known & carried["area_code"].isna()].nunique()
    kept = carried[carried["area_code"].notna()]
    kept = kept.sort_values("vintage", kind="stable").drop_duplicates(
        ["area_code", "indicator_id", "year"], keep="last"
    )
    return kept[[*INDICATOR_COLUMNS]].reset_index(drop=True), int(lost)


def _older(areas: pd.DataFrame) -> set[str]:
    small = areas[areas["level"] == "lsoa"]
    vintages = [vintage for vintage in small["vintage"].unique() if vintage.isdigit()]
    return set(small.loc[small["vintage"] != max(vintages), "area_code"]) if vintages else set()


def _domain(words: str) -> str:
    return next(
        domain for domain, (_, form) in DOMAINS.items() if re.fullmatch(form, words, flags=re.IGNORECASE)
    )


def _edition(file: str, key: CodeColumn) -> int:
    """The edition of a publisher's own file: told by its name, else by the small areas that it is about."""
    named = {int(year) for year in re.findall(r"20\d\d", file)} & set(RANKED)
    return named.pop() if len(named) == 1 else {"2011": 2019, "2021": 2025}.get(key.vintage, 0)


def _indicators_of(layer: Layer) -> Iterator[pd.DataFrame]:
    if layer.key is None or layer.key.level != "lsoa":
        return
    names = [str(name) for name in layer.frame.columns]
    figures = indicator_figures(names, layer.key, layer.file)
    for figure in figures:
        if figure.kind in _UNITS:
            yield _rows(layer, figure.domain, figure.year, figure.kind, _numbers(layer, figure.column))
    for year in sorted({figure.year for figure in figures}):
        yield from _without_crime_of(layer, [figure for figure in figures if figure.year == year], year)
    yield from _rural_urban_of(layer, names)


def _without_crime_of(layer: Layer, figures: list[Figure], year: int) -> Iterator[pd.DataFrame]:
    columns = {figure.domain: figure.column for figure in figures if figure.kind == "rank"}
    if set(WEIGHTS) - {"crime"} <= set(columns):
        ranks = pd.DataFrame(
            {domain: _numbers(layer, columns[domain]) for domain in WEIGHTS if domain in columns}
        )
        values = without_crime(ranks, year)
        yield _rows(layer, WITHOUT_CRIME, year, "score", values)
        if values.notna().sum() == RANKED[year]:
            # Only the whole of England tells which tenth of it an area is in.
            tenth = np.ceil(values.rank(ascending=False, method="first") * 10 / RANKED[year])
            yield _rows(layer, WITHOUT_CRIME, year, "decile", tenth)


def _rows(layer: Layer, domain: str, year: int, kind: str, values: pd.Series) -> pd.DataFrame:
    name = DOMAINS[domain][0] if domain in DOMAINS else f"{DOMAINS['imd'][0]} without its crime domain"
    frame = _frame(layer, values.notna()).assign(
        indicator_id=f"{domain}-{kind}",
        indicator_name=f"{name}, {kind}",
        year=year,
        value=values.astype("float64"),
        class_name=None,
        unit=_UNITS[kind],
        basis=CALCULATED if domain == WITHOUT_CRIME else PUBLISHED,
        source=f"MHCLG, English Indices of Deprivation {year}, OGL v3.0; imported from {layer.file}",
    )
    return frame


def _rural_urban_of(layer: Layer, names: list[str]) -> Iterator[pd.DataFrame]:
    found: dict[int, dict[str, str]] = {}
    for name in names:
        if match := _RURAL.fullmatch(re.sub(r"[_\s]+", " ", name.strip())):
            part = "code" if (match[2] or "").lower() in ("cd", "code") else "name"
            found.setdefault(2000 + int(match[1]), {})[part] = name
    for year, columns in found.items():
        column = columns.get("name") or columns["code"]
        texts = (
            layer.frame[column].astype(object).where(layer.frame[column].notna(), "").astype(str).str.strip()
        )
        yield _frame(layer, texts != "").assign(
            indicator_id="rural-urban",
            indicator_name="Kind of rural or urban area",
            year=year,
            value=np.nan,
            class_name=texts,
            unit="class",
            basis=PUBLISHED,
            source=f"ONS, Rural Urban Classification {year}, OGL v3.0; imported from {layer.file}",
        )


def _frame(layer: Layer, given: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"area_code": layer.codes[given], "vintage": layer.key.vintage if layer.key else ""})


def _numbers(layer: Layer, column: str) -> pd.Series:
    texts = layer.frame[column]
    if texts.dtype.kind in "iuf":
        return texts.astype("float64")
    return pd.to_numeric(texts.astype(str).str.replace(",", "").str.strip(), errors="coerce")
