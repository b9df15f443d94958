-- Lock the learners of the lessons of seats, and others, in order of id: (market, others, seats).
SELECT l.id, l.family_id
FROM learner l
WHERE l.market_id = %s AND l.id IN (
    SELECT unnest(%s::bigint[])
    UNION
    SELECT other.learner_id FROM seat s JOIN seat other ON other.lesson_id = s.lesson_id
    WHERE s.id = ANY(%s::bigint[])
)
ORDER BY l.id
FOR NO KEY UPDATE
