"""A reorganisation by a table alone: what was stays until the day, and what comes holds from it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from vrin_data.errors import RefusedInput
from vrin_data.places import AreaSet, import_files, level_closure

HEAD = "area_code,area_name,level,valid_from,predecessors"
MERGER = "E06000901,Greater Nottingham,district,2028-04-01,E06000018;E07000172"
BEFORE, AFTER = date(2028, 3, 31), date(2028, 4, 1)


@pytest.fixture
def imported(known: AreaSet, official: Path) -> AreaSet:
    return import_files([official], onto=known)


def planned(onto: AreaSet, folder: Path, *lines: str, head: str = HEAD) -> AreaSet:
    path = folder / "plan.csv"
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return import_files([path], onto=onto)


def nesting(area_set: AreaSet, day: date) -> pd.DataFrame:
    found = level_closure(replace(area_set, on=day))
    return found[found["area_code"] != "E06000901"].reset_index(drop=True)


def test_until_the_day_nothing_changes(imported: AreaSet, tmp_path: Path) -> None:
    merged = planned(imported, tmp_path, MERGER)
    pd.testing.assert_frame_equal(nesting(merged, BEFORE), nesting(imported, BEFORE))


def test_from_the_day_on_the_new_area_holds_all_that_the_old_did(imported: AreaSet, tmp_path: Path) -> None:
    merged = planned(imported, tmp_path, MERGER)
    before, after = nesting(imported, AFTER), nesting(merged, AFTER)
    was = before[(before["level"] == "district")]
    now = after[(after["level"] == "district")]
    # Each of the partnerships lies in the one new district, as those of Northamptonshire do.
    assert set(now["area_code"]) == {*was["area_code"], "E22000210", "E22000366"}
    assert set(now["ancestor_code"]) == {"E06000901"}
    before, after = (one[~one["area_code"].str.startswith("E22")] for one in (before, after))
    for level in ("region", "force", "csp", "msoa", "lsoa"):
        pd.testing.assert_frame_equal(
            after[after["level"] == level].reset_index(drop=True),
            before[before["level"] == level].reset_index(drop=True),
        )


def test_areas_and_links_are_dated_and_residents_added_up(imported: AreaSet, tmp_path: Path) -> None:
    (tmp_path / "broxtowe.csv").write_text("LAD24CD,pop2022_mid\nE07000172,110000\n", encoding="utf-8")
    imported = import_files([tmp_path / "broxtowe.csv"], onto=imported)
    merged = planned(imported, tmp_path, MERGER)
    areas = merged.areas.set_index("area_code")
    assert (areas.loc[["E06000018", "E07000172"], "valid_to"] == pd.Timestamp(AFTER)).all()
    assert areas.loc["E06000901", ["area_name", "level", "vintage", "valid_from"]].tolist() == [
        "Greater Nottingham",
        "district",
        "2028",
        pd.Timestamp(AFTER),
    ]
    up = merged.links[merged.links["child_code"] == "E06000901"].sort_values("parent_code")
    assert up[["parent_code", "relation"]].to_numpy().tolist() == [
        ["E22000210", "part"],
        ["E22000366", "part"],
        ["E23000019", "within"],
    ]
    people = merged.populations[merged.populations["area_code"] == "E06000901"]
    assert people[["year", "person_count", "basis"]].to_numpy().tolist() == [[2022, 440_000, "mid-2022"]]
    assert [one.message for one in merged.findings if one.file == "plan.csv"] == [
        "Greater Nottingham (E06000901) takes the place of Nottingham (E06000018), Broxtowe (E07000172) "
        "from 1 April 2028, with 4 small areas."
    ]


def test_the_same_table_twice_changes_nothing(imported: AreaSet, tmp_path: Path) -> None:
    once = planned(imported, tmp_path, MERGER)
    twice = planned(once, tmp_path, MERGER)
    pd.testing.assert_frame_equal(twice.areas, once.areas)
    pd.testing.assert_frame_equal(twice.links, once.links)
    assert "was known already and was left as it is." in twice.findings[0].message


def test_a_later_lookup_of_the_old_districts_leaves_the_new_area(
    imported: AreaSet, official: Path, tmp_path: Path
) -> None:
    again = import_files([official], onto=planned(imported, tmp_path, MERGER))
    after = nesting(again, AFTER)
    assert set(after.loc[after["level"] == "district", "ancestor_code"]) == {"E06000901"}


def test_an_area_that_is_shared_out_needs_the_members_of_each(imported: AreaSet, tmp_path: Path) -> None:
    head = f"{HEAD},members"
    north = "E06000901,North,district,2028-04-01,E06000018,E01000001"
    south = "E06000902,South,district,2028-04-01,E06000018;E07000172,E01000002;E01000003;E01000004"
    shared = planned(imported, tmp_path, north, south, head=head)
    found = nesting(shared, AFTER)
    own = found[(found["level"] == "district")].set_index("area_code")["ancestor_code"]
    assert own[["E01000001", "E01000002", "E01000003", "E01000004"]].tolist() == [
        "E06000901",
        "E06000902",
        "E06000902",
        "E06000902",
    ]
    # Its code alone no longer tells which of the two an incident is in; nor does the MSOA that is cut.
    assert not {"E06000018", "E02000001"} & set(own.index)
    people = shared.populations.set_index("area_code")["person_count"]
    assert people.loc["E06000901"] == 1_500
    assert people.loc["E06000902"] == 5_100
    with pytest.raises(RefusedInput, match="small areas of it are given to no new area: E01000002"):
        planned(imported, tmp_path, north, south.replace("E01000002;", ""), head=head)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("X1,New,district,2028-04-01,E06000018", "line 2, area_code: 'X1' is no area code"),
        (
            "E06000901,New,lsoa,2028-04-01,E06000018",
            "line 2, level: 'lsoa' has no areas that change one by one",
        ),
        ("E06000901,New,district,1/4/28,E06000018", "line 2, valid_from: '1/4/28' is not a day"),
        ("E06000901,New,district,2028-04-01,", "line 2, predecessors: empty"),
        ("E06000901,New,district,2028-04-01,E07999999", "predecessors: E07999999 is no area known here"),
        ("E06000901,New,csp,2028-04-01,E06000018", "E06000018 (Nottingham) is of level district"),
        ("E07000172,Broxtowe,district,2028-04-01,E06000018", "E07000172 (Broxtowe) is known already"),
    ],
)
def test_what_cannot_be_is_refused_with_words(
    imported: AreaSet, tmp_path: Path, line: str, words: str
) -> None:
    with pytest.raises(RefusedInput) as caught:
        planned(imported, tmp_path, line)
    assert words in str(caught.value)


def test_an_area_that_has_ended_cannot_end_again(imported: AreaSet, tmp_path: Path) -> None:
    merged = planned(imported, tmp_path, MERGER)
    with pytest.raises(RefusedInput, match=r"ended on 1 April 2028\. Name what"):
        planned(merged, tmp_path, "E06000903,Other,district,2029-04-01,E06000018")
