-- Add deliveries, but none twice: (due, markets, endpoints, events, kinds, lessons).
INSERT INTO webhook_delivery (due_at, state, attempts, trouble, market_id, endpoint_id, event_id,
                              kind, lesson_id)
SELECT %s::timestamptz, 'waiting', 0, '', *
FROM unnest(%s::int[], %s::bigint[], %s::bigint[], %s::text[], %s::bigint[])
ON CONFLICT ON CONSTRAINT delivery_once_per_event DO NOTHING
