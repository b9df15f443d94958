-- Teachers who could be given at a half-hour: those held for the product, and those only free.
SELECT s.teacher_id, t.skills, s.rating, s.state = 'held' AS held
FROM slot s
JOIN teacher t ON t.id = s.teacher_id
WHERE s.market_id = %(market_id)s AND s.starts_at = %(starts_at)s
    AND ((s.state = 'held' AND s.target_kind = 'product' AND s.target_id = %(product_id)s)
        OR (%(with_free)s AND s.state = 'open' AND s.target_kind IS NULL
            AND s.reserved_until IS NULL))
    AND t.skills && %(skills)s::text[]
ORDER BY held DESC, s.rating DESC, s.teacher_id
LIMIT %(count)s
