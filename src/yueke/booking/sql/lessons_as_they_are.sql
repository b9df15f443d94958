-- Lessons with who teaches and attends them, and whether the log says of one that nobody attended
-- that it isn't paid: (market, lessons).
SELECT l.id, l.starts_at, l.state, l.teacher_id, t.name AS teacher_name, ARRAY(
    SELECT s.learner_id FROM seat s WHERE s.lesson_id = l.id AND s.state = 'live'
    ORDER BY s.learner_id
) AS learners, EXISTS (
    SELECT FROM event e
    WHERE e.market_id = l.market_id AND e.lesson_id = l.id
        AND e.kind = 'lesson.finished_without_learner' AND e.data @> '{"teacher_paid": false}'
) AS is_unpaid
FROM lesson l
LEFT JOIN teacher t ON t.id = l.teacher_id
WHERE l.market_id = %s AND l.id = ANY(%s::bigint[])
ORDER BY l.id
