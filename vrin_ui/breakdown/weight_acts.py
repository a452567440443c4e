"""What screens do to weights: each function does one thing and gives what to say of it; run by `act.attempt`."""

from vrin_data.contract.offence_words import key_words
from vrin_data.contract.weight_text import amount_text
from vrin_data.errors import RefusedInput
from vrin_data.records import weights
from vrin_ui import clock
from vrin_ui.ask import open_store

FOLLOW = "All figures under this edition follow, and their stamps name the choices."


def choose(edition_id: str, offence_key: str, *, days: float | None, by: str, reason: str) -> str:
    """Choose the central weight of an offence."""
    if days is None:
        raise RefusedInput("No weight was chosen. Choose one of the rows and send the form again.")
    step = weights.save_choice(
        open_store().path,
        edition_id,
        offence_key,
        days=days,
        reason=reason,
        recorded_by=by,
        recorded_at=clock.now(),
    )
    chosen = f"{key_words(offence_key)} weighs {amount_text(days)} in the central reading"
    return f"{chosen}: choices v{step.version}. {FOLLOW}"


def take_back(edition_id: str, offence_key: str, *, by: str, reason: str) -> str:
    """Take a choice back, so that what came with the edition stands again."""
    step = weights.withdraw_choice(
        open_store().path,
        edition_id,
        offence_key,
        reason=reason,
        recorded_by=by,
        recorded_at=clock.now(),
    )
    return f"The choice for {key_words(offence_key)} is taken back: choices v{step.version}. {FOLLOW}"
