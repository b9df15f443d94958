-- Teachers who could be given at a half-hour: of each skill the best of those held for the product and
-- of those only free, as many as could be wanted, and any whom the learners know.
SELECT DISTINCT ON (best.teacher_id) best.teacher_id, best.skills, best.rating, best.held
FROM unnest(%(skills)s::text[]) wanted (skill)
CROSS JOIN LATERAL (
    (SELECT s.teacher_id, t.skills, s.rating, true AS held
     FROM slot s
     JOIN teacher t ON t.id = s.teacher_id AND t.skills @> ARRAY[wanted.skill]
     WHERE s.market_id = %(market_id)s AND s.starts_at = %(starts_at)s AND s.state = 'held'
         AND s.target_kind = 'product' AND s.target_id = %(product_id)s
     ORDER BY s.rating DESC, s.teacher_id DESC
     LIMIT %(count)s)
    UNION ALL
    (SELECT s.teacher_id, t.skills, s.rating, false
     FROM slot s
     JOIN teacher t ON t.id = s.teacher_id AND t.skills @> ARRAY[wanted.skill]
     WHERE s.market_id = %(market_id)s AND s.starts_at = %(starts_at)s AND s.state = 'open'
         AND s.target_kind IS NULL AND s.reserved_until IS NULL
     ORDER BY s.rating DESC, s.teacher_id DESC
     LIMIT %(count)s)
    UNION ALL
    SELECT s.teacher_id, t.skills, s.rating, s.state = 'held'
    FROM slot s
    JOIN teacher t ON t.id = s.teacher_id AND t.skills @> ARRAY[wanted.skill]
    WHERE s.market_id = %(market_id)s AND s.starts_at = %(starts_at)s
        AND s.teacher_id = ANY(%(known)s::bigint[])
        AND ((s.state = 'held' AND s.target_kind = 'product' AND s.target_id = %(product_id)s)
            OR (s.state = 'open' AND s.target_kind IS NULL AND s.reserved_until IS NULL))
) best
ORDER BY best.teacher_id
