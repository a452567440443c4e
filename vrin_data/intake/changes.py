"""What a resend changes: records added, vanished and changed, by month and group of offences.

Suppliers restate the past. Two submissions of one period are compared record by record under the
supplier's own key; where several rows share a key, or there is none, they are paired by content.
"""

import duckdb
import pandas as pd

from vrin_data.contract.feeds import Feed
from vrin_data.contract.offences import offences
from vrin_data.store.frames import write_frame

UNGROUPED = "not grouped"
# What a record says, in the words of the incident table; numbers that the store gives are left out.
_CONTENT = (
    "profile.profile_key, recorded_at, event_start_at, event_end_at, offence_raw, offence_text, easting_m, northing_m, "
    "given_area_code, place_text, {quantity}, {quantity}_high, row_version"
)
_COMPARED = """
    with before as (
        select
            incident.submission_id as replaces_id,
            coalesce(record_key, hash({content_before})::varchar) as record,
            hash({content_before}) as content,
            recorded_month,
            profile.offence_id,
            offence_text,
            signed_quantity as quantity
        from incident
        join profile using (profile_id)
        where incident.submission_id in (select unnest($earlier::integer[]))
    ),
    after as (
        select
            replacing.replaces_id,
            coalesce(record_key, hash({content_after})::varchar) as record,
            hash({content_after}) as content,
            recorded_month,
            profile.offence_id,
            offence_text,
            quantity
        from entering
        join profile using (profile_key)
        join replacing using (submission_id)
        where line_number = first_line
    ),
    before_ranked as (
        select *, row_number() over (partition by replaces_id, record order by content) as place from before
    ),
    after_ranked as (
        select *, row_number() over (partition by replaces_id, record order by content) as place from after
    ),
    paired as (
        select
            replaces_id,
            coalesce(after_ranked.recorded_month, before_ranked.recorded_month) as month,
            coalesce(after_ranked.offence_id, before_ranked.offence_id) as offence_id,
            coalesce(after_ranked.offence_text, before_ranked.offence_text) as offence_text,
            before_ranked.content as content_before,
            after_ranked.content as content_after,
            before_ranked.quantity as quantity_before,
            after_ranked.quantity as quantity_after
        from before_ranked
        full outer join after_ranked using (replaces_id, record, place)
    )
    insert into submission_change
    select
        replacing.submission_id,
        replaces_id,
        month,
        coalesce(group_of.offence_group, {by_text}, $ungrouped) as offence_group,
        count(*) filter (content_before is null) as added_count,
        count(*) filter (content_after is null) as vanished_count,
        count(*) filter (content_before <> content_after) as changed_count,
        count(*) filter (content_before = content_after) as same_count,
        coalesce(sum(quantity_before), 0)::bigint as quantity_before_count,
        coalesce(sum(quantity_after), 0)::bigint as quantity_after_count
    from paired
    join replacing using (replaces_id)
    left join group_of using (offence_id)
    group by all
    order by all
"""


def record_changes(connection: duckdb.DuckDBPyConnection, feed: Feed, accepted: pd.DataFrame) -> None:
    """Write to `submission_change` how the rows of `entering` differ from those they will replace.

    `accepted` are the submissions entering, with replaces_id; the earlier rows are still there.
    """
    replacing = accepted.loc[accepted["replaces_id"].notna(), ["submission_id", "replaces_id"]].astype(
        "int64"
    )
    write_frame(connection, "replacing", replacing)
    write_frame(connection, "group_of", _groups(connection))
    sql = _COMPARED.format(
        content_before=_CONTENT.format(quantity="signed_quantity"),
        content_after=_CONTENT.format(quantity="quantity"),
        by_text="offence_text" if feed.counts else "null",
    )
    bound = {"earlier": [int(one) for one in replacing["replaces_id"]], "ungrouped": UNGROUPED}
    connection.execute(sql, bound)


def change_counts(connection: duckdb.DuckDBPyConnection) -> dict[int, dict[str, int]]:
    """Records added, vanished, changed and alike by submission, of every submission that replaced one."""
    rows = connection.execute(
        """
        select
            submission_id,
            sum(added_count)::bigint,
            sum(vanished_count)::bigint,
            sum(changed_count)::bigint,
            sum(same_count)::bigint
        from submission_change
        group by submission_id
        """
    ).fetchall()
    names = ("added", "vanished", "changed", "same")
    return {int(row[0]): dict(zip(names, map(int, row[1:]), strict=True)) for row in rows}


def _groups(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The group of every offence of the build that has one: offence_id, offence_group."""
    known = offences().by_key
    rows = connection.execute("select offence_id, offence_key from offence").fetchall()
    found = [
        (number, known[key].class_name) for number, key in rows if key in known and known[key].class_name
    ]
    return pd.DataFrame(found, columns=["offence_id", "offence_group"]).astype(
        {"offence_id": "int64", "offence_group": "str"}
    )
