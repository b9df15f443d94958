-- Lock the slots under the lessons of seats in order of teacher and time: (market, seats).
SELECT s.teacher_id, s.starts_at
FROM slot s
JOIN lesson l ON l.teacher_id = s.teacher_id AND s.lesson_id = l.id
    AND s.starts_at >= l.starts_at AND s.starts_at < l.starts_at + l.cells * interval '30 minutes'
WHERE s.market_id = %s AND l.id IN (SELECT lesson_id FROM seat WHERE id = ANY(%s::bigint[]))
ORDER BY s.teacher_id, s.starts_at
FOR UPDATE OF s
