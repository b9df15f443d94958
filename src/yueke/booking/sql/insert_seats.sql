-- Write live seats: (market, ids, lessons, learners, starts, assets, paid).
INSERT INTO seat (market_id, state, refunded, id, lesson_id, learner_id, starts_at, asset, paid)
SELECT %s::int, 'live', 0, *
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::timestamptz[], %s::text[], %s::int[])
