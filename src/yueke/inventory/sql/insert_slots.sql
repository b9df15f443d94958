-- Open slots that are not there yet, and tell which were new:
-- (market, teacher, rating, target kind, target, starts).
INSERT INTO slot (market_id, teacher_id, rating, state, target_kind, target_id, starts_at)
SELECT %s::int, %s::bigint, %s::smallint, 'open', %s::text, %s::bigint, starts_at
FROM unnest(%s::timestamptz[]) starts_at
ORDER BY starts_at
ON CONFLICT ON CONSTRAINT slot_pkey DO NOTHING
RETURNING starts_at
