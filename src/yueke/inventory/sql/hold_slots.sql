-- Hold open slots of a half-hour for a product, of teachers who can teach it, best rating first.
WITH free AS MATERIALIZED (
    SELECT s.teacher_id
    FROM slot s
    JOIN teacher t ON t.id = s.teacher_id
    WHERE s.market_id = %(market_id)s AND s.starts_at = %(starts_at)s
        AND s.state = 'open' AND s.target_kind IS NULL AND s.reserved_until IS NULL
        AND t.skills && %(skills)s::text[]
    ORDER BY s.rating DESC, s.teacher_id DESC
    LIMIT %(count)s
    FOR UPDATE OF s SKIP LOCKED
)
UPDATE slot s
SET state = 'held', target_kind = 'product', target_id = %(product_id)s, reserved_until = %(until)s
FROM free
WHERE s.market_id = %(market_id)s AND s.starts_at = %(starts_at)s
    AND s.teacher_id = free.teacher_id
RETURNING s.teacher_id
