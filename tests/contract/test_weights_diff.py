"""What differs between two editions, and which central choices hold for a new one."""

from vrin_data.contract.edition_diff import carried_choices, differences
from vrin_data.contract.weight_resolution import CentralChoice
from vrin_data.contract.weight_rows import WeightRow
from vrin_data.contract.weights import About, Edition, make_edition

OLD = (
    WeightRow("8N.8.6.0", ("8N", "008/06"), "", 10, False, True),
    WeightRow("8N.8.6.0A", ("8N", "008/06"), "", 10, True, True),
    WeightRow("8N.8.1.1", ("8N", "008/01"), "serious", 547.5, False, True),
    WeightRow("8N.8.1.2", ("8N", "008/01"), "minor", 19, False, True),
    WeightRow("46.46.0.0", ("46", "046/00"), "", 1, False, True),
)
CHOICES = {
    "8N|008/01": CentralChoice(19, "the lower line", "VRIN default"),
    "8N|": CentralChoice(10, "the ordinary line", "VRIN default"),
}


def made(*rows: WeightRow, name: str = "new", choices: dict[str, CentralChoice] | None = None) -> Edition:
    return make_edition(About(name, name, "2030", "nobody", "a test"), rows, choices)


OLD_EDITION = made(*OLD, name="old", choices=CHOICES)


def test_an_edition_does_not_differ_from_itself_in_whatever_order() -> None:
    assert differences(OLD_EDITION, OLD_EDITION) == []
    assert differences(OLD_EDITION, made(*reversed(OLD))) == []


def test_a_changed_weight_a_moved_row_a_new_and_a_gone_one_are_told() -> None:
    new = made(
        WeightRow("8N.8.6.0", ("8N", "008/06"), "completed", 14, False, True),
        WeightRow("8N.8.6.0A", ("8N", "008/06"), "attempt", 10, True, True),
        OLD[2],
        WeightRow("8N.8.1.2", ("8T", "008/01"), "minor", 19, False, False),
        WeightRow("8N.8.77.0", ("8N", "008/77"), "", 365, False, True),
    )
    assert [one.words() for one in differences(OLD_EDITION, new)] == [
        "changed weight: 8N.8.6.0 (8N 008/06) from 10 to 14",
        "changed row: 8N.8.1.2 (8N 008/01, minor), offence 8N 008/01 to 8T 008/01; notifiable yes to no",
        "new row: 8N.8.77.0 (8N 008/77) at 365",
        "gone row: 46.46.0.0 (46 046/00) at 1",
    ]


def test_differences_turned_round_are_told_from_the_other_side() -> None:
    new = made(WeightRow("46.46.0.0", ("46", "046/00"), "", 2, False, True), *OLD[:4])
    forth, back = differences(OLD_EDITION, new), differences(new, OLD_EDITION)
    assert [(one.change, one.before, one.after) for one in back] == [
        (one.change, one.after, one.before) for one in forth
    ]


def test_a_choice_carries_over_at_the_new_weight_of_the_row_it_named() -> None:
    new = made(OLD[0], OLD[1], OLD[2], WeightRow("8N.8.1.2", ("8N", "008/01"), "minor", 25, False, True))
    carried, left = carried_choices(OLD_EDITION, new)
    assert carried == {
        "8N|008/01": CentralChoice(25, "the lower line; carried over from old", "VRIN default"),
        "8N|": CentralChoice(10, "the ordinary line; carried over from old", "VRIN default"),
    }
    assert left == []


def test_a_choice_whose_row_is_gone_is_left_to_choose_and_never_guessed() -> None:
    new = made(OLD[0], OLD[2], WeightRow("8N.8.1.3", ("8N", "008/01"), "slight", 12, False, True))
    carried, left = carried_choices(OLD_EDITION, new)
    assert (list(carried), left) == (["8N|"], ["8N|008/01"])


def test_a_choice_is_dropped_where_one_weight_is_left() -> None:
    assert carried_choices(OLD_EDITION, made(OLD[2])) == ({}, [])
