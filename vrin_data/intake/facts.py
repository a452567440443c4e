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
            sum(signed_quantity)::integer as incident_count
        from incident
        join submission using (submission_id)
        group by all
        order by all
        """
    )


def place_again(connection: duckdb.DuckDBPyConnection, feed_id: str) -> None:
    """Give every incident of a feed the area and precision that the temporary table `place` holds for it."""
    connection.execute(
        """
        create or replace temp table incident_placed as
        select incident.* replace (place.area_id as area_id, place.place_precision as place_precision)
        from incident
        join submission on submission.submission_id = incident.submission_id and submission.feed_id = $feed_id
        join place
            on place.supplier_id = submission.supplier_id
            and place.given_area_code is not distinct from incident.given_area_code
            and place.easting_m is not distinct from incident.easting_m
            and place.northing_m is not distinct from incident.northing_m
        order by incident_id
        """,
        {"feed_id": feed_id},
    )
    connection.execute("delete from incident where incident_id in (select incident_id from incident_placed)")
    connection.execute("insert into incident by name select * from incident_placed")
    connection.execute("drop table incident_placed")
