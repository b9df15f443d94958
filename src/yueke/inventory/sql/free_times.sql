-- One teacher with those of the half-hours asked that are open; none for a lesson not taught.
SELECT t.id AS teacher_id, t.rating, t.name, t.zone, t.tags, ARRAY(
    SELECT s.starts_at
    FROM slot s
    WHERE s.market_id = t.market_id AND s.teacher_id = t.id
        AND s.starts_at = ANY(%(starts)s::timestamptz[]) AND s.state = 'open'
        AND t.skills @> %(skills)s::text[]
        AND (s.target_kind IS NULL
            OR (s.target_kind = 'student' AND s.target_id = %(learner_id)s::bigint)
            OR (s.target_kind = 'product' AND s.target_id = %(product_id)s::bigint))
        AND (s.reserved_until IS NULL OR s.reserved_until > %(now)s)
        AND (%(cells)s::smallint = 1 OR time_goes_on(s.market_id, s.teacher_id, s.starts_at,
            %(cells)s::smallint, %(learner_id)s::bigint, %(product_id)s::bigint, %(now)s))
    ORDER BY s.starts_at
) AS starts
FROM teacher t
WHERE t.market_id = %(market_id)s AND t.id = %(teacher_id)s
