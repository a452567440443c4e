"""Deprivation and rural-urban class: which headings are known, what is calculated, and what is carried to 2021."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from vrin_data.places import AreaSet, import_files
from vrin_data.places.columns import code_columns
from vrin_data.places.official_indicators import RANKED, WEIGHTS, indicator_figures, weighted, without_crime

MHCLG = [
    "LSOA code (2021)",
    "LSOA name (2021)",
    "Local Authority District code (2024)",
    "Index of Multiple Deprivation (IMD) Score",
    "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)",
    "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)",
    "Income Score (rate)",
    "Education, Skills and Training Rank (where 1 is most deprived)",
    "Barriers to Housing and Services Score",
    "Living Environment Decile (where 1 is most deprived 10% of LSOAs)",
    "Children and Young People Sub-domain Score",
    "Income Deprivation Affecting Children Index (IDACI) Score (rate)",
]


def figures(names: list[str], file: str = "file.csv") -> list[tuple[str, int, str]]:
    return [
        (one.domain, one.year, one.kind) for one in indicator_figures(names, code_columns(names)[0], file)
    ]


def test_headings_of_the_publisher_name_index_and_edition() -> None:
    expected = [
        ("imd", 2025, "score"),
        ("imd", 2025, "rank"),
        ("imd", 2025, "decile"),
        ("income", 2025, "score"),
        ("education", 2025, "rank"),
        ("housing", 2025, "score"),
        ("environment", 2025, "decile"),
    ]
    assert figures(MHCLG) == expected
    older = [name.replace("(2021)", "(2011)") for name in MHCLG]
    assert {year for _, year, _ in figures(older)} == {2019}
    assert {year for _, year, _ in figures(older, "File_7_ID_2015_All_ranks.csv")} == {2015}


def test_short_headings_name_index_and_edition() -> None:
    names = [
        "LSOA21CD",
        "imd2025_score",
        "iod2019_imd_decile",
        "iod2025_housing_and_services_rank",
        "imd_note",
    ]
    assert figures(names) == [("imd", 2025, "score"), ("imd", 2019, "decile"), ("housing", 2025, "rank")]


def test_the_most_deprived_rank_is_100_and_the_least_near_0() -> None:
    ranks = pd.DataFrame({domain: [1, RANKED[2025], np.nan] for domain in WEIGHTS})
    scores = without_crime(ranks, 2025)
    # R of the least deprived is one of all ranked: the formula is worked out here by itself.
    least = -23 * math.log(1 - (1 - math.exp(-100 / 23)) / RANKED[2025])
    assert scores.tolist()[:2] == pytest.approx([100, least])
    assert math.isnan(scores[2])


def test_the_crime_domain_counts_for_nothing_without_it() -> None:
    ranks = pd.DataFrame({domain: [5_000, 5_000] for domain in WEIGHTS})
    ranks["crime"] = [1, 30_000]
    one, other = without_crime(ranks, 2025)
    assert one == other
    assert weighted(ranks, 2025, WEIGHTS).is_monotonic_decreasing


def values(area_set: AreaSet) -> dict[tuple[str, str, int], float]:
    frame = area_set.indicators
    return frame.set_index(["area_code", "indicator_id", "year"])["value"].to_dict()


def test_figures_of_2011_go_to_unchanged_areas_alone(known: AreaSet, official: Path) -> None:
    (official / "iod2019.csv").write_text(
        "LSOA11CD,imd2019_score\nE01000001,10.5\nE01000091,20\nE01000092,30\nE01000093,40\n", encoding="utf-8"
    )
    found = import_files([official], onto=known)
    assert values(found) == {("E01000001", "imd-score", 2019): 10.5}
    assert found.indicators["basis"].tolist() == ["published"]
    assert (
        "figures of 3 areas of an older vintage were left out: these were split or merged, and what a part has is "
        "not known."
    ) in [one.message for one in found.findings]


def test_a_renamed_area_keeps_its_figures(known: AreaSet, official: Path) -> None:
    (official / "conversion.csv").write_text("LSOA11CD,LSOA21CD\nE01000091,E01000002\n", encoding="utf-8")
    (official / "iod2019.csv").write_text("LSOA11CD,imd2019_score\nE01000091,20\n", encoding="utf-8")
    assert values(import_files([official], onto=known)) == {("E01000002", "imd-score", 2019): 20.0}


def test_a_rural_urban_class_is_a_class(known: AreaSet, official: Path) -> None:
    (official / "ruc.csv").write_text("LSOA21CD,RUC21CD,RUC21NM\nE01000001,UN1,Urban\n", encoding="utf-8")
    found = import_files([official], onto=known).indicators.iloc[0]
    assert found[["indicator_id", "year", "class_name", "unit"]].tolist() == [
        "rural-urban",
        2021,
        "Urban",
        "class",
    ]
    assert math.isnan(found["value"])


def test_a_later_file_of_an_edition_replaces_its_figures(known: AreaSet, official: Path) -> None:
    for score in (1, 2):
        (official / "iod.csv").write_text(f"LSOA21CD,imd2025_score\nE01000001,{score}\n", encoding="utf-8")
        known = import_files([official], onto=known)
    assert values(known) == {("E01000001", "imd-score", 2025): 2.0}


@pytest.mark.real
def test_all_seven_weights_give_the_published_order(real_data: Path) -> None:
    """Ranks alone give the published score to two decimals, so the transformation is the published one."""
    lookup = pd.read_csv(real_data / "geography" / "lsoa21_lookup.csv")
    names = {"housing": "housing_and_services"}
    ranks = pd.DataFrame({one: lookup[f"iod2025_{names.get(one, one)}_rank"] for one in WEIGHTS})
    made, published = weighted(ranks, 2025, WEIGHTS), lookup["imd2025_score"]
    assert made.corr(published, method="spearman") > 0.99999
    # The published weights add up to 0.999, and the published score is not brought to a sum of one.
    assert (made * sum(WEIGHTS.values()) - published).abs().max() < 0.01
    assert without_crime(ranks, 2025).corr(published, method="spearman") == pytest.approx(0.997, abs=0.003)
