"""Which feed an answer is from, whose months it needs, and which of them did not come."""

from dataclasses import dataclass
from datetime import date

from vrin_data.errors import UnknownArea, UnknownFeed
from vrin_data.measures.build_facts import BuildFacts, areas_in_view
from vrin_data.measures.selection import Selection


def feed_of(facts: BuildFacts, selection: Selection) -> str:
    """The feed asked for, or the finest coded one that has data. Feeds are never summed."""
    have = facts.feeds_with_data
    if selection.feed is None:
        return have[0]
    if selection.feed not in have:
        raise UnknownFeed(
            f"The build holds nothing of the feed {selection.feed!r}. It holds: {', '.join(have)}."
        )
    return selection.feed


def forces_of(facts: BuildFacts, area_code: str | None) -> set[str]:
    """Codes of the police force areas that an area lies in or consists of; all in view without one.

    Raises UnknownArea for a code that is not in view.
    """
    areas = areas_in_view(facts)
    if area_code is not None:
        ups = [column for column in areas.columns if column.startswith("in_")]
        areas = areas[areas[ups].eq(area_code).any(axis=1) | (areas["area_code"] == area_code)]
        if areas.empty:
            raise UnknownArea(
                f"There is no area {area_code!r} in this build. `areas list` shows those there are."
            )
    return set(areas["in_force"].dropna())


def months_received(facts: BuildFacts, feed_id: str) -> dict[str, set[date]]:
    """Months received of a feed, by the code of the force area they are about."""
    rows = facts.received[(facts.received["feed_id"] == feed_id) & facts.received["force_code"].notna()]
    return {str(code): set(group["month"]) for code, group in rows.groupby("force_code")}


@dataclass(frozen=True)
class Missing:
    """What of a selection did not come: in words, as supplier-months, and forces that never sent."""

    words: tuple[str, ...]
    month_count: int
    never_sent_count: int


def missing_months(facts: BuildFacts, selection: Selection, feed_id: str) -> Missing:
    """The supplier-months of a selection that did not come, by force; one that never sent is named once."""
    received = months_received(facts, feed_id)
    names = facts.received.drop_duplicates("force_code").set_index("force_code")["supplier_name"]
    areas = facts.areas.drop_duplicates("area_code").set_index("area_code")["area_name"]
    words: list[str] = []
    months = never = 0
    for code in sorted(forces_of(facts, selection.area_code), key=lambda one: str(areas[one])):
        if code in received:
            gaps = [month for month in selection.months if month not in received[code]]
            words += [f"{names[code]} {run}" for run in _runs(gaps)]
            months += len(gaps)
        else:
            words.append(f"{areas[code]}: never sent this feed")
            never += 1
    return Missing(tuple(words), months, never)


def _runs(months: list[date]) -> list[str]:
    """Months as words, neighbouring ones joined: 2025-01 to 2025-03, 2025-11."""
    runs: list[list[date]] = []
    for month in months:
        if runs and (month.year * 12 + month.month) - (runs[-1][-1].year * 12 + runs[-1][-1].month) == 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return [f"{run[0]:%Y-%m}" if len(run) == 1 else f"{run[0]:%Y-%m} to {run[-1]:%Y-%m}" for run in runs]
