-- Lock learners in order of id, before anything else of theirs is read: (market, ids).
SELECT id, family_id
FROM learner
WHERE market_id = %s AND id = ANY(%s::bigint[])
ORDER BY id
FOR NO KEY UPDATE
