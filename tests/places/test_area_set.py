"""How areas nest: the closure over links, vintages and splits."""

from dataclasses import replace

import pandas as pd

from vrin_data.places import AreaSet, level_closure

CLOSURE = {
    "E12000004": {"region": "E12000004"},
    "E23000019": {"region": "E12000004", "force": "E23000019"},
    "E22000210": {"csp": "E22000210"},
    "E22000366": {"csp": "E22000366"},
    "E06000018": {"region": "E12000004", "force": "E23000019", "csp": "E22000210", "district": "E06000018"},
    "E07000172": {"region": "E12000004", "force": "E23000019", "csp": "E22000366", "district": "E07000172"},
}
NOTTINGHAM = CLOSURE["E06000018"]


def as_dict(closure: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Area to level to ancestor; fails where a level has two."""
    assert not closure.duplicated(["area_code", "level"]).any()
    found: dict[str, dict[str, str]] = {}
    for code, level, ancestor in closure.itertuples(index=False):
        found.setdefault(code, {})[level] = ancestor
    return found


def with_area(
    known: AreaSet, code: str, level: str, vintage: str, links: list[tuple[str, str, str]]
) -> AreaSet:
    """The known areas with one more and its links (parent, level, relation)."""
    area = known.areas.iloc[[0]].assign(area_code=code, area_name=code, level=level, vintage=vintage)
    rows = [
        known.links.iloc[[0]].assign(
            child_code=code, parent_code=parent, parent_level=parent_level, relation=relation
        )
        for parent, parent_level, relation in links
    ]
    return replace(
        known,
        areas=pd.concat([known.areas, area], ignore_index=True),
        links=pd.concat([known.links, *rows], ignore_index=True),
    )


def test_closure_of_the_small_land(known: AreaSet) -> None:
    assert as_dict(level_closure(known)) == CLOSURE | {
        "S02000001": NOTTINGHAM | {"msoa": "S02000001"},
        "S01000001": NOTTINGHAM | {"msoa": "S02000001", "lsoa": "S01000001"},
    }


def test_an_area_in_parts_of_two_lies_in_neither(known: AreaSet) -> None:
    parts = [("E06000018", "district", "part"), ("E07000172", "district", "part")]
    found = as_dict(level_closure(with_area(known, "S01000002", "lsoa", "sample", parts)))
    assert found["S01000002"] == {"lsoa": "S01000002"}


def test_two_whole_parents_of_a_level_are_no_answer(known: AreaSet) -> None:
    whole = [("E06000018", "district", "within"), ("E07000172", "district", "within")]
    found = as_dict(level_closure(with_area(known, "S01000002", "lsoa", "sample", whole)))
    assert found["S01000002"] == {"lsoa": "S01000002", "force": "E23000019", "region": "E12000004"}


def test_a_merged_area_has_the_newer_one_and_a_split_one_none_at_its_level(known: AreaSet) -> None:
    newer = with_area(known, "E01000002", "lsoa", "2021", [("E06000018", "district", "within")])
    merged = with_area(newer, "E01000091", "lsoa", "2011", [("E01000002", "lsoa", "same")])
    split = [("E01000002", "lsoa", "split"), ("E06000018", "district", "within")]
    found = as_dict(level_closure(with_area(merged, "E01000093", "lsoa", "2011", split)))
    assert found["E01000091"] == NOTTINGHAM | {"lsoa": "E01000002"}
    assert found["E01000093"] == NOTTINGHAM
    # The sample's neighbourhood is out of force beside a published vintage.
    assert found["S01000001"] == NOTTINGHAM | {"msoa": "S02000001"}


def test_an_abolished_area_is_no_ancestor_but_leads_to_its_successor(known: AreaSet) -> None:
    links = [("E06000018", "district", "within")]
    old = with_area(known, "E07000999", "district", "2024", links)
    old.areas.loc[old.areas["area_code"] == "E07000999", "valid_to"] = pd.Timestamp("2021-04-01")
    child = with_area(old, "S01000002", "lsoa", "sample", [("E07000999", "district", "within")])
    found = as_dict(level_closure(child))
    assert found["E07000999"] == NOTTINGHAM
    assert found["S01000002"] == NOTTINGHAM | {"lsoa": "S01000002"}


def test_a_link_that_has_ended_is_not_followed(known: AreaSet) -> None:
    child = with_area(known, "S01000002", "lsoa", "sample", [("E06000018", "district", "within")])
    child.links.loc[child.links["child_code"] == "S01000002", "valid_to"] = pd.Timestamp("2021-04-01")
    assert as_dict(level_closure(child))["S01000002"] == {"lsoa": "S01000002"}


def test_links_in_a_circle_come_to_an_end(known: AreaSet) -> None:
    circle = with_area(known, "E22000999", "csp", "2024", [("E07000172", "district", "within")])
    back = known.links.iloc[[0]].assign(
        child_code="E07000172", parent_code="E22000999", parent_level="csp", relation="within"
    )
    circle = replace(circle, links=pd.concat([circle.links, back], ignore_index=True))
    found = as_dict(level_closure(circle))
    assert found["E22000999"]["district"] == "E07000172"
    assert "csp" not in found["E07000172"]
