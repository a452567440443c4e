"""The one way in which screens change anything: each function does one thing and gives what to say of it.

A function here calls one operation of the records or of intake and raises its VrinError. `attempt` runs
one and keeps what came of it under the name of a place, where `draw_outcome` says it once.
"""

import secrets
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import streamlit as st

from vrin_data import intake, records
from vrin_data.contract.agreement_text import agreement_from, read_agreement
from vrin_data.contract.agreements import Agreement, expiry_words
from vrin_data.contract.feeds import Feed
from vrin_data.contract.suppliers import Supplier
from vrin_data.contract.variant_text import as_toml
from vrin_data.contract.variants import apply
from vrin_data.errors import RefusedInput, VrinError
from vrin_ui import clock
from vrin_ui.ask import open_store
from vrin_ui.intake_process import run
from vrin_ui.upload.mapping import Mapped, faults, variant_of
from vrin_ui.upload.upload_call import accept_words
from vrin_ui.upload.upload_files import FOLDER
from vrin_ui.wording import counted, day_words, plain

OUTCOMES, CORRECTIONS = "outcomes", "corrections.csv"


def attempt(place: str, action: Callable[..., str], *of: Any, **named: Any) -> bool:
    """Whether an action was done; what is to be said of it is kept for `draw_outcome`."""
    try:
        words, is_done = action(*of, **named), True
    except VrinError as error:
        words, is_done = str(error), False
    st.session_state.setdefault(OUTCOMES, {})[place] = (words, is_done)
    return is_done


def draw_outcome(place: str, *, told_as: Callable[[str], str] = str) -> None:
    """What came of the last action at a place, once; nothing where there was none.

    `told_as` puts the words into those of the place.
    """
    told = st.session_state.get(OUTCOMES, {}).pop(place, None)
    if told is None:
        return
    words, is_done = told
    draw = st.success if is_done else st.error
    draw("  \n".join(plain(line) for line in told_as(words).splitlines()))


def declare(
    supplier_id: str,
    feed_id: str,
    *,
    state: str,
    from_month: date,
    to_month: date | None,
    reason: str,
    by: str,
) -> str:
    """Put a declaration on record."""
    made = records.declare(
        open_store().path,
        supplier_id,
        feed_id,
        state=state,
        from_month=from_month,
        to_month=to_month,
        reason=reason,
        recorded_by=by,
        recorded_at=clock.now(),
    )
    until = f"to {made.to_month:%B %Y}" if made.to_month else "until further"
    return f"Declaration {made.expectation_id} stands, from {made.from_month:%B %Y} {until}."


def withdraw(expectation_id: int, *, by: str) -> str:
    """Take a declaration back."""
    records.withdraw(open_store().path, expectation_id, withdrawn_by=by, withdrawn_at=clock.now())
    return f"Declaration {expectation_id} is taken back. It stays on record."


def confirm_whole(supplier_id: str, feed_id: str, month: date, *, by: str, reason: str) -> str:
    """Let a period that a check took for partial count as whole."""
    build_id = intake.confirm_whole(
        open_store(), supplier_id, feed_id, month, person=by, reason=reason, at=clock.now()
    )
    return f"{month:%B %Y} counts as whole from build {build_id} on. The confirmation stands on record."


def accept_held(held_id: int, *, by: str, reason: str) -> str:
    """Take a stopped file in against what stopped it."""
    folder = open_store().path / FOLDER / f"held-{held_id}"
    try:
        answer = run(accept_words(held_id, by=by, reason=reason), store=open_store().path, folder=folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if any(one["status"] in ("refused", "stopped") for one in answer.content):
        reasons = dict.fromkeys(one["reason"] for one in answer.content if one["reason"])
        raise VrinError(
            "\n".join([f"File {held_id} could not be taken in, and it goes on waiting.", *reasons])
        )
    kept = sum(one["rows_kept"] for one in answer.content)
    return (
        f"File {held_id} is taken in: {kept:,} rows, build {answer.build_id or open_store().current_build()}."
    )


def discard_held(held_id: int, *, by: str, reason: str) -> str:
    """Discard a stopped file."""
    intake.discard_held(open_store(), held_id, person=by, reason=reason, at=clock.now())
    return f"File {held_id} is discarded. Nothing of it was taken in."


def save_agreement(values: Mapping[str, Any], *, faults: list[str], by: str, reason: str) -> str:
    """Put the agreement that these fields make on record, unless they or the form have a fault."""
    found = faults if by.strip() else [*faults, "by: is empty; say it in words"]
    return _saved(agreement_from(values, "The form", found=found), by=by, reason=reason)


def save_agreement_file(content: bytes, name: str, *, by: str, reason: str) -> str:
    """Put the agreement of a TOML file on record."""
    if not name:
        raise RefusedInput("No file was chosen. Choose a TOML file and send the form again.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedInput(f"{name}: not UTF-8 text. Save the file as UTF-8.") from None
    return _saved(read_agreement(text, name), by=by, reason=reason)


def _saved(one: Agreement, *, by: str, reason: str) -> str:
    saved = records.save_agreement(
        open_store().path, one, recorded_by=by, recorded_at=clock.now(), reason=reason
    )
    words = f"{saved.agreement_id} stands on record as version {saved.version}, {saved.status}."
    return "\n".join([words, *expiry_words(saved, clock.today())])


def end_agreement(agreement_id: str, *, on: date, reason: str, by: str) -> str:
    """End an agreement; `on` is the last day on which it holds."""
    ended = records.end_agreement(
        open_store().path, agreement_id, on=on, reason=reason, recorded_by=by, recorded_at=clock.now()
    )
    return f"{ended.agreement_id} ends on {day_words(on)}; that is version {ended.version}."


def send_corrections(content: bytes, *, by: str) -> str:
    """Take corrected rows in; what went in and what is still wrong."""
    if not by.strip():
        raise RefusedInput("Give your name: what is corrected goes on record with it.")
    folder = open_store().path / FOLDER / f"corrections-{secrets.token_hex(4)}"
    folder.mkdir(parents=True)
    try:
        (folder / CORRECTIONS).write_bytes(content)
        words = ["correct", str(folder / CORRECTIONS), f"--by={by}"]
        done = run(words, store=open_store().path, folder=folder).content
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    wrong = [f"Still wrong, {count:,}: {reason}" for reason, count in sorted(done["still_rejected"].items())]
    if not done["build_id"]:
        raise RefusedInput("\n".join(["No row could be taken in, and nothing was changed.", *wrong]))
    taken = counted(done["taken"], "corrected row")
    return "\n".join([f"{taken} taken in, build {done['build_id']}.", *wrong])


def save_mapping(mapped: Mapped, feed: Feed, supplier: str, *, by: str) -> str:
    """Put a mapping on record as the supplier's variant of a feed."""
    wrong = faults(mapped, feed)
    if wrong:
        raise RefusedInput("\n".join(wrong))
    made = variant_of(mapped, feed, supplier)
    if not (made.columns or made.codes or made.ignored or made.not_used):
        raise RefusedInput("Nothing was chosen, so there is nothing to save.")
    apply(feed, made)
    saved = records.save_variant(
        open_store().path, supplier, feed.id, as_toml(made), recorded_by=by, recorded_at=clock.now()
    )
    return f"The mapping stands on record as version {saved.version} of how {supplier} sends {feed.name}."


def add_supplier(supplier: Supplier, *, by: str) -> str:
    """Add a supplier of the partnership's own."""
    added = records.add_supplier(open_store().path, supplier, recorded_by=by, recorded_at=clock.now())
    return f"{added.supplier_name} is added as {added.supplier_id}."
