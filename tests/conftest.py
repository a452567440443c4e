"""What many tests share: the sample store, made once, and stores of a few hand-written rows.

Tests run in several processes at once. What is dear is made by the first that asks and read by all.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import settings

from vrin_data.contract.agreements import Agreement
from vrin_data.intake import IngestResult, ingest, load_sample
from vrin_data.intake.areas import write_areas
from vrin_data.places import sample_area_set
from vrin_data.records import save_agreement
from vrin_data.store import Store, publish_build

RECEIVED = datetime(2026, 11, 1, 9, 0)
OFFENCE_HEADER = (
    "crime_reference,force,ho_code,ho_classification,occurred_from,recorded_date,easting,northing,"
    "location_type,weapon,domestic,victim_age,victim_sex,suspect_age,status,reported_by"
)
# No wall clock: an example that takes long while another process works is no failure.
settings.register_profile("no clock", parent=settings(), deadline=None)
settings.load_profile("no clock")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """How tests are handed to the processes; asked only where there are several."""
    from tests.by_file import ByFile

    return ByFile(config, log)


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first process to ask for it fills with `make`, and that all of this run share."""
    base = factory.getbasetemp()
    # Each process has a folder of its own in that of the run.
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done = shared / f"{name}-once", shared / f"{name}.done"
    with FileLock(shared / f"{name}.lock"):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The store of the simulated extracts; tests must not write to it."""

    def make(folder: Path) -> None:
        with closing(Store.open(folder / "store")) as store:
            load_sample(store, received_at=RECEIVED)

    store = Store.open(made_once(tmp_path_factory, "sample", make) / "store")
    yield store
    store.close()


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real material; tests that need it are skipped where it is not named."""
    named = os.environ.get("VRIN_REAL_DATA")
    if not named:
        pytest.skip("VRIN_REAL_DATA does not name the real material")
    return Path(named)


@pytest.fixture(scope="session")
def store_with_areas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the areas and nothing else; to be copied, since making the areas takes seconds."""

    def make(folder: Path) -> None:
        store = Store.open(folder / "store")
        with publish_build(store, reason="areas", created_at=RECEIVED) as draft:
            write_areas(draft.connection, sample_area_set(), store.outlines_folder)
        agree_to_everything(store)

    return made_once(tmp_path_factory, "areas", make) / "store"


def agree_to_everything(store: Store, *, retention_months: int = 1200, version_of: str = "for-tests") -> None:
    """Put an agreement on record under which every supplier may send every feed; the one begun last counts."""
    everything = Agreement(
        agreement_id=version_of,
        name="For tests",
        supplier_ids=("*",),
        feed_ids=("*",),
        data_kind="depersonalised",
        data_items="made-up rows",
        legal_power="cda-17a",
        start_day=date(1990 if version_of == "for-tests" else 1991, 1, 1),
        review_day=date(2090, 1, 1),
        retention_months=retention_months,
        signatories=("Head of Tests",),
        purpose="to test",
        lawful_basis="public task",
        status="live",
    )
    save_agreement(store.path, everything, recorded_by="tests", recorded_at=RECEIVED)


@pytest.fixture
def offence_store(tmp_path: Path, store_with_areas: Path) -> Iterator[Callable[..., tuple[Store, IngestResult]]]:
    """A function that takes rows of a police-offences file (without the header) into a new store."""
    stores: list[Store] = []

    def take(*rows: str, name: str = "leicestershire.csv") -> tuple[Store, IngestResult]:
        store = Store.open(shutil.copytree(store_with_areas, tmp_path / f"store{len(stores)}"))
        stores.append(store)
        return store, send(store, *rows, name=name)

    def send(store: Store, *rows: str, name: str) -> IngestResult:
        file = tmp_path / name
        file.write_text("\n".join([OFFENCE_HEADER, *rows]) + "\n", encoding="utf-8")
        return ingest(store, "police-offences", [file], received_at=RECEIVED)

    take.send = send  # type: ignore[attr-defined]
    yield take
    for store in stores:
        store.close()
