"""Weight editions on record and a partnership's own central choices: what counts, and what is refused."""

from datetime import datetime
from pathlib import Path

import pytest

from vrin_data.contract.weight_import import Wording
from vrin_data.contract.weight_resolution import CentralChoice
from vrin_data.contract.weight_rows import WeightRow
from vrin_data.contract.weights import About, Edition, edition, make_edition
from vrin_data.errors import RefusedInput, UnknownEdition
from vrin_data.records import events
from vrin_data.records.weight_imports import import_weights
from vrin_data.records.weights import (
    choice_steps,
    choices,
    known_edition,
    published_edition,
    save_choice,
    save_edition,
    weight_editions,
    withdraw_choice,
)

AT = datetime(2026, 3, 1, 9, 0)
LATER = datetime(2026, 3, 2, 9, 0)
ROWS = (
    WeightRow("a", ("8N", "008/01"), "serious", 500, False, True),
    WeightRow("b", ("8N", "008/01"), "minor, 'slight'", 20.5, False, True),
    WeightRow("c", ("46", "046/00"), "", 1, True, False),
)


def made(name: str = "local-2026") -> Edition:
    about = About(
        name, "Our weights", "March 2026", "Us, 2026", "ours.csv: 3 rows", ("read with care",), "days"
    )
    return make_edition(about, ROWS, {"8N|008/01": CentralChoice(20.5, "the lower", "Board")})


def keep(store: Path, one: Edition, at: datetime = AT, by: str = "A. Analyst") -> None:
    save_edition(store, one, file_hash="ab12", recorded_by=by, recorded_at=at)


def choose(store: Path, key: str, days: float, *, of: str = "cchi-2020", reason: str = "audit") -> int:
    step = save_choice(store, of, key, days=days, reason=reason, recorded_by="A. Analyst", recorded_at=AT)
    return step.version


def take_back(store: Path, key: str, *, reason: str = "audit was wrong") -> int:
    step = withdraw_choice(store, "cchi-2020", key, reason=reason, recorded_by="B. Lead", recorded_at=LATER)
    return step.version


def test_an_edition_on_record_is_the_one_that_was_saved(tmp_path: Path) -> None:
    keep(tmp_path, made())
    found = known_edition(tmp_path, "local-2026")
    assert found == made()
    assert (found.about, found.rows, found.choices) == (made().about, ROWS, made().choices)
    assert found.label == "local-2026"


def test_editions_are_listed_built_in_ones_first_and_then_as_they_came(tmp_path: Path) -> None:
    keep(tmp_path, made("z-first"), AT)
    keep(tmp_path, made("a-second"), LATER)
    assert list(weight_editions(tmp_path)) == ["cchi-2020", "unit-costs-2018", "z-first", "a-second"]


def test_an_edition_never_changes_and_no_built_in_one_is_replaced(tmp_path: Path) -> None:
    keep(tmp_path, made())
    with pytest.raises(RefusedInput, match="local-2026 is on record and an edition never changes"):
        keep(tmp_path, made(), LATER)
    with pytest.raises(RefusedInput) as refused:
        keep(tmp_path, made("cchi-2020"), by=" ")
    assert str(refused.value).splitlines() == [
        "The weight edition cchi-2020 was not recorded:",
        "  edition: cchi-2020 is built in; take another id",
        "  by: is empty; say it in words",
    ]
    assert known_edition(tmp_path, "cchi-2020") is edition("cchi-2020")


def test_an_unknown_edition_names_those_there_are(tmp_path: Path) -> None:
    keep(tmp_path, made())
    with pytest.raises(UnknownEdition, match="cchi-2020, unit-costs-2018, local-2026"):
        known_edition(tmp_path, "cchi-2016")


def test_own_choices_stand_in_the_latest_version_and_earlier_ones_can_be_read(tmp_path: Path) -> None:
    assert [choose(tmp_path, "8N|", 19), choose(tmp_path, "13|", 1460), choose(tmp_path, "8N|", 547.5)] == [
        1,
        2,
        3,
    ]
    assert take_back(tmp_path, "13|") == 4
    standing = {
        version: {key: one.days for key, one in choices(tmp_path, "cchi-2020", version=version).items()}
        for version in (0, 1, 2, 3, 4)
    }
    assert standing == {
        0: {},
        1: {"8N|": 19},
        2: {"8N|": 19, "13|": 1460},
        3: {"8N|": 547.5, "13|": 1460},
        4: {"8N|": 547.5},
    }
    found = known_edition(tmp_path, "cchi-2020")
    assert (found.label, found.choices_version) == ("cchi-2020, local choices v4", 4)
    assert (found.weight("8N|").days_central, found.weight("13|").days_central) == (547.5, 19)
    assert published_edition(tmp_path, "cchi-2020").weight("8N|").days_central == 10
    assert [
        (one.version, one.offence_key, one.days, one.recorded_by)
        for one in choice_steps(tmp_path, "cchi-2020")
    ] == [
        (1, "8N|", 19, "A. Analyst"),
        (2, "13|", 1460, "A. Analyst"),
        (3, "8N|", 547.5, "A. Analyst"),
        (4, "13|", None, "B. Lead"),
    ]


def test_an_edition_without_a_choice_of_ones_own_is_called_as_it_was_published(tmp_path: Path) -> None:
    choose(tmp_path, "8N|", 19)
    take_back(tmp_path, "8N|")
    assert known_edition(tmp_path, "cchi-2020").label == "cchi-2020"
    assert known_edition(tmp_path, "cchi-2020").weight("8N|") == edition("cchi-2020").weight("8N|")
    choose(tmp_path, "8N|", 19)
    assert known_edition(tmp_path, "cchi-2020").label == "cchi-2020, local choices v3"


def test_choices_are_of_one_edition(tmp_path: Path) -> None:
    keep(tmp_path, made())
    choose(tmp_path, "8N|008/01", 500, of="local-2026")
    assert known_edition(tmp_path, "local-2026").weight("8N|008/01").days_central == 500
    assert known_edition(tmp_path, "cchi-2020").choices_version == 0


def test_an_edition_read_twice_is_worked_out_once(tmp_path: Path) -> None:
    choose(tmp_path, "8N|", 19)
    assert known_edition(tmp_path, "cchi-2020") is known_edition(tmp_path, "cchi-2020")


@pytest.mark.parametrize(
    ("key", "days", "fault"),
    [
        ("8N|", 20, "days: 20 is no row of 8N|; its rows are 2, 5, 10, 19, 84, 547.5, 1460"),
        (
            "5D|005/06",
            10,
            "days: 10 is no row of 5D|005/06; its rows are none: the edition has no row for it",
        ),
        ("unmapped", 10, "days: 10 is no row of unmapped; its rows are none: the edition has no row for it"),
        ("8N", 10, "offence: there is no '8N' (expected such as '8N|', '8N|008/01' or '|008/06')"),
    ],
)
def test_a_choice_must_be_a_row_of_the_offence(tmp_path: Path, key: str, days: float, fault: str) -> None:
    with pytest.raises(RefusedInput) as refused:
        choose(tmp_path, key, days, reason="")
    assert str(refused.value).splitlines() == [
        f"The choice for {key} was not recorded:",
        "  reason: is empty; say it in words",
        f"  {fault}",
    ]
    assert choice_steps(tmp_path, "cchi-2020") == []


def test_only_a_choice_that_stands_can_be_taken_back(tmp_path: Path) -> None:
    with pytest.raises(RefusedInput, match=r"8N\|: no choice of your own stands"):
        take_back(tmp_path, "8N|")
    with pytest.raises(UnknownEdition):
        choose(tmp_path, "8N|", 10, of="cchi-1999")


def test_what_was_decided_stands_in_the_log(tmp_path: Path) -> None:
    keep(tmp_path, made())
    choose(tmp_path, "8N|", 19)
    take_back(tmp_path, "8N|")
    assert [(one.actor, one.action, one.subject, one.detail) for one in events(tmp_path)] == [
        ("A. Analyst", "import weights", "local-2026", {"rows": 3, "kind": "days"}),
        ("A. Analyst", "choose weight", "cchi-2020 8N|", {"version": 1, "days": 19.0}),
        ("B. Lead", "withdraw weight", "cchi-2020 8N|", {"version": 2, "days": None}),
    ]


def write(folder: Path, *lines: str, kind: str = "days") -> Path:
    file = folder / "ours.csv"
    file.write_text(
        "\n".join([f"offence_code,classification,qualifier,{kind},row_id", *lines]), encoding="utf-8"
    )
    return file


def test_an_import_is_compared_with_the_last_edition_of_its_kind_and_carries_choices(tmp_path: Path) -> None:
    store = tmp_path / "store"
    keep(store, made())
    file = write(tmp_path, "8N,008/01,serious,500,a", "8N,008/01,minor,22,b", "46,046/00,,1,new")
    done = import_weights(store, file, Wording("local-2027", name="Our next"), by="A. Analyst", at=LATER)
    assert done.against == made()
    assert [(one.change, one.row_id) for one in done.differences] == [
        ("changed weight", "b"),
        ("new row", "new"),
        ("gone row", "c"),
    ]
    kept = known_edition(store, "local-2027")
    assert kept == done.edition
    assert kept.choices == {
        "8N|008/01": CentralChoice(22, "the lower; carried over from local-2026", "Board")
    }
    assert (done.is_recorded, kept.name) == (True, "Our next")


def test_an_import_may_be_compared_with_a_named_edition(tmp_path: Path) -> None:
    store = tmp_path / "store"
    keep(store, made())
    file = write(tmp_path, "46,046/00,,1,46.46.0.0")
    done = import_weights(store, file, Wording("x"), by="A", at=LATER, against="cchi-2020", is_dry_run=True)
    assert done.against == edition("cchi-2020")
    assert len(done.differences) >= 697
    with pytest.raises(UnknownEdition, match="No weight edition is called 'none'"):
        import_weights(store, file, Wording("x"), by="A", at=LATER, against="none", is_dry_run=True)


def test_the_first_edition_of_a_kind_is_compared_with_none(tmp_path: Path) -> None:
    file = write(tmp_path, "8N,008/01,,5,a", kind="score")
    done = import_weights(tmp_path / "store", file, Wording("points"), by="A", at=AT)
    assert (done.against, done.differences) == (None, ())


def test_a_dry_run_and_a_faulty_file_leave_nothing_on_record(tmp_path: Path) -> None:
    store = tmp_path / "store"
    good, wording = write(tmp_path, "8N,008/01,,5,a"), Wording("local-2026")
    assert not import_weights(store, good, wording, by="", at=AT, is_dry_run=True).is_recorded
    with pytest.raises(RefusedInput, match="by: is empty"):
        import_weights(store, good, wording, by="", at=AT)
    bad = write(tmp_path, "8N,008/01,,five,a")
    with pytest.raises(RefusedInput, match="'five' is not a number"):
        import_weights(store, bad, wording, by="A", at=AT)
    assert list(weight_editions(store)) == ["cchi-2020", "unit-costs-2018"]
    assert events(store) == []
