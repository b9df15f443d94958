-- Lock the slots under the lessons of seats in order of teacher and time, and tell of those that do
-- not just open again when their lesson is left: (market, seats).
WITH locked AS MATERIALIZED (
    SELECT s.teacher_id, s.starts_at, s.lesson_id, s.kept_on_cancel
    FROM slot s
    JOIN lesson l ON l.teacher_id = s.teacher_id AND s.lesson_id = l.id
        AND s.starts_at >= l.starts_at AND s.starts_at < l.starts_at + l.cells * interval '30 minutes'
    WHERE s.market_id = %s AND l.id IN (SELECT lesson_id FROM seat WHERE id = ANY(%s::bigint[]))
    ORDER BY s.teacher_id, s.starts_at
    FOR UPDATE OF s
)
SELECT teacher_id, starts_at, lesson_id, kept_on_cancel
FROM locked
WHERE kept_on_cancel IS NOT NULL
