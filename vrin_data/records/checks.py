"""Checks that several records share; each gives its faults in words, so that all are reported at once."""

from collections.abc import Iterable, Mapping

from vrin_data.contract.feeds import feeds
from vrin_data.errors import RefusedInput


def refuse(what: str, faults: Iterable[str]) -> None:
    """Nothing where there is no fault. Raises RefusedInput that lists every one."""
    found = [one for one in faults if one]
    if found:
        raise RefusedInput("\n".join([f"{what} was not recorded:", *(f"  {one}" for one in found)]))


def blank(named: Mapping[str, str]) -> list[str]:
    """A fault for every value that says nothing."""
    return [f"{name}: is empty; say it in words" for name, value in named.items() if not value.strip()]


def unknown_feed(feed_id: str) -> list[str]:
    """A fault where no feed has this id."""
    return [] if feed_id in feeds() else [f"feed: there is no {feed_id!r}; there is: {', '.join(feeds())}"]
