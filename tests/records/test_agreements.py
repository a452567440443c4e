"""The register on record: versions, what is live, the narrowest limits, licences beside agreements."""

from datetime import date, datetime
from pathlib import Path

import pytest

from vrin_data.contract.agreement_text import AgreementError
from vrin_data.contract.agreements import Agreement
from vrin_data.contract.feeds import feed
from vrin_data.contract.limits import OPEN_DATA, WITHOUT_AGREEMENT
from vrin_data.errors import RefusedInput
from vrin_data.records import (
    agreement,
    agreement_versions,
    agreements,
    end_agreement,
    events,
    limits,
    live_agreement,
    register,
    save_agreement,
)

NOON = datetime(2026, 4, 1, 12)
LATER = datetime(2026, 9, 1, 12)


def made(**changes: object) -> Agreement:
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
        "identifiers_to_drop": ("Surname", "Forename, middle"),
        "status": "live",
    }
    return Agreement.model_validate(values | changes)


def save(store: Path, one: Agreement, at: datetime = NOON, reason: str = "") -> Agreement:
    return save_agreement(store, one, recorded_by="Data lead", recorded_at=at, reason=reason)


def test_what_is_recorded_comes_back_whole(tmp_path: Path) -> None:
    one = made()
    saved = save(tmp_path, one)
    assert saved == one.model_copy(update={"version": 1})
    assert agreement(tmp_path, "leics-2026") == saved
    (event,) = events(tmp_path)
    assert (event.action, event.subject, event.actor) == ("record agreement", "leics-2026", "Data lead")
    assert event.detail == {"status": "live", "version": 1}


def test_an_edit_adds_a_version_and_overwrites_nothing(tmp_path: Path) -> None:
    save(tmp_path, made())
    save(tmp_path, made(smallest_cell=5), LATER, "as the supplier asked")
    assert save(tmp_path, made(smallest_cell=5), LATER).version == 2
    found = agreement_versions(tmp_path, "leics-2026")
    assert [(one.agreement.version, one.agreement.smallest_cell, one.change_reason) for one in found] == [
        (1, 1, ""),
        (2, 5, "as the supplier asked"),
    ]
    assert [(one.recorded_by, one.recorded_at) for one in found] == [
        ("Data lead", NOON),
        ("Data lead", LATER),
    ]
    assert [one.version for one in agreements(tmp_path)] == [2]


def test_an_unknown_supplier_is_refused_and_nothing_is_recorded(tmp_path: Path) -> None:
    with pytest.raises(AgreementError) as caught:
        save_agreement(tmp_path, made(supplier_ids=("a", "b")), recorded_by=" ", recorded_at=NOON)
    assert str(caught.value).splitlines() == [
        "leics-2026: the agreement has 3 errors:",
        "  by: is empty; say it in words",
        "  supplier_ids: there is no supplier 'a'; add it with `suppliers add`",
        "  supplier_ids: there is no supplier 'b'; add it with `suppliers add`",
    ]
    assert agreements(tmp_path) == []
    assert events(tmp_path) == []


def test_an_ended_agreement_still_held_before_its_end(tmp_path: Path) -> None:
    save(tmp_path, made())
    ended = end_agreement(
        tmp_path,
        "leics-2026",
        on=date(2026, 8, 31),
        reason="Merged into another",
        recorded_by="Data lead",
        recorded_at=LATER,
    )
    assert (ended.status, ended.version, ended.end_day) == ("ended", 2, date(2026, 8, 31))
    sender = ("leicestershire-police", "police-offences")
    assert live_agreement(tmp_path, *sender, date(2026, 8, 31)) == ended
    assert live_agreement(tmp_path, *sender, date(2026, 9, 1)) is None
    assert [one.action for one in events(tmp_path)] == ["record agreement", "end agreement"]


def test_only_a_live_agreement_can_be_ended_from_its_first_day_on(tmp_path: Path) -> None:
    save(tmp_path, made(status="draft"))
    with pytest.raises(RefusedInput) as caught:
        end_agreement(
            tmp_path,
            "leics-2026",
            on=date(2026, 3, 31),
            reason="",
            recorded_by="Data lead",
            recorded_at=LATER,
        )
    assert str(caught.value).splitlines()[1:] == [
        "  reason: is empty; say it in words",
        "  status: it is draft, and only a live agreement can be ended",
        "  on: 2026-03-31 is before its first day 2026-04-01",
    ]
    assert [one.version for one in agreements(tmp_path)] == [1]


def test_an_unknown_agreement_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(RefusedInput, match=r"no agreement 'x'\. Agreements: none yet"):
        agreement(tmp_path, "x")
    save(tmp_path, made())
    with pytest.raises(RefusedInput, match="Agreements: leics-2026"):
        agreement(tmp_path, "x")


def test_the_agreement_that_names_the_supplier_comes_first(tmp_path: Path) -> None:
    save(tmp_path, made(agreement_id="all", supplier_ids=("*",), feed_ids=("*",), start_day=date(2026, 4, 2)))
    save(tmp_path, made())
    save(tmp_path, made(agreement_id="draft", start_day=date(2026, 4, 3), status="draft"))
    on = date(2026, 5, 1)

    def chosen(supplier_id: str, feed_id: str) -> str | None:
        found = live_agreement(tmp_path, supplier_id, feed_id, on)
        return found and found.agreement_id

    assert chosen("leicestershire-police", "police-offences") == "leics-2026"
    assert chosen("leicestershire-police", "police-uk") == "all"
    assert chosen("derbyshire-police", "police-offences") == "all"
    assert [one.agreement_id for one in agreements(tmp_path, on=on)] == ["all", "leics-2026"]
    assert [one.agreement_id for one in agreements(tmp_path, on=date(2026, 4, 1))] == ["leics-2026"]


def test_limits_are_the_narrowest_of_the_live_agreements(tmp_path: Path) -> None:
    on = date(2026, 5, 1)
    assert limits(tmp_path, "police-offences", on=on) == WITHOUT_AGREEMENT
    assert limits(tmp_path, "police-uk", on=on) == OPEN_DATA
    save(tmp_path, made(permitted_audiences=("analyst", "board", "public")))
    save(
        tmp_path,
        made(agreement_id="derbys", supplier_ids=("derbyshire-police",), smallest_cell=8, rounding=5),
    )
    save(tmp_path, made(agreement_id="draft", smallest_cell=100, status="draft"))
    found = limits(tmp_path, "police-offences", on=on)
    assert (found.audiences, found.smallest_cell, found.rounding) == (frozenset({"analyst"}), 8, 5)
    assert found.agreement_ids == ("derbys", "leics-2026")
    assert limits(tmp_path, "police-offences", on=date(2026, 3, 31)) == WITHOUT_AGREEMENT


def test_the_register_lists_licences_beside_agreements(tmp_path: Path) -> None:
    save(tmp_path, made())
    found = register(tmp_path, [feed("police-offences"), feed("police-uk")], today=date(2028, 3, 1))
    assert [(one.kind, one.id, one.feed_ids, one.status) for one in found] == [
        ("agreement", "leics-2026", ("police-offences",), "live"),
        ("licence", "OGL v3.0", ("police-uk",), "live"),
    ]
    assert found[0].warnings == (
        "leics-2026 ends in 30 days, on 2028-03-31: renew it now, or intake stops.",
        "leics-2026 was due for review on 2027-04-01.",
    )
    assert found[1].warnings == ()
