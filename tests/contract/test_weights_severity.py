"""The ONS list of weights: categories read to codes, vintages kept apart, what is not verified left out."""

from pathlib import Path

import pytest

from tests.intake.books import xlsx
from vrin_data.contract.weight_import import Wording, read_weights
from vrin_data.contract.weights import Edition
from vrin_data.errors import RefusedInput

LISTED = (
    ("Homicide", 7979),
    ("Attempted murder", 4663),
    ("More serious wounding or other act endangering life", 1919),
    ("Assault with intent to cause serious harm", 1965),
    ("Endangering life", 1326),
    ("Assault with injury", 184),
    ("Causing death by careless or inconsiderate driving", 112),
    ("Shoplifting", 13),
    ("Robbery of personal property", 746),
    ("An offence of next year", 5),
)
TABLE = [
    ["Crime Severity Score", None],
    *([None, None] for _ in range(5)),
    ["Offence category", "Weight"],
    *map(list, LISTED),
    ["Source: ONS", None],
]


def weights_of(made: Edition, *codes: str) -> dict[str, tuple[float | None, float | None]]:
    return {code: (made.weight(f"{code}|").days_low, made.weight(f"{code}|").days_high) for code in codes}


@pytest.fixture
def tool(tmp_path: Path) -> Path:
    """A workbook in the form of the ONS data tool: a cover, and a list whose headings stand in row 7."""
    path = tmp_path / "datatool.xlsx"
    path.write_bytes(xlsx({"Contents": [["Contents"]], "List of weights": TABLE}))
    return path


def test_categories_of_the_data_tool_are_read_to_codes(tool: Path) -> None:
    made, read = read_weights(tool, Wording("ons-css-v2"))
    assert (made.kind, made.unit_words) == ("score", "points of the ONS Crime Severity Score")
    assert made.name == "ONS Crime Severity Score weights, V2"
    assert weights_of(made, "1", "4.10", "2", "5D", "5E", "8N", "4.8", "46", "34B") == {
        "1": (7979, 7979),
        "4.10": (7979, 7979),
        "2": (4663, 4663),
        "5D": (1965, 1965),
        "5E": (1326, 1326),
        "8N": (184, 184),
        "4.8": (112, 112),
        "46": (13, 13),
        "34B": (746, 746),
    }
    assert read.left_out == (
        "1 row without a weight, such as notes",
        "1 categories that no Home Office code is known for: An offence of next year",
    )


def test_an_older_category_stands_aside_where_its_parts_have_weights(tool: Path) -> None:
    made, read = read_weights(tool, Wording("ons-css-v1"))
    # 5 was split into 5D and 5E; what comes as 5 may be either.
    assert weights_of(made, "5") == {"5": (1326, 1965)}
    assert read.notes[1].endswith("stand instead: More serious wounding or other act endangering life")


def test_a_label_means_its_code_and_not_a_wider_group_of_the_same_name(tool: Path) -> None:
    # Another table calls 8N, 8P, 8S and 8T together "Assault with injury".
    made, _ = read_weights(tool, Wording("ons-css-v1"))
    assert [made.weight(f"{code}|").basis for code in ("8N", "8P", "8S", "8T")] == [
        "exact",
        "none",
        "none",
        "none",
    ]


def test_an_id_has_to_name_its_vintage(tool: Path) -> None:
    for name in ("ons-css", "ons-css-2016", "css-valve1"):
        with pytest.raises(RefusedInput, match=r"ons-css-v1 \(2016\), ons-css-v2 or ons-css-v3"):
            read_weights(tool, Wording(name))


def test_weights_that_are_none_are_said_together(tmp_path: Path) -> None:
    file = tmp_path / "css.csv"
    file.write_text("Offence category,Weight\nHomicide,many\nShoplifting,-3\n", encoding="utf-8")
    with pytest.raises(RefusedInput) as refused:
        read_weights(file, Wording("ons-css-v1"))
    assert str(refused.value).splitlines() == [
        "css.csv, row 2, weight: 'many' is not a number (expected 0 or more).",
        "css.csv, row 3, weight: '-3' is not a number (expected 0 or more).",
    ]


def test_vintages_are_not_mixed_and_inferred_rows_are_left_out_and_counted(tmp_path: Path) -> None:
    file = tmp_path / "css.csv"
    lines = [
        "ho_code,offence,weight,vintage,label_status",
        "46,Shoplifting,13,V1 (2016),verified",
        "39,Theft from the person,86,V1 (2016),INFERRED from list order",
        "8L,Harassment,39,V1 (2016),label verified only",
        "34A;34B,Robbery,812,V2 (2021),verified",
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    first, read = read_weights(file, Wording("ons-css-v1"))
    assert {row.pair[0] for row in first.rows} == {"46"}
    assert read.left_out == ("2 rows not marked verified", "1 row of another vintage (V2)")
    second, _ = read_weights(file, Wording("ons-css-v2"))
    assert weights_of(second, "34A", "34B", "46") == {
        "34A": (812, 812),
        "34B": (812, 812),
        "46": (None, None),
    }
    with pytest.raises(RefusedInput, match="has no row of V3"):
        read_weights(file, Wording("ons-css-v3"))


@pytest.mark.real
def test_the_verified_weights_of_2016_are_taken_and_no_others(real_data: Path) -> None:
    made, read = read_weights(real_data / "harm" / "ons_css_2016_partial.csv", Wording("ons-css-v1"))
    assert weights_of(made, "1", "2", "5D", "8N", "4.7", "8S", "19C", "105A") == {
        "1": (7979, 7979),
        "2": (4663, 4663),
        "5D": (1965, 1965),
        "8N": (184, 184),
        "4.7": (1006, 1006),
        "8S": (None, None),
        "19C": (None, None),
        "105A": (None, None),
    }
    assert read.left_out == (
        "60 rows not marked verified",
        "1 row of another vintage (V2)",
        "1 row of another vintage (V3)",
    )
