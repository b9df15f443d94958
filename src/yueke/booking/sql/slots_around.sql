-- Half-hours of teachers as they are offered: (market, teachers, starts).
SELECT teacher_id, starts_at, state, target_kind
FROM slot
WHERE market_id = %s AND teacher_id = ANY(%s::bigint[]) AND starts_at = ANY(%s::timestamptz[])
