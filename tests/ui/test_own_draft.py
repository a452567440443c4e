"""A layer of own areas while it is edited: merged, renamed, moved, and what is left over or in two areas, in words."""

from collections.abc import Sequence

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrin_data.errors import RefusedInput
from vrin_ui.areas.nesting import Nesting
from vrin_ui.areas.outline_file import Outlines
from vrin_ui.areas.own_draft import LEFT_OVER, Draft, added, merged, moved, of_level, removed, renamed
from vrin_ui.areas.own_map import COLOURS, NONE_COLOUR, colours_of, drawn_areas, drawn_level, preview_spec
from vrin_ui.areas.own_words import draft_table, left_over_words, twice_words

LEVELS = ("region", "force", "csp", "district", "ward", "msoa", "lsoa")


def nesting_of(*rows: tuple[str, str, str, dict[str, str]]) -> Nesting:
    """A nesting of code, name, level and the codes it lies in by level."""
    made = [
        {"area_code": code, "area_name": name, "level": level}
        | {f"in_{one}": above.get(one, code if one == level else None) for one in LEVELS}
        for code, name, level, above in rows
    ]
    return Nesting(pd.DataFrame(made, dtype=object))


@pytest.fixture(scope="module")
def land() -> Nesting:
    return make_land()


def make_land() -> Nesting:
    """East and West are districts that are one partnership; North is a district with two partnerships."""
    both = {"csp": "C1", "force": "F"}
    north = {"district": "N", "force": "F"}
    return nesting_of(
        ("F", "Force", "force", {}),
        ("C1", "East and West", "csp", {"force": "F"}),
        ("C2", "Upper", "csp", north),
        ("C3", "Lower", "csp", north),
        ("E", "East", "district", both),
        ("W", "West", "district", both),
        ("N", "North", "district", {"force": "F"}),
        ("e1", "East 1", "lsoa", {**both, "district": "E"}),
        ("e2", "East 2", "lsoa", {**both, "district": "E"}),
        ("w1", "West 1", "lsoa", {**both, "district": "W"}),
        ("n1", "North 1", "lsoa", {**north, "csp": "C2"}),
        ("n2", "North 2", "lsoa", {**north, "csp": "C3"}),
        ("Z", "Elsewhere", "district", {}),
    )


def test_partnerships_begin_as_districts_where_they_are_made_of_them(land: Nesting) -> None:
    draft = of_level("csp", "Partnerships", land)
    assert draft == Draft(
        "partnerships",
        "Partnerships",
        (("East and West", ("E", "W")), ("Lower", ("C3",)), ("Upper", ("C2",))),
    )
    assert left_over_words(draft, land) == "Nothing is left over: every small area is in one of the areas."
    assert twice_words(draft, land) == "Nothing is in two areas."


def test_two_are_merged_in_the_place_of_the_first(land: Nesting) -> None:
    draft = merged(of_level("csp", "Partnerships", land), ["East and West", "Upper"], "Joint")
    assert draft.areas == (("Joint", ("E", "W", "C2")), ("Lower", ("C3",)))
    assert draft_table(draft, land).to_numpy().tolist() == [
        [1, "Joint", "East, West and Upper", 4],
        [2, "Lower", "Lower", 1],
    ]


def test_a_small_area_that_moves_splits_its_district(land: Nesting) -> None:
    draft = moved(of_level("csp", "Partnerships", land), ["e1"], "Upper", land)
    assert draft.areas == (("East and West", ("e2", "W")), ("Lower", ("C3",)), ("Upper", ("C2", "e1")))


def test_a_district_that_moves_leaves_the_partnership_that_held_it(land: Nesting) -> None:
    draft = Draft("x", "X", (("A", ("C1",)), ("B", ())))
    assert moved(draft, ["W"], "B", land).areas == (("A", ("E",)), ("B", ("W",)))


def test_a_district_takes_its_small_areas_along_wherever_they_are(land: Nesting) -> None:
    draft = Draft("x", "X", (("A", ("e1", "n1")), ("B", ("e2",)), ("C", ())))
    assert moved(draft, ["E"], "C", land).areas == (("A", ("n1",)), ("B", ()), ("C", ("E",)))


def test_what_moves_to_nowhere_is_left_over(land: Nesting) -> None:
    draft = moved(of_level("district", "Districts", land), ["N", "e1"], LEFT_OVER, land)
    assert left_over_words(draft, land) == (
        "Left over, in none of the areas (3 small areas): 1 small area of East and North."
    )


def test_what_is_in_two_areas_is_said(land: Nesting) -> None:
    draft = Draft("x", "X", (("A", ("C1",)), ("B", ("e1", "e2"))))
    assert twice_words(draft, land) == (
        "In two areas at once: 2 small areas in A and B. Move them to one of the two."
    )


def test_added_renamed_and_removed(land: Nesting) -> None:
    draft = renamed(added(Draft("x", "X", (("A", ("E",)),)), "B"), "A", "C")
    assert draft.areas == (("C", ("E",)), ("B", ()))
    assert removed(draft, ["C"]).areas == (("B", ()),)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda one, land: added(one, " "), "Give the area a name"),
        (lambda one, land: added(one, "a"), "There is an area called a already"),
        (lambda one, land: renamed(one, "A", "b"), "There is an area called b already"),
        (lambda one, land: merged(one, ["A"], "C"), "Choose two areas or more"),
        (lambda one, land: merged(one, ["A", "B"], "d"), "There is an area called d already"),
        (lambda one, land: removed(one, []), "Choose an area to remove"),
        (lambda one, land: moved(one, [], "A", land), "Choose what to move"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused_in_words(land: Nesting, change, words: str) -> None:
    draft = Draft("x", "X", (("A", ("E",)), ("B", ("W",)), ("D", ())))
    with pytest.raises(RefusedInput, match=words):
        change(draft, land)


def test_a_merged_area_may_take_the_name_of_one_of_its_own(land: Nesting) -> None:
    draft = Draft("x", "X", (("A", ("E",)), ("B", ("W",))))
    assert merged(draft, ["A", "B"], "B").areas == (("B", ("E", "W")),)


CODES = ("C1", "C2", "C3", "E", "W", "N", "e1", "e2", "w1", "n1", "n2")
MOVES = st.lists(
    st.tuples(
        st.lists(st.sampled_from(CODES), min_size=1, max_size=3), st.sampled_from(["A", "B", LEFT_OVER])
    )
)


@given(MOVES)
def test_whatever_moves_no_small_area_is_ever_in_two_areas(moves: Sequence[tuple[list[str], str]]) -> None:
    land = make_land()
    draft = Draft("x", "X", (("A", ("C1",)), ("B", ("N",))))
    owner = {**dict.fromkeys(("e1", "e2", "w1"), "A"), **dict.fromkeys(("n1", "n2"), "B")}
    for codes, to in moves:
        draft = moved(draft, codes, to, land)
        owner |= dict.fromkeys(land.small_of(codes), to)
        for name in ("A", "B"):
            assert land.small_of(draft.members(name)) == {one for one, held in owner.items() if held == name}


def outlines(*pairs: tuple[str, set[int]]) -> Outlines:
    points = {code: (float(at), 0.0) for at, (code, _) in enumerate(pairs)}
    return Outlines(points, {code: frozenset(arcs) for code, arcs in pairs})


def test_the_map_draws_districts_where_they_are_whole_and_else_small_areas(land: Nesting) -> None:
    whole = of_level("district", "Districts", land)
    assert drawn_level(whole, land) == "district"
    assert drawn_areas(whole, land, "district") == {"E": 1, "N": 2, "W": 3}
    part = moved(whole, ["e1"], "West", land)
    assert drawn_level(part, land) == "lsoa"
    assert drawn_areas(part, land, "lsoa") == {"e1": 3, "e2": 1, "n1": 2, "n2": 2, "w1": 3}


def test_areas_that_touch_have_other_colours_and_numbers_beside_them() -> None:
    shapes = outlines(("E", {1, 2}), ("W", {2, 3}), ("N", {3, 4}), ("S", {9}))
    numbers = {"E": 1, "W": 2, "N": 3, "S": 0}
    colours = colours_of(numbers, shapes)
    assert colours[1] != colours[2] != colours[3]
    assert set(colours.values()) <= set(COLOURS)
    spec = preview_spec(numbers, ["A", "B", "C"], {"E": "East"}, shapes, file_name="f", title="T")
    values = spec["datasets"]["values"].set_index("id")
    assert values["own"].to_dict() == {"E": "1 A", "W": "2 B", "N": "3 C", "S": "in none of the areas"}
    assert values.at["S", "colour"] == NONE_COLOUR
    assert spec["datasets"]["labels"]["number"].tolist() == ["1", "2", "3"]
