-- Lock the time of the lessons of seats, of all their teachers and perhaps of others, and other
-- half-hours named, in order of teacher and time, and read what they teach:
-- (seats, market, other teachers, market, teachers named, starts named).
WITH its AS (
    SELECT DISTINCT l.market_id, l.teacher_id, l.starts_at, l.cells
    FROM seat JOIN lesson l ON l.id = seat.lesson_id
    WHERE seat.id = ANY(%s::bigint[]) AND seat.market_id = %s
), wanted AS (
    SELECT time.market_id, who.teacher_id, time.starts_at + step * interval '30 minutes' AS starts_at
    FROM its time
    CROSS JOIN LATERAL generate_series(0, time.cells - 1) step
    CROSS JOIN (
        SELECT teacher_id FROM its WHERE teacher_id IS NOT NULL UNION SELECT unnest(%s::bigint[])
    ) who
    UNION
    SELECT %s::int, named.teacher_id, named.starts_at
    FROM unnest(%s::bigint[], %s::timestamptz[]) named (teacher_id, starts_at)
)
SELECT s.teacher_id, s.starts_at, s.state, s.target_kind, s.target_id, s.reserved_until, t.skills
FROM wanted
JOIN slot s USING (market_id, teacher_id, starts_at)
JOIN teacher t ON t.id = s.teacher_id
ORDER BY s.teacher_id, s.starts_at
FOR UPDATE OF s
