-- Teachers of a name with an open slot in one of the half-hours asked, best rating first, each
-- with the half-hours: those of a page beyond a rating and teacher.
SELECT s.teacher_id, max(s.rating) AS rating, t.name, t.zone, t.tags,
       array_agg(s.starts_at ORDER BY s.starts_at) AS starts
FROM teacher t
JOIN slot s ON s.market_id = t.market_id AND s.teacher_id = t.id
    AND s.starts_at = ANY(%(starts)s::timestamptz[]) AND s.state = 'open'
    AND (s.target_kind IS NULL
        OR (s.target_kind = 'student' AND s.target_id = %(learner_id)s::bigint)
        OR (s.target_kind = 'product' AND s.target_id = %(product_id)s::bigint))
    AND (s.reserved_until IS NULL OR s.reserved_until > %(now)s)
    AND (%(cells)s::smallint = 1 OR time_goes_on(s.market_id, s.teacher_id, s.starts_at,
        %(cells)s::smallint, %(learner_id)s::bigint, %(product_id)s::bigint, %(now)s))
WHERE t.market_id = %(market_id)s AND t.name ILIKE %(name)s
    AND t.skills @> %(skills)s::text[] AND t.tags @> %(tags)s::text[]
GROUP BY s.teacher_id, t.name, t.zone, t.tags
HAVING (max(s.rating), s.teacher_id) < (%(after_rating)s::smallint, %(after_teacher)s::bigint)
ORDER BY 2 DESC, 1 DESC
LIMIT %(size)s
