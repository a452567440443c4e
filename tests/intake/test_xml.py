"""XML: an element a row, what stands around the rows, and files made to exhaust their reader."""

from pathlib import Path

import pytest

from tests.intake.opened import ASSAULTS, column, feed_of, open_file, open_one
from vrin_data.errors import RefusedInput

ISTV = """<?xml version="1.0" encoding="UTF-8"?>
<i:Submission xmlns:i="urn:istv" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b">
  <i:SubmissionHeader>
    <i:ReportingPeriodStartDate>2026-03-01</i:ReportingPeriodStartDate>
    <i:ReportingPeriodEndDate>2026-03-31</i:ReportingPeriodEndDate>
    <i:SiteCode>RX1RA</i:SiteCode>
  </i:SubmissionHeader>{rows}
</i:Submission>
"""
ROWS = """
  <i:Assault>
    <i:AssaultDateAndTime>2026-03-01T22:15:00</i:AssaultDateAndTime>
    <i:AssaultMethod>knife</i:AssaultMethod>
  </i:Assault>
  <i:Assault>
    <i:AssaultDateAndTime>2026-03-02T01:40:00</i:AssaultDateAndTime>
    <i:AssaultMethod>bottle, &amp;
      glass</i:AssaultMethod>
    <i:AssaultLocationType code="7">pub</i:AssaultLocationType>
  </i:Assault>"""
HEADER = {"period_start": "2026-03-01", "period_end": "2026-03-31", "supplier": "RX1RA"}
CASES = feed_of(
    "cases",
    column("record_key", "case id", required=True),
    column("victim_age", "victim age"),
    column("suspect_age", "suspect age"),
    column("offence_code", "offence code", required=True),
    column("needs", "factor"),
    xml_rows=("offence",),
)
NEEDS = feed_of(
    "needs",
    column("record_key", "child id", required=True),
    column("offence_raw", "factor", required=True),
    xml_rows=("factor",),
)


def test_the_header_holds_for_every_row(tmp_path: Path) -> None:
    table = open_one(tmp_path, ISTV.format(rows=ROWS), name="march.xml", times=2)
    assert table.name == "march.xml"
    assert table.columns == ("event_start_at", "weapon", "location_type")
    assert table.rows == [
        (8, "2026-03-01T22:15:00", "knife", None),
        (12, "2026-03-02T01:40:00", "bottle, & glass", "pub"),
    ]
    assert table.constants == HEADER


def test_a_header_without_rows_is_a_true_nil(tmp_path: Path) -> None:
    table = open_one(tmp_path, ISTV.format(rows=""), name="march.xml")
    assert (table.rows, table.constants) == ([], HEADER)
    with pytest.raises(
        RefusedInput, match=r"holds no element that is a row .*\(expected: Assault\), and gives no period"
    ):
        open_file(tmp_path, "<Submission><Site>RX1RA</Site></Submission>", name="march.xml")


def test_what_stands_after_the_rows_is_known_too(tmp_path: Path) -> None:
    trailer = ROWS + "<i:Trailer><i:RecordCount>2</i:RecordCount></i:Trailer>"
    table = open_one(tmp_path, ISTV.format(rows=trailer), name="march.xml")
    assert table.constants == {**HEADER, "declared_count": "2"}


def test_an_element_that_holds_a_text_alone_can_be_the_row(tmp_path: Path) -> None:
    content = """<children>
      <child><id>1</id><factors><factor>3A</factor><factor>13A</factor></factors></child>
      <child><id>2</id><factors><factor>24A</factor></factors></child>
    </children>"""
    table = open_one(tmp_path, content, NEEDS, name="needs.xml")
    assert table.columns == ("record_key", "offence_raw")
    assert [row[1:] for row in table.rows] == [("1", "3A"), ("1", "13A"), ("2", "24A")]


def test_what_stands_around_some_rows_is_a_column_of_those(tmp_path: Path) -> None:
    content = """<cases>
      <case id="1"><victim><age>17</age></victim><suspect><age>19</age></suspect>
        <offence code="8N"/><offence code="1"><factor>3A</factor><factor>13A</factor></offence></case>
      <case id="2"><offence code="34B"/></case>
    </cases>"""
    table = open_one(tmp_path, content, CASES, name="cases.xml")
    assert set(table.columns) == {"record_key", "victim_age", "suspect_age", "offence_code", "needs"}
    order = [
        table.columns.index(name) + 1
        for name in ("record_key", "victim_age", "suspect_age", "offence_code", "needs")
    ]
    assert [(row[0], *(row[at] for at in order)) for row in table.rows] == [
        (3, "1", "17", "19", "8N", None),
        (3, "1", "17", "19", "1", "3A; 13A"),
        (4, "2", None, None, "34B", None),
    ]


def test_a_site_that_changes_within_the_file_is_a_column(tmp_path: Path) -> None:
    one = (
        "<Submission><Site><SiteCode>{}</SiteCode><Assault><AssaultDateAndTime>2026-03-01</AssaultDateAndTime>"
        "<AssaultMethod>knife</AssaultMethod></Assault></Site></Submission>"
    )
    feed = feed_of("sites", *ASSAULTS.columns, column("supplier", "site code"), xml_rows=("Assault",))
    both = one.format("RX1RA").replace("</Submission>", "") + one.format("RX1RB").replace("<Submission>", "")
    table = open_one(tmp_path, both, feed, name="a.xml")
    assert (table.values["supplier"], table.constants) == (["RX1RA", "RX1RB"], {})
    single = open_one(tmp_path, one.format("RX1RA"), feed, name="a.xml")
    assert (single.constants, "supplier" in single.columns) == ({"supplier": "RX1RA"}, False)


def test_a_row_may_be_a_text_alone(tmp_path: Path) -> None:
    feed = feed_of("needs", column("needs", "assessment factors"), column("recorded_at", "assessment date"))
    feed = feed.model_copy(update={"xml_rows": ("AssessmentFactors",)})
    one = "<Assessments><AssessmentDate>2026-03-0{}</AssessmentDate><Factors>{}</Factors></Assessments>"
    factors = [f"<AssessmentFactors>{code}</AssessmentFactors>" for code in ("3A", "13A", "24A")]
    content = f"<Child>{one.format(1, ''.join(factors[:2]))}{one.format(2, factors[2])}</Child>"
    table = open_one(tmp_path, content, feed, name="cin.xml")
    assert table.columns == ("recorded_at", "needs")
    assert [cells for _, *cells in table.rows] == [
        ["2026-03-01", "3A"],
        ["2026-03-01", "13A"],
        ["2026-03-02", "24A"],
    ]


def test_without_a_named_row_the_element_that_repeats_is_one(tmp_path: Path) -> None:
    open_feed = ASSAULTS.model_copy(update={"xml_rows": ()})
    table = open_one(tmp_path, ISTV.format(rows=ROWS), open_feed, name="march.xml")
    assert [line for line, *_ in table.rows] == [8, 12]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_encodings_that_the_file_declares(tmp_path: Path, encoding: str) -> None:
    text = ISTV.replace("UTF-8", encoding).format(rows=ROWS.replace("knife", "épée"))
    table = open_one(tmp_path, text.encode(encoding), name="march.xml")
    assert table.values["weapon"] == ["bottle, & glass", "épée"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (ISTV.format(rows=ROWS)[:-20], r"march\.xml, line \d+: is not whole XML"),
        (ISTV.format(rows="<i:Assault>"), r"march\.xml, line 8: is not whole XML \(mismatched tag\)"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "line 1: the XML declares a document type"),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "line 1: the XML declares a document type"),
        ("<a>" * 80 + "</a>" * 80, "elements more than 60 deep"),
        (
            "<a><Assault>" + "".join(f"<b{n}>x</b{n}>" for n in range(3_000)) + "</Assault></a>",
            "2,000 different",
        ),
        (
            "<a><Assault><b>" + "x" * 1_100_000 + "</b></Assault></a>",
            "a text of more than 1,000,000 characters",
        ),
        (
            "<a><Assault>" + "<b>xxxxxxxxxxxx</b>" * 2_000 + "</Assault></a>",
            "repeats one element too often",
        ),
        ('<?xml version="1.0" encoding="ebcdic-xyz"?><a/>', "is not whole XML|its encoding cannot be read"),
        ('<?xml version="1.0" encoding="utf-7"?><a/>', "is not whole XML|its encoding cannot be read"),
        ("<a>&nbsp;</a>", "is not whole XML"),
        ("<Assaults><Assault><Method>x</Method></Assault></Assaults>", "no column for event_start_at"),
        ('<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html><body/></html>', "is a web page"),
        ('<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "the XML format of 2003"),
    ],
)
def test_xml_that_is_broken_hostile_or_something_else(tmp_path: Path, content: str, words: str) -> None:
    with pytest.raises(RefusedInput, match=words) as refused:
        open_file(tmp_path, content, name="march.xml")
    assert str(refused.value).startswith("march.xml")
