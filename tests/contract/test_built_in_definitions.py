"""The definitions that come with VRIN: what each counts, against a table written by hand."""

import hashlib
import re
from pathlib import Path

import pytest

from vrin_data.contract import reference
from vrin_data.contract.decisions import decide_offences
from vrin_data.contract.definition_model import Definition
from vrin_data.contract.definitions import built_in_versions, definition
from vrin_data.contract.weights import edition

CCHI = edition("cchi-2020")

# What an extract may say: whole codes, codes with a classification, codes of 2011, published categories.
SAYINGS = (
    "1| 1/4.1/4.10/4.2| 2| 3B| 5D| 5E| 5A| 8F| 8G| 8N| 8N|008/01 8N|008/06 8N|008/21 8S|008/01 8T|005/01 "
    "8L| 105A| 36| 11A| 4.4| 37.1| 34A| 34B| 19C| 17A|017/13 20A| 22A| 10D| 29A| 29B| 56A| 58A| 58A|057/00 "
    "62A| 66| 66|066/01 66|066/59 37.2| 45| police-uk:violence-and-sexual-offences police-uk:robbery "
    "unmapped ASB|"
)
KEYS = SAYINGS.split()

KILLED = "1| 1/4.1/4.10/4.2|"
GBH = "5D| 8F| 8N|008/01 8S|008/01 8T|005/01"
ASSAULT = "8F| 8G| 8N| 8N|008/01 8N|008/06 8N|008/21 8S|008/01 8T|005/01"
INJURY = f"2| 5D| 5E| 5A| {ASSAULT}"
NO_INJURY = "3B| 105A| 36| 11A|"
DRIVING = "4.4| 37.1|"
PERSON = f"{KILLED} {INJURY} {NO_INJURY} 8L| {DRIVING}"
ROBBERY = "34A| 34B| police-uk:robbery"
GRAVE_SEXUAL = "19C| 17A|017/13 20A|"
SEXUAL = f"{GRAVE_SEXUAL} 22A|"
BURGLARY = "29A| 29B|"
KNIFE = f"{KILLED} 2| 3B| 5D| {ASSAULT} {ROBBERY} {GRAVE_SEXUAL}"
LONDON = f"{KILLED} 3B| {GBH} 8N|008/06 34B| {GRAVE_SEXUAL}"
EVERYTHING = " ".join(key for key in KEYS if key != "ASB|")
VIOLENCE = "police-uk:violence-and-sexual-offences"
DOUBT = f"{VIOLENCE} unmapped"

# ref: number, unit, what is in, what cannot be told; all other keys are out. Weapon, place, ages and other
# filters are left aside, so a definition that counts any crime with a firearm may take in any offence.
TABLE: dict[str, tuple[str, str, str, str]] = {
    "all-recorded-crime@1": ("", "offence", EVERYTHING, ""),
    "home-office-serious-violence-strategy@1": ("D01", "offence", EVERYTHING, ""),
    "serious-violence-duty-candidates@1": (
        "D02",
        "offence",
        EVERYTHING.replace(" 66| ", " ").replace(" 66|066/59", "").replace(" unmapped", ""),
        "66| unmapped",
    ),
    "serious-violence-duty-focus@1": ("D03", "offence", f"{KILLED} {INJURY} 3B| {ROBBERY} 10D|", DOUBT),
    "vru-knife-enabled@1": ("D04b", "offence", KNIFE, f"5A| {DOUBT}"),
    "vru-knife-enabled-under-25@1": ("D04b", "offence", KNIFE, f"5A| {DOUBT}"),
    "vru-non-domestic-homicide@1": ("D04c", "victim", KILLED, DOUBT),
    "vru-non-domestic-homicide-under-25@1": ("D04c", "victim", KILLED, DOUBT),
    "knife-enabled@1": ("D05", "offence", KNIFE, f"5A| {DOUBT}"),
    "firearm-enabled@1": ("D06", "offence", EVERYTHING, ""),
    "firearm-lethal-barrelled-discharge@1": ("D06", "offence", EVERYTHING, ""),
    "most-serious-violence@1": ("D07a", "offence", f"{KILLED} 2| {GBH}", f"8N| 5A| {DOUBT}"),
    "most-serious-violence-legacy@1": (
        "D07b",
        "offence",
        f"{KILLED} 2| {GBH} 5E| 5A| {DRIVING}",
        f"8N| {DOUBT}",
    ),
    "serious-youth-violence-met@1": ("D08", "victim", EVERYTHING, ""),
    "youth-violence-met@1": ("D08", "victim", EVERYTHING, ""),
    "serious-youth-violence-hmicfrs@1": ("D09", "incident", f"{KNIFE} 10D|", f"5A| {DOUBT}"),
    "london-duty@1": ("D10", "offence", LONDON, f"8N| 5A| 8G| {DOUBT} police-uk:robbery"),
    "london-duty-lewisham@1": ("D10", "offence", LONDON, f"8N| 5A| 8G| {DOUBT} police-uk:robbery"),
    "avon-and-somerset-vru@1": (
        "D11",
        "offence",
        f"{KILLED} {INJURY} 3B| 105A| 36| 8L| {DRIVING} {GRAVE_SEXUAL} {ROBBERY} {BURGLARY}",
        DOUBT,
    ),
    "norfolk-duty@1": (
        "D12",
        "offence",
        f"{PERSON} {SEXUAL} {VIOLENCE} {ROBBERY} 10D| {BURGLARY} 56A| 58A|057/00 37.2|",
        "58A| unmapped",
    ),
    "leicestershire-vrn@1": ("D13", "offence", f"{KILLED} {INJURY} {ROBBERY} 3B|", DOUBT),
    "leicestershire-vrn@2": ("D13", "offence", f"{KILLED} {INJURY} {ROBBERY} 3B| {SEXUAL}", DOUBT),
    "northamptonshire-svpp@1": ("D14", "offence", EVERYTHING, ""),
    "derby-and-derbyshire@1": ("D15", "offence", f"{KNIFE} 10D|", f"5A| {DOUBT}"),
    "capable-of-serious-harm@1": (
        "D16a",
        "offence",
        f"{KILLED} 2| 5D| 8T|005/01 36| {DRIVING} {ROBBERY} 19C| 17A|017/13 {BURGLARY}",
        f"5E| 5A| 8F| 8G| 8N| 8N|008/01 8S|008/01 20A| 22A| {DOUBT}",
    ),
    # At half a year wounding of a constable is in: its rows weigh 182.5 and 912.5 days.
    "capable-of-serious-harm-182@1": (
        "D16a",
        "offence",
        f"{KILLED} 2| 5D| 8S|008/01 8T|005/01 36| {DRIVING} {ROBBERY} 19C| 17A|017/13 {BURGLARY}",
        f"5E| 5A| 8F| 8G| 8N| 8N|008/01 20A| 22A| {DOUBT}",
    ),
    "weapon-enabled-public-and-home@1": (
        "D16b",
        "offence",
        f"{PERSON} {SEXUAL} {VIOLENCE} {ROBBERY}",
        "unmapped",
    ),
    "grip-public-violence@1": ("D17", "offence", f"{KILLED} {INJURY} {ROBBERY}", DOUBT),
    "violence-with-injury@1": ("D18", "offence", INJURY, DOUBT),
    "violence-with-injury-interpersonal@1": (
        "D18",
        "offence",
        "2| 5D| 5E| 5A| 8F| 8N|008/01 8N|008/06 8S|008/01 8T|005/01",
        f"8N| 8G| {DOUBT}",
    ),
    "who-typology@1": (
        "D19",
        "offence",
        f"{KILLED} {INJURY} {ROBBERY} {NO_INJURY} 8L| {SEXUAL} 62A|",
        DOUBT,
    ),
    "homicide-young-men-in-public@1": ("D22", "victim", KILLED, DOUBT),
    "homicide-men-in-public@1": ("D22", "victim", KILLED, DOUBT),
}

# The parts of definitions that are unions, each alone.
PARTS: dict[str, dict[str, tuple[str, str]]] = {
    "home-office-serious-violence-strategy@1": {
        "Homicide": (KILLED, DOUBT),
        "Knife crime": (KNIFE, f"5A| {DOUBT}"),
        "Gun crime": (EVERYTHING, ""),
        "Corrosive substances": (EVERYTHING, ""),
        "Gangs and county lines": (f"{INJURY} {NO_INJURY} {ROBBERY}", DOUBT),
    },
    "serious-violence-duty-candidates@1": {
        "Violence against the person": (PERSON, DOUBT),
        "Sexual offences": (SEXUAL, DOUBT),
        "Robbery": (ROBBERY, "unmapped"),
        "Aggravated burglary": (BURGLARY, "unmapped"),
        "Arson endangering life": ("56A|", "unmapped"),
        "Violent disorder": ("62A|", "unmapped"),
        "Possession of weapons": ("10D|", "unmapped"),
        "Domestic abuse, whatever the offence": (
            TABLE["serious-violence-duty-candidates@1"][2],
            "66| unmapped",
        ),
    },
    "serious-youth-violence-met@1": {
        "Most serious violence and rape": (f"{KILLED} 2| {GBH} 19C|", f"8N| 5A| {DOUBT}"),
        "Knife crime": (KNIFE, f"5A| {DOUBT}"),
        "Gun crime": (EVERYTHING, ""),
    },
    "youth-violence-met@1": {
        "Most serious violence and rape": (f"{KILLED} 2| {GBH} 19C|", f"8N| 5A| {DOUBT}"),
        "Knife crime": (KNIFE, f"5A| {DOUBT}"),
        "Gun crime": (EVERYTHING, ""),
        "Assault with injury": ("8F| 8G| 8N| 8N|008/01 8N|008/06 8N|008/21", DOUBT),
    },
    "serious-youth-violence-hmicfrs@1": {
        "Serious injury or death": (f"{KILLED} 2| {GBH}", f"8N| 5A| {DOUBT}"),
        "Potential for it: knife-enabled violence": (KNIFE, f"5A| {DOUBT}"),
        "Carrying weapons": ("10D|", "unmapped"),
    },
    "london-duty@1": {
        "Affecting someone under 25": (LONDON, f"8N| 5A| 8G| {DOUBT} police-uk:robbery"),
        "Domestic abuse": (LONDON, f"8N| 5A| 8G| {DOUBT} police-uk:robbery"),
        "Sexual violence": (GRAVE_SEXUAL, DOUBT),
    },
    "avon-and-somerset-vru@1": {
        "Homicide": (KILLED, DOUBT),
        "Violence with injury": (INJURY, DOUBT),
        "Violence without injury, stalking and harassment": ("3B| 105A| 36| 8L|", DOUBT),
        "Death or serious injury by illegal driving": (DRIVING, DOUBT),
        "Serious sexual offences": (GRAVE_SEXUAL, DOUBT),
        "Robbery": (ROBBERY, "unmapped"),
        "Aggravated burglary": (BURGLARY, "unmapped"),
    },
    "norfolk-duty@1": {
        "Violence against the person": (PERSON, DOUBT),
        "Possession of weapons": ("10D|", "unmapped"),
        "Robbery": (ROBBERY, "unmapped"),
        "Sexual offences": (SEXUAL, DOUBT),
        "Arson and damage endangering life": ("56A| 58A|057/00", "58A| unmapped"),
        "Aggravated burglary": (BURGLARY, "unmapped"),
        "Aggravated vehicle taking": ("37.2|", "unmapped"),
    },
    "northamptonshire-svpp@1": {
        "Personal robbery": ("34B|", "police-uk:robbery unmapped"),
        "Knife crime": (KNIFE, f"5A| {DOUBT}"),
        "Violence involving someone under 25": (PERSON, DOUBT),
        "Domestic abuse": (EVERYTHING, ""),
        "Rape and serious sexual assault": (GRAVE_SEXUAL, DOUBT),
        "Night-time economy: violence on licensed premises": (PERSON, DOUBT),
    },
    "derby-and-derbyshire@1": {
        "Knife crime": (KNIFE, f"5A| {DOUBT}"),
        "Possession of weapons": ("10D|", "unmapped"),
        "Homicide": (KILLED, DOUBT),
        "Serious injury": (GBH, f"8N| 5A| {DOUBT}"),
    },
    "who-typology@1": {
        "Between people: physical": (f"{KILLED} {INJURY} {ROBBERY} 105A| 36|", DOUBT),
        "Between people: sexual": (SEXUAL, DOUBT),
        "Between people: psychological": ("3B| 8L|", DOUBT),
        "Between people: deprivation or neglect": ("11A|", f"8N| {DOUBT}"),
        "By groups": ("62A|", "unmapped"),
        "Of that between people: family and partner": (
            f"{KILLED} {INJURY} {ROBBERY} {NO_INJURY} 8L| {SEXUAL}",
            DOUBT,
        ),
        "Of that between people: community": (f"{KILLED} {INJURY} {ROBBERY} {NO_INJURY} 8L| {SEXUAL}", DOUBT),
    },
}

PUBLIC = "location_type=street/park/transport/licensed/shop"
# ref, or ref and part: what an incident must be recorded as, and the ages asked for; nothing for all others.
NARROWED: dict[str, str] = {
    "home-office-serious-violence-strategy@1 Knife crime": "weapon=sharp weapon_use=not possessed",
    "home-office-serious-violence-strategy@1 Gun crime": "weapon=firearm",
    "home-office-serious-violence-strategy@1 Corrosive substances": "weapon=corrosive",
    "home-office-serious-violence-strategy@1 Gangs and county lines": "gang=yes",
    "serious-violence-duty-candidates@1 Domestic abuse, whatever the offence": "domestic=yes",
    "serious-violence-duty-focus@1": f"{PUBLIC} either-24",
    "vru-knife-admissions-under-25@1": "victim-24",
    "vru-knife-enabled@1": "weapon=sharp weapon_use=not possessed",
    "vru-knife-enabled-under-25@1": "weapon=sharp weapon_use=not possessed victim-24",
    "vru-non-domestic-homicide@1": "domestic=no",
    "vru-non-domestic-homicide-under-25@1": "domestic=no victim-24",
    "knife-enabled@1": "weapon=sharp weapon_use=not possessed",
    "firearm-enabled@1": "weapon=firearm",
    "firearm-lethal-barrelled-discharge@1": "weapon=firearm weapon_use=used",
    "serious-youth-violence-met@1": "victim 1-19",
    "serious-youth-violence-met@1 Knife crime": "weapon=sharp weapon_use=not possessed",
    "serious-youth-violence-met@1 Gun crime": "weapon=firearm",
    "youth-violence-met@1": "victim 1-19",
    "youth-violence-met@1 Knife crime": "weapon=sharp weapon_use=not possessed",
    "youth-violence-met@1 Gun crime": "weapon=firearm",
    "serious-youth-violence-hmicfrs@1": "either 14-24",
    "serious-youth-violence-hmicfrs@1 Potential for it: knife-enabled violence": "weapon=sharp",
    "london-duty@1 Affecting someone under 25": "either-24",
    "london-duty@1 Domestic abuse": "domestic=yes",
    "leicestershire-vrn@1": f"{PUBLIC} either-25",
    "leicestershire-vrn@2": "either-25",
    "northamptonshire-svpp@1 Knife crime": "weapon=sharp weapon_use=not possessed",
    "northamptonshire-svpp@1 Violence involving someone under 25": "either-24",
    "northamptonshire-svpp@1 Domestic abuse": "domestic=yes",
    "northamptonshire-svpp@1 Night-time economy: violence on licensed premises": "location_type=licensed",
    "derby-and-derbyshire@1 Knife crime": "weapon=sharp weapon_use=not possessed",
    "capable-of-serious-harm@1": "365 days",
    "capable-of-serious-harm-182@1": "182 days",
    "weapon-enabled-public-and-home@1": f"weapon=sharp/firearm/blunt/corrosive/other {PUBLIC}/dwelling",
    "grip-public-violence@1": f"domestic=no {PUBLIC}",
    "who-typology@1 Of that between people: family and partner": "domestic=yes",
    "who-typology@1 Of that between people: community": "domestic=no",
    "homicide-young-men-in-public@1": f"{PUBLIC} victim_sex=male victim-25",
    "homicide-men-in-public@1": f"domestic=no {PUBLIC} victim_sex=male victim 25-",
}

# Hospital definitions: number, unit, codes that are in, codes that are out.
HOSPITAL: dict[str, tuple[str, str, str, str]] = {
    "vru-knife-admissions@1": ("D04a", "admission", "X99 X99.4 x999", "X95 Y00 Y04 X85 W26"),
    "vru-knife-admissions-under-25@1": ("D04a", "admission", "X99 X99.4 x999", "X95 Y00 Y04 X85 W26"),
    "assault-admissions@1": ("D21", "admission", "X85 X99.4 Y00 Y04.9 Y09 y091", "X84 Y10 W26 T74"),
    "ed-assault-attendances@1": ("D20", "attendance", "X99 Y04 W26", ""),
}

# Released texts are on record in stores: a change is a new version, in a new file.
RELEASED = {
    "all-recorded-crime": "ef45fcdf49a965b5",
    "capable-of-serious-harm": "17eb3ef8312a6938",
    "knife-enabled": "ca4ed9574faf3f52",
    "violence-with-injury": "1a37a69d40482249",
}

VERSIONS = [one for one, _ in built_in_versions()]
LATER = [one for one in VERSIONS if one.id not in RELEASED]


def _decided(one: Definition) -> tuple[list[str], list[str]]:
    """Those of the keys that are in, and those that cannot be told."""
    verdict = decide_offences(one, CCHI).set_index("offence_key").is_in
    inside, open_ = (sorted(key for key in KEYS if verdict[key] == want) for want in ("in", "cannot_tell"))
    return inside, open_


def _narrowed(one: Definition, place: str) -> dict[str, str]:
    """By place in a definition what is asked for beside the offence, in the words of the table."""
    parts = {f"{place} {part.name}": part for part in one.parts}
    found = {}
    for where, clause in {place: one, **parts}.items():
        words = [
            f"{name}={'/'.join(values)}"
            for name, values in clause.filters.active().items()
            if name != "status"
        ]
        for age in clause.ages:
            least = "" if age.least is None else f" {age.least}"
            words.append(f"{age.whose}{least}-{'' if age.greatest is None else age.greatest}")
        words += [f"{clause.harm.at_least_days:.0f} days"] if clause.harm else []
        found[where] = " ".join(words)
    return {where: words for where, words in found.items() if words}


def test_every_version_stands_in_the_tables() -> None:
    assert sorted(one.ref for one in VERSIONS) == sorted([*TABLE, *HOSPITAL])
    assert {one.ref for one in VERSIONS if one.parts} == set(PARTS)


def test_every_definition_in_use_has_its_number() -> None:
    numbers = {one.number for one in VERSIONS} - {""}
    known = [f"D{number:02}" for number in range(1, 23) if number not in (4, 7, 16)]
    assert numbers == {*known, "D04a", "D04b", "D04c", "D07a", "D07b", "D16a", "D16b"}


@pytest.mark.parametrize("ref", TABLE)
def test_offences_that_are_in_out_or_cannot_be_told(ref: str) -> None:
    number, unit, inside, open_ = TABLE[ref]
    one = definition(ref)
    assert (one.number, one.unit, one.counts_crimes) == (number, unit, True)
    assert _decided(one) == (sorted(inside.split()), sorted(open_.split()))


@pytest.mark.parametrize("ref", PARTS)
def test_parts_alone(ref: str) -> None:
    one = definition(ref)
    decided = {part.name: _decided(one.narrowed_to_part(number)) for number, part in enumerate(one.parts)}
    expected = {
        name: (sorted(inside.split()), sorted(open_.split())) for name, (inside, open_) in PARTS[ref].items()
    }
    assert decided == expected


def test_weapons_places_flags_and_ages_asked_for() -> None:
    found: dict[str, str] = {}
    for one in VERSIONS:
        found |= _narrowed(one, one.ref)
    assert found == NARROWED


def test_crimes_that_do_not_stand_are_left_out_everywhere() -> None:
    assert {one.filters.status for one in VERSIONS} == {("live",)}
    assert {status for one in VERSIONS for part in one.parts for status in part.filters.status} == set()


@pytest.mark.parametrize("ref", HOSPITAL)
def test_hospital_definitions(ref: str) -> None:
    number, unit, inside, outside = HOSPITAL[ref]
    one = definition(ref)
    assert (one.number, one.unit, one.counts_crimes) == (number, unit, False)
    assert [code for code in inside.split() if not one.include.matches_icd10(code)] == []
    assert [code for code in outside.split() if one.include.matches_icd10(code)] == []


@pytest.mark.parametrize("ref", ["vru-knife-admissions@1", "assault-admissions@1"])
def test_an_admission_without_a_code_cannot_be_told(ref: str) -> None:
    assert definition(ref).include.matches_icd10("") is None


def test_only_the_duty_names_a_universe() -> None:
    assert [one.ref for one in VERSIONS if one.is_universe] == ["serious-violence-duty-candidates@1"]


def test_terrorism_is_out_of_the_duty() -> None:
    """No offence of a Terrorism Act is in, domestic or not; affray, in the same code, may be domestic abuse."""
    duty = definition("serious-violence-duty-candidates")
    verdict = decide_offences(duty, CCHI).set_index("offence_key").is_in
    terrorism = [key for key in verdict.index if re.fullmatch(r"66\|066/(5[3-9]|6[0-24-9])", key)]
    assert len(terrorism) == 16
    assert set(verdict[terrorism]) == {"out"}
    codes = {code for part in duty.parts[:-1] for code, _ in duty.members(part)}
    assert not codes & {"38", "66", "95", "99"}


@pytest.mark.parametrize(
    ("wider", "narrower"),
    [
        ("most-serious-violence-legacy", "most-serious-violence"),
        ("youth-violence-met", "serious-youth-violence-met"),
        ("leicestershire-vrn@2", "leicestershire-vrn@1"),
        ("capable-of-serious-harm-182", "capable-of-serious-harm"),
        ("london-duty-lewisham", "london-duty"),
        ("violence-with-injury", "violence-with-injury-interpersonal"),
    ],
)
def test_the_wider_of_two_readings_takes_in_all_of_the_narrower(wider: str, narrower: str) -> None:
    wide, narrow = (decide_offences(definition(ref), CCHI).is_in for ref in (wider, narrower))
    order = {"out": 0, "cannot_tell": 1, "in": 2}
    assert (wide.map(order) >= narrow.map(order)).all()


def test_a_definition_says_what_it_rests_on() -> None:
    for one in LATER:
        assert all((one.number, one.summary, one.cannot_say)), one.ref
        assert not re.search(r"\bS\d+\b", f"{one.source} {one.reason} {one.cannot_say}"), one.ref
        asks_for_public = any("street" in clause.filters.location_type for clause in (one, *one.parts))
        assert asks_for_public == ("laces are streets" in one.reason or "spaces are streets" in one.reason), (
            one.ref
        )


def test_codes_of_2011_are_decided() -> None:
    """5A became 5D and 5E, 8F wounding in 8N, 8G actual bodily harm and other injuries in 8N."""
    verdicts = {
        ref: decide_offences(definition(ref), CCHI)
        .set_index("offence_key")
        .is_in[["5A|", "8F|", "8G|", "8H|"]]
        for ref in ("violence-with-injury", "most-serious-violence", "london-duty", "knife-enabled")
    }
    assert {ref: list(found) for ref, found in verdicts.items()} == {
        "violence-with-injury": ["in", "in", "in", "in"],
        "most-serious-violence": ["cannot_tell", "in", "out", "in"],
        "london-duty": ["cannot_tell", "in", "cannot_tell", "in"],
        "knife-enabled": ["cannot_tell", "in", "in", "in"],
    }


def test_the_readme_lists_every_definition_with_its_number() -> None:
    readme = (reference.FOLDER.parent.parent / "README.md").read_text(encoding="utf-8")
    listed = {
        (row[1], row[0]) for row in re.findall(r"^\| (D\d\d[a-c]?|) \| `([a-z0-9-]+)`", readme, re.MULTILINE)
    }
    assert {name for name, _ in listed} == {one.id for one in VERSIONS}
    assert {(one.id, one.number) for one in LATER} <= listed


def test_a_file_is_named_after_its_version() -> None:
    names = {path.stem for path in (reference.FOLDER / "definitions").glob("*.toml")}
    assert names == {one.id if one.version == 1 else f"{one.id}-{one.version}" for one in VERSIONS}


@pytest.mark.parametrize("name", RELEASED)
def test_a_released_text_never_changes(name: str) -> None:
    path: Path = reference.FOLDER / "definitions" / f"{name}.toml"
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == RELEASED[name]
