-- Which half-hours of lessons go when these lose them: (teachers, starts, lessons, market).
SELECT s.teacher_id, s.starts_at
FROM slot s
JOIN unnest(%s::bigint[], %s::timestamptz[], %s::bigint[]) freed (teacher_id, starts_at, lesson_id)
    USING (teacher_id, starts_at, lesson_id)
WHERE s.market_id = %s AND NOT s.kept_on_cancel
ORDER BY s.teacher_id, s.starts_at
