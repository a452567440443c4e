"""Person keys on their way in: kept beside the incident, never without an agreement, and nothing in their place."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from tests.conftest import RECEIVED
from vrin_data.contract.agreements import Agreement
from vrin_data.intake import IngestResult, ingest
from vrin_data.records import save_agreement
from vrin_data.store import Store

HEADER = "crime_reference,force,ho_code,ho_classification,recorded_date,victim_sex,vrin person key"
KEY, OTHER = f"k1:{'a' * 64}", f"k1:{'b' * 64}"
WITH_KEYS = Agreement(
    agreement_id="with-keys",
    name="With person keys",
    supplier_ids=("leicestershire-police",),
    feed_ids=("police-offences",),
    data_kind="personal",
    data_items="offences, and a person key of the victim",
    legal_power="other",
    legal_power_words="a task of the police",
    start_day=date(1995, 1, 1),
    review_day=date(2090, 1, 1),
    retention_months=1200,
    signatories=("Head of Tests",),
    purpose="to test",
    lawful_basis="public task",
    status="live",
)


@pytest.fixture
def store(tmp_path: Path, store_with_areas: Path) -> Iterator[Store]:
    opened = Store.open(copytree(store_with_areas, tmp_path / "store"))
    yield opened
    opened.close()


@pytest.fixture
def send(store: Store, tmp_path: Path) -> Callable[..., IngestResult]:
    def sent(*keys: str) -> IngestResult:
        rows = [
            f"R{at},Leicestershire Police,8N,008/06,2026-03-0{at},F,{key}" for at, key in enumerate(keys, 1)
        ]
        file = tmp_path / "leicestershire.csv"
        file.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
        return ingest(store, "police-offences", [file], received_at=RECEIVED)

    return sent


def pseudonyms(store: Store) -> list[tuple[str, str | None]]:
    found = store.query("keys", "select role, pseudonym from person order by incident_id, role")
    return [(role, None if key != key or key is None else key) for role, key in found.itertuples(index=False)]


def test_without_an_agreement_that_covers_them_nothing_comes_in(
    store: Store, send: Callable[..., IngestResult]
) -> None:
    before = store.current_build()
    result = send(KEY)
    assert result.is_refused
    assert "holds person keys, which for-tests does not cover. Nothing of the file" in result.submissions[0].reason
    assert store.current_build() == before


def test_keys_come_in_beside_the_victim_and_a_blank_is_none(
    store: Store, send: Callable[..., IngestResult]
) -> None:
    save_agreement(store.path, WITH_KEYS, recorded_by="tests", recorded_at=RECEIVED)
    send(KEY, "", OTHER)
    assert pseudonyms(store) == [("victim", KEY), ("victim", None), ("victim", OTHER)]


def test_what_is_no_key_is_rejected_and_not_shown(store: Store, send: Callable[..., IngestResult]) -> None:
    save_agreement(store.path, WITH_KEYS, recorded_by="tests", recorded_at=RECEIVED)
    send(KEY, "943 476 5919", KEY)
    bad = store.query("rejected", "select rule, raw_value, row_json from rejected_row")
    assert bad["rule"].tolist() == ["not_a_person_key"]
    assert bad["raw_value"].isna().all()
    assert "943" not in str(bad["row_json"].iloc[0])
    assert len(pseudonyms(store)) == 2


def test_the_same_rows_with_other_keys_are_news(store: Store, send: Callable[..., IngestResult]) -> None:
    save_agreement(store.path, WITH_KEYS, recorded_by="tests", recorded_at=RECEIVED)
    send(KEY)
    send(OTHER)
    assert pseudonyms(store) == [("victim", OTHER)]
