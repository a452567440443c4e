"""A definition in plain English: what is counted, where and of whom, what blanks do, what it cannot say."""

from typing import Any

import pytest

from tests.second.definition_cases import CODED, HEAD
from vrin_data.contract.condition_words import BLANKS, age_words, filter_words, span_words
from vrin_data.contract.definition_clauses import AgeClause, Filters
from vrin_data.contract.definition_words import chapters, plain_english, undecided_codes
from vrin_data.contract.definitions import Definition, built_in_versions, check_definition
from vrin_data.contract.offence_sets import base_sets
from vrin_data.contract.offence_words import (
    classification_words,
    code_words,
    listed,
    names_of,
    set_words,
)
from vrin_data.contract.offences import offences

ORIGIN = [
    "made-up v1, by a test; in use from 1 January 2020.",
    "Written by a partnership for its own use.",
    "Source: A test.",
    "Why: To be read twice.",
]


def made(**clauses: Any) -> Definition:
    return check_definition({**HEAD, **clauses}, "test")


def said(**clauses: Any) -> dict[str, list[str]]:
    return {chapter.title: chapter.sentences for chapter in chapters(made(**clauses))}


def test_a_short_definition_as_a_whole() -> None:
    found = said(
        summary="Knives in our town.",
        include={"sets": ["HOM", "GBH20"]},
        exclude={"classifications": ["008/59"]},
        filters={"weapon": ["sharp"], "location_type": ["street", "park"]},
        ages=[{"whose": "either", "max": 24}],
        cannot_say=["who was there"],
    )
    assert found == {
        "What is counted": [
            "Knives in our town.",
            "Counts offences recorded by the police.",
            "Counted: homicide and grievous bodily harm without intent (section 20).",
            "Left out: racially or religiously aggravated wounding or grievous bodily harm (008/59).",
            "By name that is 5 kinds of offence: murder, manslaughter, corporate manslaughter, infanticide and "
            "malicious wounding: wounding or inflicting grievous bodily harm.",
            "Crimes that were cancelled, or transferred to another force, are left out.",
        ],
        "Only where": [
            "The weapon was a knife or other sharp instrument.",
            "It happened in a street or other open public place or a park or other green space.",
            "The victim or the suspect is aged 24 or under.",
        ],
        "What cannot be told": [
            "Where an extract leaves the weapon, the kind of place, the victim's age or the suspect's age blank, it "
            "may not be known whether an offence belongs; if so, it is in the higher figure and not in the lower.",
            "Some extracts give offence codes without classifications. From the code alone it cannot be told whether "
            "these belong: assault with injury (8N), assault with injury on a constable (8S) and assault with injury "
            "on an emergency worker (other than a constable) (8T). Each holds offences that do and offences that do "
            "not. What cannot be told is in the higher figure and not in the lower.",
            "Data of broad categories alone, such as those of data.police.uk, cannot tell these offences from others "
            "of the same category; what cannot be told is in the higher figure and not in the lower.",
        ],
        "What it cannot say": ["Who was there."],
        "Where it comes from": ORIGIN,
    }


def test_parts_are_numbered_and_own_sets_explained_once() -> None:
    found = said(
        sets=[{"id": "OURS", "sets": ["ROB"], "codes": ["8N"], "note": "Our street list"}],
        parts=[
            {"name": "Street", "include": {"sets": ["OURS"]}, "filters": {"domestic": ["no"], "gang": ["yes"]}},
            {
                "name": "Grave",
                "include": {"sets": ["VAP"]},
                "within": {"codes": ["1", "5D"]},
                "exclude": {"classifications": ["005/27"]},
                "harm": {"at_least_days": 1460},
            },
        ],
        unknown="out",
    )
    assert found["What is counted"][1:5] == [
        "“Our street list” stands for robbery and assault with injury (8N).",
        "An offence counts, once, if it is any of these 2:",
        "1. Street: “Our street list”; only where it is recorded as not domestic abuse, and it is flagged as "
        "involving a gang or county lines.",
        "2. Grave: violence against the person, of these only what is also murder (1) or assault with intent to "
        "cause serious harm (5D), without torture (005/27); only where the offence weighs at least 1,460 days of "
        "recommended sentence.",
    ]
    assert "Only where" not in found
    assert found["What cannot be told"][0].endswith(
        "leaves the domestic abuse flag or the gang and county lines flag blank, it may not be known whether an "
        "offence belongs; if so, it is not counted."
    )
    assert found["What cannot be told"][-1].startswith("Where an offence may have several weights")


def test_a_definition_of_admissions() -> None:
    found = said(
        unit="admission",
        include={"icd10": ["X99", "X85-Y09", "W32"]},
        ages=[{"whose": "victim", "max": 24}],
        unknown="in",
    )
    assert found["What is counted"] == [
        "Counts admissions to hospital. They are not crimes and carry no weight.",
        "Counted: assault with a knife or other sharp object (ICD-10 X99), assault of any kind (ICD-10 X85-Y09) and "
        "ICD-10 W32.",
    ]
    assert found["What cannot be told"] == [
        "Where an extract leaves the victim's age or the diagnosis blank, it may not be known whether an admission "
        "belongs; if so, it is counted as in."
    ]


def test_everything_is_certain_where_nothing_narrows() -> None:
    assert "What cannot be told" not in said(include={"sets": ["ALL"]})
    assert said(include={"sets": ["ALL"]}, filters={"status": []})["What is counted"] == [
        "Counts offences recorded by the police.",
        "Counted: every recorded crime.",
        f"Any of {len(names_of(made(include={'sets': ['ALL']}).pairs()))} kinds of offence may be in it.",
        "Crimes that were cancelled, or transferred to another force, are counted as well.",
    ]


def test_what_is_said_of_its_origin() -> None:
    found = said(
        include={"sets": ["HOM"]},
        number="D99",
        status="legacy",
        valid_to="2024-03-31",
        approval="The board, 4 May 2026",
        is_universe=True,
    )
    assert found["Where it comes from"][:2] == [
        "made-up v1, D99 in the list of definitions in use, by a test; in use from 1 January 2020 to 31 March 2024.",
        "No longer in use where it comes from; kept so that older figures can be made again.",
    ]
    assert found["Where it comes from"][-1] == "Approved: The board, 4 May 2026."
    assert found["What is counted"][0].startswith("This is a list of what may be serious violence and not a count")


def test_codes_are_undecided_where_they_hold_what_does_not_belong() -> None:
    assert undecided_codes(made(include={"sets": ["ABH47"]})) == ["8N", "8P", "8S", "8T"]
    assert undecided_codes(made(include={"sets": ["VWI", "VWOI"]})) == []
    assert undecided_codes(made(unit="admission", include={"icd10": ["X99"]})) == []


def test_every_built_in_definition_reads_as_sentences() -> None:
    for one, _ in built_in_versions():
        for sentence in plain_english(one):
            assert sentence[0].isupper() or sentence[0].isdigit() or sentence[0] in "“" or sentence.startswith(one.id)
            assert sentence.endswith((".", ":", "!", "?")), sentence
            assert not set(sentence) & {"_", "{", "["}, sentence
            assert sentence.isprintable()
            assert ".." not in sentence.replace("...", ""), sentence


@pytest.mark.parametrize("name", [name for name in Filters.model_fields if name != "status"])
def test_every_value_of_every_filter_has_words_of_its_own(name: str) -> None:
    found = [filter_words(name, [value]) for value in CODED[name]]
    assert len(set(found)) == len(found)
    assert not any("_" in words for words in found)
    assert name in BLANKS
    assert "weapon was" in filter_words("weapon", ["sharp", "firearm"])


def test_a_flag_may_be_asked_for_either_way() -> None:
    assert filter_words("hate", ["yes", "no"]) == "it is recorded whether it is a hate crime"


def test_ages_in_words() -> None:
    assert span_words(0, 17) == span_words(None, 17) == "aged 17 or under"
    assert span_words(65, None) == "aged 65 or over"
    assert span_words(1, 19) == "aged 1 to 19, both ages included"
    both = AgeClause.model_validate({"whose": "all", "min": 14, "max": 24})
    assert age_words(both) == "both the victim and the suspect are aged 14 to 24, both ages included"


def test_lists_are_cut_short_with_a_count() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"], last="or") == "a, b or c"
    assert listed(["a, b", "c", "d"]) == "a, b; c; and d"
    assert listed([str(number) for number in range(7)]) == "0, 1, 2, 3, 4, 5 and 6"
    assert listed([str(number) for number in range(8)]) == "0, 1, 2, 3, 4, 5 and 2 others"
    assert listed([]) == ""


def test_offences_by_name() -> None:
    assert code_words("8N") == "assault with injury (8N)"
    assert classification_words("066/01") == "affray (066/01)"
    assert set_words("GBH18") == "grievous bodily harm with intent (section 18)"
    assert names_of([("8N", "008/06")]) == ["assault occasioning actual bodily harm"]
    assert names_of(pair for pair in offences().facts if pair[0] == "8N") == ["assault with injury"]
    for set_id in base_sets():
        assert set_words(set_id)
