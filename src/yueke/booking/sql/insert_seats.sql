-- Write live seats: (market, ids, lessons, learners, starts, assets, paid, free hours promised).
INSERT INTO seat (market_id, state, refunded, id, lesson_id, learner_id, starts_at, asset, paid,
                  free_cancel_hours)
SELECT %s::int, 'live', 0, *
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::timestamptz[], %s::text[], %s::int[],
            %s::smallint[])
