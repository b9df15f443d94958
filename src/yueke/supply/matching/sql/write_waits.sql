-- Note who waits since when; of somebody noted before, the earlier moment:
-- (market, seats, lessons, learners, products, skills, starts, entries).
INSERT INTO wait AS w
    (market_id, seat_id, lesson_id, learner_id, product_id, skill, starts_at, entered_at, state)
SELECT %s::int, one.seat_id, one.lesson_id, one.learner_id, one.product_id, one.skill,
       one.starts_at, one.entered_at, 'waiting'
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::text[],
            %s::timestamptz[], %s::timestamptz[])
    one (seat_id, lesson_id, learner_id, product_id, skill, starts_at, entered_at)
ON CONFLICT (seat_id) DO UPDATE SET entered_at = excluded.entered_at
WHERE w.state = 'waiting' AND excluded.entered_at < w.entered_at
