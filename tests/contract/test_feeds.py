"""Feeds: what holds for every TOML, and that the headings of real and published files are known."""

import csv
import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from vrin_data.contract.checks import faults_of_overrides, level_of
from vrin_data.contract.feeds import ALWAYS_ABOVE, FEEDS_FOLDER, Feed, feed, feeds, fold
from vrin_data.contract.legal_powers import legal_powers
from vrin_data.contract.suppliers import suppliers

KNOWN = {
    "record_key", "supplier", "simulated", "offence_code", "classification", "offence_raw", "offence_text",
    "event_start_at", "event_end_at", "recorded_at", "recorded_month", "recorded_quarter", "period_start",
    "period_end", "extracted_at", "declared_count", "row_version", "row_state", "easting", "northing",
    "longitude", "latitude", "given_area_code", "given_area_name", "postcode", "place_text", "count", "gravity",
    "weapon", "weapon_use", "domestic", "hate", "alcohol", "gang", "injury", "location_type", "status", "reported_by",
    "victim_age", "victim_sex", "victim_ethnicity", "suspect_age", "suspect_sex", "suspect_ethnicity", "outcome",
    "person_key",
}  # fmt: skip
CRIME_FEEDS = {"police-offences": 1, "police-uk": 2, "home-office-prc": 3, "monthly-counts": 4}
OTHER_FEEDS = {
    "ambulance",
    "care-factors",
    "ed-assaults",
    "ed-assaults-ecds",
    "fire",
    "generic-incidents",
    "hospital-admissions",
    "police-uk-outcomes",
    "police-uk-stops",
    "probation",
    "school-exclusions",
    "youth-justice",
}
HEALTH_FEEDS = {"ambulance", "care-factors", "ed-assaults", "ed-assaults-ecds", "hospital-admissions"}
OUTCOMES = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Outcome type"
)
STOPS = (
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,"
    "Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,"
    "Outcome linked to object of search,Removal of more than just outer clothing"
)
ISTV = (
    "REPORTING PERIOD START DATE,REPORTING PERIOD END DATE,SITE CODE (OF TREATMENT),"
    "ARRIVAL DATE AND TIME AT ACCIDENT AND EMERGENCY DEPARTMENT,ASSAULT DATE AND TIME,ASSAULT METHOD,"
    "ASSAULT METHOD OTHER DESCRIPTION,ASSAULT LOCATION TYPE,ASSAULT LOCATION DESCRIPTION"
)
ECDS = (
    "EC_Ident,Site_Code_of_Treatment,Arrival_Date,Arrival_Time,EC_Injury_Date,EC_Injury_Time,"
    "EC_Injury_Intent_SNOMED_CT,EC_Injury_Mechanism_SNOMED_CT,EC_Place_Of_Injury_SNOMED_CT,"
    "EC_Place_Of_Injury_Latitude,EC_Place_Of_Injury_Longitude,EC_Alcohol_Drug_Involvement_01,"
    "EC_Chief_Complaint_SNOMED_CT,Age_At_Arrival,Sex,Ethnic_Category,Der_Dupe_Flag"
)
MPS_GENERATIONS = (
    "Borough,Major Category,Minor Category",
    "MajorText,MinorText,LookUp_BoroughName",
    "MajorText,MinorText,BoroughName",
    "Group,SubGroup,BOCU",
)


def unknown_headings(of: Feed, headings: list[str]) -> list[str]:
    """Headings of a file that the feed neither uses nor knows to leave out."""
    return [heading for heading in headings if fold(heading) not in of.headings()]


def columns_of(of: Feed, headings: list[str]) -> list[str]:
    """VRIN's columns that a file's headings stand for, which must be one each."""
    found = [of.headings()[fold(heading)] for heading in headings]
    assert len(set(found)) == len(found), "two headings of one file mean one column"
    return found


def test_the_feeds_there_are_and_which_are_crimes() -> None:
    assert set(feeds()) == set(CRIME_FEEDS) | OTHER_FEEDS
    assert {one.id: one.fineness for one in feeds().values() if one.is_crime} == CRIME_FEEDS
    assert min(one.fineness for one in feeds().values() if not one.is_crime) >= 10
    assert max(Counter(one.fineness for one in feeds().values()).values()) == 1


@pytest.mark.parametrize("file", sorted(FEEDS_FOLDER.glob("*.toml")), ids=lambda file: file.stem)
def test_a_feed_stands_in_the_file_of_its_name_and_explains_itself(file: Path) -> None:
    one = feed(file.stem)
    assert one.description.endswith(".")
    assert one.cadence.basis.endswith(".")
    assert one.notes
    assert all(note.endswith(".") for note in one.notes)


@pytest.mark.parametrize("feed_id", list(feeds()))
def test_every_column_says_what_it_means(feed_id: str) -> None:
    for column in feed(feed_id).columns:
        assert column.meaning.endswith("."), column.name
        assert column.caveat == "" or column.caveat.endswith("."), column.name


@pytest.mark.parametrize("feed_id", list(feeds()))
def test_a_column_that_intake_does_not_know_is_said_to_be_left_out(feed_id: str) -> None:
    used = KNOWN | set(feed(feed_id).key_columns)
    for column in feed(feed_id).columns:
        if column.name not in used:
            assert column.kind == "text", column.name
            assert not column.required, column.name
        assert column.caveat.startswith("Read past") == (column.name not in used), column.name


@pytest.mark.parametrize("feed_id", list(feeds()))
def test_no_heading_means_two_columns_and_no_raw_value_two_codes(feed_id: str) -> None:
    headings = Counter(fold(each) for column in feed(feed_id).columns for each in column.accepted)
    assert [heading for heading, times in headings.items() if times > 1] == []
    for column in feed(feed_id).columns:
        for mapped in (column.map, *(one.map for one in column.derive)):
            raws = Counter(fold(raw) for raws in mapped.values() for raw in raws)
            assert [raw for raw, times in raws.items() if times > 1] == [], column.name


@pytest.mark.parametrize("feed_id", list(feeds()))
def test_coded_columns_use_the_list_of_their_name(feed_id: str) -> None:
    lists = {"row_state": "status", "victim_sex": "sex", "suspect_sex": "sex"}
    for column in feed(feed_id).columns:
        if column.kind == "code":
            assert column.codes == lists.get(column.name, column.name)


@pytest.mark.parametrize("feed_id", list(feeds()))
def test_what_a_feed_names_is_among_its_columns(feed_id: str) -> None:
    one = feed(feed_id)
    names = {column.name for column in one.columns}
    assert {*one.key_columns, *(name for group in one.needs_one_of for name in group)} <= names
    assert bool(one.gravity_scale) == ("gravity" in names)
    assert bool(one.suppressed) <= one.counts
    if one.mode == "net_change":
        assert {"record_key", "row_state", "row_version"} <= names


@pytest.mark.parametrize("feed_id", list(feeds()))
def test_a_line_above_the_table_cannot_pass_for_its_header(feed_id: str) -> None:
    one = feed(feed_id)
    above = {*ALWAYS_ABOVE, *(column.name for column in one.columns if column.constant)}
    required = {column.name for column in one.columns if column.required}
    assert required - above or any(not set(group) & above for group in one.needs_one_of)


@pytest.mark.parametrize("feed_id", sorted(set(feeds()) - {"generic-incidents"}))
def test_somebody_is_there_who_sends_it(feed_id: str) -> None:
    assert set(feed(feed_id).supplier_kinds) <= {supplier.kind for supplier in suppliers().values()}


def test_open_data_has_a_licence_and_nothing_else_has() -> None:
    licensed = {one.id for one in feeds().values() if one.licence}
    assert licensed == {one.id for one in feeds().values() if one.cadence.power == "open-licence"}
    assert licensed == {
        "police-uk",
        "police-uk-outcomes",
        "police-uk-stops",
        "home-office-prc",
        "monthly-counts",
    }
    assert all(feeds()[feed_id].attribution for feed_id in licensed)


def test_statutory_quarters_are_due_by_the_end_of_the_next() -> None:
    statutory = {one.id: one.cadence for one in feeds().values() if one.cadence.power == "cda-17a"}
    assert set(statutory) == {"police-offences", "fire", "ambulance", "hospital-admissions"}
    assert {(cadence.every, cadence.due) for cadence in statutory.values()} == {
        ("quarter", "end_of_next_period")
    }
    assert {one.id for one in feeds().values() if one.cadence.power == "istv"} == {
        "ed-assaults",
        "ed-assaults-ecds",
    }
    assert legal_powers()["istv"].is_duty


def test_health_feeds_bar_what_identifies_a_patient() -> None:
    assert {one.id for one in feeds().values() if one.is_health} == HEALTH_FEEDS
    for feed_id in HEALTH_FEEDS:
        barred = {fold(heading) for heading in feed(feed_id).forbidden}
        assert {"postcode", "full postcode", "nhs number", "date of birth", "name"} <= barred


@pytest.mark.parametrize(
    ("feed_id", "header"),
    [
        ("police-uk-outcomes", OUTCOMES),
        ("police-uk-stops", STOPS),
        ("ed-assaults", ISTV),
        ("ed-assaults-ecds", ECDS),
        *(("monthly-counts", f"{header},month,count") for header in MPS_GENERATIONS),
        (
            "monthly-counts",
            "Month_Year,Area name,Area code,Crime Type,Crime Subtype,Measure,Count,Refresh Date",
        ),
        ("probation", "CRN,EVENT_NUMBER,CONVICTION_DATE,OFFENCE_DATE,OFFENCE_CODE,SOFT_DELETED,ROW_VERSION"),
        (
            "school-exclusions",
            "time_period,time_identifier,geographic_level,la_name,new_la_code,reason,count",
        ),
        ("care-factors", "LAchildID,AssessmentActualStartDate,AssessmentAuthorisationDate,AssessmentFactors"),
        ("hospital-admissions", "Provider,Admission Date,External Cause,Age,Sex,Outward Postcode"),
    ],
)
def test_published_headers_are_known_and_one_heading_is_one_column(feed_id: str, header: str) -> None:
    headings = [heading for heading in header.split(",") if heading != "Refresh Date"]
    assert unknown_headings(feed(feed_id), headings) == []
    found = columns_of(feed(feed_id), headings)
    required = {column.name for column in feed(feed_id).columns if column.required}
    assert required <= {*found, "supplier"}
    assert all(set(group) & set(found) for group in feed(feed_id).needs_one_of)


@pytest.mark.parametrize(
    ("code", "weapon", "place", "domestic"),
    [
        ("X99.4", "sharp", "street", None),
        ("X994", "sharp", "street", None),
        ("x99", "sharp", None, None),
        ("X93.0", "firearm", "dwelling", None),
        ("Y00.5", "blunt", "shop", None),
        ("Y049", "none", "not_recorded", None),
        ("X86.3", "corrosive", "park", None),
        ("Y06.0", None, None, "yes"),
        ("Y07.1", None, None, None),
        ("Y09.9", None, "not_recorded", None),
        ("S01.0", None, None, None),
    ],
)
def test_an_external_cause_says_weapon_and_place(
    code: str, weapon: str | None, place: str | None, domestic: str | None
) -> None:
    derived = feed("hospital-admissions").derived()
    assert {source for source, _ in derived.values()} == {"offence_raw"}
    assert derived["weapon"][1].code_of(code) == weapon
    assert derived["location_type"][1].code_of(code) == place
    assert derived["domestic"][1].code_of(code) == domestic


@pytest.mark.parametrize(
    ("feed_id", "column", "raw", "code"),
    [
        ("ed-assaults", "weapon", "Knife or sharp object", "sharp"),
        ("ed-assaults", "weapon", "Bodily force", "none"),
        ("ed-assaults", "location_type", "Public place", "street"),
        ("ed-assaults-ecds", "victim_sex", "2", "female"),
        ("ed-assaults-ecds", "victim_sex", "9", "not_recorded"),
        ("ed-assaults-ecds", "row_state", "1", "deleted"),
        ("ambulance", "weapon", "Assault - bodily force", "none"),
        ("ambulance", "weapon", "Gunshot", "firearm"),
        ("probation", "row_state", "1", "deleted"),
        ("school-exclusions", "row_state", "National", "deleted"),
        ("monthly-counts", "row_state", "Positive Outcomes", "deleted"),
        ("generic-incidents", "location_type", "Bus stop", "transport"),
    ],
)
def test_values_that_partners_write(feed_id: str, column: str, raw: str, code: str) -> None:
    found = feed(feed_id).column(column)
    assert found is not None
    assert found.raw_to_code()[fold(raw)] == code


@pytest.mark.parametrize("intent", ["276853009", "242056005"])
def test_no_snomed_code_is_mapped_before_somebody_confirms_it(intent: str) -> None:
    for name in ("weapon", "location_type", "alcohol"):
        column = feed("ed-assaults-ecds").column(name)
        assert column is not None
        assert intent not in column.raw_to_code()
        assert not any(len(raw) > 5 and raw.isdigit() for raw in column.raw_to_code())
        assert "to be confirmed against the ECDS reference set" in column.caveat


def test_levels_that_feeds_give_to_checks_are_levels_of_checks_there_are() -> None:
    assert [fault for one in feeds().values() for fault in faults_of_overrides(one)] == []
    assert level_of(feed("monthly-counts"), "volume_low") == "warn"
    assert level_of(feed("hospital-admissions"), "places_mostly_outside") == "warn"


def test_suppressed_counts_are_ranges() -> None:
    assert feed("hospital-admissions").suppressed == {"*": (1, 7)}
    assert feed("school-exclusions").suppressed[":"] == (0, 0)
    assert all(low <= high for one in feeds().values() for low, high in one.suppressed.values())


@pytest.mark.real
def test_every_heading_of_the_real_files_is_known(real_data: Path) -> None:
    with zipfile.ZipFile(real_data / "police_uk" / "2018-12-three-forces.zip") as archive:
        for name in archive.namelist():
            with archive.open(name) as member:
                header = next(csv.reader(io.TextIOWrapper(member, encoding="utf-8-sig")))
            assert set(columns_of(feed("police-uk"), header)) == {
                one.name for one in feed("police-uk").columns
            }
    tables = {
        "home-office-prc": real_data / "home_office" / "prc-pfa-2017-18.csv",
        "monthly-counts": real_data / "mps" / "mps_borough_24m_to_202006.csv",
    }
    for feed_id, table in tables.items():
        with table.open(encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader(file))
        headings = [heading for heading in header if not heading.isdigit()]
        assert unknown_headings(feed(feed_id), headings) == []
        assert len(columns_of(feed(feed_id), headings)) == len(headings)


@pytest.mark.real
def test_the_columns_of_the_care_data_set_are_real_ones(real_data: Path) -> None:
    with (real_data / "health" / "opensafely_tpp_ec_ecds_apc_columns.csv").open(newline="") as file:
        real = {row["ColumnName"] for row in csv.DictReader(file)}
    named = [name for name in ECDS.split(",") if not name.startswith("EC_Alcohol")]
    assert [name for name in named if name not in real] == []
