"""Persons spelt differently in two files: found where Splink is there, keys that meet, and known truth recovered."""

import csv
import sys
from pathlib import Path

import pytest

from vrin_data.cli.commands import main as vrin
from vrin_data.errors import RefusedInput, UsageError
from vrin_data.protect.alike_persons import alike_persons, person_of
from vrin_data.protect.common_keys import Side, common_keys
from vrin_data.protect.pseudonyms import Secret, made_secret

SECRET = Secret("k1", bytes(range(32)))
FORENAMES = (
    "anna",
    "benjamin",
    "carla",
    "dorothy",
    "emil",
    "fiona",
    "george",
    "hannah",
    "isobel",
    "kamal",
    "liam",
    "olga",
)
SURNAMES = (
    "smithson",
    "jonesby",
    "taylor",
    "brownlow",
    "wilson",
    "davies",
    "evans",
    "thomas",
    "walker",
    "wright",
    "ahmed",
)


def persons(first: int, count: int) -> list[tuple[str, str, str]]:
    """Persons no two of whom are alike in more than one part; `first` tells groups apart."""
    return [
        (
            FORENAMES[(at * 5) % len(FORENAMES)],
            SURNAMES[(at * 7) % len(SURNAMES)] + "abcdefgh"[at % 8],
            f"{1955 + at % 50}-{1 + at * 5 % 12:02}-{1 + at * 11 % 28:02}",
        )
        for at in range(first, first + count)
    ]


def test_persons_spelt_otherwise_are_found_and_strangers_are_not() -> None:
    both = persons(0, 20)
    # A letter dropped, two letters turned round, or the day of birth wrong by one digit.
    spelt = [
        *[(forename[:-1], surname, born) for forename, surname, born in both[:8]],
        *[
            (forename, surname[:-2] + surname[-1] + surname[-2], born)
            for forename, surname, born in both[8:16]
        ],
        *both[16:],
    ]
    found = alike_persons([*both, *persons(100, 60)], [*spelt, *persons(300, 60)])
    truth = dict(zip(spelt, both, strict=True))
    assert {one: truth.get(one) for one in found.first_of} == found.first_of
    assert len(found.first_of) >= 18
    assert 4 <= found.stricter_count <= 20


def test_without_splink_the_refusal_says_how_to_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "splink", None)
    one, other = ("ann", "smith", "1990-01-31"), ("anne", "smith", "1990-01-31")
    with pytest.raises(UsageError, match=r"\.\[linkage\]"):
        alike_persons([one], [other])
    # Written alike they need no help.
    assert alike_persons([one], [one]).first_of == {one: one}


@pytest.mark.parametrize("threshold", [0.0, 0.4, 1.0])
def test_a_threshold_is_a_probability(threshold: float) -> None:
    with pytest.raises(UsageError, match=r"probability from 0\.5"):
        alike_persons([], [], threshold=threshold)


def test_a_person_without_a_part_is_nobody() -> None:
    assert person_of({"forename": "Ann", "surname": "Smith", "birth_date": ""}) is None


def file_of(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(["Day,First,Last,Born", *rows]) + "\n", encoding="utf-8")
    return path


COLUMNS = {"forename": "First", "surname": "Last", "birth_date": "Born"}


def keys(path: Path) -> list[str]:
    return [row[-1] for row in csv.reader(path.read_text(encoding="utf-8").splitlines())][1:]


def test_both_files_leave_with_keys_that_meet_and_without_names(tmp_path: Path) -> None:
    police = file_of(tmp_path / "p.csv", "1,Katherine,Robertson,31/01/1990", "2,Bob,Brown,02/02/1980")
    hospital = file_of(
        tmp_path / "h.csv", "1,KATHERINE,Robertsen,1990-01-31", "2,Zoe,White,1970-03-03", "3,,White,"
    )
    sides = [Side(one, COLUMNS, (), tmp_path / f"{one.stem}-out.csv") for one in (police, hospital)]
    found = common_keys(*sides, SECRET, threshold=0.5)
    first, second = (keys(one.out) for one in sides)
    assert first[0] == second[0]
    assert len({*first, *second}) == 4
    assert second[2] == ""
    assert (found.matched, found.matched_alike) == (1, 1)
    assert "robert" not in sides[1].out.read_text(encoding="utf-8").lower()


def test_the_command_writes_both_and_names_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made_secret(tmp_path / "key", "k1")
    files = [file_of(tmp_path / f"{name}.csv", "1,Ann,Smith,31/01/1990") for name in ("a", "b")]
    parts = [f"{part}={heading}" for part, heading in COLUMNS.items()]
    call = ["match-persons", *map(str, files), "--key-file", str(tmp_path / "key"), "--first-columns", *parts]
    outs = ["--first-out", str(tmp_path / "a2.csv"), "--second-out", str(tmp_path / "b2.csv")]
    assert vrin([*call, *outs, "--second-columns", *parts]) == 0
    said = capsys.readouterr().out
    assert (
        "1 persons are in both at a probability of 0.95 (0 of them spelt otherwise); at 0.99 it would be 1"
        in said
    )
    assert "smith" not in said.lower()
    assert keys(tmp_path / "a2.csv") == keys(tmp_path / "b2.csv")
    assert vrin([*call, *outs, "--second-columns", "surname"]) == 2


def test_a_match_needs_all_three_parts(tmp_path: Path) -> None:
    file = file_of(tmp_path / "p.csv", "1,Ann,Smith,31/01/1990")
    side = Side(file, {"surname": "Last"}, (), tmp_path / "out.csv")
    with pytest.raises(RefusedInput, match="name all three"):
        common_keys(side, side, SECRET)
