"""The fact table: every incident as month, area and profile, sorted so that a scan is short."""

import duckdb


def rebuild_facts(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `fact` anew from the incidents of a draft."""
    connection.execute("delete from fact")
    connection.execute(
        """
        insert into fact
        select
            submission.feed_id,
            ((year(recorded_month) - 1900) * 12 + month(recorded_month) - 1)::usmallint as month_number,
            coalesce(area_id, 0) as area_id,
            profile_id,
            sum(signed_quantity)::integer as incident_count,
            sum(signed_quantity_high - signed_quantity)::integer as further_count
        from incident
        join submission using (submission_id)
        where profile_id not in (select profile_id from profile where profile.status = 'deleted')
        group by all
        order by all
        """
    )


def place_again(connection: duckdb.DuckDBPyConnection) -> None:
    """Put the incidents of the temporary table `sent` back as the view `placed` places them."""
    connection.execute("delete from incident where incident_id in (select incident_id from sent)")
    connection.execute("insert into incident by name select * exclude (supplier_id) from placed")
