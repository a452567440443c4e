"""What screens do to definitions: each function does one thing and gives what to say of it.

They run through `act.attempt`, as all changes do.
"""

from vrin_data import records
from vrin_data.contract.definition_text import read_draft
from vrin_data.contract.worksheet import Worksheet
from vrin_data.errors import RefusedInput
from vrin_ui import clock
from vrin_ui.ask import open_store

ALONE_NOTE = "It was decided by the person who wrote or submitted it; the reason stands on record."


def save_draft(toml: str, *, by: str) -> records.DefinitionVersion:
    """Record a definition as the draft of its id, and give that version back."""
    return records.save_draft(open_store().path, toml, by=by, at=clock.now())


def file_text(content: bytes, name: str) -> str:
    """The text of a definition's file, checked. Raises RefusedInput, DefinitionError."""
    if not name:
        raise RefusedInput("No file was chosen. Choose a TOML file and send the form again.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedInput(f"{name}: not UTF-8 text. Save the file as UTF-8.") from None
    read_draft(text, name)
    return text


def saved_words(saved: records.DefinitionVersion) -> str:
    """What is said of a draft that was saved."""
    return (
        f"{saved.name} stands on record as a draft, {saved.label}. It can be changed until it is submitted."
    )


def submit(definition_id: str, version: int, *, by: str, reason: str) -> str:
    """Hand a draft in for approval."""
    done = records.submit(open_store().path, definition_id, version, by=by, at=clock.now(), reason=reason)
    return f"{done.label} waits for approval by another person. Sent back, it becomes a draft again."


def approve(
    definition_id: str, version: int, *, by: str, reason: str, toml: str, alone_reason: str = ""
) -> str:
    """Adopt a submitted version whose text is the one that was read."""
    done = records.approve(
        open_store().path,
        definition_id,
        version,
        by=by,
        at=clock.now(),
        reason=reason,
        alone_reason=alone_reason.strip() or None,
        toml=toml,
    )
    alone = f" {ALONE_NOTE}" if done.steps[-1].alone_reason else ""
    return f"{done.label} is approved. Its text never changes again; a change makes a new version.{alone}"


def send_back(definition_id: str, version: int, *, by: str, reason: str) -> str:
    """Make a submitted version a draft again."""
    done = records.send_back(open_store().path, definition_id, version, by=by, at=clock.now(), reason=reason)
    return f"{done.label} is a draft again."


def retire(definition_id: str, version: int, *, by: str, reason: str) -> str:
    """Take a version out of force."""
    done = records.retire(open_store().path, definition_id, version, by=by, at=clock.now(), reason=reason)
    return f"{done.label} is retired. It still runs when it is asked for; a copy of it can be saved as a new version."


def discard(definition_id: str, version: int, *, by: str, reason: str) -> str:
    """Give a draft up."""
    done = records.discard_draft(
        open_store().path, definition_id, version, by=by, at=clock.now(), reason=reason
    )
    return f"{done.label} is given up. Its text stays on record and can be copied."


def save_worksheet(definition_id: str, version: int, filled_in: Worksheet, *, by: str) -> str:
    """Record the worksheet of a version."""
    records.save_worksheet(open_store().path, definition_id, version, filled_in, by=by, at=clock.now())
    return f"The worksheet stands on record with {definition_id} v{version}. What was said before is kept."
