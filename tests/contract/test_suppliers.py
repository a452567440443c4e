"""Suppliers: every territorial force of England and Wales, under any spelling of its name."""

from collections import Counter

import pytest

from vrin_data.contract.suppliers import find_supplier, suppliers


def test_all_territorial_forces_and_one_without_an_area() -> None:
    areas = Counter(each.home_area_code for each in suppliers().values())
    assert areas.pop(None) == 1
    assert len(areas) == 43
    assert set(areas.values()) == {1}
    assert suppliers()["british-transport-police"].home_area_code is None
    assert suppliers()["derbyshire-police"].home_area_code == "E23000018"


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
    ],
)
def test_spellings(text: str, supplier_id: str) -> None:
    found = find_supplier(text)
    assert found is not None
    assert found.supplier_id == supplier_id


@pytest.mark.parametrize("text", ["", "  ", "Police", "Ruritania Constabulary"])
def test_nobody(text: str) -> None:
    assert find_supplier(text) is None


def test_no_spelling_belongs_to_two_suppliers() -> None:
    for supplier in suppliers().values():
        for spelling in (supplier.supplier_id, supplier.supplier_name, *supplier.aliases):
            assert find_supplier(spelling) == supplier
