"""When the sample came, in which order it is taken in, and under which agreements."""

import csv
import tomllib
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from sample_data.drawing import chosen, last_day, moments, months_from, stream
from sample_data.handed_in import AS_OF, HANDED_IN_DAYS
from tests.sample.reading import SAMPLE
from vrin_data.contract.agreement_text import read_agreement
from vrin_data.contract.agreements import Agreement, expiry_words, supplier_faults
from vrin_data.contract.cadence import Cadence, period_of
from vrin_data.contract.feeds import feed
from vrin_data.contract.suppliers import suppliers

LAST_DAY = date(2026, 3, 31)


def toml(name: str) -> dict[str, Any]:
    return tomllib.loads((SAMPLE / name).read_text(encoding="utf-8"))


TRUTH, ORDER = toml("truth.toml"), toml("order.toml")
LATE = next(fact for fact in TRUTH["planted"] if fact["id"] == "late_feed")


@pytest.fixture(scope="module")
def received() -> dict[tuple[str, str, date], date]:
    with (SAMPLE / "received.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {
        (row["supplier_id"], row["feed_id"], date.fromisoformat(row["period_start"])): date.fromisoformat(
            row["received_on"]
        )
        for row in rows
    }
    assert len(found) == len(rows)
    return found


@pytest.fixture(scope="module")
def agreements() -> list[Agreement]:
    paths = sorted((SAMPLE / "agreements").glob("*.toml"))
    return [read_agreement(path.read_text(encoding="utf-8"), path.name) for path in paths]


def cadence(supplier_id: str, feed_id: str, agreements: list[Agreement]) -> Cadence:
    (own,) = (one for one in agreements if one.covers(supplier_id, feed_id))
    return own.cadence_for(feed(feed_id).cadence)


def test_every_period_of_the_truth_came_on_a_day_and_no_other(
    received: dict[tuple[str, str, date], date],
) -> None:
    by_code = {one.home_area_code: name for name, one in suppliers().items() if one.kind == "police"}
    police = {
        (by_code[table["force_code"]], "police-offences", date.fromisoformat(f"{table['month']}-01"))
        for table in TRUTH["month"]
        if table["rows"]
    }
    others = {
        (one["supplier_id"], one["feed_id"], date.fromisoformat(f"{one['period']}-01"))
        for one in TRUTH["volume"]
    }
    assert set(received) == police | others
    assert len(police) == 5 * 36 - 1


def test_all_came_some_days_after_the_period_that_was_due(
    received: dict[tuple[str, str, date], date], agreements: list[Agreement]
) -> None:
    late: dict[str, int] = {}
    for (supplier_id, feed_id, start), day in received.items():
        rule = cadence(supplier_id, feed_id, agreements)
        period = period_of(start, rule.every)
        due = rule.due_on(start)
        assert due is not None
        assert day <= AS_OF
        if day > due:
            late[f"{start:%Y-%m}"] = (day - due).days
            assert (supplier_id, feed_id) == (LATE["supplier_id"], LATE["feed_id"])
        else:
            months = {"month": 1, "quarter": 3}.get(rule.every, 12)
            least, most = HANDED_IN_DAYS[months]
            assert least <= (day - period.last_day).days <= most
    assert late == dict(zip(LATE["months"], LATE["days_late"], strict=True))
    assert LATE["from_month"] == min(late)


def test_nothing_of_the_month_after_the_last_is_due_on_the_day_of_the_sample(
    received: dict[tuple[str, str, date], date], agreements: list[Agreement]
) -> None:
    """Else every feed would be overdue in the sample."""
    assert ORDER["as_of"] == AS_OF
    for supplier_id, feed_id in {key[:2] for key in received}:
        due = cadence(supplier_id, feed_id, agreements).due_on(LAST_DAY + timedelta(days=1))
        assert due is not None
        assert due >= AS_OF


def test_the_order_names_every_file_once_and_the_resend_last() -> None:
    named = [name for batch in ORDER["batch"] for name in batch["files"]]
    assert sorted(named) == sorted(one["name"] for one in TRUTH["file"])
    assert len(set(named)) == len(named)
    (resend,) = (batch for batch in ORDER["batch"] if batch["build"] == 2)
    assert resend is ORDER["batch"][-1]
    (fact,) = (one for one in TRUTH["planted"] if one["id"] == "resend")
    assert resend["supplier"] == fact["supplier_id"]
    assert resend["received_on"] == date.fromisoformat(fact["received_on"])
    assert {batch["build"] for batch in ORDER["batch"][:-1]} == {1}
    assert not any("received_on" in batch for batch in ORDER["batch"][:-1])


def test_batches_name_the_supplier_where_there_is_one() -> None:
    owners = {one["name"]: one["supplier_ids"] for one in TRUTH["file"]}
    for batch in ORDER["batch"]:
        found = {owner for name in batch["files"] for owner in owners[name]}
        assert found == {batch["supplier"]} if "supplier" in batch else len(found) > 1


def test_every_period_came_under_one_live_agreement(
    received: dict[tuple[str, str, date], date], agreements: list[Agreement]
) -> None:
    for (supplier_id, feed_id, start), day in received.items():
        live = [one for one in agreements if one.covers(supplier_id, feed_id) and one.is_live(day)]
        assert len(live) == 1, (supplier_id, feed_id)
        # A period from before the agreement would be a backlog, which is never late.
        assert live[0].start_day <= start


def test_an_agreement_expects_nothing_that_its_suppliers_do_not_send(
    received: dict[tuple[str, str, date], date], agreements: list[Agreement]
) -> None:
    sent = {key[:2] for key in received}
    promised = [(s, f) for one in agreements for s in one.supplier_ids for f in one.feed_ids]
    assert Counter(promised) == Counter(sent)


def test_agreements_are_sound_signed_by_offices_and_simulated(agreements: list[Agreement]) -> None:
    for one in agreements:
        assert supplier_faults(one, suppliers()) == []
        assert one.status == "live"
        assert "(simulated)" in one.name
        assert all(not name.startswith(("Mr", "Ms", "Dr")) for name in one.signatories)
    powers = {one.agreement_id.removeprefix("sample-"): one.legal_power for one in agreements}
    assert powers["police-recorded-crime"] == powers["fire-and-rescue"] == "cda-17a"
    assert powers["emergency-departments-istv"] == powers["emergency-departments-ecds"] == "istv"
    assert powers["youth-justice"] == powers["probation"] == "uk-gdpr-public-task"


def test_one_agreement_ends_within_ninety_days_of_the_last_month(agreements: list[Agreement]) -> None:
    for today in (LAST_DAY, AS_OF):
        ending = [one.agreement_id for one in agreements if expiry_words(one, today)]
        assert ending == ["sample-fire-and-rescue"]


def test_what_is_declared_has_no_agreement_and_did_not_come(
    received: dict[tuple[str, str, date], date], agreements: list[Agreement]
) -> None:
    declared = toml("declared.toml")["declared"]
    assert {one["state"] for one in declared} == {"withheld", "held_by_partner"}
    for one in declared:
        pair = one["supplier_id"], one["feed_id"]
        assert pair[0] in suppliers()
        assert suppliers()[pair[0]].kind in feed(pair[1]).supplier_kinds
        assert not any(agreement.covers(*pair) for agreement in agreements)
        assert pair not in {key[:2] for key in received}


def test_months_and_their_last_days() -> None:
    assert months_from("2025-11", "2026-02") == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert months_from("2025-04", "2026-03", step=3) == ["2025-04", "2025-07", "2025-10", "2026-01"]
    assert last_day("2024-02") == date(2024, 2, 29)
    assert last_day("2025-10", 3) == date(2025, 12, 31)


def test_a_stream_belongs_to_its_supplier_and_feed() -> None:
    first, again, other = (stream(*key).random() for key in (("a", "b"), ("a", "b"), ("b", "a")))
    assert first == again != other


def test_moments_lie_in_their_period_oldest_first() -> None:
    found = moments("2024-02", 500, stream("a", "b"))
    assert found.is_monotonic_increasing
    assert found.min() >= found.iloc[0].replace(day=1, hour=0, minute=0)
    assert set(found.dt.strftime("%Y-%m")) == {"2024-02"}
    assert found.dt.day.max() == 29
    assert set(moments("2024-01", 500, stream("a", "b"), length=3).dt.month) == {1, 2, 3}


def test_chosen_values_follow_their_shares() -> None:
    found = Counter(chosen({"often": 0.9, "seldom": 0.1, "never": 0.0}, 2000, stream("a", "b")))
    assert found["never"] == 0
    assert 0.87 < found["often"] / 2000 < 0.93
