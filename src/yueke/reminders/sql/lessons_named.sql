-- Who attends these lessons: (market, market, lessons).
SELECT l.id AS lesson_id, l.starts_at, l.teacher_id, s.learner_id, n.family_id
FROM lesson l
JOIN seat s ON s.lesson_id = l.id AND s.state = 'live'
JOIN learner n ON n.id = s.learner_id
WHERE l.market_id = %s AND s.market_id = %s AND l.state = 'booked' AND l.id = ANY (%s::bigint[])
ORDER BY l.starts_at, l.id, s.id
