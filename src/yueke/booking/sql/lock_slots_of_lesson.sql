-- Lock a lesson's time of its teacher and perhaps of another, in order of teacher and time, and
-- read what they teach: (other teacher, market, seat).
SELECT s.teacher_id, s.starts_at, s.state, s.target_kind, s.target_id, s.reserved_until, t.skills
FROM seat
JOIN lesson l ON l.id = seat.lesson_id
JOIN slot s ON s.market_id = l.market_id AND s.teacher_id IN (l.teacher_id, %s::bigint)
    AND s.starts_at >= l.starts_at AND s.starts_at < l.starts_at + l.cells * interval '30 minutes'
JOIN teacher t ON t.id = s.teacher_id
WHERE seat.market_id = %s AND seat.id = %s
ORDER BY s.teacher_id, s.starts_at
FOR UPDATE OF s
