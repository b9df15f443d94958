-- Give learners their time back: (learners, starts, market).
DELETE FROM seat_cell c
USING unnest(%s::bigint[], %s::timestamptz[]) freed (learner_id, starts_at)
WHERE c.market_id = %s AND c.learner_id = freed.learner_id AND c.starts_at = freed.starts_at
