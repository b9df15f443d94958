-- Remove slots whose reservation is over, but open to anyone those kept by priority, passing by what
-- somebody is booking: (now, limit).
WITH over AS MATERIALIZED (
    SELECT market_id, teacher_id, starts_at, target_kind = 'priority' AS opens FROM slot
    WHERE state IN ('open', 'held') AND reserved_until <= %s
    ORDER BY market_id, teacher_id, starts_at
    LIMIT %s
    FOR UPDATE SKIP LOCKED
), opened AS (
    UPDATE slot s
    SET target_kind = NULL, target_id = NULL, reserved_until = NULL
    FROM over
    WHERE s.market_id = over.market_id AND s.teacher_id = over.teacher_id
        AND s.starts_at = over.starts_at AND over.opens
    RETURNING s.market_id, s.teacher_id, s.starts_at
), gone AS (
    DELETE FROM slot s
    USING over
    WHERE s.market_id = over.market_id AND s.teacher_id = over.teacher_id
        AND s.starts_at = over.starts_at AND NOT over.opens
    RETURNING s.market_id, s.teacher_id, s.starts_at, s.target_kind, s.target_id
)
SELECT 'slot.reservation_expired', market_id, teacher_id, starts_at, target_kind, target_id FROM gone
UNION ALL
SELECT 'slot.targeted', market_id, teacher_id, starts_at, NULL, NULL FROM opened
