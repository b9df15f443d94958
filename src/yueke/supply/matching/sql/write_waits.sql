-- Note who waits since when; of somebody who waits already the earlier moment, of others anew:
-- (market, seats, lessons, learners, products, skills, starts, entries).
INSERT INTO wait AS w
    (market_id, seat_id, lesson_id, learner_id, product_id, skill, starts_at, entered_at, state)
SELECT %s::int, one.seat_id, one.lesson_id, one.learner_id, one.product_id, one.skill,
       one.starts_at, one.entered_at, 'waiting'
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::text[],
            %s::timestamptz[], %s::timestamptz[])
    one (seat_id, lesson_id, learner_id, product_id, skill, starts_at, entered_at)
ON CONFLICT (seat_id) DO UPDATE
SET entered_at = excluded.entered_at, state = 'waiting', teacher_id = NULL, settled_at = NULL,
    alerted_at = CASE WHEN w.state = 'waiting' THEN w.alerted_at END
WHERE w.state <> 'waiting' OR excluded.entered_at < w.entered_at
