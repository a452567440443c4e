"""`signals` on the command line: what a publish finds is kept and printed, and a search that fails stops nothing."""

import json

import pytest

from tests.measures.builds import LEICESTER
from tests.measures.test_signals import ONE, built, record, step
from vrin_data.cli import signals
from vrin_data.cli.commands import main
from vrin_data.measures import SignalsRequest, signal_search
from vrin_data.records.signals import watched
from vrin_data.store import Store

TERMS = ("--definition", "violence-with-injury", "--level", "district", "--figure", "incidents")


@pytest.fixture
def store(tmp_path):
    store = built(step).publish(tmp_path / "store")
    yield store
    store.close()


def run(capsys: pytest.CaptureFixture[str], store: Store, *words: str) -> tuple[int, str, str]:
    code = main(["--store", str(store.path), "signals", *words])
    found = capsys.readouterr()
    return code, found.out, found.err


def test_what_is_chosen_is_kept_by_name_and_reason_and_then_printed(
    capsys: pytest.CaptureFixture[str], store: Store
) -> None:
    code, _, err = run(capsys, store, *TERMS, "--watch")
    assert (code, "who decided (--by) and why (--reason)" in err) == (2, True)
    code, out, _ = run(capsys, store, *TERMS, "--watch", "--by", "A. Lead", "--reason", "the board asked")
    assert code == 0
    assert "Leicester  Violence with injury  incidents  high  2025-04" in out
    assert watched(store.path).levels == ("district",)
    code, out, _ = run(capsys, store, "--format", "json")
    assert [row["area_code"] for row in json.loads(out)["rows"]] == [LEICESTER]
    code, out, _ = run(capsys, store, *TERMS[:4], "--figure", "harm", "--no-stamp")
    # Every incident weighs the same, so that harm rises as they do.
    assert (code, "Leicester  Violence with injury  harm    high  2025-04" in out) == (0, True)


def test_wrong_choices_are_refused_together(capsys: pytest.CaptureFixture[str], store: Store) -> None:
    code, out, err = run(capsys, store, "--definition", "no-such", "--level", "street-corner")
    assert (code, out) == (1, "")
    assert "no-such" in err
    assert "street-corner" in err
    code, _, err = run(capsys, store, "--build", "000009", "--search")
    assert (code, "Only the current build can be searched" in err) == (2, True)


def test_a_publish_is_searched_and_a_failure_of_that_is_said_and_kept(
    capsys: pytest.CaptureFixture[str], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(store, ONE)
    signals.after_publish(store, "000001", for_program=True)
    assert json.loads(capsys.readouterr().err) == {"step": "signals"}
    assert signal_search(store, SignalsRequest()).unprotected["state"].tolist() == ["searched"]

    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("vrin_data.measures.search_signals", fail)
    signals.after_publish(store, "000001")
    assert (
        "The new build stands, but it could not be searched for signals (MemoryError)"
        in capsys.readouterr().err
    )
    assert signal_search(store, SignalsRequest()).unprotected["failure"].tolist() == ["MemoryError"]
    signals.after_publish(store, None)
    assert capsys.readouterr().err == ""
