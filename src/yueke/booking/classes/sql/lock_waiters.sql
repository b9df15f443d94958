-- Lock all who wait for seats in a class, in order of id: (market, lesson).
SELECT id, family_id
FROM learner
WHERE market_id = %s
  AND id IN (SELECT learner_id FROM class_wait WHERE lesson_id = %s AND state = 'waiting')
ORDER BY id
FOR NO KEY UPDATE
