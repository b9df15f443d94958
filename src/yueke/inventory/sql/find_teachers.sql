-- Teachers with an open slot in one of the half-hours asked, best rating first, each with the
-- half-hours: those of a page beyond a rating and teacher. The teacher is asked only where a word
-- wanted shares its bit, one by one and as a value, so that no plan reads all teachers for twenty.
WITH found AS (
    -- Whoever is among the best of all is among the best of each half-hour of theirs.
    SELECT one.teacher_id, one.rating, asked.starts_at
    FROM unnest(%(starts)s::timestamptz[]) asked (starts_at)
    CROSS JOIN abilities_of(%(skills)s::text[], %(tags)s::text[]) wanted (bits)
    CROSS JOIN LATERAL (
        SELECT s.teacher_id, s.rating
        FROM slot s
        WHERE s.market_id = %(market_id)s AND s.starts_at = asked.starts_at
            AND s.state = 'open' AND s.target_kind IS NULL
            AND (s.rating, s.teacher_id) < (%(after_rating)s::smallint, %(after_teacher)s::bigint)
            AND s.abilities & wanted.bits = wanted.bits
            AND (wanted.bits >> 48 = 0
                OR (SELECT t.skills @> %(skills)s::text[] AND t.tags @> %(tags)s::text[]
                    FROM teacher t WHERE t.id = s.teacher_id))
            AND (%(cells)s::smallint = 1 OR time_goes_on(s.market_id, s.teacher_id, s.starts_at,
                %(cells)s::smallint, %(learner_id)s::bigint, %(product_id)s::bigint, %(now)s))
        ORDER BY s.rating DESC, s.teacher_id DESC
        LIMIT %(size)s
    ) one
    UNION ALL
    SELECT s.teacher_id, s.rating, s.starts_at
    FROM (VALUES ('student', %(learner_id)s::bigint), ('product', %(product_id)s::bigint))
        target (kind, id)
    JOIN slot s ON s.market_id = %(market_id)s
        AND s.target_kind = target.kind AND s.target_id = target.id
        AND s.state = 'open' AND s.starts_at = ANY(%(starts)s::timestamptz[])
    JOIN teacher t ON t.id = s.teacher_id
    WHERE (s.rating, s.teacher_id) < (%(after_rating)s::smallint, %(after_teacher)s::bigint)
        AND t.skills @> %(skills)s::text[] AND t.tags @> %(tags)s::text[]
        AND (s.reserved_until IS NULL OR s.reserved_until > %(now)s)
        AND (%(cells)s::smallint = 1 OR time_goes_on(s.market_id, s.teacher_id, s.starts_at,
            %(cells)s::smallint, %(learner_id)s::bigint, %(product_id)s::bigint, %(now)s))
), page AS (
    SELECT teacher_id, max(rating) AS rating, array_agg(starts_at ORDER BY starts_at) AS starts
    FROM found
    GROUP BY teacher_id
    ORDER BY 2 DESC, 1 DESC
    LIMIT %(size)s
)
SELECT page.teacher_id, page.rating, t.name, t.zone, t.tags, page.starts
FROM page
JOIN teacher t ON t.id = page.teacher_id
ORDER BY page.rating DESC, page.teacher_id DESC
