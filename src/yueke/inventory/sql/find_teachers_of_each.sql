-- Teachers with open time for each lesson that is wanted, best rating first, so many of each; the
-- first lesson has the place 0. A teacher is asked as in find_teachers.
SELECT free.teacher_id, free.rating, t.name, t.zone, t.tags, ARRAY[asked.starts_at] AS starts,
       asked.place - 1 AS place
FROM unnest(%(starts)s::timestamptz[], %(cells)s::smallint[], %(skills)s::text[],
    %(learners)s::bigint[], %(products)s::bigint[]) WITH ORDINALITY
    asked (starts_at, cells, skill, learner_id, product_id, place)
CROSS JOIN LATERAL abilities_of(ARRAY[asked.skill], '{}') wanted (bits)
CROSS JOIN LATERAL (
    (
        SELECT s.teacher_id, s.rating
        FROM slot s
        WHERE s.market_id = %(market_id)s AND s.starts_at = asked.starts_at
            AND s.state = 'open' AND s.target_kind IS NULL
            AND s.abilities & wanted.bits = wanted.bits
            AND (wanted.bits >> 48 = 0
                OR (SELECT t.skills @> ARRAY[asked.skill] FROM teacher t WHERE t.id = s.teacher_id))
            AND (asked.cells = 1 OR time_goes_on(s.market_id, s.teacher_id, s.starts_at,
                asked.cells, asked.learner_id, asked.product_id, %(now)s))
        ORDER BY s.rating DESC, s.teacher_id DESC
        LIMIT %(size)s
    )
    UNION ALL
    SELECT s.teacher_id, s.rating
    FROM (VALUES ('student', asked.learner_id), ('product', asked.product_id)) target (kind, id)
    JOIN slot s ON s.market_id = %(market_id)s
        AND s.target_kind = target.kind AND s.target_id = target.id
        AND s.state = 'open' AND s.starts_at = asked.starts_at
    JOIN teacher t ON t.id = s.teacher_id
    WHERE t.skills @> ARRAY[asked.skill]
        AND (s.reserved_until IS NULL OR s.reserved_until > %(now)s)
        AND (asked.cells = 1 OR time_goes_on(s.market_id, s.teacher_id, s.starts_at,
            asked.cells, asked.learner_id, asked.product_id, %(now)s))
    ORDER BY 2 DESC, 1 DESC
    LIMIT %(size)s
) free
JOIN teacher t ON t.id = free.teacher_id
ORDER BY asked.place, free.rating DESC, free.teacher_id DESC
