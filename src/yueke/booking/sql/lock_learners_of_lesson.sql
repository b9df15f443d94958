-- Lock the learners of a seat's lesson in order of id: (market, seat).
SELECT l.id, l.family_id
FROM learner l
WHERE l.market_id = %s AND l.id IN (
    SELECT other.learner_id FROM seat s JOIN seat other ON other.lesson_id = s.lesson_id
    WHERE s.id = %s
)
ORDER BY l.id
FOR NO KEY UPDATE
