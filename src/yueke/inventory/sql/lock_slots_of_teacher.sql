-- Lock slots of one teacher in order of time: (market, teacher, starts).
SELECT starts_at, state, target_kind, target_id, reserved_until
FROM slot
WHERE market_id = %s AND teacher_id = %s AND starts_at = ANY(%s::timestamptz[])
ORDER BY starts_at
FOR UPDATE
