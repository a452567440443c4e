"""What the first look said of dropped files, and how the files go together into calls of intake."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

AUTOMATIC = "auto"
SURE_FROM, LIKELY_FROM = 0.9, 0.75
SHOWN_NAMES = 3


@dataclass(frozen=True)
class Match:
    """A feed that a file may be of, how surely (0 to 1), and why."""

    feed_id: str
    score: float
    words: str

    @property
    def how_sure(self) -> str:
        """The score in a word."""
        return "sure" if self.score >= SURE_FROM else "likely" if self.score >= LIKELY_FROM else "not sure"


@dataclass(frozen=True)
class Seen:
    """What a dropped file is: the feeds it fits or is like, who sent it, and why it cannot be read.

    Of an archive `fits` is the feed of its files where they are of one, and `feed_ids` are those of all.
    """

    file_count: int = 0
    fits: tuple[Match, ...] = ()
    likely: tuple[Match, ...] = ()
    feed_ids: tuple[str, ...] = ()
    suppliers: tuple[str, ...] = ()
    told_by: str = ""
    strangers: tuple[str, ...] = ()
    variant_of: str = ""
    refusal: str = ""
    is_untold: bool = False


def seen_of(look: dict[str, Any]) -> Seen:
    """A look at one path, as the process answers it."""
    files = [one for one in look["files"] if not one["refusal"]]
    if not files:
        refusals = [look["refusal"], *(one["refusal"] for one in look["files"])]
        return Seen(refusal="\n".join(dict.fromkeys(filter(None, refusals))))
    best = Counter(one["fits"][0]["feed_id"] for one in files if one["fits"])
    first = next((one for one in files if one["fits"]), files[0])
    senders = [one["senders"] for one in files]
    fits = _matches(first["fits"])
    return Seen(
        file_count=look["file_count"],
        fits=tuple(one for one in fits if len(best) == 1 or one.feed_id in best),
        likely=_matches(first["likely"]),
        feed_ids=tuple(best),
        suppliers=_distinct(supplier for one in senders for supplier in one["supplier_ids"]),
        told_by=senders[0]["told_by"],
        strangers=_distinct(name for one in senders for name in one["strangers"]),
        variant_of=first["variant_of"],
        refusal="\n".join(one["refusal"] for one in look["files"] if one["refusal"]),
        is_untold=any(not one["told_by"] for one in senders),
    )


def groups(seen: Mapping[str, Seen], apart: Collection[str] = ()) -> list[tuple[str, ...]]:
    """The dropped files (by their ids) in calls: together where they are of one feed and name their suppliers.

    Files of `apart` are each in a call of their own.
    """
    together: dict[str, list[str]] = {}
    for file_id, one in seen.items():
        is_clear = bool(one.feed_ids) and not (
            one.is_untold or one.variant_of or one.likely or file_id in apart
        )
        together.setdefault(f"feed {feed_choice([one])}" if is_clear else f"file {file_id}", []).append(
            file_id
        )
    return [tuple(ids) for ids in together.values()]


def feed_choice(seen: Sequence[Seen]) -> str:
    """The feed that files are taken for: theirs, `auto` where they are of several, '' where nothing is likely."""
    feeds = _distinct(feed_id for one in seen for feed_id in one.feed_ids)
    if len(feeds) > 1:
        return AUTOMATIC
    first = seen[0]
    if first.fits and (not first.likely or first.fits[0].score >= first.likely[0].score):
        return first.fits[0].feed_id
    if first.likely:
        return first.likely[0].feed_id
    return feeds[0] if feeds else ""


def fits(seen: Sequence[Seen], feed_id: str) -> bool:
    """Whether all these files can be read as this feed by their headings."""
    if feed_id == AUTOMATIC:
        return all(one.feed_ids for one in seen)
    return all(feed_id in {match.feed_id for match in one.fits} | set(one.feed_ids) for one in seen)


def is_sure(seen: Seen, feed_id: str) -> bool:
    """Whether nearly all of a file's headings are those of a feed."""
    return any(one.feed_id == feed_id and one.score >= SURE_FROM for one in seen.fits)


def match_words(seen: Sequence[Seen], feed_id: str) -> str:
    """How surely, and why, files are of a feed; '' where nothing is known of that."""
    if feed_id == AUTOMATIC:
        return "Each file was recognised by its headings."
    matches = {one.feed_id: one for one in (*seen[0].likely, *seen[0].fits)}
    found = matches.get(feed_id)
    if found is None:
        return ""
    why = found.words.partition(": ")[2] or found.words
    return f"{found.how_sure.capitalize()}: {why}."


def supplier_words(seen: Sequence[Seen], names: dict[str, str]) -> str:
    """Whom files name as their suppliers: 'Leicestershire Police and 2 more'; '' where they name none."""
    told = _distinct(supplier for one in seen for supplier in one.suppliers)
    shown = ", ".join(names.get(one, one) for one in told[:SHOWN_NAMES])
    return f"{shown} and {len(told) - SHOWN_NAMES} more" if len(told) > SHOWN_NAMES else shown


def _matches(found: Iterable[dict[str, Any]]) -> tuple[Match, ...]:
    return tuple(Match(one["feed_id"], float(one["score"]), one["words"]) for one in found)


def _distinct(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))
