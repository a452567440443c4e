"""`breaks` and `rebase`, as words in and words out."""

import argparse
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.measures.builds import LEICESTER, LEICS_POLICE, Build
from vrin_data.cli import breaks, rebase
from vrin_data.errors import RefusedInput, UnknownArea
from vrin_data.records import events
from vrin_data.store import Store

Say = Callable[..., str]
BY = ("--by", "A. Lead", "--reason", "the force said so")
NEW_SYSTEM = ("breaks", "add", "2025-02-03", "--kind", "system", "--title", "New crime system")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    build = Build()
    build.sent(LEICS_POLICE, "2025-01", months=3)
    build.incidents("2025-01", "L1", 4)
    with closing(build.publish(tmp_path / "store")) as made:
        yield made


@pytest.fixture
def say(store: Store, capsys: pytest.CaptureFixture[str]) -> Say:
    """A function that runs one command and gives what it printed."""
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="command", required=True)
    breaks.add_parser(commands)
    rebase.add_parser(commands)
    run = {"breaks": breaks.run, "rebase": rebase.run}

    def said(*words: object) -> str:
        options = parser.parse_args([str(word) for word in words])
        assert run[options.command](options, store) == 0
        return capsys.readouterr().out.rstrip("\n")

    return said


def test_a_break_is_recorded_listed_drawn_and_taken_back(say: Say, store: Store) -> None:
    assert say(*NEW_SYSTEM, "--supplier", LEICS_POLICE, *BY) == "Break 1 of 2025-02-03 is recorded."
    line = "1  2025-02-03  system  supplier leicestershire-police: New crime system (the force said so)"
    assert line in say("breaks", "list").splitlines()
    drawn = json.loads(say("breaks", "series", "--level", "district", "--format", "json"))
    assert {row["area_code"] for row in drawn["rows"] if row["basis"] == "recorded"} >= {LEICESTER}
    assert say("breaks", "withdraw", 1, *BY) == "Break 1 is taken back."
    assert line not in say("breaks", "list").splitlines()
    assert f"{line} [taken back by A. Lead: the force said so]" in say("breaks", "list", "--all").splitlines()
    assert [one.actor for one in events(store.path) if "break" in one.action] == ["A. Lead", "A. Lead"]


def test_a_break_of_what_is_not_there_is_refused(say: Say) -> None:
    with pytest.raises(UnknownArea, match="E99"):
        say(*NEW_SYSTEM, "--area", "E99", *BY)
    with pytest.raises(RefusedInput, match="no-feed"):
        say(*NEW_SYSTEM, "--feed", "no-feed", *BY)
    assert json.loads(say("breaks", "list", "--format", "json"))[0]["basis"] == "national"


def test_limits_begin_anew_and_that_is_taken_back(say: Say) -> None:
    series = "violence-with-injury, incidents, police-offences, E06000016"
    line = f"1  from 2025-02  {series}: the force said so (A. Lead)"
    assert say("rebase", "list") == "No limits begin anew."
    assert say("rebase", "add", "2025-02", "--area", LEICESTER, *BY) == f"Recorded: {line}"
    assert say("rebase", "list") == line
    with pytest.raises(RefusedInput, match="begin anew at 2025-02 already"):
        say("rebase", "add", "2025-02", "--area", LEICESTER, *BY)
    assert say("rebase", "withdraw", 1, *BY) == "Re-basing 1 is taken back."
    assert say("rebase", "list", "--all") == f"{line} [taken back by A. Lead: the force said so]"
