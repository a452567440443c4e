"""Suppliers: every territorial force of England and Wales and the other partners, under any spelling."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from vrin_data.contract import reference
from vrin_data.contract.suppliers import Supplier, find_supplier, of_kinds, register, suppliers

ADDED = Supplier("royal-ed", "Royal emergency department", "hospital", "E06000016", "district", ("SIMRO",))


def test_all_territorial_forces_and_one_without_an_area() -> None:
    areas = Counter(each.home_area_code for each in of_kinds(suppliers(), ["police"]).values())
    assert areas.pop(None) == 1
    assert len(areas) == 43
    assert set(areas.values()) == {1}
    assert suppliers()["british-transport-police"].home_area_code is None
    assert suppliers()["derbyshire-police"].home_area_code == "E23000018"


def test_how_many_partners_of_each_kind() -> None:
    assert Counter(each.kind for each in suppliers().values()) == {
        "police": 44,
        "fraud": 5,
        "hospital": 7,
        "ambulance": 1,
        "health": 5,
        "youth_justice": 8,
        "fire": 5,
        "probation": 1,
        "local_authority": 10,
    }


@pytest.mark.parametrize(
    ("text", "supplier_id"),
    [
        ("Derbyshire Constabulary", "derbyshire-police"),
        ("DERBYSHIRE  constabulary", "derbyshire-police"),
        ("derbyshire", "derbyshire-police"),
        ("derbyshire-police", "derbyshire-police"),
        ("Leicestershire Police", "leicestershire-police"),
        ("London, City of", "city-of-london-police"),
        ("city-of-london", "city-of-london-police"),
        ("Metropolitan Police Service", "metropolitan-police"),
        ("metropolitan", "metropolitan-police"),
        ("Devon & Cornwall Police", "devon-and-cornwall-police"),
        ("Devon and Cornwall", "devon-and-cornwall-police"),
        ("Dyfed-Powys", "dyfed-powys-police"),
        ("btp", "british-transport-police"),
        ("Action Fraud", "action-fraud"),
        ("SIMLE", "leicester-ed"),
        ("EMAS", "east-midlands-ambulance"),
        ("Leicestershire YOT", "leicestershire-youth-justice"),
        ("Leicestershire Fire & Rescue Service", "leicestershire-fire"),
        ("Leicester City", "leicester-youth-justice"),
    ],
)
def test_spellings(text: str, supplier_id: str) -> None:
    found = find_supplier(text)
    assert found is not None
    assert found.supplier_id == supplier_id


@pytest.mark.parametrize("text", ["", "  ", "Police", "Ruritania Constabulary"])
def test_nobody(text: str) -> None:
    assert find_supplier(text) is None


@pytest.mark.parametrize(
    ("kind", "supplier_id"),
    [
        ("police", "leicestershire-police"),
        ("fire", "leicestershire-fire"),
        ("youth_justice", "leicestershire-youth-justice"),
        ("local_authority", "leicestershire-county-council"),
    ],
)
def test_a_countys_bare_name_means_the_supplier_of_the_kind_asked_for(kind: str, supplier_id: str) -> None:
    found = find_supplier("Leicestershire", among=of_kinds(suppliers(), [kind]))
    assert found is not None
    assert found.supplier_id == supplier_id


def test_a_supplier_of_another_kind_is_not_found() -> None:
    assert find_supplier("Leicestershire Police", among=of_kinds(suppliers(), ["fire"])) is None


def test_suppliers_that_a_partnership_added_come_on_top() -> None:
    known = register([ADDED])
    assert list(known)[:-1] == list(suppliers())
    assert find_supplier("simro", among=known) == ADDED
    assert find_supplier("simro") is None
    assert register() == suppliers()


def test_no_spelling_belongs_to_two_suppliers_of_a_kind() -> None:
    for supplier in suppliers().values():
        same_kind = of_kinds(suppliers(), [supplier.kind])
        for spelling in (supplier.supplier_id, supplier.supplier_name, *supplier.aliases):
            assert find_supplier(spelling, among=same_kind) == supplier


def test_no_full_name_or_id_is_another_suppliers_spelling() -> None:
    for supplier in suppliers().values():
        assert find_supplier(supplier.supplier_id) == supplier
        assert find_supplier(supplier.supplier_name) == supplier


def test_every_home_area_is_in_the_register_at_its_level() -> None:
    levels = {row["area_code"]: row["level"] for row in reference.rows("areas/register.csv")}
    for supplier in suppliers().values():
        assert (supplier.home_area_code is None) == (supplier.home_area_level is None)
        if supplier.home_area_code:
            assert levels[supplier.home_area_code] == supplier.home_area_level


@pytest.mark.real
def test_every_body_of_the_recorded_crime_table_is_found(real_data: Path) -> None:
    with (real_data / "home_office" / "prc-pfa-2017-18.csv").open(encoding="utf-8-sig", newline="") as file:
        names = {row["Force Name"] for row in csv.DictReader(file)}
    found = {name: find_supplier(name, among=of_kinds(suppliers(), ["police", "fraud"])) for name in names}
    assert len(names) == 48
    assert [name for name, supplier in found.items() if supplier is None] == []
    assert len({supplier.supplier_id for supplier in found.values() if supplier}) == 48
