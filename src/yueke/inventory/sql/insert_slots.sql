-- Open slots that are not there yet, and tell which were new:
-- (target kind, target, starts, market, teacher).
INSERT INTO slot (market_id, teacher_id, rating, abilities, state, target_kind, target_id, starts_at)
SELECT t.market_id, t.id, t.rating, abilities_of(t.skills, t.tags), 'open', %s::text, %s::bigint,
       starts_at
FROM teacher t, unnest(%s::timestamptz[]) starts_at
WHERE t.market_id = %s AND t.id = %s
ORDER BY starts_at
ON CONFLICT ON CONSTRAINT slot_pkey DO NOTHING
RETURNING starts_at
