-- Lock the learners of seats in order of id: (market, seats).
SELECT l.id, l.family_id
FROM learner l
WHERE l.market_id = %s AND l.id IN (SELECT learner_id FROM seat WHERE id = ANY(%s::bigint[]))
ORDER BY l.id
FOR NO KEY UPDATE
