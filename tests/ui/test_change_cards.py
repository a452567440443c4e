"""The Overview's cards read right where boards have been misled: few incidents, small falls, a changed definition."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.measures.builds import CHARNWOOD, LEICESTER, LEICS_POLICE, NOTTINGHAM, NOTTS, NOTTS_POLICE, Build
from vrin_data.contract.breaks import Concern
from vrin_data.records import record_break
from vrin_data.store import Store

SHELL = Path(__file__).parents[2] / "vrin_ui" / "shell.py"


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    build = Build()
    for month in ("2024-04", "2025-04"):
        build.sent(LEICS_POLICE, month)
        build.sent(NOTTS_POLICE, month)
    for month, counts in (("2024-04", (30, 826, 50)), ("2025-04", (20, 802, 60))):
        for area, count in zip((LEICESTER, CHARNWOOD, NOTTINGHAM), counts, strict=True):
            build.incidents(month, area, count)
    store = build.publish(tmp_path_factory.mktemp("cards") / "store")
    record_break(
        store.path,
        date(2024, 9, 1),
        kind="definition",
        title="Stalking is counted from then",
        concern=Concern(area_code=NOTTS),
        is_definition_change=True,
        reason="to be refused",
        recorded_by="A. Name",
        recorded_at=datetime(2026, 1, 5, 9, 0),
    )
    yield store
    store.close()


def cards(store: Store, monkeypatch: pytest.MonkeyPatch, area: str) -> str:
    monkeypatch.setenv("VRIN_STORE", str(store.path))
    app = AppTest.from_file(SHELL, default_timeout=60)
    for name, value in {"area": area, "from": "2025-04", "to": "2025-04"}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, app.exception
    return " ".join(one.value for one in app.markdown).replace("\\", "")


@pytest.mark.parametrize(
    ("area", "words"),
    [
        (LEICESTER, "30 to 20: within usual variation (95% interval: 64% lower to 21% higher)."),
        (
            CHARNWOOD,
            "826 to 802: 2.9% lower, within usual variation (95% interval: 12% lower to 7.1% higher).",
        ),
        (NOTTINGHAM, "Not compared, because what is counted changed: Stalking is counted from then"),
    ],
)
def test_the_cards_read_right(board: Store, monkeypatch: pytest.MonkeyPatch, area: str, words: str) -> None:
    assert words in cards(board, monkeypatch, area)
