"""What follows a step of the upload desk that has ended: its answer goes where it belongs, the next begins."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from vrin_data.records import all_suppliers
from vrin_ui import remembered
from vrin_ui.intake_process import Answer
from vrin_ui.upload.mapping import mapped_of, named_supplier
from vrin_ui.upload.upload_call import Call, accept_words
from vrin_ui.upload.upload_desk import Check, Desk, Step, Told, only, supplier_key
from vrin_ui.upload.upload_look import Seen, seen_of
from vrin_ui.upload.upload_tables import READY, REFUSED, UNCHANGED, refusals, state_of
from vrin_ui.wording import counted, listed

NAMED = 3
Submissions = Sequence[Mapping[str, Any]]


def advance(desk: Desk) -> None:
    """Take the answer of the step that has ended, and start the next."""
    running, desk.running = desk.running, None
    if running is None:
        return
    step, *rest = running.steps
    answer = running.job.answer()
    # What it answered holds values of the file, which must not outlive the file here.
    shutil.rmtree(running.job.folder, ignore_errors=True)
    if answer.content is None:
        _failed(desk, step, answer.failure, is_cancelled=running.job.is_cancelled)
        return
    steps = [*_HANDLERS[step.kind](desk, step.about, answer), *rest]
    if steps:
        desk.begin(steps, running.place)


def _failed(desk: Desk, step: Step, words: str, *, is_cancelled: bool) -> None:
    if step.kind == "look":
        for file_id in step.about:
            desk.seen.setdefault(file_id, Seen(refusal=words))
    elif is_cancelled:
        desk.told.append(Told(words, "info"))
    else:
        desk.failures[step.about[0] if step.kind in ("take", "accept") else step.about] = words


def _looked(desk: Desk, file_ids: Sequence[str], answer: Answer) -> list[Step]:
    for file_id, look in zip(file_ids, answer.content, strict=True):
        desk.seen[file_id] = seen_of(look)
    return []


def _read(desk: Desk, key: Any, answer: Answer) -> list[Step]:
    desk.rows[key] = answer.content["preview"]
    return []


def _proposed(desk: Desk, key: Any, answer: Answer) -> list[Step]:
    desk.mapped[key] = mapped_of(answer.content)
    file_id, feed_id, supplier = key
    named = named_supplier(desk.mapped[key], all_suppliers(desk.store))
    if named and not supplier:
        remembered.put(desk.said, supplier_key(file_id, feed_id), named)
    return _read(desk, key, answer)


def _tried(desk: Desk, key: Any, answer: Answer) -> list[Step]:
    desk.mapped[key].tried(answer.content)
    return _read(desk, key, answer)


def _checked(desk: Desk, call: Call, answer: Answer) -> list[Step]:
    desk.checks[call] = Check(answer.content, answer.left_aside, desk.state())
    return []


def _taken(desk: Desk, about: tuple[Call, tuple[str, str] | None], answer: Answer) -> list[Step]:
    """What follows a call that was to be taken in: it was, or a person's decision on it is carried out."""
    call, decision = about
    held = {one["held_id"]: one["file"].partition("/")[0] for one in answer.content if one["held_id"]}
    if held and decision:
        return _decide(desk, call, held, decision)
    if held:
        _tell_held(desk, call, set(held.values()))
    elif state_of(answer.content) == REFUSED:
        _tell_refused(desk, call, answer)
    else:
        _tell_taken(desk, call, answer)
    return []


def _decide(desk: Desk, call: Call, held: Mapping[int, str], decision: tuple[str, str]) -> list[Step]:
    """Take the held files in, then those that were held back with them."""
    by, reason = decision
    steps = [
        Step("accept", accept_words(number, by=by, reason=reason), (call, name))
        for number, name in held.items()
    ]
    others = tuple(one for one in call.files if one.name not in held.values())
    return [*steps, desk.take(only(call, others), decision)] if others else steps


def _accepted(desk: Desk, about: tuple[Call, str], answer: Answer) -> list[Step]:
    call, name = about
    own = only(call, tuple(one for one in call.files if one.name == name))
    if state_of(answer.content) == READY:
        _tell_taken(desk, own, answer)
        return []
    reasons = dict.fromkeys(one["reason"] for one in answer.content if one["reason"])
    words = [f"{name} could not be taken in; it waits for a decision below.", *reasons]
    desk.told.append(Told("\n".join(words), "error"))
    desk.forget([one.file_id for one in own.files])
    return []


def _tell_held(desk: Desk, call: Call, names: set[str]) -> None:
    words = f"{names_of(call)}: a check stops it, and it waits for a decision below. Nothing was taken in."
    desk.told.append(Told(words, "warning"))
    desk.forget([one.file_id for one in call.files if one.name in names])


def _tell_refused(desk: Desk, call: Call, answer: Answer) -> None:
    _checked(desk, call, answer)
    if call.is_nil:
        desk.told.append(Told("\n".join(one.words for one in refusals(answer.content)), "error"))


def _tell_taken(desk: Desk, call: Call, answer: Answer) -> None:
    rejected = sum(int(one["rows_rejected"]) for one in answer.content)
    desk.told.append(Told(_taken_words(call, answer, rejected), has_rejected=bool(rejected)))
    desk.forget([one.file_id for one in call.files])


def _taken_words(call: Call, answer: Answer, rejected: int) -> str:
    build = f", build {answer.build_id}" if answer.build_id else ""
    if state_of(answer.content) == UNCHANGED:
        return f"{names_of(call)}: the store holds this already. Nothing was changed."
    if call.is_nil:
        return f"It is on record that there was nothing to report{build}."
    kept = sum(int(one["rows_kept"]) for one in answer.content)
    return f"{names_of(call)}: taken in, {counted(kept, 'row')} kept and {rejected:,} rejected{build}."


def names_of(call: Call) -> str:
    """The files of a call in words: their names, or how many they are."""
    if call.is_nil:
        return "Nothing to report"
    return (
        listed(one.name for one in call.files)
        if len(call.files) <= NAMED
        else counted(len(call.files), "file")
    )


_HANDLERS: dict[str, Callable[[Desk, Any, Answer], list[Step]]] = {
    "look": _looked,
    "rows": _read,
    "propose": _proposed,
    "try": _tried,
    "check": _checked,
    "take": _taken,
    "accept": _accepted,
}
