"""The table of checks: whole, read strictly, and overridden by feeds."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from vrin_data.contract import reference
from vrin_data.contract.checks import check, checks, faults_of_overrides, level_of
from vrin_data.contract.codes import CODE_LISTS
from vrin_data.contract.feeds import feeds
from vrin_data.errors import VrinError

INTAKE = Path(__file__).parents[2] / "vrin_data" / "intake"


@dataclass
class OneFeed:
    checks: dict[str, str] = field(default_factory=dict)
    id: str = "some-feed"


def ids(*subjects: str) -> set[str]:
    return {one.id for one in checks().values() if one.subject in subjects}


def words_in(*files: Path) -> set[str]:
    return {word for file in files for word in re.findall(r'"([a-z_]+)"', file.read_text(encoding="utf-8"))}


def test_every_rule_of_rows_is_in_the_table() -> None:
    rules = set()
    for file in INTAKE.glob("*.py"):
        rules |= set(re.findall(r'Rule\(\s*"([a-z_]+)"', file.read_text(encoding="utf-8")))
    assert len(rules) > 10
    assert rules <= ids("row")


def test_every_check_of_submissions_is_one_that_the_code_makes() -> None:
    made = words_in(*(INTAKE / "believe").glob("*.py"))
    built = {f"volume_{name}" for name in ("nearly_none", "low", "high")}
    assert ids("submission", "file") <= made | built


def test_every_threshold_is_one_that_the_code_reads() -> None:
    read = words_in(*(INTAKE / "believe").glob("*.py"))
    assert {name for one in checks().values() for name in one.thresholds} <= read


def test_levels_are_those_of_the_code_list_and_rows_are_only_ever_rejected() -> None:
    assert {one.level for one in checks().values()} == set(CODE_LISTS["check_level"])
    assert {one.level for one in checks().values() if one.subject == "row"} == {"reject"}


def test_words_are_whole_sentences_on_one_line() -> None:
    for one in checks().values():
        for words in (one.means, one.to_do):
            assert words.endswith("."), one.id
            assert words[0].isupper(), one.id
            assert "\n" not in words, one.id


def test_a_feed_has_the_level_of_the_table_unless_it_says_otherwise() -> None:
    own = OneFeed({"volume_low": "warn", "times_of_one_minute": "off"})
    assert level_of(own, "volume_low") == "warn"
    assert level_of(own, "times_of_one_minute") == "off"
    assert level_of(own, "volume_high") == check("volume_high").level == "warn"
    assert level_of(own, "dates_in_one_year") == "stop"


def test_an_unknown_check_and_an_unknown_threshold_are_named() -> None:
    with pytest.raises(VrinError, match=r"no check 'volume_odd'\. Checks: missing, "):
        check("volume_odd")
    with pytest.raises(VrinError, match="no check 'volume_odd'"):
        level_of(OneFeed(), "volume_odd")
    with pytest.raises(VrinError, match="check volume_low has no threshold 'least_rows'"):
        check("volume_low").threshold("least_rows")


def test_what_feeds_say_of_checks_is_right() -> None:
    assert [fault for one in feeds().values() for fault in faults_of_overrides(one)] == []


def test_all_faults_of_a_feeds_overrides_are_named() -> None:
    own = OneFeed({"volume_odd": "warn", "volume_low": "loud", "volume_high": "off"})
    assert faults_of_overrides(own) == [
        "some-feed: no check is called 'volume_odd'",
        "some-feed: check volume_low has the level 'loud' (expected note, partial, warn, reject, stop, off)",
    ]


def test_all_faults_of_the_table_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    good = {
        "id": "fine",
        "subject": "row",
        "level": "reject",
        "looks_at": "cells",
        "means": "It means\nsomething.",
        "to_do": "Do something.",
    }
    table = {"checks": [good, {**good, "level": "loud"}, good, {**good, "id": "more", "colour": "red"}]}
    monkeypatch.setattr(reference, "table", lambda name: table)
    with pytest.raises(VrinError) as told:
        checks.__wrapped__()
    lines = str(told.value)
    assert "checks.toml, check 2 (fine)" in lines
    assert "check 3: fine is declared twice" in lines
    assert "check 4 (more)" in lines
    table["checks"] = [good]
    assert checks.__wrapped__()["fine"].means == "It means something."
