-- Half-hours kept for a learner or a product, with how many teachers.
SELECT s.starts_at, count(*) AS teachers
FROM (VALUES ('student', %(learner_id)s::bigint), ('product', %(product_id)s::bigint)) target (kind, id)
JOIN slot s ON s.market_id = %(market_id)s
    AND s.target_kind = target.kind AND s.target_id = target.id
    AND s.state = 'open' AND s.starts_at = ANY(%(starts)s::timestamptz[])
JOIN teacher t ON t.id = s.teacher_id
WHERE t.skills @> %(skills)s::text[] AND t.tags @> %(tags)s::text[]
    AND (s.reserved_until IS NULL OR s.reserved_until > %(now)s)
    AND (%(cells)s::smallint = 1 OR time_goes_on(s.market_id, s.teacher_id, s.starts_at,
        %(cells)s::smallint, %(learner_id)s::bigint, %(product_id)s::bigint, %(now)s))
GROUP BY s.starts_at
