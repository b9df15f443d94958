-- Keep open slots of teachers, in a range and for nobody yet, for those whose teachers they are, until
-- an instant.
WITH free AS MATERIALIZED (
    SELECT market_id, teacher_id, starts_at
    FROM slot
    WHERE market_id = %(market_id)s AND teacher_id = ANY(%(teachers)s::bigint[])
        AND starts_at >= %(begin)s AND starts_at < %(end)s
        AND state = 'open' AND target_kind IS NULL AND reserved_until IS NULL
    ORDER BY teacher_id, starts_at
    FOR UPDATE
)
UPDATE slot s
SET target_kind = 'priority', target_id = s.teacher_id, reserved_until = %(until)s
FROM free
WHERE s.market_id = free.market_id AND s.teacher_id = free.teacher_id
    AND s.starts_at = free.starts_at
RETURNING s.teacher_id, s.starts_at
