-- Remove slots whose reservation is over, passing by those somebody is booking: (now, limit).
WITH over AS MATERIALIZED (
    SELECT market_id, teacher_id, starts_at FROM slot
    WHERE state IN ('open', 'held') AND reserved_until <= %s
    ORDER BY market_id, teacher_id, starts_at
    LIMIT %s
    FOR UPDATE SKIP LOCKED
)
DELETE FROM slot s
USING over
WHERE s.market_id = over.market_id AND s.teacher_id = over.teacher_id
    AND s.starts_at = over.starts_at
RETURNING s.market_id, s.teacher_id, s.starts_at, s.target_kind, s.target_id
