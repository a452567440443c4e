"""The partners' extracts: readable by their feeds, marked as simulated, without a person, true to truth.toml."""

import tomllib
from collections import Counter
from typing import Any

import pytest

from tests.sample.reading import SAMPLE, Row, Table, moment, month_of, tables
from vrin_data.contract.ages import read_age
from vrin_data.contract.feeds import Feed, feed, fold
from vrin_data.contract.identifiers import forbidden_headings, identifier_in
from vrin_data.contract.suppliers import find_supplier, suppliers

TRUTH = tomllib.loads((SAMPLE / "truth.toml").read_text(encoding="utf-8"))
FILES = [one for one in TRUTH["file"] if one["feed_id"] != "police-offences"]
"""The police files are read in tests/test_sample.py."""


def planted(what: str, feed_id: str) -> dict[str, Any]:
    (fact,) = (one for one in TRUTH["planted"] if one["id"] == what and one["feed_id"] == feed_id)
    return fact


def read(file: dict[str, Any]) -> tuple[Feed, list[Table]]:
    own = feed(file["feed_id"])
    return own, list(tables(file["name"], own))


def of_supplier(supplier_id: str, feed_id: str) -> list[Table]:
    (file,) = (one for one in FILES if one["feed_id"] == feed_id and supplier_id in one["supplier_ids"])
    return read(file)[1]


def supplier_of(row: Row, table: Table, file: dict[str, Any], own: Feed) -> str:
    """The supplier that a row, or the header above it, names; the file's one where neither does."""
    named = row.get("supplier") or table.above.get("supplier")
    if named is None:
        (only,) = file["supplier_ids"]
        return str(only)
    among = {name: one for name, one in suppliers().items() if one.kind in own.supplier_kinds}
    found = find_supplier(named, among)
    assert found is not None, named
    return found.supplier_id


@pytest.mark.parametrize("file", FILES, ids=lambda file: file["name"].removeprefix("extracts/"))
class TestEveryFile:
    def test_its_headings_are_known_and_none_is_forbidden(self, file: dict[str, Any]) -> None:
        own, found = read(file)
        for table in found:
            assert table.unknown == ()
            assert forbidden_headings(own, [*table.above, *(table.rows[0] if table.rows else ())]) == []

    def test_it_says_that_it_is_simulated(self, file: dict[str, Any]) -> None:
        for table in read(file)[1]:
            said = {row["simulated"] for row in table.rows if "simulated" in row}
            assert said == ({"SIMULATED"} if said else set())
            assert said or table.above["simulated"].startswith("SIMULATED")

    def test_its_values_are_words_the_feed_knows(self, file: dict[str, Any]) -> None:
        own, found = read(file)
        marks = {"", *map(fold, own.null_marks)}
        strange = [
            (column.name, text)
            for table in found
            for column in own.columns
            for text in {row.get(column.name, "") for row in table.rows}
            if fold(text) not in marks and not is_read(text, column.name, own)
        ]
        assert strange == []

    def test_no_cell_holds_what_would_tell_who_a_person_is(self, file: dict[str, Any]) -> None:
        for table in read(file)[1]:
            texts = {text for row in table.rows for text in row.values()}
            assert [text for text in texts if identifier_in(text)] == []

    def test_its_rows_by_supplier_and_period_are_those_of_truth(self, file: dict[str, Any]) -> None:
        own, found = read(file)
        if own.mode == "net_change":
            counts = Counter(
                {(file["supplier_ids"][0], t.above["period_start"][:7]): len(t.rows) for t in found}
            )
        else:
            counts = Counter(
                (supplier_of(row, table, file, own), month_of(row, own))
                for table in found
                for row in table.rows
            )
        volumes = {
            (one["supplier_id"], one["period"]): one["rows"]
            for one in TRUTH["volume"]
            if one["feed_id"] == own.id and one["supplier_id"] in file["supplier_ids"]
        }
        assert counts == Counter(volumes)
        assert sum(volumes.values()) == file["rows"]


def is_read(text: str, name: str, own: Feed) -> bool:
    column = own.column(name)
    assert column is not None
    if column.kind == "code":
        return fold(text) in column.raw_to_code()
    if column.kind == "age":
        return read_age(text) is not None
    if column.kind == "count":
        return text.isdigit() or text in own.suppressed
    return not (column.kind == "number" and not text.isdigit())


def test_a_true_nil_has_a_header_and_no_rows() -> None:
    nil = planted("true_nil", "ed-assaults")
    empty = [table for table in of_supplier(nil["supplier_id"], "ed-assaults") if not table.rows]
    (table,) = empty
    assert table.above["period_start"][:7] == table.above["period_end"][:7] == nil["month"]


def test_no_header_declares_the_missing_month() -> None:
    missing = planted("missing_month", "ed-assaults")
    spans = [
        (table.above["period_start"][:7], table.above["period_end"][:7])
        for table in of_supplier(missing["supplier_id"], "ed-assaults")
    ]
    assert [span for span in spans if span[0] <= missing["month"] <= span[1]] == []
    assert spans[0][1] < missing["month"] < spans[1][0]


def test_assaults_of_a_file_lie_within_its_period() -> None:
    """Without its arrival a row counts by the assault: that must not fall before the period."""
    own = feed("ed-assaults")
    without_arrival = 0
    for file in (one for one in FILES if one["feed_id"] == own.id):
        for table in read(file)[1]:
            for row in table.rows:
                without_arrival += not row.get("recorded_at")
                assert table.above["period_start"][:7] <= month_of(row, own) <= table.above["period_end"][:7]
    assert without_arrival > 30


def test_one_department_alone_has_times_of_one_minute() -> None:
    false = planted("false_precision", "ed-assaults-ecds")
    for file in (one for one in FILES if one["feed_id"] == "ed-assaults-ecds"):
        minutes = Counter(
            moment(row["event_start_at"]).minute for table in read(file)[1] for row in table.rows
        )
        is_false = file["supplier_ids"] == [false["supplier_id"]]
        assert (set(minutes) == {false["minute"]}) == is_false
        assert is_false or max(minutes.values()) < 0.1 * minutes.total()


def test_several_calls_are_about_one_incident() -> None:
    rows = [row for table in of_supplier("east-midlands-ambulance", "ambulance") for row in table.rows]
    own = feed("ambulance")
    incidents = Counter(month for month, _ in {(month_of(row, own), row["record_key"]) for row in rows})
    assert incidents == Counter(
        {v["period"]: v["incidents"] for v in TRUTH["volume"] if v["feed_id"] == "ambulance"}
    )
    assert len({row["record_key"] for row in rows}) == incidents.total() < 0.8 * len(rows)


def test_the_last_versions_are_what_is_left_of_the_changes() -> None:
    left = planted("net_change", "probation")
    rows = [row for table in of_supplier("east-midlands-probation", "probation") for row in table.rows]
    last: dict[str, Row] = {}
    for row in rows:
        before = last.get(row["record_key"])
        assert int(row["row_version"]) == (int(before["row_version"]) + 1 if before else 1)
        assert before is None or before["row_state"] == "0"
        last[row["record_key"]] = row
    live = [row for row in last.values() if row["row_state"] == "0"]
    assert len(rows) == left["rows"]
    assert len(live) == left["live"]
    assert sum(row["row_version"] != "1" for row in live) == left["live_in_a_later_version"] > 20
    assert sum(row["row_state"] == "1" for row in rows) == left["deleted"] > 0


@pytest.mark.parametrize(
    ("feed_id", "marks"),
    [
        ("hospital-admissions", {"*": "starred"}),
        ("school-exclusions", {"x": "hidden", ":": "not_applicable"}),
    ],
)
def test_marks_and_counts_are_those_of_truth(feed_id: str, marks: dict[str, str]) -> None:
    own = feed(feed_id)
    (file,) = (one for one in FILES if one["feed_id"] == feed_id)
    found: dict[tuple[str, str], Counter[str]] = {}
    for table in read(file)[1]:
        for row in table.rows:
            counts = found.setdefault((supplier_of(row, table, file, own), month_of(row, own)), Counter())
            counts[marks.get(row["count"], "counted")] += int(row["count"]) if row["count"].isdigit() else 1
    for volume in (one for one in TRUTH["volume"] if one["feed_id"] == feed_id):
        told = {name: volume[name] for name in ("counted", *marks.values())}
        assert found[volume["supplier_id"], volume["period"]] == Counter(told)
    for word in marks.values():
        assert sum(counts[word] for counts in found.values()) > 0


def test_cases_and_gravity_are_of_the_scale() -> None:
    own = feed("youth-justice")
    files = [one for one in FILES if one["feed_id"] == own.id]
    assert len(files) == 5
    rows = [row for file in files for table in read(file)[1] for row in table.rows]
    assert {int(row["gravity"]) for row in rows} <= set(range(1, 9))
    assert {int(row["suspect_age"]) for row in rows} == set(range(10, 18))
    assert all(moment(row["event_start_at"]) < moment(row["recorded_at"]) for row in rows)
