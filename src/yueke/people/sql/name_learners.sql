-- The names of learners, by id: (market, learners).
SELECT id, name FROM learner WHERE market_id = %s AND id = ANY(%s::bigint[]) ORDER BY id
