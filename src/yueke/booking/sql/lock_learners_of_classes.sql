-- Lock the learners of seats, and all who wait for seats in the same classes, in order of id:
-- (market, seats).
SELECT l.id, l.family_id
FROM learner l
WHERE l.market_id = %s AND l.id IN (
    WITH leaving AS (SELECT learner_id, lesson_id FROM seat WHERE id = ANY(%s::bigint[]))
    SELECT learner_id FROM leaving
    UNION
    SELECT w.learner_id FROM leaving
    JOIN class_wait w ON w.lesson_id = leaving.lesson_id AND w.state = 'waiting'
)
ORDER BY l.id
FOR NO KEY UPDATE
