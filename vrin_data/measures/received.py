"""Which feed an answer is from, whose months it needs, and which of them did not come."""

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


def missing_months(facts: BuildFacts, selection: Selection, feed_id: str) -> tuple[str, ...]:
    """The supplier-months of a selection that did not come, by supplier; one that never sent is named once."""
    received = months_received(facts, feed_id)
    names = facts.received.drop_duplicates("force_code").set_index("force_code")["supplier_name"]
    missing: list[str] = []
    for code in sorted(forces_of(facts, selection.area_code)):
        if code in received:
            gaps = [month for month in selection.months if month not in received[code]]
            missing += [f"{names[code]} {run}" for run in _runs(gaps)]
        else:
            area = facts.areas.loc[facts.areas["area_code"] == code, "area_name"]
            missing.append(f"{area.iloc[0] if len(area) else code}: never sent this feed")
    return tuple(missing)


def _runs(months: list[date]) -> list[str]:
    """Months as words, neighbouring ones joined: 2025-01 to 2025-03, 2025-11."""
    runs: list[list[date]] = []
    for month in months:
        if runs and (month.year * 12 + month.month) - (runs[-1][-1].year * 12 + runs[-1][-1].month) == 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return [f"{run[0]:%Y-%m}" if len(run) == 1 else f"{run[0]:%Y-%m} to {run[-1]:%Y-%m}" for run in runs]
