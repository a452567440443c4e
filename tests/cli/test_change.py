"""`change` and `rates` on the command line: words, figures, formats, and what they refuse."""

import csv
import io
from collections.abc import Iterator

import pytest

from tests.measures.builds import CHARNWOOD, LEICESTER, LEICS_POLICE, Build
from vrin_data.cli.commands import main
from vrin_data.store import Store


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    build = Build()
    for month in ("2024-04", "2025-04"):
        build.sent(LEICS_POLICE, month)
    for month, counts in (("2024-04", (30, 826)), ("2025-04", (20, 802))):
        for area, count in zip((LEICESTER, CHARNWOOD), counts, strict=True):
            build.incidents(month, area, count)
    store = build.publish(tmp_path_factory.mktemp("board") / "store")
    yield store
    store.close()


def run(capsys: pytest.CaptureFixture[str], store: Store, *words: str) -> tuple[int, str, str]:
    code = main(["--store", str(store.path), *words])
    found = capsys.readouterr()
    return code, found.out, found.err


def test_changes_by_area_in_words(capsys: pytest.CaptureFixture[str], board: Store) -> None:
    code, out, _ = run(capsys, board, "change", "--by", "area", "--from", "2025-04")
    assert code == 0
    assert "30 to 20: within usual variation (95% interval: 64% lower to 21% higher)." in out
    assert "826 to 802: 2.9% lower, within usual variation" in out
    assert "Note: April 2025 to April 2025 against April 2024 to April 2024" in out


def test_a_change_in_csv_has_its_figures_and_words(capsys: pytest.CaptureFixture[str], board: Store) -> None:
    words = ("change", "--from", "2025-04", "--format", "csv", "--no-stamp")
    rows = [*csv.DictReader(io.StringIO(run(capsys, board, *words)[1]))]
    assert [(row["figure"], row["before"], row["now"]) for row in rows] == [
        ("incidents", "856.0", "822.0"),
        ("harm", "8560.0", "8220.0"),
    ]
    assert rows[0]["words"].startswith("856 to 822: 4.0% lower, within usual variation")


def test_a_base_that_cannot_be_compared_is_wrong_usage(
    capsys: pytest.CaptureFixture[str], board: Store
) -> None:
    code, _, error = run(capsys, board, "change", "--from", "2024-05", "--base-from", "2024-04")
    assert code == 2
    assert error.startswith("vrin: ")


def test_rates_with_their_limits(capsys: pytest.CaptureFixture[str], board: Store) -> None:
    words = ("rates", "--from", "2025-04", "--per", "100000", "--standardised")
    code, out, _ = run(capsys, board, *words)
    assert code == 0
    # 20 of 300 residents in the one month asked for, with Byar's limits of 20: 12.2 to 30.9.
    assert next(line for line in out.splitlines() if "Leicester" in line).split()[2:8] == [
        "20",
        "300",
        "1",
        "6,666.7",
        "4,070.5",
        "10,296.6",
    ]
    assert "no residents by age are known" in out
    assert run(capsys, board, "rates", "--per", "7")[0] == 2
