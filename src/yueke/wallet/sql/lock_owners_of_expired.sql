-- Lock learners who have lots past their time, in order of id: (now, limit).
SELECT id
FROM learner
WHERE id IN (SELECT learner_id FROM account WHERE expires_at <= %s AND balance > 0)
ORDER BY id
LIMIT %s
FOR NO KEY UPDATE
