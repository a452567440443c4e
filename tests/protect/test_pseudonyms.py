"""Person keys: published vectors, one form for one person, and nothing that tells who or the secret."""

import csv
import hashlib
import hmac
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from vrin_data.cli.commands import main as vrin
from vrin_data.errors import RefusedInput
from vrin_data.protect import pseudonyms
from vrin_data.protect.pseudonyms import Secret, made_secret, person_key, pseudonymise, read_secret

SECRET = Secret("k1", bytes(range(32)))
# RFC 4231, test cases 1, 2, 3, 6 and 7: key, data, HMAC-SHA-256.
RFC_4231 = [
    ("0b" * 20, b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    (
        b"Jefe".hex(),
        b"what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    ),
    ("aa" * 20, b"\xdd" * 50, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
    (
        "aa" * 131,
        b"Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    ),
    (
        "aa" * 131,
        b"This is a test using a larger than block-size key and a larger than block-size data. The key needs to be "
        b"hashed before being used by the HMAC algorithm.",
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
    ),
]


@pytest.mark.parametrize(("key", "data", "expected"), RFC_4231)
def test_the_hash_is_that_of_the_published_vectors(key: str, data: bytes, expected: str) -> None:
    assert hmac.new(bytes.fromhex(key), data, hashlib.sha256).hexdigest() == expected


def test_a_key_is_the_keyed_hash_of_what_is_written_here() -> None:
    text = "vrin person key, version 1\nbirth_date=1990-01-31\nforename=zoe\nsurname=obrien"
    expected = hmac.new(SECRET.value, text.encode(), hashlib.sha256).hexdigest()
    parts = {"surname": "O'Brien", "forename": "Zoë Ann", "birth_date": "31/01/1990"}
    assert person_key(SECRET, parts) == f"k1:{expected}"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"surname": "Smith-Jones"}, {"surname": " SMITH JONES"}),
        ({"forename": "Anne Marie"}, {"forename": "anne"}),
        ({"birth_date": "01/02/1990"}, {"birth_date": "1990-02-01"}),
        ({"birth_date": "1 Feb 1990"}, {"birth_date": "01.02.1990"}),
        ({"nhs_number": "943 476 5919"}, {"nhs_number": "943-476-5919"}),
        ({"sex": "Female"}, {"sex": "2"}),
    ],
)
def test_one_person_written_in_two_ways_has_one_key(one: dict[str, str], other: dict[str, str]) -> None:
    assert person_key(SECRET, one) == person_key(SECRET, other) is not None


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"nhs_number": "943 476 5918"},
        {"nhs_number": "1111111111"},
        {"surname": "Smith", "birth_date": ""},
        {"surname": "Unknown", "birth_date": "31/01/1990"},
        {"surname": "Smith", "birth_date": "01/01/1900"},
        {"surname": "Smith", "birth_date": "31/02/1990"},
        {"surname": "Smith", "birth_date": "31/01/90"},
        {"sex": "9"},
    ],
)
def test_a_missing_part_gives_no_key(parts: dict[str, str]) -> None:
    assert person_key(SECRET, parts) is None


def test_other_secrets_and_other_parts_give_other_keys() -> None:
    parts = {"surname": "Smith", "birth_date": "31/01/1990"}
    keys = {
        person_key(SECRET, parts),
        person_key(Secret("k1", b"x" * 32), parts),
        person_key(SECRET, parts | {"sex": "f"}),
        person_key(Secret("k2", SECRET.value), parts),
    }
    assert len(keys) == 4


@given(some.text(max_size=30), some.text(max_size=30))
def test_no_part_is_told_by_a_key(surname: str, forename: str) -> None:
    key = person_key(SECRET, {"surname": surname, "forename": forename})
    assert key is None or (
        key.startswith("k1:") and len(key) == 67 and set(key[3:]) <= set("0123456789abcdef")
    )


def rows_of(file: Path) -> list[list[str]]:
    return [*csv.reader(file.read_text(encoding="utf-8").splitlines())]


@pytest.fixture
def persons(tmp_path: Path) -> Path:
    file = tmp_path / "ed.csv"
    file.write_text(
        "Arrival date,Surname,First name,DOB,NHS no,Weapon\n"
        "01/03/2026,Smith,Ann,31/01/1990,,knife\n"
        '02/03/2026,"Jones, the",Bob,,9434765919,fist\n'
        "02/03/2026,Smith,ANN,1990-01-31,,fist\n",
        encoding="utf-8",
    )
    return file


COLUMNS = {"surname": "Surname", "forename": "First name", "birth_date": "DOB"}


def test_a_file_leaves_with_keys_and_without_persons(persons: Path, tmp_path: Path) -> None:
    made = pseudonymise(persons, tmp_path / "out.csv", SECRET, COLUMNS, drop=["NHS no"])
    assert made == (3, 2, {"birth_date": 1})
    rows = rows_of(tmp_path / "out.csv")
    assert rows[0] == ["Arrival date", "Weapon", "vrin person key"]
    assert [row[:2] for row in rows[1:]] == [
        ["01/03/2026", "knife"],
        ["02/03/2026", "fist"],
        ["02/03/2026", "fist"],
    ]
    assert rows[1][2] == rows[3][2] != ""
    assert rows[2][2] == ""
    assert "smith" not in (tmp_path / "out.csv").read_text(encoding="utf-8").lower()


def test_what_would_still_tell_who_stops_it(persons: Path, tmp_path: Path) -> None:
    with pytest.raises(RefusedInput, match=r"would still hold 'NHS no'.*--drop"):
        pseudonymise(persons, tmp_path / "out.csv", SECRET, COLUMNS)
    assert not (tmp_path / "out.csv").exists()


def test_a_secret_is_made_once_for_its_owner_alone_and_read_back(tmp_path: Path) -> None:
    made = made_secret(tmp_path / "key", "k1")
    assert read_secret(tmp_path / "key") == made
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0 or sys.platform == "win32"
    with pytest.raises(RefusedInput, match="never written over"):
        made_secret(tmp_path / "key", "k2")
    assert made.value.hex() not in repr(made)


@pytest.mark.parametrize(
    "text", ["", "deadbeef" * 8, "k1:deadbeef", "K 1:" + "ab" * 32, "k1:" + "xy" * 32, "k1:" + "é" * 64]
)
def test_what_is_no_key_file_is_refused_without_showing_it(tmp_path: Path, text: str) -> None:
    (tmp_path / "key").write_text(text, encoding="utf-8")
    with pytest.raises(RefusedInput) as refused:
        read_secret(tmp_path / "key")
    assert "deadbeef" not in str(refused.value)


def test_the_command_says_counts_and_neither_persons_nor_the_secret(
    persons: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, out = tmp_path / "key", tmp_path / "out.csv"
    assert vrin(["pseudonyms", "--make-key", "k1", "--key-file", str(key)]) == 0
    parts = [f"{part}={heading}" for part, heading in COLUMNS.items()]
    call = ["pseudonyms", str(persons), "--key-file", str(key), "--out", str(out), "--columns", *parts]
    assert vrin([*call, "--drop", "NHS no"]) == 0
    assert vrin(call) == 1
    said = "".join(capsys.readouterr())
    assert "3 rows, 2 with a person key. Without a usable birth_date: 1 rows." in said
    assert read_secret(key).value.hex() not in said
    assert not any(name in said.lower() for name in ("smith", "jones", "9434765919"))


def test_a_supplier_runs_the_one_file_alone(persons: Path, tmp_path: Path) -> None:
    alone = tmp_path / "home" / "pseudonyms.py"
    alone.parent.mkdir()
    alone.write_bytes(Path(pseudonyms.__file__).read_bytes())
    key = made_secret(tmp_path / "key", "k1")
    parts = [f"{part}={heading}" for part, heading in COLUMNS.items()]
    command = [
        sys.executable,
        "-I",
        "-S",
        str(alone),
        str(persons),
        "--key-file",
        str(tmp_path / "key"),
        "--columns",
    ]
    subprocess.run(
        [*command, *parts, "--drop", "NHS no", "--out", str(tmp_path / "o.csv")],
        check=True,
        capture_output=True,
    )
    first = rows_of(tmp_path / "o.csv")[1]
    assert first[2] == person_key(key, {"surname": "smith", "forename": "ann", "birth_date": "31/01/1990"})
