-- The submissions assessed, each with counts of its incidents.
with counted as (
    select
        submission_id,
        count(*) as incidents,
        sum(signed_quantity + signed_quantity_high) / 2 as quantity,
        count(*) filter (place_precision in ('force', 'not_recorded')) as places_blank,
        count(*) filter (place_precision = 'unknown_code') as places_unknown,
        count(*) filter (place_precision = 'outside') as places_outside,
        count(event_start_at) as events_dated,
        count(*) filter (recorded_month - event_start_at::date > $days) as events_long_before
    from incident
    semi join assessed using (submission_id)
    group by submission_id
)
select
    submission_id,
    supplier_id,
    period_start,
    period_end,
    file_name,
    file_hash,
    received_at,
    extracted_at,
    declared_count,
    is_nil,
    accepted_by is not null as is_let_in,
    rows_in_count,
    rows_rejected_count,
    coalesce(incidents, 0) as incidents,
    coalesce(quantity, 0) as quantity,
    coalesce(places_blank, 0) as places_blank,
    coalesce(places_unknown, 0) as places_unknown,
    coalesce(places_outside, 0) as places_outside,
    coalesce(events_dated, 0) as events_dated,
    coalesce(events_long_before, 0) as events_long_before
from submission
semi join assessed using (submission_id)
left join counted using (submission_id)
order by supplier_id, period_start, submission_id
