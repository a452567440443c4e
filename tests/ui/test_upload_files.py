"""Dropped files: under safe names, in a folder of their own, and gone when they are no longer wanted."""

import os
import time
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrin_ui.upload.upload_files import (
    LONGEST_NAME,
    keep,
    remove,
    safe_name,
    session_folder,
    size_words,
    sweep,
)


@pytest.mark.parametrize(
    ("dropped", "kept"),
    [
        ("leicestershire-2026-03.csv", "leicestershire-2026-03.csv"),
        ("../../builds/current", "current"),
        ("C:\\Users\\lead\\March (final).xlsx", "March (final).xlsx"),
        ("--supplier=x.csv", "supplier_x.csv"),
        (".htaccess", "htaccess"),
        ("a\nb;c|d.csv", "a_b_c_d.csv"),
        ("", "file"),
        ("...", "file"),
        ("Straße März.csv", "Straße März.csv"),
        (f"{'x' * 300}.csv", f"{'x' * (LONGEST_NAME - 4)}.csv"),
    ],
)
def test_names(dropped: str, kept: str) -> None:
    assert safe_name(dropped) == kept


@given(st.text())
def test_any_name_stays_one_name_in_its_folder(name: str) -> None:
    made = safe_name(name)
    assert made
    assert PurePosixPath(made).name == made
    assert not made.startswith(("-", "."))
    assert len(made) <= LONGEST_NAME + 21
    assert all(mark.isprintable() for mark in made)


def test_two_files_of_one_name_are_both_kept_and_one_is_removed(tmp_path: Path) -> None:
    folder = session_folder(tmp_path)
    first, second = keep(folder, "a.csv", b"1"), keep(folder, "a.csv", memoryview(b"22"))
    assert (first.path.read_bytes(), second.path.read_bytes()) == (b"1", b"22")
    assert [one.size_bytes for one in (first, second)] == [1, 2]
    remove(first)
    assert not first.path.parent.exists()
    assert second.path.exists()


def test_what_old_sessions_left_is_swept_and_the_rest_stays(tmp_path: Path) -> None:
    old, fresh = session_folder(tmp_path), session_folder(tmp_path)
    keep(old, "a.csv", b"1")
    long_ago = time.time() - 100
    os.utime(old, (long_ago, long_ago))
    sweep(tmp_path, older_than_s=50)
    assert (old.exists(), fresh.exists()) == (False, True)


@pytest.mark.parametrize(("size", "words"), [(0, "1 kB"), (2_500, "2 kB"), (149_162_197, "149.2 MB")])
def test_sizes(size: int, words: str) -> None:
    assert size_words(size) == words
