"""What the tests of the screens share: a stamp, a store of every state of the ledger, and pages on a set day."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.feed_store import NOW, SHELL, whole_ledger
from vrin_data.measures import Stamp
from vrin_data.store import Store


@pytest.fixture(scope="session", autouse=True)
def no_scan_for_components() -> Iterator[None]:
    """Let no page look through all installed packages for components: a server does so once, a test at each run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("streamlit.components.v2.manifest_scanner.scan_component_manifests", list)
        yield


@pytest.fixture
def a_stamp() -> Stamp:
    """The stamp of a figure by month."""
    return Stamp(
        build="000001",
        built_at=datetime(2026, 5, 1),
        data_to=date(2026, 4, 1),
        feed="police-offences",
        period="January to April 2026",
    )


@pytest.fixture
def ledger_store(tmp_path: Path) -> Iterator[Store]:
    """A store with every state of the ledger."""
    store = whole_ledger(tmp_path)
    yield store
    store.close()


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AppTest:
    """The app on a store that is not there yet, on the day NOW."""
    monkeypatch.setattr("vrin_ui.clock.now", lambda: NOW)
    monkeypatch.setenv("VRIN_STORE", str(tmp_path / "nothing"))
    return AppTest.from_file(SHELL, default_timeout=60)


@pytest.fixture
def ledger_page(page: AppTest, ledger_store: Store, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The app on a store with every state of the ledger."""
    monkeypatch.setenv("VRIN_STORE", str(ledger_store.path))
    return page
