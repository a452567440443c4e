"""The sample's context: the script makes the committed files again, and they say that they are simulated."""

from pathlib import Path

import geopandas
import pandas

from sample_data import ages, context
from sample_data.generate import NEIGHBOURHOODS

SAMPLE = Path(__file__).parents[2] / "sample_data"


def test_the_script_makes_the_committed_files_again() -> None:
    made = context.made(geopandas.read_parquet(NEIGHBOURHOODS))
    assert sorted(made) == sorted(
        path.relative_to(SAMPLE).as_posix() for path in (SAMPLE / "context").iterdir()
    )
    for name, content in made.items():
        assert content == (SAMPLE / name).read_bytes(), name


def test_every_row_says_that_it_is_simulated_and_a_refuge_has_no_address() -> None:
    figures, assets = (pandas.read_csv(SAMPLE / "context" / f"{name}.csv") for name in ("figures", "assets"))
    people = pandas.read_csv(SAMPLE / "context" / ages.FILE)
    assert {*figures["Data status"], *assets["Data status"], *people["Data status"]} == {"SIMULATED"}
    assert figures["Area code"].is_unique
    assert assets["Name"].str.startswith("Simulated ").all()
    assert assets.loc[assets["Type"] == "Refuge", ["Easting", "Northing"]].isna().all(axis=None)
    assert assets.loc[assets["Type"] != "Refuge", ["Easting", "Northing"]].notna().all(axis=None)


def test_residents_by_age_add_up_to_the_published_totals() -> None:
    people = ages.residents_by_age().set_index("LAD24CD").drop(columns="Data status")
    published = pandas.read_csv(ages.POPULATIONS)
    published = published[published["year"] == ages.YEAR].set_index("area_code")["person_count"]
    assert len(people) > 30
    assert people.sum(axis=1).tolist() == published.loc[people.index].tolist()
