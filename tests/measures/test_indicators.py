"""Context figures and assets asked of a build: levels, years, areas, and what the stamp says."""

from pathlib import Path

import pandas as pd
import pytest

from vrin_data import measures, protect
from vrin_data.errors import EmptyStore, UsageError
from vrin_data.measures import AssetRequest, IndicatorRequest
from vrin_data.store import Store

SCORE, DECILE = "imd-without-crime-score", "imd-without-crime-decile"


def shown(answer: measures.Answer) -> pd.DataFrame:
    return protect.present(answer, protect.Viewer.analyst()).frame


def test_the_list_says_years_levels_and_what_a_figure_cannot_say(sample_store: Store) -> None:
    found = shown(measures.indicator_list(sample_store)).set_index("indicator_id")
    assert sorted(found.index) == ["free-school-meals", DECILE, SCORE]
    assert set(found["years"]) == {(2025,)}
    assert set(found["levels"]) == {("region", "force", "csp", "district", "msoa", "lsoa")}
    assert found.loc[DECILE, "unit"] == "decile of England, 1 the most deprived"
    assert "not comparable" in found.loc[SCORE, "caveat"]
    assert not found["is_class"].any()


def test_a_figure_of_every_area_of_a_level_by_name(sample_store: Store) -> None:
    found = shown(measures.indicators(sample_store, IndicatorRequest(SCORE, "district")))
    assert found["area_name"].is_monotonic_increasing
    assert len(found) == 35
    assert found["value"].notna().all()
    assert set(found["basis"]) == {"made of smaller areas: mean weighted by residents (lsoa)"}


def test_small_areas_keep_what_the_file_says_and_one_area_narrows_it(sample_store: Store) -> None:
    given = pd.read_csv(Path(__file__).parents[2] / "sample_data" / "context" / "figures.csv").set_index(
        "Area code"
    )
    found = shown(measures.indicators(sample_store, IndicatorRequest(SCORE, "lsoa", area_code="E06000016")))
    assert 150 < len(found) < 250
    expected = given["Simulated deprivation score"].reindex(found["area_code"])
    assert found["value"].tolist() == expected.tolist()


def test_a_decile_of_larger_areas_is_a_share_of_residents(sample_store: Store) -> None:
    found = shown(measures.indicators(sample_store, IndicatorRequest(DECILE, "force")))
    assert set(found["unit"]) == {"% of residents in the most deprived tenth"}
    assert found["value"].between(5, 15).all()


def test_the_stamp_says_that_it_is_context_simulated_and_no_cause(sample_store: Store) -> None:
    stamp = measures.indicators(sample_store, IndicatorRequest("free-school-meals", "force")).stamp
    lines = stamp.lines()
    assert lines[0] == "SIMULATED DATA: not real events"
    assert "Feed: context; period 2025" in lines
    assert any("does not say that the one causes the other" in line for line in lines)
    assert "Source: Simulated for the sample" in lines
    assert "data to" not in stamp.short()


@pytest.mark.parametrize(
    ("request_made", "words"),
    [
        (IndicatorRequest("nothing", "force"), "no context figure 'nothing'.*free-school-meals"),
        (IndicatorRequest(SCORE, "force", year=2019), "no figure of 2019. Years: 2025"),
        (IndicatorRequest(SCORE, "own-beats"), "no figure for areas of level own-beats"),
        (IndicatorRequest(SCORE, "lsoa", area_code="X"), "No area in view has the code 'X'"),
    ],
)
def test_what_is_not_there_is_said(sample_store: Store, request_made: IndicatorRequest, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        measures.indicators(sample_store, request_made)


def test_a_level_that_is_none_and_an_empty_store(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no level 'parish'"):
        IndicatorRequest(SCORE, "parish")
    empty = Store.open(tmp_path)
    for ask in (
        lambda: measures.indicator_list(empty),
        lambda: measures.indicators(empty, IndicatorRequest(SCORE)),
        lambda: measures.assets(empty, AssetRequest()),
    ):
        with pytest.raises(EmptyStore):
            ask()


def test_assets_by_kind_and_area_and_the_parts_make_the_whole(sample_store: Store) -> None:
    every = shown(measures.assets(sample_store, AssetRequest()))
    assert len(every) == 26
    assert every["asset_id"].is_unique
    kinds = [shown(measures.assets(sample_store, AssetRequest(kind=kind))) for kind in every["kind"].unique()]
    assert sum(map(len, kinds)) == len(every)
    forces = ("E23000018", "E23000019", "E23000020", "E23000021", "E23000022")
    by_force = [shown(measures.assets(sample_store, AssetRequest(area_code=code))) for code in forces]
    assert sum(map(len, by_force)) == len(every)
    assert every["district_name"].notna().all()
    assert measures.assets(sample_store, AssetRequest()).stamp.is_simulated


def test_deprivation_goes_with_the_planted_risk(sample_store: Store) -> None:
    selection = measures.Selection(
        definition="all-recorded-crime",
        level="lsoa",
        from_month=pd.Timestamp("2025-04-01").date(),
        to_month=pd.Timestamp("2026-03-01").date(),
        area_code="E23000021",
    )
    harm = shown(measures.harm(sample_store, selection))
    score = shown(measures.indicators(sample_store, IndicatorRequest(SCORE, "lsoa", area_code="E23000021")))
    both = harm.merge(score[["area_code", "value"]], on="area_code")
    rate = both["incident_count_low"] / both["population"].astype("float64")
    assert rate.corr(both["value"], method="spearman") > 0.6
