-- Reserve open slots for a target, or for nobody: (target kind, target, until, market, teacher, starts).
UPDATE slot
SET target_kind = %s::text, target_id = %s::bigint, reserved_until = %s::timestamptz
WHERE market_id = %s AND teacher_id = %s AND starts_at = ANY(%s::timestamptz[]) AND state = 'open'
