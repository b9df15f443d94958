-- How many teachers are free at each half-hour asked, counted up to a limit.
SELECT asked.starts_at, free.teachers
FROM unnest(%(starts)s::timestamptz[]) asked (starts_at)
CROSS JOIN LATERAL (
    SELECT count(*) AS teachers
    FROM (
        SELECT 1
        FROM slot s
        JOIN teacher t ON t.id = s.teacher_id
        WHERE s.market_id = %(market_id)s AND s.starts_at = asked.starts_at
            AND s.state = 'open' AND s.target_kind IS NULL
            AND t.skills @> %(skills)s::text[] AND t.tags @> %(tags)s::text[]
        LIMIT %(count_up_to)s
    ) found
) free
WHERE free.teachers > 0
ORDER BY asked.starts_at
