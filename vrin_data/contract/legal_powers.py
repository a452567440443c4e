"""The legal powers under which data are handed over: what each authorises and what it does not."""

from dataclasses import dataclass
from functools import cache

from vrin_data.contract import reference


@dataclass(frozen=True)
class LegalPower:
    """One entry of `reference/legal_powers.toml`.

    `is_duty` says that a rule itself sets the day by which something is due; under a mere power data
    may be late against what was agreed, and nothing is ever overdue. `bars_health_personal` says that
    personal information of a health or social care body cannot rest on it.
    """

    id: str
    name: str
    note: str
    authorises: str
    does_not: str
    source: str
    is_duty: bool = False
    bars_health_personal: bool = False


@cache
def legal_powers() -> dict[str, LegalPower]:
    """Every legal power by its id, in the order of the file."""
    listed = [_power(one) for one in reference.table("legal_powers.toml")["powers"]]
    return {one.id: one for one in listed}


def _power(entry: dict[str, str | bool]) -> LegalPower:
    # The file wraps its sentences; they are wrapped anew wherever they are shown.
    flat = {key: " ".join(value.split()) if isinstance(value, str) else value for key, value in entry.items()}
    return LegalPower(**flat)  # type: ignore[arg-type]
