-- Who waits for seats in classes, first come first, each locked: (market, lessons).
-- The classes are locked already: who is held by another's transaction now came after that, and
-- is passed over, since to wait for them could be to wait in a ring.
SELECT w.lesson_id, w.learner_id, w.asset
FROM class_wait w
JOIN learner n ON n.id = w.learner_id
WHERE w.market_id = %s AND w.lesson_id = ANY(%s::bigint[]) AND w.state = 'waiting'
ORDER BY w.lesson_id, w.id
FOR NO KEY UPDATE OF n SKIP LOCKED
