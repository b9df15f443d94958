-- How many teachers are free at each half-hour asked, counted up to a limit.
-- The teacher is asked only where a word wanted shares its bit, one by one and as a value: joined,
-- all teachers would be read by a plan that does not know how soon the limit is reached.
SELECT asked.starts_at, free.teachers
FROM unnest(%(starts)s::timestamptz[]) asked (starts_at)
CROSS JOIN abilities_of(%(skills)s::text[], %(tags)s::text[]) wanted (bits)
CROSS JOIN LATERAL (
    SELECT count(*) AS teachers
    FROM (
        SELECT 1
        FROM slot s
        WHERE s.market_id = %(market_id)s AND s.starts_at = asked.starts_at
            AND s.state = 'open' AND s.target_kind IS NULL
            AND s.abilities & wanted.bits = wanted.bits
            AND (wanted.bits >> 48 = 0
                OR (SELECT t.skills @> %(skills)s::text[] AND t.tags @> %(tags)s::text[]
                    FROM teacher t WHERE t.id = s.teacher_id))
            AND (%(cells)s::smallint = 1 OR time_goes_on(s.market_id, s.teacher_id, s.starts_at,
                %(cells)s::smallint, %(learner_id)s::bigint, %(product_id)s::bigint, %(now)s))
        LIMIT %(count_up_to)s
    ) found
) free
WHERE free.teachers > 0
ORDER BY asked.starts_at
