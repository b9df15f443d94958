-- Open held slots of a half-hour to anyone again, the lowest rating first.
WITH spare AS MATERIALIZED (
    SELECT s.teacher_id
    FROM slot s
    WHERE s.market_id = %(market_id)s AND s.starts_at = %(starts_at)s
        AND s.state = 'held' AND s.target_kind = 'product' AND s.target_id = %(product_id)s
    ORDER BY s.rating, s.teacher_id
    LIMIT %(count)s
    FOR UPDATE SKIP LOCKED
)
UPDATE slot s
SET state = 'open', target_kind = NULL, target_id = NULL, reserved_until = NULL
FROM spare
WHERE s.market_id = %(market_id)s AND s.starts_at = %(starts_at)s
    AND s.teacher_id = spare.teacher_id
RETURNING s.teacher_id
