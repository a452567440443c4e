"""Lists of comparators from files: a row for each pair or for each area, codes or names, and what is refused."""

from pathlib import Path

import pytest

from vrin_data.contract.comparator_files import read_comparators
from vrin_data.contract.comparators import ComparatorList, in_order, neighbours_as_json, neighbours_from_json
from vrin_data.errors import RefusedInput

A, B, C = "E06000016", "E06000018", "E06000015"
NAMES = {"Leicester": A, "Nottingham": B, "Derby": C}


def read(tmp_path: Path, text: str) -> dict[str, tuple[str, ...]]:
    file = tmp_path / "list.csv"
    file.write_text(text, encoding="utf-8")
    return read_comparators(file, list_id="ons", name="Neighbours", codes=NAMES).comparators.of_areas


@pytest.mark.parametrize(
    "text",
    [
        # A row for each pair, in the order of the ranks and not of the rows.
        f"area code,neighbour code,rank\n{A},{C},2\n{A},{B},1\n{B},{A},1\n",
        f"LTLA code,LTLA name,Nearest neighbour code,Nearest neighbour name,Rank\n{A},Leicester,{B},Nottingham,1\n"
        f"{A},Leicester,{C},Derby,2\n{B},Nottingham,{A},Leicester,1\n",
        # Without ranks, in the order of the rows; a title above the headings.
        f"Statistical nearest neighbours\n\narea,comparator\n{A},{B}\n{A},{C}\n{B},{A}\n",
        # A row for each area.
        f"Area code,Neighbour 1,Neighbour 2\n{A},{B},{C}\n{B},{A},\n",
        f"code,name,similar 1 code,similar 1 name,similar 2 code,similar 2 name\n{A},Leicester,{B},Nottingham,{C},"
        f"Derby\n{B},Nottingham,{A},Leicester,,\n",
        # By name.
        "Force,Most similar force\nLeicester,Nottingham\nLeicester,derby\nNottingham,Leicester\n",
        "Force,MSF 1,MSF 2\nLeicester,Nottingham,Derby\nNottingham,Leicester,\n",
    ],
)
def test_any_usual_form_reads_as_the_same_list(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == {A: (B, C), B: (A,)}


def test_what_was_understood_is_said(tmp_path: Path) -> None:
    file = tmp_path / "msf.csv"
    file.write_text(f"area code,neighbour code,rank\n{A},{B},1\n", encoding="utf-8")
    found = read_comparators(file, list_id="msf", name="Most similar")
    assert found.notes == ("read as a row for each pair: 1 areas, at most 1 comparators each",)
    assert found.comparators == ComparatorList("msf", "Most similar", ((A, (B,)),), "msf.csv")


def test_faults_are_told_by_row(tmp_path: Path) -> None:
    with pytest.raises(RefusedInput) as told:
        read(tmp_path, f"area code,neighbour code,rank\n{A},Atlantis,first\n,{B},2\n")
    said = str(told.value)
    assert "list.csv was not read" in said
    assert "row 2: 'first' is not a rank" in said
    assert "row 2: 'Atlantis' is neither an area code" in said
    assert "row 3: an empty cell is neither" in said


@pytest.mark.parametrize("text", ["", "one,two\n1,2\n", "area code,neighbour code\n"])
def test_a_file_without_comparators_says_what_was_expected(tmp_path: Path, text: str) -> None:
    with pytest.raises(RefusedInput, match="Expected a row for each pair"):
        read(tmp_path, text)


def test_a_list_is_the_same_after_it_was_recorded() -> None:
    one = ComparatorList("ons", "Neighbours", in_order({B: (A,), A: (B, C), C: ()}), "ONS")
    assert neighbours_from_json(neighbours_as_json(one)) == one.neighbours == ((A, (B, C)), (B, (A,)))
    with pytest.raises(RefusedInput):
        neighbours_from_json("[1]")
