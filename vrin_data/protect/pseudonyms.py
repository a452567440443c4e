"""Person keys: what a supplier makes of names before a file leaves its house, so that nobody needs to be named.

Two suppliers who hold the same secret key make the same person key of the same person, and whoever has not the secret
cannot turn it back. NHS numbers have a thousand million values and names are in lists: an unkeyed hash of them
is undone by trying them all. This file stands alone, on the standard library of Python 3.11: a supplier may be
given it by itself and runs it at home, `python pseudonyms.py FILE --key-file KEY --columns ... --out FILE`.
For whoever can get the secret the keys are personal data still.
"""

import csv
import hashlib
import hmac
import os
import re
import secrets
import sys
import unicodedata
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

try:
    from vrin_data.errors import RefusedInput
except ImportError:  # The file was given to a supplier by itself.

    class RefusedInput(Exception):  # type: ignore[no-redef]
        """A file was refused, and nothing was written."""


HEADING = "vrin person key"
MADE_FOR = "vrin person key, version 1"
"""Stands before what is hashed, so that a key of these is a key of nothing else."""
KEY_ID = re.compile(r"[a-z][a-z0-9]{0,11}")
LEAST_HEX = 64
"""Hexadecimal digits of the shortest secret: as many bits as the hash has."""
DATE_FORMS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%Y%m%d")
NO_BIRTHS = (date(1900, 1, 1), date(1901, 1, 1))
"""What systems put down where a birth is not known."""
NO_NAMES = {
    "unknown",
    "notknown",
    "notrecorded",
    "unk",
    "nk",
    "na",
    "none",
    "null",
    "anonymous",
    "test",
    "baby",
    "xx",
}
NEVER_LEAVES = ("name", "surname", "forename", "dob", "birth", "nhs", "address", "email", "phone", "mobile")
"""Words of headings that may not stand in what is sent."""


class Secret(NamedTuple):
    """A secret and the name by which its version is told; it is never printed."""

    key_id: str
    value: bytes

    def __repr__(self) -> str:
        return f"Secret({self.key_id}, ...)"


def person_key(secret: Secret, parts: Mapping[str, str]) -> str | None:
    """The key of a person, such as 'k1:5f...'; None where a part is missing or can be no such part.

    `parts` are of PARTS. Which they are goes into the key: keys of other parts never meet.
    """
    told = {name: PARTS[name](value or "") for name, value in sorted(parts.items())}
    if not told or not all(told.values()):
        return None
    text = "\n".join([MADE_FOR, *(f"{name}={value}" for name, value in told.items())])
    return f"{secret.key_id}:{hmac.new(secret.value, text.encode(), hashlib.sha256).hexdigest()}"


def nhs_number(text: str) -> str:
    """The ten digits of an NHS number whose check digit (modulus 11) is right; '' for anything else."""
    digits = re.sub(r"[\s-]", "", text)
    if not re.fullmatch(r"[0-9]{10}", digits) or len(set(digits)) == 1:
        return ""
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return digits if (11 - total % 11) % 11 == int(digits[9]) else ""


def surname(text: str) -> str:
    """The letters of a name, small and without accents; '' for what stands where a name is not known."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(one for one in plain if one.isalpha() and not unicodedata.combining(one))
    return "" if letters in NO_NAMES or len(letters) < 2 else letters


def forename(text: str) -> str:
    """The same of the first of the names given, since not every system has the others."""
    return surname(text.split()[0]) if text.split() else ""


def birth_date(text: str) -> str:
    """A day as 1990-01-31; '' for one that cannot be read, or that systems put down where none is known."""
    for form in DATE_FORMS:
        try:
            found = datetime.strptime(
                text.strip().removesuffix(" 00:00:00").removesuffix(" 00:00"), form
            ).date()
        except ValueError:
            continue
        return "" if found in NO_BIRTHS or found.year < 1900 else found.isoformat()
    return ""


def sex(text: str) -> str:
    """'f' or 'm'; '' for anything else."""
    return {"f": "f", "female": "f", "2": "f", "m": "m", "male": "m", "1": "m"}.get(
        text.strip().casefold(), ""
    )


PARTS: dict[str, Callable[[str], str]] = {
    "nhs_number": nhs_number,
    "surname": surname,
    "forename": forename,
    "birth_date": birth_date,
    "sex": sex,
}
"""What a key can be made of, each with how it is brought into one form."""


def made_secret(path: Path, key_id: str) -> Secret:
    """A new secret in a new file that its owner alone can read. Raises RefusedInput where the file is there."""
    if not KEY_ID.fullmatch(key_id):
        raise RefusedInput("A key is named by small letters and digits, such as k1.")
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise RefusedInput(
            f"{path}: is there already. A secret is never written over; name a new file."
        ) from None
    value = secrets.token_hex(LEAST_HEX // 2)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{key_id}:{value}\n")
    return Secret(key_id, bytes.fromhex(value))


def read_secret(path: Path) -> Secret:
    """The secret of a file. Raises RefusedInput, which never says what stands in it."""
    try:
        key_id, _, value = path.read_text(encoding="ascii").strip().partition(":")
    except (OSError, UnicodeDecodeError):
        raise RefusedInput(f"{path}: cannot be read as a key file. Make one with --make-key k1.") from None
    is_hex = re.fullmatch(r"[0-9a-fA-F]*", value) and len(value) >= LEAST_HEX and len(value) % 2 == 0
    if not KEY_ID.fullmatch(key_id) or not is_hex:
        raise RefusedInput(
            f"{path}: is no key file (expected one line, NAME:SECRET, the secret of at least {LEAST_HEX} hexadecimal "
            "digits). Make one with --make-key k1."
        )
    return Secret(key_id, bytes.fromhex(value))


class Made(NamedTuple):
    """What came of a file: its rows, those with a key, and by part how many rows had none that could be used."""

    rows: int
    with_key: int
    lacking: dict[str, int]


def pseudonymise(
    source: Path,
    out: Path,
    secret: Secret,
    columns: Mapping[str, str],
    *,
    drop: Sequence[str] = (),
    spelt: Callable[[dict[str, str]], dict[str, str]] = dict,
) -> Made:
    """Write the file with a person key in place of the columns it is made of, and without those to drop.

    `columns` has the heading of each part; `spelt` gives the parts as they are to be written, where another file
    spells the person otherwise. Raises RefusedInput before anything is written; no message has a value of the
    file in it.
    """
    table = read_table(source)
    headings = table[0] if table else []
    _check(source, out, headings, columns, drop)
    at = {part: headings.index(heading) for part, heading in columns.items()}
    kept = [number for number, heading in enumerate(headings) if heading not in {*columns.values(), *drop}]
    made, lacking = [[*(headings[number] for number in kept), HEADING]], Counter[str]()
    for row in table[1:]:
        cells = [*row, *[""] * (len(headings) - len(row))]
        parts = {part: cells[number] for part, number in at.items()}
        key = person_key(secret, spelt(parts))
        lacking.update(part for part, value in parts.items() if not PARTS[part](value))
        made.append([*(cells[number] for number in kept), key or ""])
    _write(out, made)
    with_key = sum(bool(row[-1]) for row in made[1:])
    return Made(len(made) - 1, with_key, {part: lacking[part] for part in at if lacking[part]})


def read_table(source: Path) -> list[list[str]]:
    """The rows of a CSV, its headings first, in either of the usual encodings. Raises RefusedInput."""
    try:
        raw = source.read_bytes()
    except OSError:
        raise RefusedInput(f"{source}: cannot be read.") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    first = text.split("\n", 1)[0]
    mark = max(",;\t|", key=first.count)
    return [row for row in csv.reader(text.splitlines(), delimiter=mark) if row]


def _check(
    source: Path, out: Path, headings: list[str], columns: Mapping[str, str], drop: Sequence[str]
) -> None:
    if out.exists():
        raise RefusedInput(f"{out}: is there already. Name a new file.")
    strange = [part for part in columns if part not in PARTS]
    if strange or not columns:
        raise RefusedInput(f"--columns: expected PART=HEADING with a part of {', '.join(PARTS)}.")
    absent = [heading for heading in (*columns.values(), *drop) if heading not in headings]
    if absent:
        raise RefusedInput(
            f"{source}: has no column {', '.join(map(repr, absent))}. Its headings stand in its first line."
        )
    left = [
        heading for heading in headings if heading not in {*columns.values(), *drop} and _tells_who(heading)
    ]
    if left:
        raise RefusedInput(
            f"{source}: would still hold {', '.join(map(repr, left))}, which tells who a person is. "
            "Name it under --drop too."
        )


def _tells_who(heading: str) -> bool:
    words = re.sub(r"[^a-z0-9]+", " ", heading.lower()).split()
    return any(word in words for word in NEVER_LEAVES)


def _write(out: Path, rows: list[list[str]]) -> None:
    with out.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def add_arguments(parser: ArgumentParser) -> None:
    """The words of the command, here and in VRIN's own command line."""
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="CSV with the persons' particulars"
    )
    parser.add_argument("--key-file", required=True, type=Path, metavar="KEY", help="file with the secret")
    parser.add_argument(
        "--make-key", metavar="ID", help="make a new secret of this name, such as k1, and stop"
    )
    parser.add_argument(
        "--columns",
        nargs="+",
        default=[],
        metavar="PART=HEADING",
        help=f"what the key is made of: {', '.join(PARTS)}; these columns do not go into the new file",
    )
    parser.add_argument(
        "--drop", nargs="+", default=[], metavar="HEADING", help="further columns to leave out"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="the file to send")


def run(options: Namespace) -> str:
    """Do what the options say; what to tell, without any value of the file or of the secret."""
    if options.make_key:
        made_secret(options.key_file, options.make_key)
        return (
            f"Made the secret {options.make_key} in {options.key_file}. Whoever holds it can try names against keys: "
            "give it to the other supplier by a safe way, to nobody else, and never to the partnership."
        )
    if options.file is None or options.out is None or not options.columns:
        raise RefusedInput("Name the FILE, --columns PART=HEADING ... and --out FILE, or --make-key ID.")
    columns = dict(one.split("=", 1) for one in options.columns if "=" in one)
    if len(columns) < len(options.columns):
        raise RefusedInput("--columns: expected PART=HEADING, each part once, such as surname=Surname.")
    made = pseudonymise(options.file, options.out, read_secret(options.key_file), columns, drop=options.drop)
    without = "".join(f" Without a usable {part}: {count:,} rows." for part, count in made.lacking.items())
    return f"Wrote {options.out}: {made.rows:,} rows, {made.with_key:,} with a person key.{without}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run as a program of its own; 0 done, 1 refused."""
    parser = ArgumentParser(prog="pseudonyms.py", description="Person keys in place of names, made at home.")
    add_arguments(parser)
    try:
        print(run(parser.parse_args(arguments)))
    except RefusedInput as error:
        print(f"pseudonyms: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
