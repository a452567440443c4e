"""An agreement: every fault at once, what it covers and when, its file, and the limits it sets."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from vrin_data.contract.agreement_text import AgreementError, agreement_toml, read_agreement, template
from vrin_data.contract.agreements import AUDIENCES, Agreement, expiry_words, supplier_faults
from vrin_data.contract.cadence import Cadence
from vrin_data.contract.limits import OPEN_DATA, WITHOUT_AGREEMENT, Limits, strictest
from vrin_data.contract.suppliers import Supplier, suppliers

USUAL = Cadence(every="quarter", due="end_of_next_period", basis="SI 2007/1831", power="cda-17a")


def agreement(**changes: object) -> Agreement:
    """A sound live agreement with some fields changed."""
    values = {
        "agreement_id": "leics-2026",
        "name": "Leicestershire recorded crime",
        "supplier_ids": ("leicestershire-police",),
        "feed_ids": ("police-offences",),
        "data_kind": "depersonalised",
        "data_items": "offences",
        "purpose": "the strategy",
        "legal_power": "cda-17a",
        "retention_months": 72,
        "start_day": date(2026, 4, 1),
        "review_day": date(2027, 4, 1),
        "end_day": date(2028, 3, 31),
        "signatories": ("Chief Constable",),
        "status": "live",
    }
    return Agreement.model_validate(values | changes)


def faults(**changes: object) -> dict[str, str]:
    with pytest.raises(ValidationError) as caught:
        agreement(**changes)
    return {str(one["loc"][0]): one["msg"].removeprefix("Value error, ") for one in caught.value.errors()}


def test_every_fault_is_reported_at_once() -> None:
    found = faults(
        agreement_id="Leics 2026",
        supplier_ids=("*", "leicestershire-police"),
        feed_ids=("police-offenses",),
        legal_power="cda-116",
        cadence_every="week",
        due_rule="soon",
        permitted_level="street",
        smallest_cell=0,
        permitted_audiences=("press",),
        end_day=date(2026, 3, 31),
        signatories=(),
        colour="blue",
    )
    assert sorted(found) == [
        "agreement_id",
        "cadence_every",
        "colour",
        "due_rule",
        "end_day",
        "feed_ids",
        "legal_power",
        "permitted_audiences",
        "permitted_level",
        "smallest_cell",
        "status",
        "supplier_ids",
    ]
    assert found["feed_ids"].startswith("there is no feed 'police-offenses'; there is: *, ")
    assert found["end_day"] == "2026-03-31 is before start_day 2026-04-01"
    assert found["status"] == "an agreement with the status live needs signatories"
    assert "'cda-116' is no legal power; there is: pcsc-16, cda-115" in found["legal_power"]


def test_section_16_does_not_carry_personal_health_or_care_data() -> None:
    personal = {"data_kind": "personal", "lawful_basis": "public task"}
    words = faults(**personal, is_health_or_care=True, legal_power="pcsc-16")["legal_power"]
    assert (
        "does not authorise personal information of a health or social care body: name another basis" in words
    )
    for kind, is_health, power in product(
        ("personal", "depersonalised"), (True, False), ("pcsc-16", "cda-115")
    ):
        if (kind, is_health, power) != ("personal", True, "pcsc-16"):
            agreement(**personal | {"data_kind": kind}, is_health_or_care=is_health, legal_power=power)


def test_section_16_is_refused_for_a_hospital_whatever_the_feed() -> None:
    known = {**suppliers(), "infirmary": Supplier("infirmary", "Royal Infirmary", "hospital", None, None, ())}
    personal = {"data_kind": "personal", "lawful_basis": "public task", "supplier_ids": ("infirmary",)}
    (words,) = supplier_faults(agreement(**personal, legal_power="pcsc-16"), known)
    assert words.startswith("legal_power: Section 16")
    assert "(infirmary)" in words
    assert supplier_faults(agreement(**personal, legal_power="uk-gdpr-public-task"), known) == []
    (words,) = supplier_faults(agreement(supplier_ids=("nobody",)), known)
    assert words == "supplier_ids: there is no supplier 'nobody'; add it with `suppliers add`"


def test_another_power_is_named_in_words_and_personal_data_need_a_basis() -> None:
    assert "which power or basis" in faults(legal_power="other")["legal_power_words"]
    assert "needs lawful_basis" in faults(data_kind="personal")["status"]
    assert "needs end_day" in faults(status="ended", end_day=None)["status"]
    agreement(legal_power="other", legal_power_words="Section 111, Local Government Act 1972")
    agreement(status="draft", signatories=(), purpose="", retention_months=None, review_day=None)


def test_it_covers_what_it_names() -> None:
    one = agreement()
    assert one.covers("leicestershire-police", "police-offences")
    assert not one.covers("leicestershire-police", "police-uk")
    assert not one.covers("derbyshire-police", "police-offences")
    everything = agreement(supplier_ids=("*",), feed_ids=("*",))
    assert everything.covers("derbyshire-police", "police-uk")


def test_it_is_live_from_its_first_to_its_last_day() -> None:
    first, last = date(2026, 4, 1), date(2028, 3, 31)
    day = timedelta(days=1)
    one = agreement()
    assert [one.is_live(on) for on in (first - day, first, last, last + day)] == [False, True, True, False]
    ended = agreement(status="ended", end_day=date(2026, 6, 30))
    assert [ended.is_live(on) for on in (first, date(2026, 6, 30), date(2026, 7, 1))] == [True, True, False]
    assert not agreement(status="draft").is_live(first)
    assert agreement(end_day=None).is_live(date(2099, 1, 1))


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (91, []),
        (90, ["leics-2026 ends in 90 days, on 2028-03-31: begin its renewal."]),
        (31, ["leics-2026 ends in 31 days, on 2028-03-31: begin its renewal."]),
        (30, ["leics-2026 ends in 30 days, on 2028-03-31: renew it now, or intake stops."]),
        (1, ["leics-2026 ends in 1 day, on 2028-03-31: renew it now, or intake stops."]),
        (0, ["leics-2026 ends today: renew it now, or intake stops."]),
        (-1, ["leics-2026 ended on 2028-03-31: nothing is taken in under it. Renew it or end it on record."]),
    ],
)
def test_the_end_is_announced(left: int, words: list[str]) -> None:
    last = date(2028, 3, 31)
    one = agreement(review_day=last)
    assert [each for each in expiry_words(one, last - timedelta(days=left)) if "review" not in each] == words
    assert expiry_words(one.model_copy(update={"status": "ended"}), last - timedelta(days=left)) == []


def test_a_missed_review_is_said_after_its_day() -> None:
    one = agreement(end_day=None)
    assert expiry_words(one, date(2027, 4, 1)) == []
    assert expiry_words(one, date(2027, 4, 2)) == ["leics-2026 was due for review on 2027-04-01."]


def test_nothing_agreed_is_ever_a_duty() -> None:
    assert agreement().cadence_for(USUAL) == USUAL
    agreed = agreement(legal_power="cda-115", cadence_every="month", due_rule="days:14").cadence_for(USUAL)
    assert agreed == Cadence(every="month", due="days:14", basis="agreed in leics-2026")
    assert not agreed.is_duty
    assert agreement(due_rule="days:10").cadence_for(USUAL).every == "quarter"


def test_the_template_reads_as_it_stands_and_names_every_field() -> None:
    one = read_agreement(template(), "template")
    assert one.status == "draft"
    missing = [name for name in Agreement.model_fields if name != "version" and f"{name} =" not in template()]
    assert missing == []


def test_a_file_lists_every_fault_with_its_field() -> None:
    text = template().replace('"cda-17a"', '"cda-17b"').replace("agreement_id =", "version = 3\nagreement =")
    with pytest.raises(AgreementError) as caught:
        read_agreement(text, "new.toml")
    first, *listed = str(caught.value).splitlines()
    assert first == "new.toml: the agreement has 4 errors:"
    assert [line.split(":")[0].strip() for line in listed] == [
        "version",
        "agreement_id",
        "legal_power",
        "agreement",
    ]
    with pytest.raises(AgreementError, match=r"new\.toml: not a TOML file"):
        read_agreement("name = ", "new.toml")


WORDS = st.text(st.characters(codec="utf-8"), max_size=20)
NAMES = st.lists(WORDS.filter(str.strip), max_size=3).map(tuple)


@given(
    words=WORDS,
    names=NAMES,
    audiences=st.sets(st.sampled_from(list(AUDIENCES))).map(sorted).map(tuple),
    is_part_3=st.booleans(),
    end=st.none() | st.dates(date(2026, 4, 1), date(2090, 1, 1)),
)
def test_a_written_file_reads_back_as_the_same(
    words: str, names: tuple[str, ...], audiences: tuple[str, ...], is_part_3: bool, end: date | None
) -> None:
    one = agreement(
        security=words,
        recipients=names,
        permitted_audiences=audiences,
        is_part_3=is_part_3,
        end_day=end,
    )
    assert read_agreement(agreement_toml(one), "written") == one


def test_the_strictest_limits_win() -> None:
    health = agreement(
        agreement_id="hes",
        smallest_cell=8,
        rounding=5,
        permitted_level="district",
        permitted_audiences=("analyst", "board", "public"),
    )
    other = agreement(permitted_audiences=("analyst", "data_lead", "board"))
    wanted = Limits(frozenset({"analyst", "board"}), 8, 5, "district", ("hes", "leics-2026"))
    assert strictest([health, other]) == strictest([other, health]) == wanted
    assert strictest([]) == WITHOUT_AGREEMENT
    assert "board" not in WITHOUT_AGREEMENT.audiences
    assert frozenset(AUDIENCES) == OPEN_DATA.audiences


@given(
    st.lists(
        st.builds(
            agreement,
            smallest_cell=st.integers(1, 20),
            rounding=st.integers(1, 10),
            permitted_level=st.sampled_from(["force", "district", "lsoa"]),
            permitted_audiences=st.sets(st.sampled_from(list(AUDIENCES))).map(sorted).map(tuple),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_one_more_agreement_never_allows_more(found: list[Agreement]) -> None:
    levels = ["force", "district", "lsoa"]
    fewer, more = strictest(found[:1]), strictest(found)
    assert more.audiences <= fewer.audiences
    assert more.smallest_cell >= fewer.smallest_cell
    assert more.rounding >= fewer.rounding
    assert levels.index(more.permitted_level) <= levels.index(fewer.permitted_level)
