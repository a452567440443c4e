"""The checks of single fields of an agreement, and when its data are personal health or care data."""

from collections.abc import Collection, Mapping
from typing import Any

from vrin_data.contract.cadence import check_rule
from vrin_data.contract.codes import LEVELS
from vrin_data.contract.feeds import Feed, feeds

ALL = "*"
AUDIENCES: dict[str, str] = {
    "analyst": "analysts of the partnership",
    "data_lead": "the data lead",
    "board": "the board and its members",
    "partners": "the partner bodies",
    "public": "anyone",
}
_HEALTH_OR_CARE_WORDS = ("hospital", "ambulance", "health", "nhs", "care")


def distinct(values: tuple[str, ...]) -> tuple[str, ...]:
    """The names themselves. Raises ValueError where one stands twice, or another beside the mark for all."""
    if ALL in values and len(values) > 1:
        raise ValueError(f"'{ALL}' means all; name nothing beside it")
    if len(set(values)) < len(values):
        raise ValueError("a name stands twice")
    return values


def known_feeds(values: tuple[str, ...]) -> tuple[str, ...]:
    """The feeds' ids themselves. Raises ValueError for an unknown one."""
    return _known(values, (ALL, *feeds()), "feed")


def known_audiences(values: tuple[str, ...]) -> tuple[str, ...]:
    """The audiences themselves. Raises ValueError for an unknown one."""
    return _known(values, AUDIENCES, "audience")


def known_level(value: str) -> str:
    """The level itself. Raises ValueError for an unknown one."""
    return _known((value,), LEVELS, "level")[0]


def known_rule(value: str) -> str:
    """The due rule itself, which may be empty. Raises ValueError for one that cannot be read."""
    return check_rule(value) if value else value


def _known(values: tuple[str, ...], known: Collection[str], what: str) -> tuple[str, ...]:
    strange = [repr(value) for value in values if value not in known]
    if strange:
        raise ValueError(f"there is no {what} {', '.join(strange)}; there is: {', '.join(known)}")
    return distinct(values)


def is_health_personal(values: Mapping[str, Any]) -> bool:
    """Whether an agreement's fields, so far as they are sound, speak of personal health or care data."""
    if values.get("data_kind") != "personal":
        return False
    named = values.get("feed_ids", ())
    covered = feeds().values() if ALL in named else [feeds()[one] for one in named]
    return bool(values.get("is_health_or_care")) or any(map(_is_health_feed, covered))


def is_health_kind(kind: str) -> bool:
    """Whether a kind of supplier is a health or social care body."""
    return any(word in kind for word in _HEALTH_OR_CARE_WORDS)


def _is_health_feed(feed: Feed) -> bool:
    return feed.is_health or any(map(is_health_kind, feed.supplier_kinds))
