-- How many lessons of products have no teacher yet at half-hours, and how many may; the strategy is
-- read on the market's wall clock: (products, starts, market).
SELECT wanted.product_id, wanted.starts_at, coalesce(step.ceiling, 0) AS ceiling, (
    SELECT count(*) FROM lesson l
    WHERE l.market_id = m.id AND l.starts_at = wanted.starts_at
        AND l.product_id = wanted.product_id AND l.teacher_id IS NULL AND l.state = 'booked'
) AS taken, coalesce(step.ratio_percent, 0) AS ratio_percent, coalesce(step.floor, 0) AS floor
FROM unnest(%s::bigint[], %s::timestamptz[]) wanted (product_id, starts_at)
JOIN market m ON m.id = %s
CROSS JOIN LATERAL (SELECT wanted.starts_at AT TIME ZONE m.zone AS wall) clock
LEFT JOIN LATERAL (
    SELECT * FROM overbook_step s
    WHERE s.market_id = m.id AND s.product_id = wanted.product_id
        AND s.from_half_hour <= (extract(isodow FROM clock.wall)::int - 1) * 48
            + extract(hour FROM clock.wall)::int * 2 + extract(minute FROM clock.wall)::int / 30
    ORDER BY s.from_half_hour DESC
    LIMIT 1
) step ON true
