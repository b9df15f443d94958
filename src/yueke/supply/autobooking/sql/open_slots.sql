-- Those of some half-hours of a week that are open, as (teacher, cell of the week, product or 0,
-- learner or 0, rating), for whom they are kept: (market_id, begin, end, starts, now).
COPY (
    SELECT teacher_id, (extract(epoch FROM starts_at - %(begin)s::timestamptz) / 1800)::bigint,
           CASE WHEN target_kind = 'product' THEN target_id ELSE 0 END,
           CASE WHEN target_kind = 'student' THEN target_id ELSE 0 END, rating::bigint
    FROM slot
    WHERE market_id = %(market_id)s AND state = 'open'
        AND starts_at >= %(begin)s::timestamptz AND starts_at < %(end)s::timestamptz
        AND starts_at = ANY(%(starts)s::timestamptz[])
        AND (target_kind IS NULL OR target_kind IN ('product', 'student'))
        AND (reserved_until IS NULL OR reserved_until > %(now)s)
) TO STDOUT (FORMAT BINARY)
