"""Definitions on record: drafts, steps, the second person, what is in force, and the texts of VRIN itself."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from vrin_data.contract.definitions import DefinitionError, built_in_versions, definition
from vrin_data.errors import RefusedInput, UnknownDefinition, VrinError
from vrin_data.records import (
    approve,
    definition_register,
    definition_steps,
    definition_version,
    definition_versions,
    definitions,
    discard_draft,
    events,
    in_force,
    record_definitions,
    retire,
    save_draft,
    send_back,
    set_aside,
    submit,
)

NOON = datetime(2026, 11, 1, 12)
TEXT = """# what the board asked for in March
id = "our-town"
name = "Knives in our town"
status = "local"
source = "Board minutes"
author = "Our partnership"
valid_from = 2026-04-01
unit = "offence"
reason = "The board asked for it."

[include]
codes = ["8N"]  # assault with injury

[filters]
weapon = ["sharp"]
"""
OTHER = TEXT.replace('["8N"]', '["8N", "34B"]')


def at(hours: int) -> datetime:
    return NOON + timedelta(hours=hours)


def states(store: Path, definition_id: str = "our-town", *, with_discarded: bool = False) -> dict[int, str]:
    register = definition_register(store, with_discarded=with_discarded)
    return {one.version: one.state for one in register if one.definition_id == definition_id}


def approved(store: Path, text: str = TEXT) -> None:
    one = save_draft(store, text, by="A. Author", at=at(0))
    submit(store, one.definition_id, one.version, by="A. Author", at=at(1))
    approve(store, one.definition_id, one.version, by="B. Second", at=at(2), reason="Board, item 4")


def test_an_empty_store_has_the_built_in_versions(tmp_path: Path) -> None:
    found = definition_register(tmp_path)
    assert [one.ref for one in found] == [one.ref for one, _ in built_in_versions()]
    assert {one.state for one in found} == {"built-in"}
    assert {one.recorded_at for one in found} == {None}
    assert definition_versions(tmp_path) == []


def test_the_register_is_the_same_once_the_built_in_versions_are_recorded(tmp_path: Path) -> None:
    before = [(one.ref, one.toml) for one in definition_register(tmp_path)]
    record_definitions(tmp_path, built_in_versions(), recorded_at=NOON)
    assert [(one.ref, one.toml) for one in definition_register(tmp_path)] == before


def test_a_draft_keeps_its_comments_and_is_given_its_version(tmp_path: Path) -> None:
    made = save_draft(tmp_path, TEXT, by="A. Author", at=NOON)
    assert (made.ref, made.state, made.author, made.recorded_at) == ("our-town@1", "draft", "A. Author", NOON)
    assert made.toml == "version = 1\n" + TEXT
    assert made.definition.version == 1
    assert [(step.action, step.person) for step in made.steps] == [("save", "A. Author")]


def test_an_open_draft_is_replaced_and_its_earlier_text_stays_among_the_steps(tmp_path: Path) -> None:
    save_draft(tmp_path, TEXT, by="A. Author", at=at(0))
    again = save_draft(tmp_path, TEXT, by="C. Third", at=at(1))
    assert [step.person for step in again.steps] == ["A. Author"]
    changed = save_draft(tmp_path, OTHER, by="C. Third", at=at(2))
    assert states(tmp_path) == {1: "draft"}
    assert changed.definition.include.codes == ("8N", "34B")
    assert [step.person for step in changed.steps] == ["A. Author", "C. Third"]
    assert changed.author == "C. Third"


def test_a_draft_with_errors_is_refused_with_all_of_them(tmp_path: Path) -> None:
    wrong = TEXT.replace('"sharp"', '"sword"').replace('"8N"', '"99Z"')
    with pytest.raises(DefinitionError, match=r"(?s)2 error.*99Z.*sword"):
        save_draft(tmp_path, wrong, by="A. Author", at=NOON)
    with pytest.raises(RefusedInput, match="by: is empty"):
        save_draft(tmp_path, TEXT, by=" ", at=NOON)
    assert events(tmp_path) == []


def test_the_way_to_approved_is_on_record_and_in_the_log(tmp_path: Path) -> None:
    approved(tmp_path)
    one = definition_version(tmp_path, "our-town")
    assert one.state == "approved"
    assert [(step.action, step.person, step.reason, step.recorded_at) for step in one.steps] == [
        ("save", "A. Author", "", at(0)),
        ("submit", "A. Author", "", at(1)),
        ("approve", "B. Second", "Board, item 4", at(2)),
    ]
    assert [(each.action, each.subject, each.actor, each.detail) for each in events(tmp_path)] == [
        ("save definition", "our-town", "A. Author", {"version": 1}),
        ("submit definition", "our-town", "A. Author", {"version": 1}),
        ("approve definition", "our-town", "B. Second", {"version": 1}),
    ]


def test_a_new_version_leaves_the_old_one_as_it_was(tmp_path: Path) -> None:
    approved(tmp_path)
    first = definition_version(tmp_path, "our-town@1")
    second = save_draft(tmp_path, OTHER, by="A. Author", at=at(3))
    assert second.ref == "our-town@2"
    assert definition_version(tmp_path, "our-town") == first
    submit(tmp_path, "our-town", 2, by="A. Author", at=at(4))
    approve(tmp_path, "our-town", 2, by="B. Second", at=at(5), reason="Board, item 5")
    assert definition_version(tmp_path, "our-town").ref == "our-town@2"
    assert definition_version(tmp_path, "our-town@1") == first


def test_the_text_of_an_approved_version_cannot_be_saved_again(tmp_path: Path) -> None:
    approved(tmp_path)
    with pytest.raises(RefusedInput, match="the same as our-town v1"):
        save_draft(tmp_path, TEXT, by="A. Author", at=at(3))
    assert states(tmp_path) == {1: "approved"}


@pytest.mark.parametrize("name", ["A. Author", "a.  author", "D. Sender"])
def test_whoever_wrote_or_submitted_it_does_not_approve_it(tmp_path: Path, name: str) -> None:
    save_draft(tmp_path, TEXT, by="A. Author", at=at(0))
    submit(tmp_path, "our-town", 1, by="D. Sender", at=at(1))
    with pytest.raises(RefusedInput, match="a second person is needed"):
        approve(tmp_path, "our-town", 1, by=name, at=at(2), reason="Board")
    assert states(tmp_path) == {1: "submitted"}
    done = approve(
        tmp_path, "our-town", 1, by=name, at=at(2), reason="Board", alone_reason="Only analyst until May"
    )
    assert done.steps[-1].alone_reason == "Only analyst until May"
    assert events(tmp_path)[-1].detail == {"version": 1, "decided_alone": True}


def test_a_second_person_decides_with_someone(tmp_path: Path) -> None:
    save_draft(tmp_path, TEXT, by="A. Author", at=at(0))
    submit(tmp_path, "our-town", 1, by="A. Author", at=at(1))
    done = approve(tmp_path, "our-town", 1, by="B. Second", at=at(2), reason="Board", alone_reason="not needed")
    assert done.steps[-1].alone_reason is None


def test_a_version_that_is_sent_back_is_a_draft_again(tmp_path: Path) -> None:
    save_draft(tmp_path, TEXT, by="A. Author", at=at(0))
    submit(tmp_path, "our-town", 1, by="A. Author", at=at(1))
    with pytest.raises(RefusedInput, match="waits for a decision"):
        save_draft(tmp_path, OTHER, by="A. Author", at=at(2))
    assert send_back(tmp_path, "our-town", 1, by="B. Second", at=at(2), reason="Add robbery").state == "draft"
    assert save_draft(tmp_path, OTHER, by="A. Author", at=at(3)).ref == "our-town@1"


def test_a_step_out_of_turn_says_what_comes_first(tmp_path: Path) -> None:
    save_draft(tmp_path, TEXT, by="A. Author", at=at(0))
    with pytest.raises(RefusedInput, match="it is draft: only a submitted version can be approved; submit it"):
        approve(tmp_path, "our-town", 1, by="B. Second", at=at(1), reason="Board")
    with pytest.raises(RefusedInput, match="it is draft: only an approved or built-in version"):
        retire(tmp_path, "our-town", 1, by="B. Second", at=at(1), reason="Old")
    approved(tmp_path, OTHER)
    for step in (submit, discard_draft):
        with pytest.raises(RefusedInput, match="it is approved: only a draft"):
            step(tmp_path, "our-town", 1, by="B. Second", at=at(4), reason="Late")
    with pytest.raises(UnknownDefinition, match=r"our-town@2.*our-town@1 \(approved\)"):
        submit(tmp_path, "our-town", 2, by="B. Second", at=at(4))


def test_reasons_are_asked_for(tmp_path: Path) -> None:
    approved(tmp_path)
    with pytest.raises(RefusedInput, match="reason: is empty"):
        retire(tmp_path, "our-town", 1, by="B. Second", at=at(4), reason="")
    assert states(tmp_path) == {1: "approved"}


def test_a_retired_version_is_not_in_force_but_still_there(tmp_path: Path) -> None:
    approved(tmp_path)
    approved(tmp_path, OTHER)
    retire(tmp_path, "our-town", 2, by="B. Second", at=at(4), reason="Robbery is counted elsewhere")
    assert in_force(tmp_path)["our-town"].ref == "our-town@1"
    retire(tmp_path, "our-town", 1, by="B. Second", at=at(5), reason="No longer used")
    assert "our-town" not in in_force(tmp_path)
    with pytest.raises(UnknownDefinition, match=r"No version of 'our-town' is in force.*our-town@1 \(retired\)"):
        definition_version(tmp_path, "our-town")
    assert definition_version(tmp_path, "our-town@1").definition.include.codes == ("8N",)


def test_the_number_of_a_discarded_draft_is_not_used_again(tmp_path: Path) -> None:
    save_draft(tmp_path, TEXT, by="A. Author", at=at(0))
    discard_draft(tmp_path, "our-town", 1, by="A. Author", at=at(1), reason="A try")
    assert states(tmp_path) == {}
    assert states(tmp_path, with_discarded=True) == {1: "discarded"}
    assert save_draft(tmp_path, TEXT, by="A. Author", at=at(2)).ref == "our-town@2"


def test_a_built_in_definition_can_be_retired_before_it_is_recorded(tmp_path: Path) -> None:
    retire(tmp_path, "violence-with-injury", 1, by="B. Second", at=NOON, reason="We use our own")
    record_definitions(tmp_path, built_in_versions(), recorded_at=at(1))
    assert states(tmp_path, "violence-with-injury") == {1: "retired"}
    assert definition_version(tmp_path, "violence-with-injury@1").definition == definition("violence-with-injury@1")


def test_a_built_in_definition_gets_its_next_version_and_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = TEXT.replace("our-town", "knife-enabled")
    made = save_draft(tmp_path, text, by="A. Author", at=NOON)
    last = definition("knife-enabled").version
    assert made.version == last + 1
    # The same number in a later VRIN: what stands on record in this store keeps it, and no ingest stops.
    later = definition("knife-enabled").model_copy(update={"version": last + 1})
    record_definitions(tmp_path, [*built_in_versions(), (later, "id = 'later'")], recorded_at=at(1))
    assert definition_version(tmp_path, made.ref).toml == made.toml
    assert set_aside(tmp_path) == []
    monkeypatch.setattr(definitions, "built_in_versions", lambda: (*built_in_versions(), (later, "id = 'later'")))
    assert set_aside(tmp_path) == [made.label]


def test_what_was_changed_after_it_was_read_is_not_approved(tmp_path: Path) -> None:
    one = save_draft(tmp_path, TEXT, by="A. Author", at=at(0))
    submit(tmp_path, "our-town", 1, by="A. Author", at=at(1))
    with pytest.raises(RefusedInput, match="it was changed after you had read it"):
        approve(tmp_path, "our-town", 1, by="B. Second", at=at(2), reason="Board", toml=OTHER)
    assert approve(tmp_path, "our-town", 1, by="B. Second", at=at(2), reason="Board", toml=one.toml).state == "approved"


def test_a_built_in_text_cannot_change_in_place(tmp_path: Path) -> None:
    record_definitions(tmp_path, built_in_versions(), recorded_at=NOON)
    one, text = built_in_versions()[0]
    changed = one.model_copy(update={"unknown": "out"})
    with pytest.raises(VrinError, match="Give the changed definition a new version number"):
        record_definitions(tmp_path, [(changed, text + "# changed")], recorded_at=at(1))
    retire(tmp_path, one.id, one.version, by="B. Second", at=at(1), reason="Not ours")
    with pytest.raises(VrinError, match="stands on record and says something else"):
        record_definitions(tmp_path, [(changed, text + "# changed")], recorded_at=at(2))


def test_whoever_is_slower_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_draft(tmp_path, TEXT, by="A. Author", at=at(0))
    submit(tmp_path, "our-town", 1, by="A. Author", at=at(1))
    as_it_was = definition_version(tmp_path, "our-town@1")
    send_back(tmp_path, "our-town", 1, by="B. Second", at=at(2), reason="Add robbery")
    save_draft(tmp_path, OTHER, by="A. Author", at=at(3))
    submit(tmp_path, "our-town", 1, by="A. Author", at=at(4))
    # What the approver has read is the text before it was sent back.
    monkeypatch.setattr(definition_steps, "definition_version", lambda *_: as_it_was)
    with pytest.raises(RefusedInput, match="changed by somebody else at the same time"):
        approve(tmp_path, "our-town", 1, by="B. Second", at=at(5), reason="Board")
    assert states(tmp_path) == {1: "submitted"}
    assert [one.action for one in events(tmp_path)][-1] == "submit definition"


def test_an_unknown_definition_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UnknownDefinition, match=r"'nonsense'.*knife-enabled"):
        definition_version(tmp_path, "nonsense@1")
