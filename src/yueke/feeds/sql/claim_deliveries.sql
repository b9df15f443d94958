-- Claim deliveries that are due until a time, the first waiting one of each lesson; with the
-- secrets that sign now:
-- (until, now, how many of an endpoint, now, how many, now).
WITH claimed AS (
    UPDATE webhook_delivery SET due_at = %s
    WHERE id IN (
        SELECT due.id
        FROM webhook_endpoint e
        CROSS JOIN LATERAL (
            SELECT d.id, d.due_at, d.event_id FROM webhook_delivery d
            WHERE d.endpoint_id = e.id AND d.state = 'waiting' AND d.due_at <= %s
                AND NOT EXISTS (
                    SELECT FROM webhook_delivery earlier
                    WHERE earlier.endpoint_id = d.endpoint_id AND earlier.state = 'waiting'
                        AND earlier.lesson_id = d.lesson_id AND earlier.event_id < d.event_id
                )
            ORDER BY d.due_at, d.event_id
            LIMIT %s
            FOR UPDATE SKIP LOCKED
        ) due
        WHERE e.is_on AND (e.rests_until IS NULL OR e.rests_until <= %s)
        ORDER BY due.due_at, due.event_id
        LIMIT %s
    )
    RETURNING id, market_id, endpoint_id, event_id, attempts, due_at
)
SELECT c.id, c.market_id, c.endpoint_id, c.event_id, c.attempts, c.due_at, e.url,
       CASE WHEN e.old_secret_until > %s THEN ARRAY[e.secret, e.old_secret]
           ELSE ARRAY[e.secret] END
FROM claimed c JOIN webhook_endpoint e ON e.id = c.endpoint_id
ORDER BY c.event_id
