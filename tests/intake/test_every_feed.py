"""A small file of every partner's feed, and all that becomes of it."""

from typing import Any

import pytest

WHOLE = """
    select
        supplier_id, strftime(recorded_month, '%Y-%m'), record_key, incident.offence_raw, weapon, location_type,
        profile.status, signed_quantity, signed_quantity_high
    from incident
    join profile using (profile_id)
    join submission using (submission_id)
    where feed_id = '{feed}'
    order by source_line, record_key
"""
NONE = "not_recorded"


def taken(desk: Any, feed: str, text: str, *, name: str = "extract.csv", **said: Any) -> list[Any]:
    """The incidents that a file of a feed becomes."""
    result = desk.hand_in(text, name=name, feed=feed, **said)
    assert {one.status for one in result.submissions} == {"accepted"}, result.submissions
    return desk.rows(WHOLE.format(feed=feed))


def persons(desk: Any, feed: str) -> list[Any]:
    """Role, age, ends of an age band and sex of every person in a feed's incidents."""
    return desk.rows(
        f"""
        select role, age_years, age_low_years, age_high_years, sex
        from person
        join incident using (incident_id)
        join submission using (submission_id)
        where feed_id = '{feed}'
        order by source_line
        """
    )


def test_an_emergency_departments_month_with_its_header(desk: Any) -> None:
    text = """REPORTING PERIOD START DATE,2024-03-01
REPORTING PERIOD END DATE,2024-03-31
SITE CODE (OF TREATMENT),SIMLE

ARRIVAL DATE AND TIME AT ACCIDENT AND EMERGENCY DEPARTMENT,ASSAULT DATE AND TIME,ASSAULT METHOD,ASSAULT LOCATION TYPE
2024-03-02T21:30:00,2024-03-02T20:30:00,Knife or sharp object,Public place
,2024-03-05T20:30:00,Body part,Licensed premises
"""
    assert taken(desk, "ed-assaults", text) == [
        ("leicester-ed", "2024-03", None, None, "sharp", "street", NONE, 1, 1),
        ("leicester-ed", "2024-03", None, None, "none", "licensed", NONE, 1, 1),
    ]


def test_an_emergency_care_extract_with_a_double_and_codes_nobody_has_mapped(desk: Any) -> None:
    text = """EC_Ident,Site code,Arrival_Date,Injury intent,Injury mechanism,Age_At_Arrival,Sex,Der_Dupe_Flag
11,SIMDE,2024-03-02,123456789012345678,111111000000100,34,1,0
12,SIMDE,2024-03-02,123456789012345678,Stabbing,34,2,1
"""
    assert taken(desk, "ed-assaults-ecds", text) == [
        ("derby-ed", "2024-03", "11", "123456789012345678", NONE, NONE, NONE, 1, 1),
        ("derby-ed", "2024-03", "12", "123456789012345678", "sharp", NONE, "deleted", 1, 1),
    ]
    assert desk.rows("select rule, column_name, raw_value from intake_warning") == [
        ("value_not_in_code_list", "weapon", "111111000000100")
    ]
    assert persons(desk, "ed-assaults-ecds") == [
        ("patient", 34, None, None, "male"),
        ("patient", 34, None, None, "female"),
    ]


def test_admissions_one_by_one(desk: Any) -> None:
    text = """Admission ID,Provider,Admission Date,External Cause,Age,Sex,Outward Postcode
a,SIMLE,02/03/2024,X99.4,19,1,LE1
b,SIMLE,03/03/2024,Y04.9,40,2,LE2
"""
    assert taken(desk, "hospital-admissions", text) == [
        ("leicester-ed", "2024-03", "a", "X99.4", "sharp", "street", NONE, 1, 1),
        ("leicester-ed", "2024-03", "b", "Y04.9", "none", NONE, NONE, 1, 1),
    ]


def test_admissions_as_counts_with_a_suppressed_one(desk: Any) -> None:
    text = """Hospital,Month,External Cause,Age Group,Admissions
SIMNO,2024-03,X99,18-24,*
SIMNO,2024-03,X99,25-64,10
"""
    assert [row[1:3] + row[-2:] for row in taken(desk, "hospital-admissions", text)] == [
        ("2024-03", "X99 | 18-24", 1, 7),
        ("2024-03", "X99 | 25-64", 10, 10),
    ]


def test_calls_to_one_incident_are_one(desk: Any) -> None:
    text = """Incident Number,Ambulance Service,Call Date Time,Call Sequence,Mechanism,Location Type,Age,Sex
A1,EMAS,02/03/2024 10:00,1,Stabbing,Street,20,Male
A1,EMAS,02/03/2024 10:03,2,Stabbing,Street,20,Male
A2,EMAS,03/03/2024 10:03,1,Gunshot,Home,18-24,Female
"""
    assert taken(desk, "ambulance", text) == [
        ("east-midlands-ambulance", "2024-03", "A1", None, "sharp", "street", NONE, 1, 1),
        ("east-midlands-ambulance", "2024-03", "A2", None, "firearm", "dwelling", NONE, 1, 1),
    ]


def test_youth_justice_outcomes_count_in_their_quarter_with_their_gravity(desk: Any) -> None:
    text = """Case ID,YJS,Offence Date,Outcome Date,HO Code,Gravity Score,Outcome,Age,Sex
1,Leicester City,02/09/2023,10/03/2024,008/06,4,Custody,15,Male
2,Leicestershire,02/09/2023,10/02/2024,105/01,3,First tier,16,Female
"""
    found = taken(desk, "youth-justice", text)
    assert [row[:4] for row in found] == [
        ("leicester-youth-justice", "2024-01", "1", "008/06"),
        ("leicestershire-youth-justice", "2024-01", "2", "105/01"),
    ]
    scale = "Youth Justice Board seriousness score, 1 to 8"
    assert desk.rows(
        "select gravity_count, gravity_scale from incident where gravity_count is not null order by 1"
    ) == [
        (3, scale),
        (4, scale),
    ]
    assert [row[0] for row in persons(desk, "youth-justice")] == ["young_person", "young_person"]


def test_a_deleted_probation_event_is_a_mark_and_another_event_of_the_case_stands(desk: Any) -> None:
    header = "CRN,EVENT_NUMBER,CONVICTION_DATE,OFFENCE_CODE,SOFT_DELETED,ROW_VERSION\n"
    first = f"{header}X1,1,2024-03-02,00806,0,1\nX1,2,2024-03-05,00501,0,1\n"
    second = f"{header}X1,2,2024-03-05,00501,1,2\n"
    said = {"feed": "probation", "supplier": "east-midlands-probation"}
    desk.hand_in(first, name="first.csv", **said)
    desk.hand_in(second, name="second.csv", **said)
    found = desk.rows(WHOLE.format(feed="probation").replace("source_line, ", ""))
    assert [(row[2], row[3], row[6]) for row in found] == [
        ("X1 | 1", "00806", NONE),
        ("X1 | 2", "00501", "deleted"),
    ]


def test_a_fire_services_bare_county_name(desk: Any) -> None:
    text = """FRS,Incident Number,Time of Call,Incident Type,Property Type
Nottinghamshire,F1,02/03/2024 10:00,Deliberate primary fire,Wheelie bin
"""
    assert taken(desk, "fire", text) == [
        ("nottinghamshire-fire", "2024-03", "F1", "Deliberate primary fire", NONE, "street", NONE, 1, 1)
    ]


def test_exclusions_of_a_school_year_with_rows_that_hold_others_again(desk: Any) -> None:
    text = """time_period,geographic_level,la_name,new_la_code,exclusion type,reason,count
202223,Local authority,Leicester,E06000016,Suspension,Physical assault against a pupil,120
202223,Local authority,Leicester,E06000016,Permanent exclusion,Offensive weapon,x
202223,Local authority,Derbyshire,E10000007,Suspension,Offensive weapon,:
202223,School,Leicester,E06000016,Suspension,Offensive weapon,3
"""
    found = taken(desk, "school-exclusions", text)
    assert [(row[0], row[1], row[6], row[7], row[8]) for row in found] == [
        ("leicester-city-council", "2022-09", NONE, 120, 120),
        ("leicester-city-council", "2022-09", NONE, 0, 4),
        ("derbyshire-county-council", "2022-09", NONE, 0, 0),
        ("leicester-city-council", "2022-09", "deleted", 3, 3),
    ]


def test_the_factors_of_an_assessment_in_the_census_xml(desk: Any) -> None:
    text = """<Message><Header><Source><LEA>Leicester</LEA></Source></Header><Children><Child>
<ChildIdentifiers><LAchildID>7</LAchildID></ChildIdentifiers><CINdetails><Assessments>
<AssessmentAuthorisationDate>2024-02-20</AssessmentAuthorisationDate><FactorsIdentifiedAtAssessment>
<AssessmentFactors>13A</AssessmentFactors>
<AssessmentFactors>24A</AssessmentFactors></FactorsIdentifiedAtAssessment>
</Assessments></CINdetails></Child></Children></Message>"""
    found = taken(desk, "care-factors", text, name="census.xml")
    assert [row[:4] for row in found] == [
        ("leicester-city-council", "2024-02", "7", "13A"),
        ("leicester-city-council", "2024-02", "7", "24A"),
    ]


def test_a_census_with_pupil_numbers_is_refused(desk: Any) -> None:
    text = """<Message><Children><Child><UPN>A1</UPN><PersonBirthDate>2010-01-01</PersonBirthDate>
<AssessmentAuthorisationDate>2024-02-20</AssessmentAuthorisationDate><AssessmentFactors>13A</AssessmentFactors>
</Child></Children></Message>"""
    reason = desk.refusal(text, name="census.xml", feed="care-factors")
    assert "UPN" in reason
    assert "PersonBirthDate" in reason


def test_stops_and_outcomes_of_open_data(desk: Any) -> None:
    stops = """Type,Date,Latitude,Longitude,Gender,Age range,Self-defined ethnicity,Object of search,Outcome
Person search,2024-05-01T12:07:00+00:00,52.636,-1.133,Male,18-24,White - Irish,Controlled drugs,Arrest
Person search,2024-05-02T13:10:00+00:00,,,Female,over 34,,Offensive weapons,
"""
    found = taken(desk, "police-uk-stops", stops, name="2024-05-leicestershire-stop-and-search.csv")
    assert [(row[0], row[1], row[3]) for row in found] == [
        ("leicestershire-police", "2024-05", "Controlled drugs"),
        ("leicestershire-police", "2024-05", "Offensive weapons"),
    ]
    assert persons(desk, "police-uk-stops") == [
        ("searched", None, 18, 24, "male"),
        ("searched", None, 35, 120, "female"),
    ]
    outcomes = """Crime ID,Month,Reported by,Longitude,Latitude,Outcome type
abc,2024-05,Leicestershire Police,-1.133,52.636,Under investigation
abc,2024-05,Leicestershire Police,,,Local resolution
"""
    assert len(taken(desk, "police-uk-outcomes", outcomes, name="2024-05-leicestershire-outcomes.csv")) == 2


def test_published_counts_by_quarter_and_by_month(desk: Any) -> None:
    quarters = """Financial Year,Financial Quarter,Force Name,Offence Description,Offence Code,Number of Offences
2023/24,3,Derbyshire,Homicide,1/4.1/4.10/4.2, 2
2023/24,3,Derbyshire,Homicide,1/4.1/4.10/4.2,-00
2023/24,3,Derbyshire,Bigamy,26,-1
"""
    found = taken(desk, "home-office-prc", quarters)
    assert [row[:4] + row[-2:] for row in found] == [
        ("derbyshire-police", "2023-10", "1/4.1/4.10/4.2", "1/4.1/4.10/4.2", 2, 2),
        ("derbyshire-police", "2023-10", "1/4.1/4.10/4.2", "1/4.1/4.10/4.2", 0, 0),
        ("derbyshire-police", "2023-10", "26", "26", -1, -1),
    ]
    months = "Group,SubGroup,BOCU,202402,202403\nROBBERY,ROBBERY OF PERSONAL PROPERTY,Camden,5,7\n"
    found = sorted(taken(desk, "monthly-counts", months, name="mps.csv"))
    assert [(row[0], row[1], row[3], row[7]) for row in found] == [
        ("metropolitan-police", "2024-02", "ROBBERY OF PERSONAL PROPERTY", 5),
        ("metropolitan-police", "2024-03", "ROBBERY OF PERSONAL PROPERTY", 7),
    ]


def test_incidents_of_anyone_else(desk: Any) -> None:
    text = """Agency,Reference,Incident Date,Category,District,Count
Leicester City Council,R1,02/03/2024,Bus driver assaulted,Leicester,2
"""
    assert taken(desk, "generic-incidents", text) == [
        ("leicester-city-council", "2024-03", "R1", "Bus driver assaulted", NONE, NONE, NONE, 2, 2)
    ]


@pytest.mark.parametrize(
    ("keys", "rejected"), [(("9434765919", "K2", "K3", "K4"), 0), (("9434765919", "943 476 5919"), 2)]
)
def test_a_key_that_looks_like_an_nhs_number_by_chance_is_kept_and_a_column_of_them_is_not(
    desk: Any, keys: tuple[str, ...], rejected: int
) -> None:
    rows = "".join(f"{key},SIMDE,2024-03-02,Stabbing\n" for key in (*keys, *(() if rejected else ("K5",))))
    text = f"EC_Ident,Site_Code_of_Treatment,Arrival_Date,EC_Injury_Mechanism_SNOMED_CT\n{rows}"
    result = desk.send(text, feed="ed-assaults-ecds")
    if rejected:
        assert [one.status for one in result.submissions] == ["refused"]
        assert "2 of 2 rows cannot be used" in result.submissions[0].reason
        assert "9434765919" not in result.submissions[0].reason
    else:
        assert result.submissions[0].rows_rejected == 0
